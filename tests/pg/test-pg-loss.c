/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections that are refused, cut, frozen and restored. */
#include "pg-await.h"
#include "plt-test-heart.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static PltTestCluster *cluster;

typedef struct
{
  gboolean done;
  GError  *error;
} Plain;

static void
query_done_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Plain *plain = user_data;
  g_autoptr (PltPgResult) rows =
    plt_pg_connection_query_finish (PLT_PG_CONNECTION (object), result, &plain->error);

  plain->done = TRUE;
}

static void
open_done_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Plain *plain = user_data;

  plt_pg_connection_open_finish (PLT_PG_CONNECTION (object), result, &plain->error);
  plain->done = TRUE;
}

static void
restored_cb (PltPgConnection *connection,
             gboolean        *restored)
{
  *restored = TRUE;
}

static void
notified_cb (PltPgConnection *connection,
             const char      *channel,
             const char      *payload,
             gboolean        *heard)
{
  *heard = TRUE;
}

static void
start (PltPgConnection *connection,
       const char      *sql,
       guint            deadline_ms,
       Plain           *plain)
{
  *plain = (Plain) { FALSE, NULL };
  plt_pg_connection_query_async (connection, NULL, sql, NULL, deadline_ms, NULL, query_done_cb,
                                 plain);
}

/* Until the server process @pid is at work on SELECT pg_sleep. */
static void
await_sleep (PltPgConnection *watcher,
             const char      *pid)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND state = 'active'"
                     " AND query LIKE 'SELECT pg_sleep%%'", pid);
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  for (;;)
    {
      g_autofree char *count = pg_query_text (watcher, sql);

      if (g_str_equal (count, "1"))
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }
}

static void
test_killed_backend (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  g_autoptr (PltPgConnection) killer = pg_open (cluster);
  g_autofree char *pid = pg_query_text (connection, "SELECT pg_backend_pid()");
  g_autofree char *kill_sql = g_strdup_printf ("SELECT pg_terminate_backend(%s)", pid);
  g_autofree char *ignored = NULL;
  gboolean restored = FALSE;
  gboolean heard = FALSE;
  Plain running, waiting, late;

  g_signal_connect (connection, "restored", G_CALLBACK (restored_cb), &restored);
  g_signal_connect (connection, "notification", G_CALLBACK (notified_cb), &heard);
  plt_pg_connection_listen (connection, "news");
  start (connection, "SELECT pg_sleep(30)", 0, &running);
  start (connection, "SELECT 1", 0, &waiting);
  await_sleep (killer, pid);
  ignored = pg_query_text (killer, kill_sql);
  pg_await (&running.done);
  pg_await (&waiting.done);
  start (connection, "SELECT 1", 0, &late);
  pg_await (&late.done);

  g_assert_error (running.error, PLT_PG_ERROR, PLT_PG_ERROR_UNKNOWN_FATE);
  g_assert_error (waiting.error, PLT_PG_ERROR, PLT_PG_ERROR_OFFLINE);
  g_assert_error (late.error, PLT_PG_ERROR, PLT_PG_ERROR_OFFLINE);
  pg_await (&restored);
  {
    g_autofree char *notify = pg_query_text (killer, "NOTIFY news");
  }
  pg_await (&heard);
  g_clear_error (&running.error);
  g_clear_error (&waiting.error);
  g_clear_error (&late.error);
}

/* A setting is there on every connection, not only on the first one. */
static void
test_setting_is_kept (void)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (cluster, "postgres", "postgres");
  g_autoptr (PltPgConnection) connection = plt_pg_connection_new (conninfo, NULL, NULL);
  g_autoptr (PltPgConnection) killer = pg_open (cluster);
  g_autofree char *pid = NULL;
  g_autofree char *kill_sql = NULL;
  g_autofree char *killed = NULL;
  g_autofree char *language = NULL;
  gboolean restored = FALSE;

  g_signal_connect (connection, "restored", G_CALLBACK (restored_cb), &restored);
  plt_pg_connection_set_setting (connection, "platen.language", "fr");
  plt_pg_connection_open_async (connection, NULL, NULL, NULL);
  pg_await_state (connection, PLT_PG_STATE_READY);
  pid = pg_query_text (connection, "SELECT pg_backend_pid()");
  kill_sql = g_strdup_printf ("SELECT pg_terminate_backend(%s)", pid);
  killed = pg_query_text (killer, kill_sql);
  pg_await (&restored);

  language = pg_query_text (connection, "SELECT current_setting('platen.language')");
  g_assert_cmpstr (language, ==, "fr");
}

