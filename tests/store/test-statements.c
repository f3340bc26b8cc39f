/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every statement is there, says what it is for, and is understood by the database as it stands. */
#include "plt-store.h"

#include <string.h>

#include "plt-store-script.h"
#include "plt-test-cluster.h"

static PltTestCluster *cluster;

/* What lies in sql/ is what is compiled in. */
static void
test_complete (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "src", "store", "sql", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_auto (GStrv) statements = plt_store_list_statements ();
  guint n_files = 0;

  g_assert_no_error (error);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *statement = g_strndup (name, strlen (name) - strlen (".sql"));
      g_test_message ("%s", name);
      g_assert_true (g_str_has_suffix (name, ".sql"));
      g_assert_true (g_strv_contains ((const char * const *) statements, statement));
      n_files++;
    }
  g_assert_cmpuint (g_strv_length (statements), ==, n_files);
}

static void
test_prepared (void)
{
  g_autofree char *db = plt_test_cluster_create_database (cluster);
  g_auto (GStrv) statements = plt_store_list_statements ();

  for (guint i = 0; statements[i] != NULL; i++)
    {
      const char *text = plt_store_get_statement (statements[i]);
      g_autofree char *sql = g_strdup_printf ("PREPARE tried AS %s", text);
      g_autofree char *err = NULL;
      int status = plt_test_cluster_psql (cluster, db, "postgres", sql, NULL, &err);

      g_assert_true (g_str_has_prefix (text, "-- "));
      g_assert_null (strstr (text, "SELECT *"));
      g_autoptr (GPtrArray) parts = plt_store_script_split (text);
      g_assert_cmpuint (parts->len, ==, 1);
      if (status != 0)
        g_test_message ("%s: %s", statements[i], err);
      g_assert_cmpint (status, ==, 0);
    }
}

/* A case is opened by reading its own rows, however many others there are: a join with a view that
 * has a security barrier would read them all. */
static void
test_reads_one_case (void)
{
  static const char * const of_one_case[] = { "application-sources", "application-fields", "application-findings",
                                              "application-events", "application-images" };
  g_autofree char *db = plt_test_cluster_create_database (cluster);

  for (guint i = 0; i < G_N_ELEMENTS (of_one_case); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SET enable_seqscan = off; PREPARE tried AS %s;"
                                              "EXPLAIN (COSTS off) EXECUTE tried ('UC-26-000001')",
                                              plt_store_get_statement (of_one_case[i]));
      g_autofree char *plan = plt_test_cluster_query (cluster, db, sql);

      g_test_message ("%s: %s", of_one_case[i], plan);
      g_assert_nonnull (strstr (plan, "(application_id = $"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  cluster = plt_test_cluster_new ();
  g_test_add_func ("/store/statements/complete", test_complete);
  g_test_add_func ("/store/statements/prepared", test_prepared);
  g_test_add_func ("/store/statements/reads-one-case", test_reads_one_case);

  int result = g_test_run ();
  plt_test_cluster_free (cluster);
  return result;
}
