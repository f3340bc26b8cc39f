/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a member of staff with psql can do nothing that the functions of api do not allow. */
#include "schema-office.h"

#include <string.h>

static void
test_tables_are_closed (void)
{
  static const char * const logins[] = { "anna", "boris", "chen", "dora", "emil" };
  g_autofree char *db = schema_office_new ();
  g_autofree char *tables = schema_office_ask (db, "postgres",
    "SELECT relname FROM pg_class WHERE relnamespace = 'platen'::regnamespace AND relkind IN ('r', 'S', 'v')");
  g_auto (GStrv) names = g_strsplit (tables, "\n", -1);

  g_assert_cmpuint (g_strv_length (names), >, 25);
  for (size_t i = 0; i < G_N_ELEMENTS (logins); i++)
    for (guint n = 0; names[n] != NULL; n++)
      {
        schema_office_refused (db, logins[i], "42501", NULL, "SELECT 1 FROM platen.%s", names[n]);
        if (i > 0 && n % 5 != i) /* each statement on each table as anna, in turn as the others */
          continue;
        schema_office_refused (db, logins[i], "42501", NULL, "INSERT INTO platen.%s DEFAULT VALUES", names[n]);
        schema_office_refused (db, logins[i], "42501", NULL, "DELETE FROM platen.%s", names[n]);
        schema_office_refused (db, logins[i], "42501", NULL, "TRUNCATE platen.%s", names[n]);
        schema_office_refused (db, logins[i], "42501", NULL, "DROP TABLE platen.%s", names[n]);
      }
}

/* What the catalogue says is wider than what statements can try. */
static void
test_catalogue (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *granted = schema_office_ask (db, "postgres",
    "SELECT string_agg (c.relname || ' ' || r.rolname, ', ') FROM pg_class c, pg_roles r"
    " WHERE c.relnamespace = 'platen'::regnamespace AND c.relkind IN ('r', 'v') AND (r.rolname LIKE 'platen\\_%%' OR r.rolname IN"
    " ('anna', 'boris', 'chen', 'dora', 'emil')) AND r.rolname <> 'platen_owner'"
    " AND has_table_privilege (r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')");
  g_autofree char *writable = schema_office_ask (db, "postgres",
    "SELECT string_agg (c.relname, ', ') FROM pg_class c, pg_roles r WHERE c.relnamespace = 'api'::regnamespace"
    " AND r.rolname IN ('anna', 'boris', 'chen', 'dora', 'emil') AND has_table_privilege (r.oid, c.oid, 'INSERT, UPDATE, DELETE')");
  g_autofree char *loose = schema_office_ask (db, "postgres",
    "SELECT string_agg (p.proname, ', ') FROM pg_proc p WHERE p.pronamespace IN ('platen'::regnamespace, 'api'::regnamespace)"
    " AND pg_get_userbyid (p.proowner) = 'platen_owner' AND NOT coalesce ('search_path=platen, pg_temp' = ANY (p.proconfig), false)");
  g_autofree char *open = schema_office_ask (db, "postgres",
    "SELECT string_agg (c.relname, ', ') FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'office_code'"
    " WHERE c.relnamespace = 'platen'::regnamespace AND c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
    " AND c.relname NOT IN ('staff', 'counter', 'audit_head')");
  g_autofree char *everybody = schema_office_ask (db, "postgres",
    "SELECT string_agg (p.proname, ', ') FROM pg_proc p WHERE p.pronamespace IN ('platen'::regnamespace, 'api'::regnamespace)"
    " AND pg_get_userbyid (p.proowner) = 'platen_owner' AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode (p.proacl) WHERE grantee = 0))");

  g_autofree char *bendable = schema_office_ask (db, "postgres",
    "SELECT string_agg (p.proname, ', ') FROM pg_proc p WHERE (p.pronamespace = 'api'::regnamespace"
    " OR (p.pronamespace = 'platen'::regnamespace AND has_function_privilege ('platen_clerk', p.oid, 'EXECUTE')"
    "     AND pg_get_userbyid (p.proowner) = 'platen_owner'))"
    " AND NOT coalesce (p.proconfig @> '{standard_conforming_strings=on,\"DateStyle=ISO, YMD\"}', false)");

  g_assert_cmpstr (granted, ==, "");
  g_assert_cmpstr (bendable, ==, "");
  g_assert_cmpstr (writable, ==, "");
  g_assert_cmpstr (loose, ==, "");
  g_assert_cmpstr (open, ==, "");
  g_assert_cmpstr (everybody, ==, "");
}

