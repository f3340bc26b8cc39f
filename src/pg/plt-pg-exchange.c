/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends one request after the other and reads their answers. Requests travel as a libpq pipeline
 * with one sync, except those without parameters and name, which may hold several statements. */
#include "plt-pg-connection-private.h"

#include <string.h>

#include "plt-pg-error-private.h"
#include "plt-pg-params-private.h"
#include "plt-pg-result-private.h"
#include "plt-pg-source.h"

static void
add_step (PltPgRequest   *request,
          PltPgStepKind   kind,
          PltPgStatement *statement)
{
  PltPgStep step = { kind, statement };

  g_array_append_val (request->steps, step);
}

static gboolean
send_bare (PltPgConnection *self,
           PltPgRequest    *request,
           PltPgStepKind    kind,
           const char      *sql)
{
  add_step (request, kind, NULL);
  return PQsendQueryParams (self->conn, sql, 0, NULL, NULL, NULL, NULL, 0);
}

static gboolean
has_step_prepare (PltPgRequest *request,
                  const char   *name)
{
  for (guint i = 0; i < request->steps->len; i++)
    {
      PltPgStep *step = &g_array_index (request->steps, PltPgStep, i);

      if (step->kind == PLT_PG_STEP_PREPARE && g_str_equal (step->statement->name, name))
        return TRUE;
    }
  return FALSE;
}

/* A name that already stands for other SQL on this connection would run that: then the statement
 * goes unprepared. */
static gboolean
can_use_name (PltPgConnection *self,
              PltPgStatement  *statement)
{
  const char *known;

  if (statement->name == NULL)
    return FALSE;
  known = g_hash_table_lookup (self->prepared, statement->name);
  return known == NULL || g_str_equal (known, statement->sql);
}

static gboolean
send_statement (PltPgConnection *self,
                PltPgRequest    *request,
                PltPgStatement  *statement)
{
  PltPgParams *params = statement->params;
  int n_params = plt_pg_params_length (params);

  if (!can_use_name (self, statement))
    {
      add_step (request, PLT_PG_STEP_RUN, statement);
      return PQsendQueryParams (self->conn, statement->sql, n_params, plt_pg_params_types (params),
                                plt_pg_params_values (params), plt_pg_params_lengths (params),
                                plt_pg_params_formats (params), 0);
    }

  if (!g_hash_table_contains (self->prepared, statement->name)
      && !has_step_prepare (request, statement->name))
    {
      add_step (request, PLT_PG_STEP_PREPARE, statement);
      if (!PQsendPrepare (self->conn, statement->name, statement->sql, n_params,
                          plt_pg_params_types (params)))
        return FALSE;
    }
  add_step (request, PLT_PG_STEP_RUN, statement);
  return PQsendQueryPrepared (self->conn, statement->name, n_params,
                              plt_pg_params_values (params), plt_pg_params_lengths (params),
                              plt_pg_params_formats (params), 0);
}

static gboolean
send_pipeline (PltPgConnection *self,
               PltPgRequest    *request)
{
  if (!PQenterPipelineMode (self->conn))
    return FALSE;
  if (request->atomic && !send_bare (self, request, PLT_PG_STEP_BEGIN, "BEGIN"))
    return FALSE;
  for (guint i = 0; i < request->statements->len; i++)
    if (!send_statement (self, request, g_ptr_array_index (request->statements, i)))
      return FALSE;
  if (request->atomic && !send_bare (self, request, PLT_PG_STEP_COMMIT, "COMMIT"))
    return FALSE;
  return PQpipelineSync (self->conn);
}

static gboolean
send_simple (PltPgConnection *self,
             PltPgRequest    *request)
{
  PltPgStatement *statement = g_ptr_array_index (request->statements, 0);

  return PQexitPipelineMode (self->conn) && PQsendQuery (self->conn, statement->sql);
}

static void
become_lost (PltPgConnection *self)
{
  plt_pg_connection_become_lost (self, plt_pg_error_new (PLT_PG_ERROR_OFFLINE,
                                                         PQerrorMessage (self->conn)));
}

/* While the server does not take all, both directions are watched: it may wait for us to read. */
static void
flush (PltPgConnection *self)
{
  int rest = PQflush (self->conn);

  if (rest < 0)
    {
      become_lost (self);
      return;
    }
  plt_pg_source_watch (self->source, PQsocket (self->conn),
                       rest > 0 ? G_IO_IN | G_IO_OUT : G_IO_IN);
}

/* statement_timeout is a setting of the server's session; it is changed only when another deadline
 * comes, by a request that goes before. */
static void
set_timeout_first (PltPgConnection *self,
                   PltPgRequest    *request)
{
  PltPgRequest *command;
  g_autofree char *sql = NULL;

  if (request->keeps_timeout || request->deadline_ms == self->server_timeout_ms)
    return;
  sql = g_strdup_printf ("SET statement_timeout TO %u", request->deadline_ms);
  self->server_timeout_ms = request->deadline_ms;
  command = plt_pg_request_new_command (sql);
  command->deadline_ms = request->deadline_ms;
  g_queue_push_head (&self->requests, command);
  plt_pg_cancel_watch (self, command);
}

/* Sends the next request, if none is under way. */
void
plt_pg_exchange_start_next (PltPgConnection *self)
{
  PltPgRequest *request;

  if (self->current != NULL || self->conn == NULL || self->n_cancels > 0)
    return;
  request = g_queue_peek_head (&self->requests);
  if (request == NULL)
    return;
  set_timeout_first (self, request);

  request = self->current = g_queue_pop_head (&self->requests);
  if (request->simple ? send_simple (self, request) : send_pipeline (self, request))
    flush (self);
  else
    become_lost (self);
}

