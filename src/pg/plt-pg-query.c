/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking the server: one statement, or several in a pipeline. */
#include "plt-pg-connection-private.h"

#include "plt-pg-error-private.h"
#include "plt-pg-params-private.h"

/* Takes @request and tells it at once when there is no connection. */
static void
push_or_refuse (PltPgConnection *self,
                PltPgRequest    *request,
                guint            deadline_ms)
{
  if (deadline_ms > 0)
    request->deadline_ms = deadline_ms;
  if (self->state == PLT_PG_STATE_READY)
    plt_pg_exchange_push (self, request);
  else
    plt_pg_request_finish (request, self, NULL, plt_pg_error_new (PLT_PG_ERROR_OFFLINE, NULL));
}

static void
return_first (PltPgConnection *self,
              PltPgRequest    *request,
              GPtrArray       *results,
              GError          *error)
{
  if (error != NULL)
    g_task_return_error (request->task, error);
  else
    g_task_return_pointer (request->task, g_ptr_array_steal_index (results, 0),
                           (GDestroyNotify) plt_pg_result_unref);
  g_clear_pointer (&results, g_ptr_array_unref);
}

static void
return_all (PltPgConnection *self,
            PltPgRequest    *request,
            GPtrArray       *results,
            GError          *error)
{
  if (error != NULL)
    g_task_return_error (request->task, error);
  else
    g_task_return_pointer (request->task, results, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * plt_pg_connection_query_async:
 *
 * Without name and parameters @sql may hold several statements (a schema upgrade); the result is
 * that of the last, and they are one transaction unless they say otherwise.
 */
void
plt_pg_connection_query_async (PltPgConnection     *self,
                               const char          *name,
                               const char          *sql,
                               PltPgParams         *params,
                               guint                deadline_ms,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GPtrArray *statements;
  PltPgRequest *request;

  g_return_if_fail (PLT_IS_PG_CONNECTION (self));
  g_return_if_fail (sql != NULL);

  statements = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_pg_statement_free);
  g_ptr_array_add (statements, plt_pg_statement_new (name, sql, params));
  request = plt_pg_request_new (statements, return_first);
  request->simple = name == NULL && plt_pg_params_length (params) == 0;
  request->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (request->task, G_STRFUNC);
  push_or_refuse (self, request, deadline_ms);
}

PltPgResult *
plt_pg_connection_query_finish (PltPgConnection  *self,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * plt_pg_connection_pipeline_async:
 * @deadline_ms: of the whole
 *
 * Without @atomic the statements are still one implicit transaction, up to one that fails.
 */
void
plt_pg_connection_pipeline_async (PltPgConnection     *self,
                                  GPtrArray           *statements,
                                  gboolean             atomic,
                                  guint                deadline_ms,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  PltPgRequest *request;

  g_return_if_fail (PLT_IS_PG_CONNECTION (self));
  g_return_if_fail (statements != NULL);

  g_ptr_array_set_free_func (statements, (GDestroyNotify) plt_pg_statement_free);
  request = plt_pg_request_new (statements, return_all);
  request->atomic = atomic;
  request->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (request->task, G_STRFUNC);
  push_or_refuse (self, request, deadline_ms);
}

GPtrArray *
plt_pg_connection_pipeline_finish (PltPgConnection  *self,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