static void
test_tricks (void)
{
  static const char * const refused[] = {
    "SET ROLE platen_owner",
    "SET ROLE boris",
    "SET SESSION AUTHORIZATION boris",
    "SELECT platen.refuse ('P0001', 'X', 'y')",
    "SELECT platen.may_read ()",
    "SELECT platen.move_application (NULL, 1, 'approved', '', '')",
    "SELECT platen.visible_offices ()",
    "CREATE FUNCTION api.x () RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION public.x () RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE VIEW api.application AS SELECT 1",
    "UPDATE api.application SET state = 'approved'",
    "DELETE FROM api.event",
    "GRANT platen_supervisor TO anna",
    "ALTER ROLE anna CREATEROLE",
    "GRANT anna TO axel",
    "SELECT lo_create (0)",
    "SELECT lo_from_bytea (0, 'x')",
  };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  for (size_t i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *err = NULL;
      int status = plt_test_cluster_run_as (schema_office_cluster (), db, "anna", refused[i], NULL, &err);

      g_assert_cmpint (status, ==, 3);
      /* 55000: a view that joins cannot be written to at all. */
      g_assert_true (strstr (err, "42501") != NULL || strstr (err, "55000") != NULL);
    }

  /* A function and a table of ours, made again where a careless search path would find them first. */
  schema_office_submit (db, application);
  schema_office_refused (db, "anna", "42501", "ROLE",
    "CREATE FUNCTION pg_temp.has_role (text) RETURNS boolean LANGUAGE sql AS 'SELECT true';"
    "CREATE FUNCTION pg_temp.demand (VARIADIC text[]) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';"
    "CREATE TEMP TABLE application_editor (application_id bigint, staff_id int);"
    "SET search_path = pg_temp, api; SELECT api.approve_application (%d, 4, NULL)", application);
}

static void
test_sql_in_text (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  g_free (schema_office_ask (db, "anna",
    "SELECT api.withdraw_application (%d, 3, $q$'); DROP TABLE platen.event; -- {}%%s$q$)", application));

  g_autofree char *why = schema_office_ask (db, "anna", "SELECT why FROM api.event WHERE what = 'withdrawn'");

  g_assert_cmpstr (why, ==, "'); DROP TABLE platen.event; -- {}%s");
  schema_office_refused (db, "emil", "P0001", "FIELD",
    "SELECT api.add_staff ('x\"; ALTER ROLE anna SUPERUSER; --', 'X', 'UC', '{clerk}', NULL)");
  schema_office_refused (db, "emil", "P0001", "FIELD",
    "SELECT api.add_staff ('xaver', 'X', 'UC', '{clerk}', $q$x'; ALTER ROLE anna SUPERUSER; --$q$)");
}

static void
test_other_office (void)
{
  static const char * const views[] = { "application", "application_source", "application_field", "application_image",
                                        "application_finding", "event", "card", "card_file", "licence", "stock", "stock_run", "stock_entry",
                                        "stock_line", "stock_printer" };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_approve (db, application);

  int card = schema_office_render (db, application);

  for (size_t i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *seen = schema_office_ask (db, "nina", "SELECT count (*) FROM api.%s", views[i]);

      g_assert_cmpstr (seen, ==, "0");
    }
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", "SELECT api.card_data (%d)", application);
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", "SELECT api.evaluate (%d)", application);
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", "SELECT api.withdraw_application (%d, 5, 'x')", application);
  schema_office_refused (db, "nora", "P0002", "NOT_FOUND", "SELECT api.reject_application (%d, 5, 'x')", application);
  schema_office_refused (db, "nils", "P0002", "NOT_FOUND", "SELECT api.cancel_card (%d, 'x')", card);
  schema_office_refused (db, "nils", "P0002", "NOT_FOUND", "SELECT api.reserve_card (%d, gen_random_uuid (), 'p')", application);

  g_autofree char *auditor = schema_office_ask (db, "dora", "SELECT count (*) FROM api.application");

  g_assert_cmpstr (auditor, ==, "1");
  schema_office_refused (db, "dora", "42501", "ROLE", "SELECT api.withdraw_application (%d, 5, 'x')", application);
}

