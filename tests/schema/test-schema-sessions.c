/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves who gets a session, how it ends, and that nothing in api works without one. */
#include "schema-office.h"

#include <string.h>

/* RFC 6238, appendix B, SHA-1: the last six of eight digits. */
static void
test_totp_rfc6238 (void)
{
  static const struct
  {
    gint64      time;
    const char *code;
  } cases[] = {
    { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" },
    { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql =
        schema_office_ask (db, "postgres", "SELECT platen.totp ('12345678901234567890', %" G_GINT64_FORMAT ")",
                           cases[i].time / 30);
      g_autofree char *ours = plt_test_totp ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", cases[i].time);

      g_assert_cmpstr (sql, ==, cases[i].code);
      g_assert_cmpstr (ours, ==, cases[i].code);
    }
}

static void
refused_bare (const char *db,
              const char *login,
              const char *sqlstate,
              const char *hint,
              const char *sql)
{
  g_autofree char *err = NULL;
  int status = plt_test_cluster_psql (schema_office_cluster (), db, login, sql, NULL, &err);

  schema_office_assert_refused (sqlstate, hint, status, err, sql);
}

static void
test_needed_by_every_function (void)
{
  static const char * const logins[] = { "anna", "boris", "chen", "dora", "emil" };
  g_autofree char *db = schema_office_new ();
  g_autofree char *calls = schema_office_ask (db, "postgres",
    "SELECT format ('SELECT api.%%I (%%s)', p.proname, (SELECT string_agg (format ('NULL::%%s', format_type (t, NULL)), ', ')"
    " FROM unnest (p.proargtypes) t)) FROM pg_proc p WHERE p.pronamespace = 'api'::regnamespace"
    " AND p.proname NOT IN ('open_session', 'resume_session', 'schema_version')");
  g_auto (GStrv) lines = g_strsplit (calls, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, 30);
  for (size_t i = 0; i < G_N_ELEMENTS (logins); i++)
    for (guint n = 0; lines[n] != NULL; n++)
      refused_bare (db, logins[i], "PL401", "NO_SESSION", lines[n]);
}

static void
test_needed_by_every_view (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *views = schema_office_ask (db, "postgres",
    "SELECT format ('SELECT * FROM api.%%I', relname) FROM pg_class"
    " WHERE relnamespace = 'api'::regnamespace AND relkind = 'v'");
  g_auto (GStrv) lines = g_strsplit (views, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, 14);
  for (guint n = 0; lines[n] != NULL; n++)
    refused_bare (db, "dora", "PL401", "NO_SESSION", lines[n]);
}

static void
test_code_works_once (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *code = plt_test_cluster_fresh_totp (schema_office_cluster (), db, "anna");
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM api.open_session ('%s', 'Desk')", code);
  g_autofree char *out = NULL;

  g_assert_cmpint (plt_test_cluster_psql (schema_office_cluster (), db, "anna", sql, &out, NULL), ==, 0);
  refused_bare (db, "anna", "PL401", "SECOND_FACTOR", sql);
}

/* Guessing in a transaction that is rolled back is counted like any other. */
static void
test_five_wrong_codes_pause (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *code = plt_test_cluster_fresh_totp (schema_office_cluster (), db, "anna");
  g_autofree char *right = g_strdup_printf ("SELECT 1 FROM api.open_session ('%s', 'Desk')", code);
  g_autofree char *out = NULL;

  for (int i = 0; i < 4; i++)
    refused_bare (db, "anna", "PL401", "SECOND_FACTOR", "BEGIN; SELECT api.open_session ('0000000', 'Desk'); ROLLBACK");
  refused_bare (db, "anna", "PL401", "SECOND_FACTOR", "SELECT api.open_session (NULL, 'Desk')");
  refused_bare (db, "anna", "PL401", "SECOND_FACTOR_PAUSED", right);

  /* A minute later. */
  g_free (schema_office_ask (db, "postgres",
    "SELECT setval (format ('platen.wrong_codes_%%s', id), ((extract (epoch FROM now())::bigint - 61) << 3) | 5)"
    " FROM platen.staff WHERE login = 'anna'"));
  g_assert_cmpint (plt_test_cluster_psql (schema_office_cluster (), db, "anna", right, &out, NULL), ==, 0);
  g_assert_cmpstr (out, ==, "1\n");
}

static void
test_token_is_of_one_login (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *code = plt_test_cluster_fresh_totp (schema_office_cluster (), db, "anna");
  g_autofree char *open = g_strdup_printf ("SELECT token FROM api.open_session ('%s', 'Desk')", code);
  g_autofree char *token = NULL;

  g_assert_cmpint (plt_test_cluster_psql (schema_office_cluster (), db, "anna", open, &token, NULL), ==, 0);
  g_strchomp (token);
  g_assert_cmpuint (strlen (token), ==, 64);

  g_autofree char *resume = g_strdup_printf ("SELECT staff_login FROM api.resume_session ('%s')", token);
  g_autofree char *out = NULL;

  refused_bare (db, "axel", "PL401", "NO_SESSION", resume);
  refused_bare (db, "boris", "PL401", "NO_SESSION", resume);
  g_assert_cmpint (plt_test_cluster_psql (schema_office_cluster (), db, "anna", resume, &out, NULL), ==, 0);
  g_assert_cmpstr (out, ==, "anna\n");

  g_autofree char *kept = schema_office_ask (db, "postgres",
    "SELECT count (*) FROM platen.session WHERE token_sha256 = convert_to ('%s', 'UTF8') OR encode (token_sha256, 'hex') = '%s'",
    token, token);

  g_assert_cmpstr (kept, ==, "0");
}

static void
test_ends (void)
{
  static const struct
  {
    const char *how;
    const char *hint;
  } cases[] = {
    { "UPDATE platen.session SET last_used_at = clock_timestamp() - interval '30 minutes 1 second'", "NO_SESSION" },
    { "UPDATE platen.session SET last_used_at = clock_timestamp(), expires_at = clock_timestamp()", "NO_SESSION" },
    { "UPDATE platen.session SET expires_at = clock_timestamp() + interval '1 hour', locked_at = now()", "SESSION_LOCKED" },
    { "UPDATE platen.session SET locked_at = NULL, ended_at = now()", "NO_SESSION" },
    { "UPDATE platen.session SET ended_at = NULL; UPDATE platen.staff SET active = false WHERE login = 'anna'", "NO_SESSION" },
  };
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "anna", "SELECT api.whoami ()"));
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_free (schema_office_ask (db, "postgres", "%s", cases[i].how));
      schema_office_refused (db, "anna", "PL401", cases[i].hint, "SELECT * FROM api.application");
    }
}

