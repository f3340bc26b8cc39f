/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Upgrades an empty database, and refuses what it must. */
#include "plt-store-schema.h"

#include <glib/gstdio.h>
#include <string.h>

#include "plt-test-cluster.h"

#define DEADLINE_S 60

static PltTestCluster *cluster;

typedef struct
{
  PltPgConnection *connection;
  PltStore *store;
  PltStoreSchemaStatus status;
  GError *error;
  gboolean done;
} Run;

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("Nothing came in %d s.", DEADLINE_S);
  return G_SOURCE_REMOVE;
}

static void
wait_for (gboolean *done)
{
  guint id = g_timeout_add_seconds (DEADLINE_S, too_late_cb, NULL);

  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;

  plt_pg_connection_open_finish (PLT_PG_CONNECTION (source), result, &run->error);
  run->done = TRUE;
}

static void
upgraded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Run *run = user_data;

  plt_store_schema_upgrade_finish (PLT_STORE (source), result, &run->status, &run->error);
  run->done = TRUE;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;

  plt_store_schema_status_finish (PLT_STORE (source), result, &run->status, &run->error);
  run->done = TRUE;
}

static void
run_open (Run        *run,
          const char *db,
          const char *user)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (cluster, db, user);

  memset (run, 0, sizeof *run);
  run->connection = plt_pg_connection_new (conninfo, NULL, NULL);
  run->store = plt_store_new (run->connection);
  plt_pg_connection_open_async (run->connection, NULL, opened_cb, run);
  wait_for (&run->done);
  g_assert_no_error (run->error);
}

static void
run_upgrade (Run *run)
{
  g_clear_error (&run->error);
  run->done = FALSE;
  plt_store_schema_upgrade_async (run->store, NULL, upgraded_cb, run);
  wait_for (&run->done);
}

static void
run_look (Run *run)
{
  g_clear_error (&run->error);
  run->done = FALSE;
  plt_store_schema_status_async (run->store, NULL, looked_cb, run);
  wait_for (&run->done);
}

static void
run_close (Run *run)
{
  plt_pg_connection_close (run->connection);
  g_clear_error (&run->error);
  g_object_unref (run->store);
  g_object_unref (run->connection);
}

static void
use_schema_of_source (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "schema", NULL);
  g_setenv ("PLATEN_SCHEMA_DIR", folder, TRUE);
}

static void
test_from_nothing (void)
{
  g_autofree char *db = plt_test_cluster_create_empty_database (cluster);
  Run run;

  use_schema_of_source ();
  run_open (&run, db, "postgres");
  run_look (&run);
  g_assert_no_error (run.error);
  g_assert_cmpint (run.status.database, ==, 0);
  g_assert_cmpint (run.status.program, >=, 13);

  run_upgrade (&run);
  g_assert_no_error (run.error);
  g_assert_cmpint (run.status.database, ==, run.status.program);
  /* What was made serves: the same schema as psql makes of the files. */
  g_autofree char *office = plt_test_cluster_query (cluster, db, "SELECT api.add_office ('UC', 'Central')");
  run_upgrade (&run);
  g_assert_no_error (run.error);
  run_close (&run);
}

static void
test_newer_is_refused (void)
{
  g_autofree char *db = plt_test_cluster_create_database (cluster);
  g_autofree char *nothing
      = plt_test_cluster_query (cluster, db, "INSERT INTO platen.schema_version VALUES (9000, 'later')");
  Run run;

  use_schema_of_source ();
  run_open (&run, db, "postgres");
  run_upgrade (&run);
  g_assert_error (run.error, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_NEWER);
  g_assert_nonnull (strstr (run.error->message, "9000"));
  run_close (&run);
}

static void
test_clerk_may_not (void)
{
  g_autofree char *db = plt_test_cluster_create_database (cluster);
  g_autofree char *secret = plt_test_cluster_add_staff (cluster, db, "anna", "clerk", "UC");
  Run run;

  use_schema_of_source ();
  run_open (&run, db, "anna");
  run_look (&run);
  g_assert_no_error (run.error);
  g_assert_cmpint (run.status.database, ==, run.status.program);
  run_upgrade (&run);
  g_assert_error (run.error, PLT_PG_ERROR, PLT_PG_ERROR_FORBIDDEN);
  run_close (&run);

  /* A login of the cluster that is nobody here. */
  g_free (plt_test_cluster_query (cluster, db, "CREATE ROLE stranger LOGIN"));
  run_open (&run, db, "stranger");
  run_look (&run);
  g_assert_no_error (run.error);
  g_assert_cmpint (run.status.database, ==, -1);
  run_close (&run);
}

static void
write_upgrade (const char *folder,
               const char *name,
               const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_upgrade (const char *folder,
                const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* The first upgrade stays, the second leaves nothing of itself behind, and the files are named. */
static void
test_broken_upgrade (void)
{
  g_autofree char *db = plt_test_cluster_create_empty_database (cluster);
  g_autofree char *folder = g_dir_make_tmp ("plt-up-XXXXXX", NULL);
  Run run;

  write_upgrade (folder, "0001-one.sql",
                 "CREATE SCHEMA platen; CREATE TABLE platen.schema_version (version int PRIMARY KEY, title text);"
                 "INSERT INTO platen.schema_version VALUES (1, 'one');");
  write_upgrade (folder, "0002-two.sql",
                 "CREATE TABLE platen.half (a int); INSERT INTO platen.schema_version VALUES (2, 'two'); SELECT 1 / 0;");
  g_setenv ("PLATEN_SCHEMA_DIR", folder, TRUE);
  run_open (&run, db, "postgres");
  run_upgrade (&run);
  g_assert_nonnull (run.error);
  g_assert_nonnull (strstr (run.error->message, "0002-two.sql"));
  g_autofree char *left = plt_test_cluster_query (
      cluster, db, "SELECT max (version), to_regclass ('platen.half') IS NULL FROM platen.schema_version");
  g_assert_cmpstr (left, ==, "1|t");

  write_upgrade (folder, "0002-two.sql", "CREATE TABLE platen.forgot (a int)");
  run_upgrade (&run);
  g_assert_error (run.error, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_FILES);

  remove_upgrade (folder, "0001-one.sql");
  run_upgrade (&run);
  g_assert_error (run.error, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_FILES);
  g_assert_nonnull (strstr (run.error->message, "0001"));

  remove_upgrade (folder, "0002-two.sql");
  run_upgrade (&run);
  g_assert_error (run.error, PLT_STORE_ERROR, PLT_STORE_ERROR_SCHEMA_FILES);
  run_close (&run);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cluster = plt_test_cluster_new ();
  g_test_add_func ("/store/upgrade/from-nothing", test_from_nothing);
  g_test_add_func ("/store/upgrade/newer", test_newer_is_refused);
  g_test_add_func ("/store/upgrade/clerk", test_clerk_may_not);
  g_test_add_func ("/store/upgrade/broken", test_broken_upgrade);

  int result = g_test_run ();
  plt_test_cluster_free (cluster);
  return result;
}