/* A row that a leaky function of the reader's own sees must be a row that the reader may see. */
static void
test_barrier (void)
{
  g_autofree char *db = schema_office_new ();

  schema_office_draft (db, "renewal");
  g_autofree char *err = NULL;

  plt_test_cluster_run_as (schema_office_cluster (), db, "nina",
    "CREATE FUNCTION pg_temp.leak (text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
    " $$ BEGIN RAISE NOTICE 'seen %', $1; RETURN true; END $$;"
    "SELECT count (*) FROM api.application WHERE pg_temp.leak (id_number)", NULL, &err);
  g_assert_null (strstr (err, "seen"));
}

/* Settings are the caller's to choose; what is decided and stored must not follow them. */
static void
test_settings (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *planned = schema_office_ask (db, "anna", "SELECT categories FROM api.application WHERE id = %d", application);
  g_autofree char *bent = schema_office_ask (db, "anna",
    "SET DateStyle = 'German'; SET TimeZone = '<x>-167'; SET standard_conforming_strings = off;"
    "DO $$ BEGIN PERFORM api.set_categories (%d, 3, '{B}'); END $$;"
    "RESET ALL; SELECT categories FROM api.application WHERE id = %d", application, application);

  g_assert_cmpstr (bent, ==, planned);
  schema_office_refused (db, "anna", "P0001", "FIELD",
    "SET standard_conforming_strings = off; SET escape_string_warning = off;"
    "SELECT api.record_source (%d, 'driver', 'answered', now(), NULL, '{family_name}', '{Bergs}');"
    "SELECT api.set_field (%d, 4, 'family_name', 'Berg', 'rule', 'case', NULL)", application, application);
  schema_office_refused (db, "anna", "P0001", "ISOLATION",
    "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count (*) FROM api.application");
  schema_office_refused (db, "anna", "P0001", "REASON",
    "SELECT api.withdraw_application (%d, 4, repeat ('x', 2001))", application);
}

/* Whoever reads persons leaves a row, however they do it and however many they read. */
static void
test_reading_is_noted (void)
{
  static const char * const reads[][2] = {
    { "SELECT * FROM api.application", "application" },
    { "SELECT number FROM api.application WHERE id_number = '70000000012'", "application" },
    { "SELECT count(*) FROM api.licence", "licence" },
    { "SELECT * FROM api.application_source", "application_source" },
    { "SELECT * FROM api.application_answer", "application_answer" },
    { "SELECT * FROM api.application_field", "application_field" },
    { "SELECT sha256 FROM api.application_image", "application_image" },
    { "SELECT * FROM api.application_finding", "application_finding" },
    { "SELECT * FROM api.event", "event" },
    { "SELECT * FROM api.card", "card" },
    { "SELECT card_id FROM api.card_file", "card_file" },
    { "SELECT * FROM api.decision", "decision" },
    { "SELECT * FROM api.id_link", "id_link" },
    { "SELECT * FROM api.prepared_application", "prepared_application" },
    { "SELECT * FROM api.worklist (NULL, NULL, NULL, NULL, 100)", "application" },
    { "SELECT * FROM api.recent_persons (5)", "recent_persons" },
    { "WITH w AS MATERIALIZED (SELECT * FROM api.application) SELECT id_number FROM w", "application" },
    { "COPY (SELECT * FROM api.application) TO STDOUT", "application" },
    { "DECLARE c CURSOR WITH HOLD FOR SELECT * FROM api.application; FETCH ALL FROM c", "application" },
  };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  schema_office_draft (db, "new");
  for (size_t i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autofree char *last = schema_office_ask (db, "postgres", "SELECT coalesce (max (id), 0) FROM platen.reading");

      g_free (schema_office_ask (db, "anna", "%s", reads[i][0]));
      g_autofree char *noted = schema_office_ask (db, "dora",
        "SELECT login, what, purpose, strpos (statement, 'api.') > 0 FROM api.read_log WHERE id > %s", last);
      g_autofree char *expected = g_strdup_printf ("anna|%s|typed|t", reads[i][1]);

      g_test_message ("%s", reads[i][0]);
      g_assert_cmpstr (noted, ==, expected);
    }

  g_autofree char *card = schema_office_ask (db, "anna", "SELECT count(*) FROM api.card_data (%d)", application);
  g_autofree char *evaluated = schema_office_ask (db, "anna", "SELECT count(*) >= 0 FROM api.evaluate (%d)", application);
  g_autofree char *noted = schema_office_ask (db, "dora",
    "SELECT what FROM api.read_log WHERE what IN ('card_data', 'evaluate') ORDER BY id");

  g_assert_cmpstr (card, ==, "1");
  g_assert_cmpstr (evaluated, ==, "t");
  g_assert_cmpstr (noted, ==, "card_data\nevaluate");
}

