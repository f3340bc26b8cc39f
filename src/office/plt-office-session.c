/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in and out of the office, and the session that the next command goes on with. */
#include "config.h"

#include "plt-office-object.h"
#include "plt-session-private.h"
#include "plt-session-token.h"
#include "plt-store-sessions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ACTIVITY_INTERVAL G_TIME_SPAN_MINUTE

typedef struct
{
  char *totp; /* secret; NULL: resume */
} SignInTask;

static void
sign_in_task_free (SignInTask *self)
{
  if (self->totp != NULL)
    explicit_bzero (self->totp, strlen (self->totp));
  g_free (self->totp);
  g_free (self);
}

/* What tells this database from another one that the same person may use. */
static char *
describe_database (PltOffice *self)
{
  return g_strjoin ("\n", self->conninfo != NULL ? self->conninfo : "",
                    g_getenv ("PGSERVICE") != NULL ? g_getenv ("PGSERVICE") : "",
                    g_getenv ("PGHOST") != NULL ? g_getenv ("PGHOST") : "",
                    g_getenv ("PGPORT") != NULL ? g_getenv ("PGPORT") : "",
                    g_getenv ("PGDATABASE") != NULL ? g_getenv ("PGDATABASE") : "", NULL);
}

static void
forget_token (PltOffice *self)
{
  g_autofree char *database = describe_database (self);
  const char *user = plt_pg_connection_get_user (self->connection);

  if (user != NULL)
    plt_session_token_delete (database, user);
}

/* A machine where the token cannot be kept asks for a code each time: no reason not to work. */
static void
keep_token (PltOffice  *self,
            const char *token)
{
  g_autofree char *database = describe_database (self);
  g_autoptr (GError) error = NULL;

  plt_store_keep_session (self->store, token);
  if (!plt_session_token_write (database, plt_pg_connection_get_user (self->connection), token, &error))
    g_message ("The session cannot be kept for the next command: %s", error->message);
}

static const char *
find_workstation (PltOffice *self)
{
  const char *workstation = plt_office_config_get (self->config, "office", "workstation");
  return workstation != NULL ? workstation : g_get_host_name ();
}

static void
enter_session (PltOffice       *self,
               GTask           *task,
               PltStoreSession *opened)
{
  keep_token (self, opened->token);
  plt_session_sign_in (self->session, opened->staff_login, opened->staff_name, opened->office_code,
                       opened->office_name, find_workstation (self),
                       (const char * const *) opened->roles);
  plt_session_set_end (self->session, opened->expires_at);
  plt_session_set_online (self->session, TRUE, NULL);
  g_signal_emit_by_name (self, "changed", "session", (gint64) 0);
  g_task_return_boolean (task, TRUE);
}

static void
session_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (PltStoreSession) opened
      = plt_store_open_session_finish (PLT_STORE (source), result, &error);

  if (opened != NULL)
    enter_session (self, task, opened);
  else
    plt_office_return_error (task, error);
}

static void
session_resumed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltStoreSession) resumed
      = plt_store_resume_session_finish (PLT_STORE (source), result, &error);

  if (resumed != NULL)
    enter_session (self, task, resumed);
  else if (g_error_matches (error, PLT_PG_ERROR, PLT_PG_ERROR_SESSION))
    {
      forget_token (self);
      g_task_return_error (task, plt_office_error_new (PLT_OFFICE_ERROR_SECOND_FACTOR,
                                                       plt_pg_error_get_rule (error),
                                                       _("You were not signed in, because your session on"
                                                         " this machine has ended. Type the six-digit"
                                                         " code that your second factor shows now.")));
    }
  else
    plt_office_return_error (task, g_steal_pointer (&error));
}

static void
begin_session (PltOffice *self,
               GTask     *task)
{
  SignInTask *data = g_task_get_task_data (task);
  g_autofree char *database = describe_database (self);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (data->totp != NULL)
    {
      plt_store_open_session_async (self->store, data->totp, find_workstation (self), cancellable,
                                    session_opened_cb, task);
      return;
    }
  g_autofree char *token
      = plt_session_token_read (database, plt_pg_connection_get_user (self->connection));
  if (token != NULL)
    {
      plt_store_resume_session_async (self->store, token, cancellable, session_resumed_cb, task);
      return;
    }
  g_task_return_error (task, plt_office_error_new (PLT_OFFICE_ERROR_SECOND_FACTOR, "NO_SESSION",
                                                   _("You were not signed in, because no session is open"
                                                     " on this machine. Type the six-digit code that your"
                                                     " second factor shows now.")));
  g_object_unref (task);
}

static void
opened_for_session_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!plt_pg_connection_open_finish (PLT_PG_CONNECTION (source), result, &error))
    {
      plt_office_return_error (task, error);
      if (PLT_PG_CONNECTION (source) == self->connection)
        plt_office_make_connection (self, NULL, NULL);
    }
  else
    begin_session (self, g_steal_pointer (&task));
}

static void
session_closed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  PltOffice *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  /* Whether or not the database could be told, nobody sits here any more. */
  if (!plt_store_close_session_finish (PLT_STORE (source), result, &error))
    g_info ("The session was left to end by itself: %s", error->message);
  if (PLT_STORE (source) == self->store)
    plt_office_make_connection (self, NULL, NULL);
  plt_session_set_online (self->session, FALSE, NULL);
  plt_office_end_session (self, NULL);
  g_task_return_boolean (task, TRUE);
}

void
plt_office_sign_in_async (PltOffice           *self,
                          const char          *user,
                          const char          *password,
                          const char          *totp,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SignInTask *data = g_new0 (SignInTask, 1);
  data->totp = g_strdup (totp);
  g_task_set_task_data (task, data, (GDestroyNotify) sign_in_task_free);
  plt_office_make_connection (self, user, password);
  plt_pg_connection_open_async (self->connection, cancellable, opened_for_session_cb, task);
}

gboolean
plt_office_sign_in_finish (PltOffice     *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
plt_office_sign_out_async (PltOffice           *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (self));

  forget_token (self);
  plt_store_close_session_async (self->store, cancellable, session_closed_cb,
                                 g_task_new (self, cancellable, callback, user_data));
}

gboolean
plt_office_sign_out_finish (PltOffice     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
plt_office_note_activity (PltOffice *self)
{
  g_return_if_fail (PLT_IS_OFFICE (self));
  gint64 now = g_get_monotonic_time ();

  if (!plt_session_is_signed_in (self->session) || !plt_session_is_online (self->session)
      || (self->active_at != 0 && now - self->active_at < ACTIVITY_INTERVAL))
    return;
  self->active_at = now;
  plt_store_touch_session (self->store);
}