static void
test_lock_and_close (void)
{
  g_autofree char *db = schema_office_new ();

  schema_office_refused (db, "anna", "PL401", "SESSION_LOCKED", "SELECT api.lock_session (); SELECT api.whoami ()");
  schema_office_refused (db, "anna", "PL401", "SESSION_LOCKED", "SELECT api.whoami ()");
  schema_office_refused (db, "axel", "PL401", "NO_SESSION", "SELECT api.close_session (); SELECT api.whoami ()");
}

static void
test_only_for_staff (void)
{
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "emil", "SELECT api.set_staff_active ('axel', false)"));
  g_free (schema_office_ask (db, "postgres", "ALTER ROLE axel LOGIN"));
  refused_bare (db, "axel", "42501", "ROLE", "SELECT api.open_session ('123456', 'Desk')");
  refused_bare (db, "anna", "P0001", "FIELD", "SELECT api.open_session ('123456', ' ')");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.set_staff_active ('emil', false)");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.add_staff ('postgres', 'P', 'UC', '{admin}', NULL)");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/sessions/totp-of-rfc-6238", test_totp_rfc6238);
  g_test_add_func ("/schema/sessions/needed-by-every-function", test_needed_by_every_function);
  g_test_add_func ("/schema/sessions/needed-by-every-view", test_needed_by_every_view);
  g_test_add_func ("/schema/sessions/code-works-once", test_code_works_once);
  g_test_add_func ("/schema/sessions/five-wrong-codes-pause", test_five_wrong_codes_pause);
  g_test_add_func ("/schema/sessions/token-is-of-one-login", test_token_is_of_one_login);
  g_test_add_func ("/schema/sessions/ends", test_ends);
  g_test_add_func ("/schema/sessions/lock-and-close", test_lock_and_close);
  g_test_add_func ("/schema/sessions/only-for-staff", test_only_for_staff);

  return schema_office_run ();
}
