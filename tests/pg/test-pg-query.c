/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking a living server: parameters, results, pipelines, errors, cancellation. */
#include "pg-await.h"

static PltTestCluster *cluster;

typedef struct
{
  gboolean  done;
  GPtrArray *results;
  GError    *error;
} Batch;

static void
batch_done_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Batch *batch = user_data;

  batch->results = plt_pg_connection_pipeline_finish (PLT_PG_CONNECTION (object), result,
                                                      &batch->error);
  batch->done = TRUE;
}

static Batch
run_batch (PltPgConnection  *connection,
           gboolean          atomic,
           const char      **statements)
{
  GPtrArray *array = g_ptr_array_new ();
  Batch batch = { FALSE, NULL, NULL };

  for (guint i = 0; statements[i] != NULL; i++)
    g_ptr_array_add (array, plt_pg_statement_new (NULL, statements[i], NULL));
  plt_pg_connection_pipeline_async (connection, array, atomic, 0, NULL, batch_done_cb, &batch);
  pg_await (&batch.done);
  return batch;
}

static void
test_round_trip (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPgResult) result = NULL;
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2026-02-28T23:59:59.123456+07", NULL);
  g_autoptr (GDateTime) time_back = NULL;
  g_auto (GStrv) array_back = NULL;
  const char *array[] = { "a\"b", "c\\d", "NULL", "", "{x,y}", "ไทย", NULL };
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, "Zoë ศรี 🚗 'quoted'");
  plt_pg_params_text (params, NULL);
  plt_pg_params_secret (params, "p4ss");
  plt_pg_params_int (params, G_MININT64);
  plt_pg_params_bool (params, TRUE);
  plt_pg_params_time (params, time);
  plt_pg_params_text_array (params, array);
  result = pg_query (connection, "types",
                     "SELECT $1::text AS t, $2::text AS n, $3::text AS s, $4::int8 AS i,"
                     " $5::bool AS b, $6::timestamptz AS at, $7::text[] AS a",
                     params, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (plt_pg_result_get_n_rows (result), ==, 1);
  g_assert_cmpstr (plt_pg_result_get_text (result, 0, plt_pg_result_column (result, "t")), ==,
                   "Zoë ศรี 🚗 'quoted'");
  g_assert_true (plt_pg_result_is_null (result, 0, 1));
  g_assert_null (plt_pg_result_get_text (result, 0, 1));
  g_assert_cmpstr (plt_pg_result_get_text (result, 0, 2), ==, "p4ss");
  g_assert_cmpint (plt_pg_result_get_int (result, 0, 3), ==, G_MININT64);
  g_assert_true (plt_pg_result_get_bool (result, 0, 4));
  time_back = plt_pg_result_dup_time (result, 0, 5);
  g_assert_nonnull (time_back);
  g_assert_cmpint (g_date_time_compare (time, time_back), ==, 0);
  array_back = plt_pg_result_dup_array (result, 0, plt_pg_result_column (result, "a"));
  g_assert_cmpstrv (array_back, array);
  g_assert_cmpint (plt_pg_result_column (result, "no_such"), ==, -1);
}

static void
test_bytes (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPgResult) result = NULL;
  gsize size = 5 * 1024 * 1024;
  guint8 *data = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) bytes_back = NULL;
  g_autoptr (GBytes) empty_back = NULL;
  PltPgParams *params = plt_pg_params_new ();

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 2654435761u >> 13);
  bytes = g_bytes_new_take (data, size);
  plt_pg_params_bytes (params, bytes);
  plt_pg_params_bytes (params, empty);
  plt_pg_params_bytes (params, NULL);
  result = pg_query (connection, "bytes", "SELECT $1, $2, $3", params, 0, &error);

  g_assert_no_error (error);
  bytes_back = plt_pg_result_dup_bytes (result, 0, 0);
  empty_back = plt_pg_result_dup_bytes (result, 0, 1);
  g_assert_true (g_bytes_equal (bytes, bytes_back));
  g_assert_cmpuint (g_bytes_get_size (empty_back), ==, 0);
  g_assert_true (plt_pg_result_is_null (result, 0, 2));
}

