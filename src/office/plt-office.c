/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office: the object graph, the connection to the database, and the news from other desks. */
#include "config.h"

#include "plt-office-object.h"
#include "plt-session-private.h"
#include "plt-store-sessions.h"

#include <glib/gi18n-lib.h>

#define CHANNEL "platen"

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltOffice, plt_office, G_TYPE_OBJECT)

void
plt_office_end_session (PltOffice  *self,
                        const char *trouble)
{
  if (!plt_session_is_signed_in (self->session))
    return;
  plt_session_sign_out (self->session);
  plt_session_set_online (self->session, plt_session_is_online (self->session), trouble);
  g_signal_emit (self, signals[CHANGED], 0, "session", (gint64) 0);
}

static char *
describe_loss (PltOffice *self)
{
  g_autoptr (GError) error = NULL;

  g_object_get (self->connection, "last-error", &error, NULL);
  if (error == NULL)
    return g_strdup (_("The database cannot be reached. Nothing can be saved until the connection is"
                       " back; Platen tries again by itself."));
  return g_strdup (error->message);
}

static void
state_changed_cb (PltOffice *self)
{
  PltPgState state = plt_pg_connection_get_state (self->connection);
  g_autofree char *trouble = NULL;

  switch (state)
    {
    case PLT_PG_STATE_READY:
      plt_session_set_online (self->session, TRUE, NULL);
      break;
    case PLT_PG_STATE_LOST:
      plt_session_set_online (self->session, FALSE,
                              _("The connection to the database is lost. Nothing can be saved until"
                                " it is back; Platen tries again by itself."));
      break;
    case PLT_PG_STATE_FAILED:
      trouble = describe_loss (self);
      plt_session_set_online (self->session, FALSE, trouble);
      plt_office_end_session (self, trouble);
      break;
    case PLT_PG_STATE_CLOSED:
      plt_session_set_online (self->session, FALSE, NULL);
      break;
    case PLT_PG_STATE_CONNECTING:
    default:
      break;
    }
}

static void
taken_over_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PltOffice) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!plt_store_take_over_finish (PLT_STORE (source), result, &error))
    g_info ("What the broken connection was doing may still go on: %s", error->message);
  /* If it has broken again, everything is read when it is back the next time. */
  if (PLT_STORE (source) == self->store && plt_session_is_online (self->session))
    g_signal_emit (self, signals[CHANGED], 0, "everything", (gint64) 0);
}

/* The server may still be at work on what the broken connection asked for: nothing is read before
 * that has ended, because what it says of a change must be true for good. */
static void
restored_cb (PltOffice *self)
{
  self->epoch++;
  plt_store_take_over_async (self->store, NULL, taken_over_cb, g_object_ref (self));
}

/* "application 123 UC" */
static void
notification_cb (PltOffice  *self,
                 const char *channel,
                 const char *payload)
{
  g_auto (GStrv) parts = g_strsplit (payload, " ", 3);
  const char *office = plt_session_get_office_code (self->session);
  gint64 id;

  if (g_strcmp0 (channel, CHANNEL) != 0 || g_strv_length (parts) != 3
      || !g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &id, NULL))
    return;
  if (g_strcmp0 (parts[2], office) != 0 && !plt_session_has_role (self->session, PLT_ROLE_AUDITOR))
    return;
  g_signal_emit (self, signals[CHANGED], 0, parts[0], id);
}

static void
drop_connection (PltOffice *self)
{
  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      plt_pg_connection_close (self->connection);
    }
  g_clear_object (&self->connection);
  g_clear_object (&self->store);
}

