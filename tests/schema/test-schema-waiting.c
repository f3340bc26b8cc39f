/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Applications that wait for registries: who is given one to ask again, and what an answer does. */
#include "schema-office.h"

#include <string.h>

#define VERSION "(SELECT row_version FROM api.application WHERE id = %d)"
#define TAKE "SELECT count (*) FROM api.take_waiting (NULL)"
#define TELL_IDENTITY \
  "SELECT api.answer_waiting (t.application_id, t.source, t.lease, 'answered', now(), NULL," \
  " '{family_name,given_names,birth_date,sex,nationality}', '{Berg,Ida,1980-05-06,F,UTO}') FROM api.take_waiting (NULL) t"

static int
waiting_for (const char *db,
             const char *sources)
{
  int application = schema_office_draft (db, "renewal");

  g_free (schema_office_ask (db, "postgres", "DELETE FROM platen.application_source WHERE application_id = %d AND source = ANY ('{%s}')",
                             application, sources));
  g_free (schema_office_ask (db, "anna", "SELECT api.wait_for_registries (%d, " VERSION ", NULL)", application, application));
  return application;
}

static void
assert_is (const char *db,
           const char *expected,
           const char *sql)
{
  g_autofree char *is = schema_office_ask (db, "postgres", "%s", sql);

  g_assert_cmpstr (is, ==, expected);
}

static void
assert_given (const char *db,
              const char *login,
              const char *expected)
{
  g_autofree char *is = schema_office_ask (db, login, TAKE);

  g_assert_cmpstr (is, ==, expected);
}

/* One desk asks one registry; a supervisor's desk asks for nobody's drafts, another office's for none. */
static void
test_one_desk (void)
{
  g_autofree char *db = schema_office_new ();

  waiting_for (db, "identity");
  waiting_for (db, "identity");
  assert_given (db, "nina", "0");
  assert_given (db, "boris", "0");
  assert_given (db, "bella", "0");
  schema_office_refused (db, "chen", "42501", "ROLE", TAKE);
  assert_given (db, "anna", "1");
  /* The other application is due as well, but anna's desk asks that registry at the moment. */
  assert_given (db, "axel", "0");
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application_wait SET leased_until = now() - interval '1 second'"
                             " WHERE lease IS NOT NULL"));
  assert_given (db, "axel", "1");
  assert_is (db, "2", "SELECT count (*) FROM platen.lookup WHERE purpose = 'waiting'");
}

static void
test_answer_counts_once (void)
{
  g_autofree char *db = schema_office_new ();
  int application = waiting_for (db, "identity");
  g_autofree char *twice = schema_office_ask (db, "axel",
    "WITH t AS MATERIALIZED (SELECT * FROM api.take_waiting (NULL))"
    " SELECT string_agg (api.answer_waiting (t.application_id, t.source, t.lease, 'answered', now(), NULL,"
    " '{family_name,given_names,birth_date,sex,nationality}', '{Berg,Ida,1980-05-06,F,UTO}'), ' ') FROM t, generate_series (1, 2)");

  g_assert_cmpstr (twice, ==, "submitted submitted");
  assert_is (db, "1", "SELECT count (*) FROM platen.application_source WHERE source = 'identity'");
  assert_is (db, "1", "SELECT count (*) FROM platen.event WHERE what = 'submitted'");
  assert_is (db, "0", "SELECT count (*) FROM platen.application_wait");
  /* Whoever recorded the answer may not approve it. */
  assert_is (db, "anna axel", "SELECT string_agg (s.login, ' ' ORDER BY s.login) FROM platen.application_editor e"
                              " JOIN platen.staff s ON s.id = e.staff_id");
  g_autofree char *late = schema_office_ask (db, "anna",
    "SELECT api.answer_waiting (%d, 'identity', gen_random_uuid (), 'answered', now(), NULL, '{}', '{}')", application);
  g_assert_cmpstr (late, ==, "submitted");
}

/* It goes on when the last of two has answered; what is found then may stop it. */
static void
test_two_registries (void)
{
  g_autofree char *db = schema_office_new ();

  waiting_for (db, "identity,driver");
  g_autofree char *first = schema_office_ask (db, "anna", TELL_IDENTITY);
  g_assert_cmpstr (first, ==, "waiting");
  assert_is (db, "waiting driver", "SELECT a.state || ' ' || w.source FROM platen.application a, platen.application_wait w");
  g_autofree char *state = schema_office_ask (db, "anna", "SELECT api.answer_waiting (t.application_id, t.source, t.lease,"
    " 'not_found', now(), NULL, NULL, NULL) FROM api.take_waiting (NULL) t");
  /* A renewal of nothing. */
  g_assert_cmpstr (state, ==, "draft");
  assert_is (db, "The driver registry answered, but the findings stop the application.",
             "SELECT text FROM platen.event WHERE what = 'draft' ORDER BY id DESC LIMIT 1");
}

/* One's answer makes the others due while one of those is withdrawn. */
static void
test_withdrawn_at_once (void)
{
  g_autofree char *db = schema_office_new ();

  waiting_for (db, "identity");

  int other = waiting_for (db, "identity");
  g_autofree char *withdraw = g_strdup_printf ("SELECT api.withdraw_application (%d, " VERSION ", 'moved away')", other, other);

  schema_office_at_once (db, "anna", TELL_IDENTITY, "axel", withdraw);
  assert_is (db, "submitted withdrawn", "SELECT string_agg (state, ' ' ORDER BY id) FROM platen.application");
}

static void
test_failure_pauses_all (void)
{
  g_autofree char *db = schema_office_new ();

  waiting_for (db, "identity");
  waiting_for (db, "identity");
  g_autofree char *state = schema_office_ask (db, "anna",
    "SELECT api.answer_waiting (t.application_id, t.source, t.lease, 'timed_out', now(), 'slow', NULL, NULL) FROM api.take_waiting (NULL) t");
  g_assert_cmpstr (state, ==, "waiting");
  assert_given (db, "anna", "0");
  assert_is (db, "2", "SELECT count (*) FROM platen.application_wait WHERE lease IS NULL AND next_at > now() + interval '3 seconds'");
  /* It is said to answer again: both at once. */
  g_autofree char *known = schema_office_ask (db, "anna", "SELECT count (*) FROM api.take_waiting ('identity')");
  g_assert_cmpstr (known, ==, "1");
}

static void
test_people_end_it (void)
{
  static const char * const calls[][3] = {
    { "anna", "continue_application", "draft" },
    { "boris", "return_application", "returned" },
    { "boris", "reject_application", "rejected" },
    { "anna", "withdraw_application", "withdrawn" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *db = schema_office_new ();
      int application = waiting_for (db, "identity");

      g_free (schema_office_ask (db, calls[i][0], "SELECT api.%s (%d, " VERSION ", 'why')", calls[i][1], application, application));
      assert_is (db, calls[i][2], "SELECT state FROM platen.application");
      assert_is (db, "0", "SELECT count (*) FROM platen.application_wait");
      assert_given (db, "anna", "0");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/waiting/one-desk", test_one_desk);
  g_test_add_func ("/schema/waiting/answer-counts-once", test_answer_counts_once);
  g_test_add_func ("/schema/waiting/two-registries", test_two_registries);
  g_test_add_func ("/schema/waiting/withdrawn-at-once", test_withdrawn_at_once);
  g_test_add_func ("/schema/waiting/failure-pauses-all", test_failure_pauses_all);
  g_test_add_func ("/schema/waiting/people-end-it", test_people_end_it);

  return schema_office_run ();
}