static void
test_prepares_once (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autofree char *plans = NULL;

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      PltPgParams *params = plt_pg_params_new ();
      g_autoptr (PltPgResult) result = NULL;

      plt_pg_params_int (params, i);
      result = pg_query (connection, "once", "SELECT $1::int + 1", params, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpint (plt_pg_result_get_int (result, 0, 0), ==, i + 1);
    }

  plans = pg_query_text (connection, "SELECT count(*) FROM pg_prepared_statements");
  g_assert_cmpstr (plans, ==, "1");
}

static void
test_outlives_schema_change (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autofree char *ignored1 = pg_query_text (connection, "DROP TABLE IF EXISTS s; "
                                                         "CREATE TABLE s AS SELECT 1 AS a");
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPgResult) before = pg_query (connection, "s", "SELECT * FROM s", NULL, 0, &error);
  g_autofree char *ignored2 = pg_query_text (connection, "ALTER TABLE s ADD b int");
  g_autoptr (PltPgResult) stale = pg_query (connection, "s", "SELECT * FROM s", NULL, 0, NULL);
  g_autoptr (PltPgResult) after = pg_query (connection, "s", "SELECT * FROM s", NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_nonnull (before);
  g_assert_null (stale);
  g_assert_cmpint (plt_pg_result_column (after, "b"), ==, 1);
}

static void
test_pipeline (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  Batch batch = run_batch (connection, FALSE,
                           (const char *[]) { "SELECT 1", "SELECT 2 WHERE false", "SELECT 3",
                                              NULL });

  g_assert_no_error (batch.error);
  g_assert_cmpuint (batch.results->len, ==, 3);
  g_assert_cmpint (plt_pg_result_get_n_rows (batch.results->pdata[1]), ==, 0);
  g_assert_cmpint (plt_pg_result_get_int (batch.results->pdata[2], 0, 0), ==, 3);
  g_ptr_array_unref (batch.results);
}

static void
test_atomic_all_or_nothing (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autofree char *ignored =
    pg_query_text (connection, "DROP TABLE IF EXISTS t; CREATE TABLE t (a int PRIMARY KEY)");
  g_autofree char *count = NULL;
  Batch good = run_batch (connection, TRUE,
                          (const char *[]) { "INSERT INTO t VALUES (1)",
                                             "INSERT INTO t VALUES (2)", NULL });
  Batch bad = run_batch (connection, TRUE,
                         (const char *[]) { "INSERT INTO t VALUES (3)",
                                            "INSERT INTO t VALUES (1)",
                                            "INSERT INTO t VALUES (4)", NULL });

  g_assert_no_error (good.error);
  g_assert_cmpuint (good.results->len, ==, 2);
  g_assert_null (bad.results);
  g_assert_error (bad.error, PLT_PG_ERROR, PLT_PG_ERROR_RULE);
  g_assert_cmpstr (plt_pg_error_get_sqlstate (bad.error), ==, "23505");
  g_assert_cmpstr (plt_pg_error_get_constraint (bad.error), ==, "t_pkey");

  /* the next request runs outside of the failed transaction */
  count = pg_query_text (connection, "SELECT count(*) FROM t");
  g_assert_cmpstr (count, ==, "2");
  g_ptr_array_unref (good.results);
  g_clear_error (&bad.error);
}