void
plt_office_make_connection (PltOffice  *self,
                            const char *user,
                            const char *password)
{
  drop_connection (self);
  self->epoch++;
  self->connection = plt_pg_connection_new (self->conninfo, user, password);
  self->store = plt_store_new (self->connection);
  /* Translators: the two letters (ISO 639-1) of your language. The database has the texts of
   * findings in some languages and gives them in this one, or in English. */
  plt_pg_connection_set_setting (self->connection, "platen.language", C_("language code", "en"));
  plt_pg_connection_listen (self->connection, CHANNEL);
  g_signal_connect_object (self->connection, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "restored", G_CALLBACK (restored_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "notification", G_CALLBACK (notification_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (plt_pg_connection_open_finish (PLT_PG_CONNECTION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    plt_office_return_error (task, error);
}

static void
plt_office_dispose (GObject *object)
{
  PltOffice *self = PLT_OFFICE (object);

  drop_connection (self);
  g_clear_object (&self->config);
  g_clear_object (&self->session);
  g_clear_object (&self->print_server);
  g_clear_pointer (&self->press, plt_press_unref);
  g_clear_pointer (&self->registries, g_ptr_array_unref);
  g_clear_object (&self->preenrolment);
  G_OBJECT_CLASS (plt_office_parent_class)->dispose (object);
}

static void
plt_office_finalize (GObject *object)
{
  PltOffice *self = PLT_OFFICE (object);

  g_free (self->conninfo);
  g_hash_table_unref (self->printing);
  G_OBJECT_CLASS (plt_office_parent_class)->finalize (object);
}

static void
plt_office_class_init (PltOfficeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plt_office_dispose;
  object_class->finalize = plt_office_finalize;
  signals[CHANGED] = g_signal_new ("changed", PLT_TYPE_OFFICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
plt_office_init (PltOffice *self)
{
  self->session = plt_session_new ();
  self->printing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

PltOffice *
plt_office_new (PltOfficeConfig *config,
                const char      *conninfo)
{
  g_return_val_if_fail (PLT_IS_OFFICE_CONFIG (config), NULL);

  PltOffice *self = g_object_new (PLT_TYPE_OFFICE, NULL);
  self->config = g_object_ref (config);
  self->conninfo = g_strdup (conninfo != NULL ? conninfo
                                              : plt_office_config_get (config, "database", "uri"));
  plt_office_make_connection (self, NULL, NULL);
  return self;
}

PltSession *
plt_office_get_session (PltOffice *self)
{
  g_return_val_if_fail (PLT_IS_OFFICE (self), NULL);
  return self->session;
}

PltOfficeConfig *
plt_office_get_config (PltOffice *self)
{
  g_return_val_if_fail (PLT_IS_OFFICE (self), NULL);
  return self->config;
}

void
plt_office_connect_async (PltOffice           *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (plt_pg_connection_get_state (self->connection) == PLT_PG_STATE_READY)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else
    plt_pg_connection_open_async (self->connection, cancellable, connected_cb, task);
}

gboolean
plt_office_connect_finish (PltOffice     *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

PltStore *
plt_office_get_store (PltOffice *self)
{
  return self->store;
}

/* The password is in a file of its own, as libpq's is; certificates are kept with the user's data. */
static void
set_print_login (PltOffice *self)
{
  g_autofree char *pins = g_build_filename (g_get_user_data_dir (), "platen", "print-servers.ini", NULL);

  plt_print_server_set_login (self->print_server,
                              plt_office_config_get (self->config, "print", "user"),
                              plt_office_config_get (self->config, "print", "password-file"), pins);
}

PltPrintServer *
plt_office_get_print_server (PltOffice *self)
{
  if (self->print_server == NULL)
    {
      g_auto (GStrv) folders = plt_office_config_dup_printer_folders (self->config);

      self->print_server = plt_print_server_new (plt_office_config_get (self->config, "print", "server"));
      plt_print_server_set_profile_folders (self->print_server, (const char * const *) folders);
      set_print_login (self);
    }
  return self->print_server;
}

PltPress *
plt_office_get_press (PltOffice *self)
{
  if (self->press == NULL)
    self->press = plt_press_new (self->config);
  return self->press;
}

GError *
plt_office_take_error (PltOffice *self,
                       GError    *error)
{
  GError *ours = plt_office_error_convert (error);

  if (g_error_matches (ours, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_SESSION))
    plt_office_end_session (self, ours->message);
  return ours;
}

void
plt_office_fail (PltOffice *self,
                 GTask     *task,
                 GError    *error)
{
  g_task_return_error (task, plt_office_take_error (self, error));
}

guint
plt_office_get_epoch (PltOffice *self)
{
  return self->epoch;
}

gboolean
plt_office_begin_printing (PltOffice  *self,
                           const char *application_number)
{
  return g_hash_table_add (self->printing, g_strdup (application_number));
}

void
plt_office_end_printing (PltOffice  *self,
                         const char *application_number)
{
  g_hash_table_remove (self->printing, application_number);
}
