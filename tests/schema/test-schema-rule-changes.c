/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a rule of law changes by two persons only, on its day, after its effect was seen; that a simulation changes nothing; and that
 * papers recorded at the desk count, are kept, and bar who examined from approving. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

#define TOMORROW "(current_date + 1)"

static char *
propose (const char *db,
         const char *login,
         const char *effective,
         const char *rules)
{
  return schema_office_ask (db, login, "SELECT api.propose_rules (jsonb_build_object ('effective', %s, 'reason', 'Act of today', 'rules', $j$%s$j$::jsonb))",
                            effective, rules);
}

static void
test_two_persons (void)
{
  g_autofree char *db = schema_office_new ();
  int draft = schema_office_draft (db, "renewal");
  g_autofree char *id = propose (db, "emil", TOMORROW, "[{\"code\": \"POINTS\", \"severity\": \"hard\", \"parameters\": {\"limit\": 9}}]");
  g_autofree char *approve = g_strdup_printf ("SELECT api.approve_rule_change (%s, NULL)", id);

  schema_office_refused (db, "anna", "42501", "ROLE", "%s", approve);
  schema_office_refused (db, "emil", "P0001", "FOUR_EYES", "%s", approve);
  schema_office_refused (db, "boris", "P0001", "PREVIEW", "%s", approve);

  g_autofree char *preview = schema_office_ask (db, "boris", "SELECT api.preview_rule_change (%s) ->> 'open'", id);
  g_autofree char *day = schema_office_ask (db, "boris", "%s", approve);
  g_autofree char *rows = schema_office_ask (db, "dora",
    "SELECT string_agg (concat_ws (' ', severity, parameters ->> 'limit', parameters ->> 'window_months', valid_from - current_date, valid_to - current_date, state), ', '"
    " ORDER BY valid_from) FROM api.rule WHERE code = 'POINTS'");
  g_autofree char *noted = schema_office_ask (db, "dora",
    "SELECT string_agg (login || ' ' || action, ', ' ORDER BY seq) FROM api.audit_log WHERE action LIKE 'rules%%'");

  g_assert_nonnull (strstr (preview, "\"looked\": 1"));
  g_assert_cmpstr (day, !=, "");
  g_assert_true (g_str_has_prefix (rows, "soft 12 36 -"));
  g_assert_true (g_str_has_suffix (rows, " 0 in_force, hard 9 36 1 to_come"));
  g_assert_cmpstr (noted, ==, "emil rules_proposed, boris rules_approved");
  schema_office_refused (db, "boris", "P0001", "STATE", "%s", approve);

  /* The day before and the day. */
  g_autofree char *on_days = schema_office_ask (db, "postgres",
    "SELECT string_agg ((SELECT string_agg (r.severity || (r.parameters ->> 'limit'), '') FROM unnest (platen.rules_on (current_date + n)) r WHERE r.code = 'POINTS'), ' '"
    " ORDER BY n) FROM generate_series (0, 2) n");

  g_assert_cmpstr (on_days, ==, "soft12 hard9 hard9");
  g_assert_cmpint (draft, >, 0);
}

static void
test_nobody_alone (void)
{
  static const char * const changes[] = {
    "UPDATE platen.rule SET severity = 'warning' WHERE code = 'DECEASED'", "DELETE FROM platen.rule WHERE code = 'DECEASED'",
    "INSERT INTO platen.rule SELECT 'DECEASED', 'warning', 'x', '2026-01-01'", "UPDATE platen.rule_text SET text = 'All is well.' WHERE code = 'DECEASED'",
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      schema_office_refused (db, "boris", "42501", NULL, "%s", changes[i]);
      schema_office_refused (db, "postgres", "42501", "FOUR_EYES", "BEGIN; %s; COMMIT", changes[i]);
    }
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.rule_change");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.propose_rules ('{}')");
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.simulate_rules ('{}')");
}