static void
test_maps_errors (void)
{
  const struct
  {
    const char *raise;
    PltPgError  code;
    const char *rule;
    gboolean    message_for_people;
  } cases[] = {
    { "MESSAGE = 'No.', HINT = 'FOUR_EYES'", PLT_PG_ERROR_RULE, "FOUR_EYES", TRUE },
    { "MESSAGE = 'No.', ERRCODE = 'P0002', HINT = 'NOT_FOUND'", PLT_PG_ERROR_RULE, "NOT_FOUND",
      TRUE },
    { "MESSAGE = 'No.', ERRCODE = 'PL401', HINT = 'NO_SESSION'", PLT_PG_ERROR_SESSION,
      "NO_SESSION", TRUE },
    { "MESSAGE = 'No.', ERRCODE = 'PL409', HINT = 'STALE'", PLT_PG_ERROR_CONFLICT, "STALE", TRUE },
    { "MESSAGE = 'No.', ERRCODE = 'PL426'", PLT_PG_ERROR_TOO_NEW, NULL, TRUE },
    { "MESSAGE = 'No.', ERRCODE = '42501', HINT = 'ROLE'", PLT_PG_ERROR_FORBIDDEN, "ROLE", TRUE },
    { "MESSAGE = 'No.', ERRCODE = '42501'", PLT_PG_ERROR_FORBIDDEN, NULL, FALSE },
    { "MESSAGE = 'No.', ERRCODE = '40001'", PLT_PG_ERROR_CONFLICT, NULL, FALSE },
    { "MESSAGE = 'No.', ERRCODE = '23514'", PLT_PG_ERROR_RULE, NULL, FALSE },
    { "MESSAGE = 'No.', ERRCODE = '22012', HINT = 'Divide less.'", PLT_PG_ERROR_FAILED, NULL,
      FALSE },
  };
  g_autoptr (PltPgConnection) connection = pg_open (cluster);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DO $$BEGIN RAISE EXCEPTION USING %s; END$$",
                                              cases[i].raise);
      g_autoptr (GError) error = NULL;

      g_assert_null (pg_query (connection, NULL, sql, NULL, 0, &error));
      g_assert_error (error, PLT_PG_ERROR, (int) cases[i].code);
      g_assert_cmpstr (plt_pg_error_get_rule (error), ==, cases[i].rule);
      g_assert_cmpint (g_str_equal (error->message, "No."), ==, cases[i].message_for_people);
      if (!cases[i].message_for_people)
        g_assert_cmpstr (plt_pg_error_get_detail (error), ==, "No.");
    }
}

static void
test_deadline_stops_on_server (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autoptr (GError) error = NULL;
  g_autofree char *running = NULL;
  gint64 start = g_get_monotonic_time ();
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, "30");
  g_assert_null (pg_query (connection, "nap", "SELECT pg_sleep($1::float)", params, 300, &error));

  g_assert_error (error, PLT_PG_ERROR, PLT_PG_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (plt_pg_connection_get_state (connection), ==, PLT_PG_STATE_READY);
  running = pg_query_text (connection, "SELECT count(*) FROM pg_stat_activity "
                                       "WHERE state = 'active' AND query LIKE '%pg_sleep($1%'"
                                       " AND pid <> pg_backend_pid()");
  g_assert_cmpstr (running, ==, "0");
}

typedef struct
{
  gboolean done;
  GError  *error;
} Plain;

static void
plain_done_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Plain *plain = user_data;
  g_autoptr (PltPgResult) rows =
    plt_pg_connection_query_finish (PLT_PG_CONNECTION (object), result, &plain->error);

  plain->done = TRUE;
}