static void
test_purpose_of_reading (void)
{
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "anna", "SET platen.purpose = 'complaint 17'; SELECT 1 FROM api.licence"));
  g_autofree char *noted = schema_office_ask (db, "dora", "SELECT purpose, office_code FROM api.read_log ORDER BY id DESC LIMIT 1");

  g_assert_cmpstr (noted, ==, "complaint 17|UC");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT * FROM api.read_log");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT * FROM api.read_gap");
}

/* What is taken back is counted all the same, and what cannot be noted is not read. */
static void
test_reading_is_not_taken_back (void)
{
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "anna", "BEGIN; SELECT * FROM api.licence; ROLLBACK; BEGIN; SELECT * FROM api.application; ROLLBACK"));
  g_autofree char *gap = schema_office_ask (db, "dora", "SELECT login, taken_back FROM api.read_gap");

  g_assert_cmpstr (gap, ==, "anna|2");
  schema_office_refused (db, "anna", "P0001", "READ_LOG", "BEGIN READ ONLY; SELECT * FROM api.application");
  schema_office_refused (db, "anna", "42501", NULL, "SELECT platen.may_read_persons ('x')");
  schema_office_refused (db, "anna", "42501", NULL, "SELECT * FROM platen.card_data (1)");
}

/* A new view or function has to say on which side it stands. */
static void
test_all_that_shows_persons (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *silent = schema_office_ask (db, "postgres",
    "SELECT string_agg (viewname, ', ' ORDER BY viewname) FROM pg_views WHERE schemaname = 'api'"
    " AND definition !~ 'platen\\.may_read_persons\\(' AND viewname NOT IN ('again_limits', 'application_kind', 'application_kind_document', 'application_step', 'application_wait', 'audit_log', 'bureau', 'bureau_batch', 'bureau_batch_file', 'card_file_approval', 'card_key', 'card_place', 'card_step', 'category',"
    " 'difference_rule', 'evidence_kind', 'fee_rule', 'fee_shift', 'file_approval_demand', 'handover_rules', 'issuer_key', 'layout', 'layout_rule', 'layout_step', 'lookup_log', 'office', 'office_money', 'outbox', 'payload_key', 'print_calibration', 'print_pause', 'printer_cleaning', 'printer_load', 'read_gap',"
    " 'read_log', 'recall', 'rule', 'rule_change', 'search_log', 'session_log', 'spoil_reason', 'staff', 'stock', 'stock_count', 'stock_entry', 'stock_left', 'stock_line', 'stock_meets_queue', 'stock_printer', 'stock_proposal', 'stock_run')");
  g_autofree char *functions = schema_office_ask (db, "postgres",
    "SELECT string_agg (proname, ', ' ORDER BY proname) FROM pg_proc WHERE pronamespace = 'api'::regnamespace"
    " AND proargnames && '{holder_name,family_name,given_names,birth_date,address,field_values,portrait}'"
    /* Only for who has noted a look-up of that person within the hour. */
    " AND proname <> 'last_answers'"
    " AND prosrc !~ 'may_read_persons|note_search|note_lookup|api\\.application'");

  g_assert_cmpstr (silent, ==, "");
  g_assert_cmpstr (functions, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/access/tables-are-closed", test_tables_are_closed);
  g_test_add_func ("/schema/access/catalogue", test_catalogue);
  g_test_add_func ("/schema/access/tricks", test_tricks);
  g_test_add_func ("/schema/access/sql-in-text", test_sql_in_text);
  g_test_add_func ("/schema/access/other-office", test_other_office);
  g_test_add_func ("/schema/access/barrier", test_barrier);
  g_test_add_func ("/schema/access/settings", test_settings);
  g_test_add_func ("/schema/access/reading-is-noted", test_reading_is_noted);
  g_test_add_func ("/schema/access/purpose-of-reading", test_purpose_of_reading);
  g_test_add_func ("/schema/access/reading-is-not-taken-back", test_reading_is_not_taken_back);
  g_test_add_func ("/schema/access/all-that-shows-persons", test_all_that_shows_persons);

  return schema_office_run ();
}