static void
test_what_is_wrong (void)
{
  static const struct { const char *rules, *hint, *words; } cases[] = {
    { "[]", "FIELD", "there is no list of rules" },
    { "[{\"code\": \"NO_SUCH\"}]", "FIELD", "NO_SUCH: there is no such rule" },
    { "[{\"code\": \"POINTS\", \"severity\": \"fatal\"}]", "FIELD", "its severity is none of" },
    { "[{\"code\": \"POINTS\", \"parameters\": {\"limits\": 3}}]", "FIELD", "it has no parameter “limits”" },
    { "[{\"code\": \"POINTS\", \"parameters\": {\"limit\": \"three\"}}]", "FIELD", "is of another kind than before" },
    { "[{\"code\": \"POINTS\", \"parameters\": {\"limit\": -3}}]", "FIELD", "is of another kind than before" },
    { "[{\"code\": \"POINTS\", \"weight\": 3}]", "FIELD", "“weight” is no member of a rule" },
    { "[{\"code\": \"POINTS\", \"texts\": {\"en\": {\"text\": \"x\"}}}]", "FIELD", "its words in “en” are not complete" },
    { "[{\"code\": \"POINTS\"}, {\"code\": \"POINTS\"}]", "FIELD", "it stands there twice" },
    { "[{\"code\": \"HELD_TOO_SHORT\", \"parameters\": {\"durations\": [{\"category\": \"D\", \"held\": \"B\", \"months\": \"two\"}]}}]", "FIELD", "it cannot be evaluated" },
    { "[{\"code\": \"SUSPENDED\", \"end\": \"perhaps\"}]", "FIELD", "perhaps" },
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT api.propose_rules (jsonb_build_object ('effective', " TOMORROW ", 'reason', 'x', 'rules', $j$%s$j$::jsonb))",
                                              cases[i].rules);
      g_autofree char *err = NULL;
      int status = plt_test_cluster_run_as (schema_office_cluster (), db, "emil", sql, NULL, &err);

      schema_office_assert_refused ("P0001", cases[i].hint, status, err, sql);
      if (strstr (err, cases[i].words) == NULL)
        g_error ("%s says %s", cases[i].rules, err);
    }
  schema_office_refused (db, "emil", "P0001", "NOT_VALID", "SELECT api.propose_rules (jsonb_build_object ('effective', current_date - 1, 'reason', 'x', 'rules', '[]'::jsonb))");
  schema_office_refused (db, "emil", "P0001", "REASON", "SELECT api.propose_rules (jsonb_build_object ('effective', " TOMORROW ", 'rules', '[]'::jsonb))");

  g_autofree char *as_they_are = schema_office_ask (db, "anna", "SELECT * FROM api.check_rules ()");

  g_assert_cmpstr (as_they_are, ==, "");
}

/* Two drafts, one with ten points: a limit of ten stops it, and nothing is changed. */
static void
test_simulation (void)
{
  g_autofree char *db = schema_office_new ();
  int with_points = schema_office_draft (db, "renewal");

  schema_office_draft (db, "renewal");
  g_free (schema_office_ask (db, "anna", "SELECT api.record_source (%d, 'infringement', 'answered', now(), NULL, '{points,unpaid}', '{10,0}')", with_points));

#define RULES_DIGEST "SELECT md5 (string_agg (r::text, '' ORDER BY r::text)) FROM platen.rule r"
#define SIMULATE(rules) "SELECT api.simulate_rules ('{\"rules\": " rules "}')"
  g_autofree char *before = schema_office_ask (db, "postgres", RULES_DIGEST);
  g_autofree char *stopped = schema_office_ask (db, "dora", "SELECT concat_ws (' ', v #>> '{open,all}', v #>> '{open,looked}', v #>> '{open,changed}', v #>> '{open,stopped}',"
    " v #>> '{open,freed}', v #>> '{past,looked}', v #>> '{applications,0,found,0,rule}') FROM api.simulate_rules ("
    "'{\"rules\": [{\"code\": \"POINTS\", \"severity\": \"hard\", \"parameters\": {\"limit\": 10}}]}') v");
  g_autofree char *nothing = schema_office_ask (db, "boris", "SELECT v #>> '{open,changed}' FROM api.simulate_rules ("
    "'{\"rules\": [{\"code\": \"POINTS\", \"severity\": \"hard\", \"parameters\": {\"limit\": 11}}]}') v");
  g_autofree char *ended = schema_office_ask (db, "boris", "SELECT v #>> '{open,changed}' FROM api.simulate_rules ('{\"rules\": [{\"code\": \"RESIDENCE_UNKNOWN\", \"end\": true}]}') v");
  g_autofree char *after = schema_office_ask (db, "postgres", RULES_DIGEST);

  g_assert_cmpstr (stopped, ==, "2 2 1 1 0 0 POINTS");
  g_assert_cmpstr (nothing, ==, "0");
  g_assert_cmpstr (ended, ==, "2");
  g_assert_cmpstr (after, ==, before);
}