static void
test_cancel_stops_on_server (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autoptr (PltPgConnection) observer = pg_open (cluster);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *count_sleepers = "SELECT count(*) FROM pg_stat_activity "
                               "WHERE state = 'active' AND query = 'SELECT pg_sleep(29)'";
  gboolean running = FALSE;
  Plain waiting = { FALSE, NULL };
  Plain plain = { FALSE, NULL };

  plt_pg_connection_query_async (connection, NULL, "SELECT pg_sleep(29)", NULL, 0, cancellable,
                                 plain_done_cb, &plain);
  plt_pg_connection_query_async (connection, NULL, "SELECT 1", NULL, 0, cancellable, plain_done_cb,
                                 &waiting);
  while (!running)
    {
      g_autofree char *count = pg_query_text (observer, count_sleepers);

      running = g_str_equal (count, "1");
    }
  g_cancellable_cancel (cancellable);
  pg_await (&plain.done);
  pg_await (&waiting.done);

  g_assert_error (plain.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* the same connection goes on at once, which it could not if the nap went on */
  {
    g_autofree char *one = pg_query_text (connection, "SELECT 1");
    g_autofree char *count = pg_query_text (observer, count_sleepers);

    g_assert_cmpstr (one, ==, "1");
    g_assert_cmpstr (count, ==, "0");
  }
  g_clear_error (&plain.error);
  g_clear_error (&waiting.error);
}

static void
test_many_rows (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltPgResult) result =
    pg_query (connection, "many", "SELECT i, 'row ' || i AS t FROM generate_series(1, 100000) i",
              NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (plt_pg_result_get_n_rows (result), ==, 100000);
  g_assert_cmpstr (plt_pg_result_get_text (result, 99999, 1), ==, "row 100000");
}

static void
notified_cb (PltPgConnection *connection,
             const char      *channel,
             const char      *payload,
             char           **heard)
{
  *heard = g_strconcat (channel, ":", payload, NULL);
}

static void
test_notification (void)
{
  g_autoptr (PltPgConnection) listener = pg_open (cluster);
  g_autoptr (PltPgConnection) speaker = pg_open (cluster);
  g_autofree char *heard = NULL;
  g_autofree char *ready = NULL;
  g_autofree char *ignored = NULL;

  g_signal_connect (listener, "notification", G_CALLBACK (notified_cb), &heard);
  plt_pg_connection_listen (listener, "Pla\"ten");
  ready = pg_query_text (listener, "SELECT 1"); /* behind the LISTEN */
  ignored = pg_query_text (speaker, "NOTIFY \"Pla\"\"ten\", 'card 7 UC'");
  while (heard == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (heard, ==, "Pla\"ten:card 7 UC");
}

static void
test_close_with_requests (void)
{
  PltPgConnection *connection = pg_open (cluster);
  Plain plain[3] = { { FALSE, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    plt_pg_connection_query_async (connection, NULL, "SELECT pg_sleep(20)", NULL, 0, NULL,
                                   plain_done_cb, &plain[i]);
  plt_pg_connection_close (connection);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      pg_await (&plain[i].done);
      g_assert_error (plain[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&plain[i].error);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (connection);
}

static void
test_scram (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autoptr (GError) error = NULL;
  g_autofree char *verifier =
    plt_pg_connection_scram_verifier (connection, "anna", "geheim", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (verifier, "SCRAM-SHA-256$4096:"));
}

static void
test_refuses_copy (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autoptr (GError) error = NULL;

  g_assert_null (pg_query (connection, NULL, "COPY (SELECT 1) TO STDOUT", NULL, 0, &error));
  g_assert_error (error, PLT_PG_ERROR, PLT_PG_ERROR_UNKNOWN_FATE);
  pg_await_state (connection, PLT_PG_STATE_READY);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = plt_test_cluster_new ();
  g_test_add_func ("/pg/query/parameters-round-trip", test_round_trip);
  g_test_add_func ("/pg/query/bytes-round-trip", test_bytes);
  g_test_add_func ("/pg/query/prepares-once", test_prepares_once);
  g_test_add_func ("/pg/query/outlives-schema-change", test_outlives_schema_change);
  g_test_add_func ("/pg/query/many-rows", test_many_rows);
  g_test_add_func ("/pg/pipeline/results-in-order", test_pipeline);
  g_test_add_func ("/pg/pipeline/atomic-is-all-or-nothing", test_atomic_all_or_nothing);
  g_test_add_func ("/pg/error/maps-sqlstate", test_maps_errors);
  g_test_add_func ("/pg/deadline/stops-on-server", test_deadline_stops_on_server);
  g_test_add_func ("/pg/cancel/stops-on-server", test_cancel_stops_on_server);
  g_test_add_func ("/pg/notification/arrives", test_notification);
  g_test_add_func ("/pg/close/with-requests", test_close_with_requests);
  g_test_add_func ("/pg/scram/verifier", test_scram);
  g_test_add_func ("/pg/copy/is-refused", test_refuses_copy);
  status = g_test_run ();
  plt_test_cluster_free (cluster);
  return status;
}
