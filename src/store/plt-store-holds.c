/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and changes which desk edits an application. */
#include "plt-store-holds.h"

#include "plt-store-private.h"

void
plt_store_hold_free (PltStoreHold *self)
{
  g_free (self->who);
  g_free (self->workstation);
  g_clear_pointer (&self->since, g_date_time_unref);
  g_free (self->was);
  g_free (self->asked_by);
  g_free (self->asked_workstation);
  g_free (self);
}

static gboolean
read_bool (PltPgResult *rows,
           const char  *name)
{
  return plt_pg_result_get_bool (rows, 0, plt_pg_result_column (rows, name));
}

void
plt_store_hold_async (PltStore            *self,
                      const char          *statement,
                      gint64               application,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  plt_store_hold_do_async (self, statement, application, cancellable, callback, user_data);
}

PltStoreHold *
plt_store_hold_finish (PltStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  PltStoreHold *hold;

  if (rows == NULL || plt_pg_result_get_n_rows (rows) == 0)
    return NULL;
  hold = g_new0 (PltStoreHold, 1);
  hold->mine = read_bool (rows, "mine");
  hold->who = g_strdup (plt_store_text (rows, 0, "who"));
  hold->workstation = g_strdup (plt_store_text (rows, 0, "workstation"));
  hold->since = plt_store_dup_time (rows, 0, "since");
  hold->was = g_strdup (plt_store_text (rows, 0, "was"));
  hold->asked_by = g_strdup (plt_store_text (rows, 0, "asked_by"));
  hold->asked_workstation = g_strdup (plt_store_text (rows, 0, "asked_workstation"));
  hold->refused = read_bool (rows, "refused");
  hold->asked_by_me = read_bool (rows, "asked_by_me");
  return hold;
}

void
plt_store_hold_do_async (PltStore            *self,
                         const char          *statement,
                         gint64               application,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, application);
  plt_store_run_async (self, statement, params, cancellable, callback, user_data);
}

gboolean
plt_store_hold_do_finish (PltStore      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return plt_store_run_finish_done (self, result, error);
}

int
plt_store_hold_ask_finish (PltStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return (int) plt_store_run_finish_int (self, result, "wait_s", error);
}

void
plt_store_hold_answer_async (PltStore            *self,
                             gint64               application,
                             gboolean             give,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, application);
  plt_pg_params_bool (params, give);
  plt_store_run_async (self, "hold-answer", params, cancellable, callback, user_data);
}
