/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a request and of its statements. */
#include "plt-pg-request.h"

/**
 * plt_pg_statement_new:
 * @name: (nullable): under which it is prepared once per connection
 * @params: (nullable) (transfer full)
 */
PltPgStatement *
plt_pg_statement_new (const char  *name,
                      const char  *sql,
                      PltPgParams *params)
{
  PltPgStatement *self = g_new0 (PltPgStatement, 1);

  self->name = g_strdup (name);
  self->sql = g_strdup (sql);
  self->params = params;
  return self;
}

void
plt_pg_statement_free (PltPgStatement *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->sql);
  plt_pg_params_free (self->params);
  g_free (self);
}

/* @statements: (transfer full) (element-type PltPgStatement) */
PltPgRequest *
plt_pg_request_new (GPtrArray        *statements,
                    PltPgRequestDone  done)
{
  PltPgRequest *self = g_new0 (PltPgRequest, 1);

  self->statements = statements;
  self->done = done;
  self->deadline_ms = PLT_PG_DEFAULT_DEADLINE_MS;
  self->steps = g_array_new (FALSE, FALSE, sizeof (PltPgStep));
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_pg_result_unref);
  return self;
}

static void
ignore_answer (PltPgConnection *connection,
               PltPgRequest    *request,
               GPtrArray       *results,
               GError          *error)
{
  if (error != NULL)
    g_debug ("A command of the connection itself failed: %s", plt_pg_error_get_sqlstate (error));
  g_clear_pointer (&results, g_ptr_array_unref);
  g_clear_error (&error);
}

/* A command that nobody waits for, such as ROLLBACK or LISTEN. */
PltPgRequest *
plt_pg_request_new_command (const char *sql)
{
  GPtrArray *statements =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plt_pg_statement_free);
  PltPgRequest *self = plt_pg_request_new (statements, ignore_answer);

  g_ptr_array_add (statements, plt_pg_statement_new (NULL, sql, NULL));
  self->simple = TRUE;
  self->keeps_timeout = TRUE;
  return self;
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
plt_pg_request_free (PltPgRequest *self)
{
  if (self == NULL)
    return;

  clear_source (&self->deadline);
  clear_source (&self->cancelled);
  g_clear_object (&self->task);
  g_clear_pointer (&self->statements, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* Tells who waits, once, and frees the request. Takes @results or @error. */
void
plt_pg_request_finish (PltPgRequest    *self,
                       PltPgConnection *connection,
                       GPtrArray       *results,
                       GError          *error)
{
  g_autoptr (PltPgRequest) request = self;

  clear_source (&request->deadline);
  clear_source (&request->cancelled);
  request->done (connection, request, results, error);
}
