/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that history cannot be changed, that tampering shows, and that upgrades run in order. */
#include "schema-office.h"

static void
test_append_only (void)
{
  static const char * const tables[] = { "event", "audit", "lookup", "stock_ledger" };
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "anna", "SELECT api.note_lookup ('70000000012', 'counter')"));
  for (size_t i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.%s", tables[i]);
      schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "TRUNCATE platen.%s CASCADE", tables[i]);
      schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "UPDATE platen.%s SET office_code = office_code", tables[i]);
      schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "SET ROLE platen_owner; DELETE FROM platen.%s", tables[i]);
    }
}

static char *
verify (const char *db)
{
  return schema_office_ask (db, "dora", "SELECT string_agg (office_code || coalesce (broken_at::text, '-'), ' ') FROM api.verify_audit ()");
}

static void
test_tampering_shows (void)
{
  static const struct
  {
    const char *how;
    const char *seen;
  } cases[] = {
    { "SELECT 1", "UC- UN-" },
    { "UPDATE platen.audit SET login = 'boris' WHERE office_code = 'UC' AND seq = 5", "UC5 UN-" },
    { "UPDATE platen.audit SET detail = '{\"x\": 1}' WHERE office_code = 'UN' AND seq = 2", "UC- UN2" },
    { "DELETE FROM platen.audit WHERE office_code = 'UC' AND seq = 4", "UC5 UN-" },
    { "DELETE FROM platen.audit WHERE office_code = 'UC' AND seq = (SELECT max (seq) FROM platen.audit WHERE office_code = 'UC')", "end" },
    { "UPDATE platen.audit SET at = at + interval '1 microsecond' WHERE office_code = 'UC' AND seq = 1", "UC1 UN-" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *db = schema_office_new ();

      schema_office_draft (db, "renewal");
      g_free (verify (db)); /* opens the auditor's session, which is audited */
      g_free (schema_office_ask (db, "postgres", "SET session_replication_role = replica; %s", cases[i].how));

      g_autofree char *seen = verify (db);
      g_autofree char *end = schema_office_ask (db, "postgres", "SELECT 'UC' || seq || ' UN-' FROM platen.audit_head WHERE office_code = 'UC'");

      g_assert_cmpstr (seen, ==, g_str_equal (cases[i].seen, "end") ? end : cases[i].seen);
    }
}

static void
test_who_may_read (void)
{
  static const char * const views[] = { "session_log", "lookup_log", "audit_log" };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (views); i++)
    {
      schema_office_refused (db, "anna", "42501", "ROLE", "SELECT * FROM api.%s", views[i]);
      schema_office_refused (db, "emil", "42501", "ROLE", "SELECT * FROM api.%s", views[i]);
    }
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT * FROM api.verify_audit ()");
  g_free (schema_office_ask (db, "anna", "SELECT api.note_lookup ('70000000012', 'counter')"));
  schema_office_refused (db, "anna", "P0001", "REASON", "SELECT api.note_lookup ('70000000012', ' ')");
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.note_lookup ('70000000013', 'counter')");

  g_autofree char *read = schema_office_ask (db, "dora", "SELECT login, id_number, purpose FROM api.lookup_log");

  g_assert_cmpstr (read, ==, "anna|70000000012|counter");
}

static char *
read_upgrade (int version)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "schema", NULL);
  g_autofree char *prefix = g_strdup_printf ("%04d-", version);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      if (!g_str_has_prefix (name, prefix) || !g_str_has_suffix (name, ".sql"))
        continue;

      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *sql = NULL;

      g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
      return g_strdup_printf ("BEGIN;\n%s\nCOMMIT;", sql);
    }

  return NULL;
}

/* Each file finds its predecessors, writes its own number, and cannot be run a second time; the roles
 * of the cluster are there already, made by the template. */
static void
test_upgrades (void)
{
  PltTestCluster *cluster = schema_office_cluster ();
  g_autofree char *db = plt_test_cluster_create_empty_database (cluster);
  int version = 0;
  int n_upgrades = 0;

  /* Numbers may be left out. */
  for (int number = 1; number <= 9999; number++)
    {
      g_autofree char *sql = read_upgrade (number);

      if (sql == NULL)
        continue;
      version = number;
      n_upgrades++;
      g_free (plt_test_cluster_query (cluster, db, sql));
      g_assert_cmpint (plt_test_cluster_psql (cluster, db, "postgres", sql, NULL, NULL), ==, 3);

      g_autofree char *stored =
        plt_test_cluster_query (cluster, db, "SELECT max (version), count (*) FROM platen.schema_version");
      g_autofree char *expected = g_strdup_printf ("%d|%d", version, n_upgrades);

      g_assert_cmpstr (stored, ==, expected);
    }
  g_assert_cmpint (version, >=, 13);

  g_autofree char *office = schema_office_new ();
  g_autofree char *told = NULL;
  g_autofree char *expected = g_strdup_printf ("%d\n", version);

  g_assert_cmpint (plt_test_cluster_psql (cluster, office, "anna", "SELECT api.schema_version ()", &told, NULL), ==, 0);
  g_assert_cmpstr (told, ==, expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/audit/append-only", test_append_only);
  g_test_add_func ("/schema/audit/tampering-shows", test_tampering_shows);
  g_test_add_func ("/schema/audit/who-may-read", test_who_may_read);
  g_test_add_func ("/schema/upgrades/in-order", test_upgrades);

  return schema_office_run ();
}