static void
test_server_crashes (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  gboolean restored = FALSE;
  Plain running;

  g_signal_connect (connection, "restored", G_CALLBACK (restored_cb), &restored);
  start (connection, "SELECT pg_sleep(30)", 0, &running);
  plt_test_cluster_stop (cluster, "immediate");
  pg_await (&running.done);
  g_assert_error (running.error, PLT_PG_ERROR, PLT_PG_ERROR_UNKNOWN_FATE);
  g_clear_error (&running.error);
  g_assert_cmpint (plt_pg_connection_get_state (connection), ==, PLT_PG_STATE_LOST);

  plt_test_cluster_start (cluster);
  pg_await (&restored);
  {
    g_autofree char *one = pg_query_text (connection, "SELECT 1");

    g_assert_cmpstr (one, ==, "1");
  }
}

static void
test_server_comes_later (void)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (cluster, "postgres", "postgres");
  g_autoptr (PltPgConnection) connection = plt_pg_connection_new (conninfo, NULL, NULL);
  gboolean restored = FALSE;
  Plain open = { FALSE, NULL };

  g_signal_connect (connection, "restored", G_CALLBACK (restored_cb), &restored);
  plt_test_cluster_stop (cluster, "fast");
  plt_pg_connection_open_async (connection, NULL, open_done_cb, &open);
  pg_await (&open.done);
  g_assert_error (open.error, PLT_PG_ERROR, PLT_PG_ERROR_OFFLINE);
  g_clear_error (&open.error);

  plt_test_cluster_start (cluster);
  pg_await (&restored);
  g_assert_cmpint (plt_pg_connection_get_state (connection), ==, PLT_PG_STATE_READY);
}

static gboolean
thaw_cb (gpointer user_data)
{
  gboolean *thawed = user_data;

  plt_test_cluster_signal (cluster, SIGCONT);
  *thawed = TRUE;
  return G_SOURCE_REMOVE;
}

/* Returns: the longest standstill of the main loop, in microseconds */
static gint64
freeze_server (void)
{
  g_autoptr (PltPgConnection) connection = pg_open (cluster);
  gint64 begun = g_get_monotonic_time ();
  gboolean thawed = FALSE;
  PltTestHeart *heart;
  Plain before, running;

  start (connection, "SELECT 1", 1000, &before);
  pg_await (&before.done);
  g_assert_no_error (before.error);
  plt_test_cluster_signal (cluster, SIGSTOP);
  g_timeout_add_seconds (10, thaw_cb, &thawed);
  heart = plt_test_heart_start ();
  start (connection, "SELECT 1", 1000, &running);
  pg_await (&running.done);
  g_assert_error (running.error, PLT_PG_ERROR, PLT_PG_ERROR_UNKNOWN_FATE);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 4 * G_USEC_PER_SEC);
  g_clear_error (&running.error);
  pg_await (&thawed);
  pg_await_state (connection, PLT_PG_STATE_READY);
  return plt_test_heart_stop (heart);
}

/* For ten seconds; the main loop never stands still. */
static void
test_frozen_server (void)
{
  gint64 best = G_MAXINT64;

  for (int i = 0; i < PLT_TEST_HEART_TRIES && best >= PLT_TEST_STANDSTILL_US; i++)
    best = MIN (best, freeze_server ());
  g_assert_cmpint (best, <, PLT_TEST_STANDSTILL_US);
}