/* A change that begins today: the same finding by the window's way, the slip's words and the explanation. */
static void
test_one_answer (void)
{
  g_autofree char *db = schema_office_new ();
  int draft = schema_office_draft (db, "renewal");
  g_autofree char *id = propose (db, "boris", "current_date", "[{\"code\": \"RENEWAL_EARLY\", \"severity\": \"hard\", \"parameters\": {\"months\": 0},"
    " \"texts\": {\"en\": {\"text\": \"Not before {date}.\", \"cure\": \"Come on {earliest}.\"}, \"fr\": {\"text\": \"Pas avant le {date}.\", \"cure\": \"Venez le {earliest}.\"}}}]");

  g_free (schema_office_ask (db, "bodil", "SELECT api.preview_rule_change (%s); SELECT api.approve_rule_change (%s, 'Read')", id, id));

  g_autofree char *found = schema_office_ask (db, "anna", "SELECT text, cure FROM api.evaluate (%d) WHERE rule = 'RENEWAL_EARLY'", draft);
  g_autofree char *explained = schema_office_ask (db, "anna", "SELECT text, cure FROM api.explain_rules (%d) WHERE rule = 'RENEWAL_EARLY'", draft);
  g_autofree char *others = schema_office_ask (db, "anna", "SELECT string_agg (DISTINCT rule, ' ') FROM api.evaluate (%d)", draft);
  g_autofree char *same = schema_office_ask (db, "anna", "SELECT string_agg (DISTINCT rule, ' ') FROM api.explain_rules (%d) WHERE outcome = 'found'", draft);
  g_autofree char *fulfilled = schema_office_ask (db, "anna", "SELECT outcome FROM api.explain_rules (%d) WHERE rule = 'DECEASED'", draft);
  g_autofree char *expected = schema_office_ask (db, "postgres", "SELECT format ('Not before %%s.|Come on %%s.', current_date + 30, current_date + 30)");

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (explained, ==, expected);
  g_assert_cmpstr (others, ==, same);
  g_assert_cmpstr (fulfilled, ==, "fulfilled");
  schema_office_refused (db, "anna", "P0001", "FINDINGS", "SELECT api.submit_application (%d, (SELECT row_version FROM api.application WHERE id = %d), NULL)", draft, draft);
}

#define VERSION "(SELECT row_version FROM api.application WHERE id = %d)"

static void
test_evidence (void)
{
  static const char * const wrong[] = {
    "'passport', current_date, 'A', '1', '{}'", "'residence', current_date + 1, 'A', '1', '{\"since\": \"2020-01-01\"}'",
    "'residence', current_date, '', '1', '{\"since\": \"2020-01-01\"}'", "'residence', current_date, 'A', ' ', '{\"since\": \"2020-01-01\"}'",
    "'residence', current_date, 'A', '1', '{}'", "'residence', current_date, 'A', '1', '{\"since\": \"2999-01-01\"}'",
    "'residence', current_date, 'A', '1', '{\"since\": \"2020-01-01\", \"colour\": \"red\"}'", "'medical', current_date, 'A', '1', '{\"group\": \"3\", \"result\": \"fit\", \"until\": \"2030-01-01\"}'",
    "'fine_receipt', current_date, 'A', '1', '{\"amount\": \"-1\"}'", "'practical_test', current_date, 'A', '1', '{\"category\": \"Z\", \"result\": \"passed\"}'",
    "'practical_test', current_date, 'A', '1', NULL", "NULL, current_date, 'A', '1', '{}'",
  };
  g_autofree char *db = schema_office_new ();
  int draft = schema_office_draft (db, "renewal");

  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.record_evidence (%d, " VERSION ", %s)", draft, draft, wrong[i]);

  g_autofree char *unknown = schema_office_ask (db, "anna", "SELECT count (*) FROM api.evaluate (%d) WHERE rule = 'RESIDENCE_UNKNOWN'", draft);

  g_free (schema_office_ask (db, "anna", "SELECT api.record_evidence (%d, " VERSION ", 'residence', current_date - 3, 'Town of Utopia', 'R 17', '{\"since\": \"2020-01-01\"}')",
                             draft, draft));

  g_autofree char *known = schema_office_ask (db, "anna", "SELECT count (*) FROM api.evaluate (%d) WHERE rule LIKE 'RESIDENCE%%'", draft);
  g_autofree char *shown = schema_office_ask (db, "boris", "SELECT kind, authority, reference, details ->> 'since', recorded_by, stands FROM api.application_evidence WHERE application_id = %d", draft);

  g_assert_cmpstr (unknown, ==, "1");
  g_assert_cmpstr (known, ==, "0");
  g_assert_cmpstr (shown, ==, "residence|Town of Utopia|R 17|2020-01-01|Anna|t");
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "UPDATE platen.application_evidence SET details = '{}'");
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.application_evidence");
  schema_office_refused (db, "anna", "P0001", "REASON", "SELECT api.withdraw_evidence (%d, " VERSION ", 1, NULL)", draft, draft);
  schema_office_refused (db, "anna", "P0002", "NOT_FOUND", "SELECT api.withdraw_evidence (%d, " VERSION ", 99, 'x')", draft, draft);
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.withdraw_evidence (%d, " VERSION ", 1, 'x')", draft, draft);
  g_free (schema_office_ask (db, "anna", "SELECT api.withdraw_evidence (%d, " VERSION ", (SELECT max (id) FROM api.application_evidence), 'Of another person')", draft, draft));

  g_autofree char *again = schema_office_ask (db, "anna", "SELECT count (*) FROM api.evaluate (%d) WHERE rule = 'RESIDENCE_UNKNOWN'", draft);

  g_assert_cmpstr (again, ==, "1");
}

