/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens, resumes and closes sessions, and writes the log of who read whom. */
#include "plt-store-sessions.h"

#include <glib/gi18n-lib.h>

#include "plt-store-private.h"

static void
free_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
plt_store_session_free (PltStoreSession *self)
{
  g_clear_pointer (&self->token, free_secret);
  g_clear_pointer (&self->staff_login, g_free);
  g_clear_pointer (&self->staff_name, g_free);
  g_clear_pointer (&self->office_code, g_free);
  g_clear_pointer (&self->office_name, g_free);
  g_clear_pointer (&self->roles, g_strfreev);
  g_clear_pointer (&self->expires_at, g_date_time_unref);
  g_free (self);
}

static PltStoreSession *
finish_session (PltStore      *self,
                GAsyncResult  *result,
                GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;
  if (plt_pg_result_get_n_rows (rows) != 1)
    {
      g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                           _("The database opened no session. Sign in again."));
      return NULL;
    }

  PltStoreSession *session = g_new0 (PltStoreSession, 1);
  session->token = g_strdup (plt_store_text (rows, 0, "token"));
  session->staff_login = g_strdup (plt_store_text (rows, 0, "staff_login"));
  session->staff_name = g_strdup (plt_store_text (rows, 0, "staff_name"));
  session->office_code = g_strdup (plt_store_text (rows, 0, "office_code"));
  session->office_name = g_strdup (plt_store_text (rows, 0, "office_name"));
  session->roles = plt_pg_result_dup_array (rows, 0, plt_pg_result_column (rows, "roles"));
  session->expires_at = plt_store_dup_time (rows, 0, "expires_at");
  return session;
}

/**
 * plt_store_open_session_async:
 * @totp: six digits (RFC 6238)
 * @workstation: how people call this desk
 */
void
plt_store_open_session_async (PltStore            *self,
                              const char          *totp,
                              const char          *workstation,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_secret (params, totp);
  plt_pg_params_text (params, workstation);
  plt_store_run_async (self, "session-open", params, cancellable, callback, user_data);
}

PltStoreSession *
plt_store_open_session_finish (PltStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return finish_session (self, result, error);
}

void
plt_store_resume_session_async (PltStore            *self,
                                const char          *token,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_secret (params, token);
  plt_store_run_async (self, "session-resume", params, cancellable, callback, user_data);
}

PltStoreSession *
plt_store_resume_session_finish (PltStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return finish_session (self, result, error);
}

void
plt_store_close_session_async (PltStore            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  plt_store_run_async (self, "session-close", NULL, cancellable, callback, user_data);
}

gboolean
plt_store_close_session_finish (PltStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return plt_store_run_finish_done (self, result, error);
}

void
plt_store_touch_session (PltStore *self)
{
  plt_store_run_async (self, "session-touch", NULL, NULL, NULL, NULL);
}

void
plt_store_take_over_async (PltStore            *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  plt_store_run_async (self, "session-take-over", NULL, cancellable, callback, user_data);
}

gboolean
plt_store_take_over_finish (PltStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return plt_store_run_finish_done (self, result, error);
}

void
plt_store_keep_session (PltStore   *self,
                        const char *token)
{
  PltPgConnection *connection = plt_store_get_connection (self);

  if (token == NULL)
    {
      plt_pg_connection_set_greeting (connection, NULL, NULL);
      return;
    }
  PltPgParams *params = plt_pg_params_new ();
  plt_pg_params_secret (params, token);
  plt_pg_connection_set_greeting (connection, plt_store_get_statement ("session-resume"), params);
}

/**
 * plt_store_note_lookup_async:
 * @purpose: why the citizen is looked up, a nick ("lookup", "approval")
 */
void
plt_store_note_lookup_async (PltStore            *self,
                             const char          *id_number,
                             const char          *purpose,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, id_number);
  plt_pg_params_text (params, purpose);
  plt_store_run_async (self, "lookup-note", params, cancellable, callback, user_data);
}

gboolean
plt_store_note_lookup_finish (PltStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return plt_store_run_finish_done (self, result, error);
}