static void
test_wrong_password (void)
{
  g_autoptr (PltPgConnection) admin = pg_open (cluster);
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (cluster, "postgres", "postgres");
  g_autofree char *hba = pg_query_text (admin, "SHOW hba_file");
  g_autofree char *role = pg_query_text (admin, "DROP ROLE IF EXISTS anna; "
                                                "CREATE ROLE anna LOGIN PASSWORD 'geheim'");
  g_autofree char *reload = NULL;
  FILE *file;
  g_autoptr (PltPgConnection) wrong = plt_pg_connection_new (conninfo, "anna", "falsch");
  g_autoptr (PltPgConnection) right = plt_pg_connection_new (conninfo, "anna", "geheim");
  Plain open = { FALSE, NULL };
  Plain open_right = { FALSE, NULL };

  /* In place, so that it stays the server's own file. */
  file = fopen (hba, "w");
  g_assert_nonnull (file);
  fputs ("local all anna scram-sha-256\nlocal all all trust\n", file);
  fclose (file);
  reload = pg_query_text (admin, "SELECT pg_reload_conf()");
  /* The postmaster reads it when it gets to it; until then anna comes in without a password. */
  while (open.error == NULL)
    {
      open.done = FALSE;
      plt_pg_connection_close (wrong);
      plt_pg_connection_open_async (wrong, NULL, open_done_cb, &open);
      pg_await (&open.done);
    }
  g_assert_error (open.error, PLT_PG_ERROR, PLT_PG_ERROR_REFUSED);
  g_assert_cmpstr (plt_pg_error_get_sqlstate (open.error), ==, "28P01");
  g_assert_cmpint (plt_pg_connection_get_state (wrong), ==, PLT_PG_STATE_FAILED);
  g_clear_error (&open.error);

  plt_pg_connection_open_async (right, NULL, open_done_cb, &open_right);
  pg_await (&open_right.done);
  g_assert_no_error (open_right.error);
  g_assert_cmpstr (plt_pg_connection_get_user (right), ==, "anna");
  g_assert_cmpint (plt_pg_connection_get_state (wrong), ==, PLT_PG_STATE_FAILED);
}

static void
test_greeting_fails (void)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (cluster, "postgres", "postgres");
  g_autoptr (PltPgConnection) connection = plt_pg_connection_new (conninfo, NULL, NULL);
  PltPgParams *params = plt_pg_params_new ();
  Plain open = { FALSE, NULL };

  plt_pg_params_secret (params, "x");
  plt_pg_connection_set_greeting (connection, "SELECT $1::int", params);
  plt_pg_connection_open_async (connection, NULL, open_done_cb, &open);
  pg_await (&open.done);
  g_assert_error (open.error, PLT_PG_ERROR, PLT_PG_ERROR_FAILED);
  g_assert_cmpint (plt_pg_connection_get_state (connection), ==, PLT_PG_STATE_FAILED);
  g_clear_error (&open.error);
}

static void
test_bad_conninfo (void)
{
  const char *cases[] = { "no_such_option=1", "postgresql://[::1", "host='unclosed" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PltPgConnection *connection = plt_pg_connection_new (cases[i], NULL, NULL);
      Plain open = { FALSE, NULL };

      plt_pg_connection_open_async (connection, NULL, open_done_cb, &open);
      pg_await (&open.done);
      g_assert_error (open.error, PLT_PG_ERROR, PLT_PG_ERROR_FAILED);
      g_assert_nonnull (plt_pg_error_get_detail (open.error));
      g_assert_cmpint (plt_pg_connection_get_state (connection), ==, PLT_PG_STATE_FAILED);
      g_clear_error (&open.error);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_finalize_object (connection);
    }
}

/* The first host refuses, the second is there. */
static void
test_second_host (void)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (cluster, "postgres", "postgres");
  g_auto (GStrv) words = g_strsplit (conninfo, " ", 2);
  g_autofree char *two = g_strdup_printf ("host=/nonexistent,localhost,%s %s",
                                          words[0] + strlen ("host="), words[1]);
  g_autofree char *ports = g_strconcat (two, " port=5432,1,5432", NULL);
  g_autoptr (PltPgConnection) connection = plt_pg_connection_new (ports, NULL, NULL);
  Plain open = { FALSE, NULL };

  plt_pg_connection_open_async (connection, NULL, open_done_cb, &open);
  pg_await (&open.done);
  g_assert_no_error (open.error);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = plt_test_cluster_new ();
  g_test_add_func ("/pg/loss/killed-backend", test_killed_backend);
  g_test_add_func ("/pg/loss/setting-is-kept", test_setting_is_kept);
  g_test_add_func ("/pg/loss/server-crashes", test_server_crashes);
  g_test_add_func ("/pg/loss/server-comes-later", test_server_comes_later);
  g_test_add_func ("/pg/loss/frozen-server-blocks-nothing", test_frozen_server);
  g_test_add_func ("/pg/open/second-host", test_second_host);
  g_test_add_func ("/pg/open/greeting-fails", test_greeting_fails);
  g_test_add_func ("/pg/open/bad-conninfo", test_bad_conninfo);
  g_test_add_func ("/pg/open/wrong-password", test_wrong_password);
  status = g_test_run ();
  plt_test_cluster_free (cluster);
  return status;
}
