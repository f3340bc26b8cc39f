/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The public face of a connection, and the one place where its state changes. */
#include "plt-pg-connection-private.h"

#include <string.h>

#include "plt-pg-error-private.h"
#include "plt-pg-params-private.h"

G_DEFINE_ENUM_TYPE (PltPgState, plt_pg_state,
  G_DEFINE_ENUM_VALUE (PLT_PG_STATE_CLOSED, "closed"),
  G_DEFINE_ENUM_VALUE (PLT_PG_STATE_CONNECTING, "connecting"),
  G_DEFINE_ENUM_VALUE (PLT_PG_STATE_READY, "ready"),
  G_DEFINE_ENUM_VALUE (PLT_PG_STATE_LOST, "lost"),
  G_DEFINE_ENUM_VALUE (PLT_PG_STATE_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (PltPgConnection, plt_pg_connection, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_LAST_ERROR,
  N_PROPERTIES
};

enum
{
  NOTIFICATION,
  RESTORED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void
set_state (PltPgConnection *self,
           PltPgState       state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Takes @error, which may be NULL. */
static void
set_last_error (PltPgConnection *self,
                GError          *error)
{
  g_clear_error (&self->last_error);
  self->last_error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_ERROR]);
}

/* @error: (nullable): why it is not open */
static void
answer_openers (PltPgConnection *self,
                const GError    *error)
{
  g_autoptr (GPtrArray) openers = g_steal_pointer (&self->openers);

  self->openers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < openers->len; i++)
    {
      GTask *task = g_ptr_array_index (openers, i);

      if (error == NULL)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

/* The current request may have been done or not; those that wait have certainly not. */
static void
fail_requests (PltPgConnection *self,
               PltPgRequest    *current,
               GQueue          *waiting,
               const GError    *error)
{
  PltPgRequest *request;

  if (current != NULL && error == NULL)
    plt_pg_request_finish (current, self, NULL,
                           g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed"));
  else if (current != NULL)
    plt_pg_request_finish (current, self, NULL,
                           plt_pg_error_new (PLT_PG_ERROR_UNKNOWN_FATE,
                                             plt_pg_error_get_detail (error)));
  while ((request = g_queue_pop_head (waiting)) != NULL)
    plt_pg_request_finish (request, self, NULL,
                           error != NULL
                             ? plt_pg_error_new (PLT_PG_ERROR_OFFLINE,
                                                 plt_pg_error_get_detail (error))
                             : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed"));
}

/* Lets go of the server and tells everybody who waits. Takes @error; NULL when closed on
 * purpose. */
static void
leave_server (PltPgConnection *self,
              PltPgState       state,
              GError          *error)
{
  g_autoptr (PltPgConnection) alive = g_object_ref (self);
  g_autoptr (GError) reason = error != NULL ? g_error_copy (error) : NULL;
  PltPgRequest *current = g_steal_pointer (&self->current);
  GQueue waiting = self->requests;

  g_queue_init (&self->requests);
  plt_pg_connect_drop (self);
  if (state == PLT_PG_STATE_LOST)
    plt_pg_connect_schedule (self);
  self->was_lost = state != PLT_PG_STATE_CLOSED;
  set_last_error (self, error);
  set_state (self, state);

  fail_requests (self, current, &waiting, reason);
  if (reason == NULL)
    reason = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
  answer_openers (self, reason);
}

void
plt_pg_connection_become_connecting (PltPgConnection *self)
{
  g_autoptr (PltPgConnection) alive = g_object_ref (self);

  set_state (self, PLT_PG_STATE_CONNECTING);
  if (self->state == PLT_PG_STATE_CONNECTING)
    plt_pg_connect_begin (self);
}

void
plt_pg_connection_become_ready (PltPgConnection *self)
{
  gboolean restored = self->was_lost;

  self->was_lost = FALSE;
  self->ready_since = g_get_monotonic_time ();
  set_last_error (self, NULL);
  set_state (self, PLT_PG_STATE_READY);
  answer_openers (self, NULL);
  if (restored && self->state == PLT_PG_STATE_READY)
    g_signal_emit (self, signals[RESTORED], 0);
}

/* Takes @error. Will try again by itself. */
void
plt_pg_connection_become_lost (PltPgConnection *self,
                               GError          *error)
{
  leave_server (self, PLT_PG_STATE_LOST, error);
}

/* Takes @error. Only somebody's doing can help. */
void
plt_pg_connection_become_failed (PltPgConnection *self,
                                 GError          *error)
{
  leave_server (self, PLT_PG_STATE_FAILED, error);
}

static void
plt_pg_connection_dispose (GObject *object)
{
  PltPgConnection *self = PLT_PG_CONNECTION (object);

  plt_pg_connection_close (self);

  G_OBJECT_CLASS (plt_pg_connection_parent_class)->dispose (object);
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
plt_pg_connection_finalize (GObject *object)
{
  PltPgConnection *self = PLT_PG_CONNECTION (object);

  wipe (self->conninfo); /* may hold a password too */
  wipe (self->password);
  g_free (self->user);
  g_free (self->greeting_sql);
  plt_pg_params_free (self->greeting_params);
  g_hash_table_unref (self->settings);
  g_ptr_array_unref (self->channels);
  g_ptr_array_unref (self->openers);
  g_hash_table_unref (self->prepared);
  g_clear_pointer (&self->hosts, g_ptr_array_unref);
  g_clear_error (&self->last_error);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (plt_pg_connection_parent_class)->finalize (object);
}

static void
plt_pg_connection_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  PltPgConnection *self = PLT_PG_CONNECTION (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_LAST_ERROR:
      g_value_set_boxed (value, self->last_error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
plt_pg_connection_class_init (PltPgConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plt_pg_connection_dispose;
  object_class->finalize = plt_pg_connection_finalize;
  object_class->get_property = plt_pg_connection_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, PLT_TYPE_PG_STATE, PLT_PG_STATE_CLOSED,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LAST_ERROR] =
    g_param_spec_boxed ("last-error", NULL, NULL, G_TYPE_ERROR,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[NOTIFICATION] =
    g_signal_new ("notification", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[RESTORED] =
    g_signal_new ("restored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
plt_pg_connection_init (PltPgConnection *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->channels = g_ptr_array_new_with_free_func (g_free);
  self->openers = g_ptr_array_new_with_free_func (g_object_unref);
  self->prepared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->requests);
}

/* By this name the server's end of a broken connection can be found on the next one. */
static void
give_name (PltPgConnection *self)
{
  g_hash_table_replace (self->settings, g_strdup ("application_name"),
                        g_strdup_printf ("platen-%08x%08x", g_random_int (), g_random_int ()));
}

/**
 * plt_pg_connection_new:
 *
 * The connection lives in the thread-default main context of who makes it. The server knows it by an
 * application_name of its own, which stays the same when it is made again.
 */
PltPgConnection *
plt_pg_connection_new (const char *conninfo,
                       const char *user,
                       const char *password)
{
  PltPgConnection *self = g_object_new (PLT_TYPE_PG_CONNECTION, NULL);

  self->conninfo = g_strdup (conninfo != NULL ? conninfo : "");
  self->user = g_strdup (user);
  self->password = g_strdup (password);
  give_name (self);
  return self;
}

/**
 * plt_pg_connection_set_greeting:
 * @sql: (nullable): one statement, from the next connect on
 * @params: (nullable) (transfer full)
 */
void
plt_pg_connection_set_greeting (PltPgConnection *self,
                                const char      *sql,
                                PltPgParams     *params)
{
  g_return_if_fail (PLT_IS_PG_CONNECTION (self));

  g_free (self->greeting_sql);
  plt_pg_params_free (self->greeting_params);
  self->greeting_sql = g_strdup (sql);
  self->greeting_params = params;
}

/**
 * plt_pg_connection_set_setting:
 * @name: of the server or, with a dot in it, of the schema
 *
 * From the next connect on.
 */
void
plt_pg_connection_set_setting (PltPgConnection *self,
                               const char      *name,
                               const char      *value)
{
  g_return_if_fail (PLT_IS_PG_CONNECTION (self));
  g_return_if_fail (name != NULL && value != NULL);

  g_hash_table_replace (self->settings, g_strdup (name), g_strdup (value));
}

/**
 * plt_pg_connection_listen:
 *
 * From now on, and again after each reconnect. Twice is once.
 */
void
plt_pg_connection_listen (PltPgConnection *self,
                          const char      *channel)
{
  g_autofree char *sql = NULL;

  g_return_if_fail (PLT_IS_PG_CONNECTION (self));
  g_return_if_fail (channel != NULL && g_utf8_validate (channel, -1, NULL));

  if (g_ptr_array_find_with_equal_func (self->channels, channel, g_str_equal, NULL))
    return;
  g_ptr_array_add (self->channels, g_strdup (channel));
  /* While connecting, the first statements may be on their way already: LISTEN twice does no
   * harm. */
  if (self->conn == NULL || PQstatus (self->conn) != CONNECTION_OK)
    return;
  sql = plt_pg_exchange_listen_command (self, channel);
  plt_pg_exchange_push (self, plt_pg_request_new_command (sql));
}

PltPgState
plt_pg_connection_get_state (PltPgConnection *self)
{
  g_return_val_if_fail (PLT_IS_PG_CONNECTION (self), PLT_PG_STATE_CLOSED);

  return self->state;
}

/* Returns: (nullable): the login; NULL before the first connect if conninfo decides it */
const char *
plt_pg_connection_get_user (PltPgConnection *self)
{
  g_return_val_if_fail (PLT_IS_PG_CONNECTION (self), NULL);

  if (self->user != NULL)
    return self->user;
  return self->conn != NULL ? PQuser (self->conn) : NULL;
}

static gboolean
open_cancelled_cb (GCancellable *cancellable,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  PltPgConnection *self = g_task_get_source_object (task);

  if (g_ptr_array_remove (self->openers, task))
    g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static void
watch_open_cancelled (PltPgConnection *self,
                      GTask           *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  GSource *source;

  if (cancellable == NULL)
    return;
  source = g_cancellable_source_new (cancellable);
  g_source_set_callback (source, (GSourceFunc) (void (*) (void)) open_cancelled_cb, task,
                         NULL);
  g_source_attach (source, self->context);
  g_task_set_task_data (task, source, destroy_source);
}

/**
 * plt_pg_connection_open_async:
 *
 * Answers after the first attempt. On OFFLINE the connection is LOST and goes on trying by itself;
 * "restored" tells when it has come. Any other error means FAILED: wrong password (REFUSED),
 * refused certificate, or what the greeting said. Opening what is LOST or FAILED tries at once.
 */
void
plt_pg_connection_open_async (PltPgConnection     *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PLT_IS_PG_CONNECTION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (task, G_STRFUNC);
  if (self->state == PLT_PG_STATE_READY)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  watch_open_cancelled (self, task);
  g_ptr_array_add (self->openers, g_steal_pointer (&task));
  if (self->state == PLT_PG_STATE_CONNECTING)
    return;
  plt_pg_connect_drop (self);
  plt_pg_connection_become_connecting (self);
}

gboolean
plt_pg_connection_open_finish (PltPgConnection  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * plt_pg_connection_close:
 *
 * On purpose: what runs is stopped on the server, everything asked ends with
 * G_IO_ERROR_CANCELLED, and nothing is tried again until it is opened.
 */
void
plt_pg_connection_close (PltPgConnection *self)
{
  g_return_if_fail (PLT_IS_PG_CONNECTION (self));

  if (self->state == PLT_PG_STATE_CLOSED)
    return;
  if (self->current != NULL)
    plt_pg_cancel_send (self);
  self->pause_ms = 0;
  leave_server (self, PLT_PG_STATE_CLOSED, NULL);
}

/**
 * plt_pg_connection_scram_verifier:
 *
 * Takes some milliseconds of computing (4096 rounds), no round trip.
 *
 * Returns: (transfer full) (nullable): "SCRAM-SHA-256$…"; OFFLINE without a connection
 */
char *
plt_pg_connection_scram_verifier (PltPgConnection  *self,
                                  const char       *user,
                                  const char       *password,
                                  GError          **error)
{
  char *verifier;
  char *copy;

  g_return_val_if_fail (PLT_IS_PG_CONNECTION (self), NULL);
  g_return_val_if_fail (user != NULL && password != NULL, NULL);

  if (self->conn == NULL || PQstatus (self->conn) != CONNECTION_OK)
    {
      g_propagate_error (error, plt_pg_error_new (PLT_PG_ERROR_OFFLINE, NULL));
      return NULL;
    }
  verifier = PQencryptPasswordConn (self->conn, password, user, "scram-sha-256");
  if (verifier == NULL)
    {
      g_propagate_error (error, plt_pg_error_new (PLT_PG_ERROR_FAILED,
                                                  PQerrorMessage (self->conn)));
      return NULL;
    }
  copy = g_strdup (verifier);
  PQfreemem (verifier);
  return copy;
}