/* Takes @request. */
void
plt_pg_exchange_push (PltPgConnection *self,
                      PltPgRequest    *request)
{
  g_queue_push_tail (&self->requests, request);
  plt_pg_cancel_watch (self, request);
  plt_pg_exchange_start_next (self);
}

static void
push_first (PltPgConnection *self,
            const char      *sql)
{
  PltPgRequest *request = plt_pg_request_new_command (sql);

  g_queue_push_head (&self->requests, request);
  plt_pg_cancel_watch (self, request);
}

/* What must be mended before anything else is sent: a transaction that an error left open, and
 * plans that a change of the schema made invalid. */
static void
mend_after (PltPgConnection *self,
            PltPgRequest    *request)
{
  if (request->forget_plans)
    {
      g_hash_table_remove_all (self->prepared);
      push_first (self, "DEALLOCATE ALL");
    }
  if (PQtransactionStatus (self->conn) == PQTRANS_INERROR)
    push_first (self, "ROLLBACK");
}

static void
finish_current (PltPgConnection *self)
{
  PltPgRequest *request = g_steal_pointer (&self->current);
  GError *error = g_steal_pointer (&request->error);

  mend_after (self, request);
  if (error == NULL)
    plt_pg_request_finish (request, self, g_steal_pointer (&request->results), NULL);
  else
    plt_pg_request_finish (request, self, NULL, error);
}

static gboolean
is_stale_plan (const char *sqlstate)
{
  return g_strcmp0 (sqlstate, "26000") == 0     /* invalid_sql_statement_name */
         || g_strcmp0 (sqlstate, "0A000") == 0; /* cached plan must not change result type */
}

static void
note_error (PltPgRequest *request,
            PGresult     *answer)
{
  const char *sqlstate = PQresultErrorField (answer, PG_DIAG_SQLSTATE);

  g_debug ("A statement failed with SQLSTATE %s", sqlstate != NULL ? sqlstate : "unknown");
  if (is_stale_plan (sqlstate))
    request->forget_plans = TRUE;
  if (request->error == NULL)
    request->error = plt_pg_error_new_from_result (answer);
}

static void
note_success (PltPgConnection *self,
              PltPgRequest    *request,
              PGresult        *answer)
{
  PltPgStep *step;

  if (request->simple)
    {
      g_ptr_array_set_size (request->results, 0); /* the last one counts */
      g_ptr_array_add (request->results, plt_pg_result_new_take (answer));
      return;
    }
  step = &g_array_index (request->steps, PltPgStep, request->step);
  if (step->kind == PLT_PG_STEP_RUN)
    {
      g_ptr_array_add (request->results, plt_pg_result_new_take (answer));
      return;
    }
  if (step->kind == PLT_PG_STEP_PREPARE)
    g_hash_table_insert (self->prepared, g_strdup (step->statement->name),
                         g_strdup (step->statement->sql));
  PQclear (answer);
}

/* Takes @answer. Returns: whether the request is complete */
static gboolean
take_answer (PltPgConnection *self,
             PGresult        *answer)
{
  PltPgRequest *request = self->current;

  if (answer == NULL)
    {
      request->step++;
      return request->simple;
    }
  switch (PQresultStatus (answer))
    {
    case PGRES_PIPELINE_SYNC:
      PQclear (answer);
      return TRUE;
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
      note_success (self, request, answer);
      return FALSE;
    case PGRES_PIPELINE_ABORTED:
      PQclear (answer);
      return FALSE;
    default:
      note_error (request, answer);
      PQclear (answer);
      return FALSE;
    }
}

/* COPY needs data that this connection does not carry, and a FATAL error ends the session: either
 * way it is over. */
static gboolean
ends_connection (PltPgConnection *self,
                 PGresult        *answer)
{
  ExecStatusType status = PQresultStatus (answer);

  if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
    return TRUE;
  return status == PGRES_FATAL_ERROR
         && (PQstatus (self->conn) == CONNECTION_BAD || plt_pg_error_result_is_fatal (answer));
}

/* Callbacks may close or reopen the connection, so nothing is kept over a call to them. */
static void
read_answers (PltPgConnection *self)
{
  while (self->current != NULL && !PQisBusy (self->conn))
    {
      PGresult *answer = PQgetResult (self->conn);

      if (answer != NULL && ends_connection (self, answer))
        {
          PQclear (answer);
          become_lost (self);
          return;
        }
      if (take_answer (self, answer))
        {
          finish_current (self);
          plt_pg_exchange_start_next (self);
        }
    }
}

static void
read_notifications (PltPgConnection *self)
{
  PGnotify *notify;

  while (self->conn != NULL && (notify = PQnotifies (self->conn)) != NULL)
    {
      g_signal_emit_by_name (self, "notification", notify->relname, notify->extra);
      PQfreemem (notify);
    }
}

/* The socket of an established connection is ready. */
void
plt_pg_exchange_wake (PltPgConnection *self,
                      GIOCondition     condition)
{
  guint generation = self->generation;

  if (condition & ~G_IO_OUT)
    {
      if (!PQconsumeInput (self->conn))
        {
          become_lost (self);
          return;
        }
      read_notifications (self);
      if (generation == self->generation)
        read_answers (self);
      if (generation == self->generation)
        read_notifications (self);
    }
  if (generation == self->generation)
    flush (self);
}

/* Returns: (transfer full) (nullable): NULL if @channel is not valid UTF-8 */
char *
plt_pg_exchange_listen_command (PltPgConnection *self,
                                const char      *channel)
{
  char *quoted = PQescapeIdentifier (self->conn, channel, strlen (channel));
  char *sql = quoted != NULL ? g_strconcat ("LISTEN ", quoted, NULL) : NULL;

  PQfreemem (quoted);
  return sql;
}