/* Who tested must not approve, even as another role; anybody else may. */
static void
test_examiner (void)
{
  g_autofree char *db = schema_office_new ();
  int draft = schema_office_draft (db, "new");

  g_free (schema_office_ask (db, "anna", "SELECT api.record_evidence (%d, " VERSION ", 'practical_test', current_date - 3, 'Test centre', 'T 1',"
                             " '{\"category\": \"B\", \"result\": \"passed\", \"examiner\": \"Boris\"}')", draft, draft));
  schema_office_submit (db, draft);
  schema_office_ask_again (db, "boris", draft);
  schema_office_refused (db, "boris", "P0001", "FOUR_EYES", "SELECT api.approve_application (%d, " VERSION ", NULL)", draft, draft);
  schema_office_ask_again (db, "bodil", draft);
  g_free (schema_office_ask (db, "bodil", "SELECT api.approve_application (%d, " VERSION ", NULL)", draft, draft));
}

/* Group 2 falls away, group 1 stays. */
static void
test_keep_fit (void)
{
  g_autofree char *db = schema_office_new ();
  int draft = schema_office_draft (db, "renewal");

  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.keep_fit_categories (%d, " VERSION ")", draft, draft);
  g_free (schema_office_ask (db, "anna", "SELECT api.record_source (%d, 'driver', 'answered', now(), NULL, '{family_name,given_names,birth_date,licence_status,categories,medical_until}',"
    " ARRAY['Berg', 'Ida', '1980-05-06', 'valid', 'B;2005-06-07;2026-12-30;|C;2010-01-01;2026-12-30;', (current_date - 1)::text]);"
    "SELECT api.set_categories (%d, " VERSION ", '{B,C}')", draft, draft, draft));

  g_autofree char *offered = schema_office_ask (db, "anna", "SELECT cure FROM api.evaluate (%d) WHERE rule = 'MEDICAL_EXPIRED'", draft);
  g_autofree char *in_french = schema_office_ask (db, "anna", "SET platen.language = 'fr'; SELECT cure FROM api.evaluate (%d) WHERE rule = 'MEDICAL_EXPIRED'", draft);

  g_assert_cmpstr (offered, ==, "Ask for a new medical certificate, or go on without it; these categories stay: B.");
  g_assert_nonnull (strstr (in_french, "ces catégories restent\u202F: B."));
  g_free (schema_office_ask (db, "anna", "SELECT api.keep_fit_categories (%d, " VERSION ")", draft, draft));

  g_autofree char *left = schema_office_ask (db, "anna", "SELECT count (*) FROM api.evaluate (%d) WHERE severity = 'hard'", draft);

  g_assert_cmpstr (left, ==, "0");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/rule-changes/two-persons", test_two_persons);
  g_test_add_func ("/schema/rule-changes/nobody-alone", test_nobody_alone);
  g_test_add_func ("/schema/rule-changes/what-is-wrong", test_what_is_wrong);
  g_test_add_func ("/schema/rule-changes/simulation", test_simulation);
  g_test_add_func ("/schema/rule-changes/one-answer", test_one_answer);
  g_test_add_func ("/schema/rule-changes/evidence", test_evidence);
  g_test_add_func ("/schema/rule-changes/examiner", test_examiner);
  g_test_add_func ("/schema/rule-changes/keep-fit", test_keep_fit);

  return schema_office_run ();
}
