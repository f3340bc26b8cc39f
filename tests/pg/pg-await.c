/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits for what a PltPgConnection does in the main loop. */
#include "pg-await.h"

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("the awaited event did not come");
  return G_SOURCE_REMOVE;
}

void
pg_await (gboolean *flag)
{
  guint deadline = g_timeout_add_seconds (30, too_late_cb, NULL);

  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

void
pg_await_state (PltPgConnection *connection,
                PltPgState       state)
{
  guint deadline = g_timeout_add_seconds (30, too_late_cb, NULL);

  while (plt_pg_connection_get_state (connection) != state)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

typedef struct
{
  gboolean      done;
  GAsyncResult *result;
} Answer;

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Answer *answer = user_data;

  answer->result = g_object_ref (result);
  answer->done = TRUE;
}

PltPgConnection *
pg_open (PltTestCluster *cluster)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (cluster, "postgres", "postgres");
  PltPgConnection *connection = plt_pg_connection_new (conninfo, NULL, NULL);
  g_autoptr (GError) error = NULL;
  Answer answer = { FALSE, NULL };

  plt_pg_connection_open_async (connection, NULL, answered_cb, &answer);
  pg_await (&answer.done);
  plt_pg_connection_open_finish (connection, answer.result, &error);
  g_assert_no_error (error);
  g_object_unref (answer.result);
  return connection;
}

PltPgResult *
pg_query (PltPgConnection  *connection,
          const char       *name,
          const char       *sql,
          PltPgParams      *params,
          guint             deadline_ms,
          GError          **error)
{
  Answer answer = { FALSE, NULL };
  PltPgResult *result;

  plt_pg_connection_query_async (connection, name, sql, params, deadline_ms, NULL, answered_cb,
                                 &answer);
  pg_await (&answer.done);
  result = plt_pg_connection_query_finish (connection, answer.result, error);
  g_object_unref (answer.result);
  return result;
}

/* Returns: (transfer full) (nullable): the first value of the first row */
char *
pg_query_text (PltPgConnection *connection,
               const char      *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPgResult) result = pg_query (connection, NULL, sql, NULL, 0, &error);

  g_assert_no_error (error);
  return plt_pg_result_get_n_rows (result) > 0
           ? g_strdup (plt_pg_result_get_text (result, 0, 0)) : NULL;
}
