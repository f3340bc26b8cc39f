/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves who may decide where the registries differ, that it is kept and can be undone, when decisions become
 * a rule, and that two records of one person are linked and taken apart by two people. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

#define VERSION "(SELECT row_version FROM api.application WHERE id = %d)"

/* A draft whose driver register differs from the identity registry (Berg, Ida, 1980-05-06, F). */
static int
draft_with (const char *db,
            const char *family,
            const char *given,
            const char *birth)
{
  int application = schema_office_draft (db, "renewal");

  g_free (schema_office_ask (db, "anna", "SELECT api.record_source (%d, 'driver', 'answered', now(), NULL,"
    " '{family_name,given_names,birth_date,licence_number,licence_status,licence_expiry,categories}',"
    " ARRAY['%s', '%s', '%s', 'U12345678', 'valid', (current_date + 30)::text, 'B;2005-06-07;' || (current_date + 30) || ';'])",
    application, family, given, birth));

  return application;
}

static char *
get_finding (const char *db,
             int         application)
{
  return schema_office_ask (db, "anna", "SELECT string_agg (rule || ' ' || field, ',' ORDER BY field) FROM api.evaluate (%d)"
                            " WHERE rule LIKE 'DISCREPANCY%%'", application);
}

static void
choose (const char *db,
        int         application,
        const char *field,
        const char *value)
{
  g_free (schema_office_ask (db, "anna", "SELECT api.set_field (%d, " VERSION ", '%s', '%s', 'person', NULL, 'passport seen')",
                             application, application, field, value));
}

/* The same pairs as the domain's own test; the outcome is what counts. */
static void
test_differences (void)
{
  static const struct
  {
    const char *field, *a, *b, *kind;
  } cases[] = {
#include "difference-cases.inc"
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = schema_office_ask (db, "postgres",
        "SELECT platen.difference ('%s', $json$%s$json$::jsonb, $json$%s$json$::jsonb)", cases[i].field, cases[i].a, cases[i].b);
      gboolean spelling = g_str_equal (found, "spelling") &&
                          (g_str_equal (cases[i].kind, "case") || g_str_equal (cases[i].kind, "diacritics") ||
                           g_str_equal (cases[i].kind, "hyphenation") || g_str_equal (cases[i].kind, "transliteration"));

      if (!spelling && !g_str_equal (found, cases[i].kind))
        g_error ("%s of %s and %s: %s instead of %s", cases[i].field, cases[i].a, cases[i].b, found, cases[i].kind);
    }
}

/* What no single field says, by the domain's own table too. */
static void
test_persons (void)
{
  static const struct
  {
    const char *id_number, *said[3], *kinds;
  } cases[] = {
#include "person-cases.inc"
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *states[3];
      const char *said[3];

      for (int j = 0; j < 3; j++)
        {
          states[j] = cases[i].said[j] != NULL ? "answered" : "not_found";
          said[j] = cases[i].said[j] != NULL ? cases[i].said[j] : "{}";
        }

      g_autofree char *found = schema_office_ask (db, "postgres",
        "SELECT coalesce (string_agg (kind, ' '), '') FROM platen.person_differences (ROW (1, 'UC', '%s', 'renewal', '2026-11-21', NULL,"
        " '{B}', '%s', '%s', '%s', $json$%s$json$, $json$%s$json$, $json$%s$json$, true, true, '{}', NULL, '{}', NULL, '[]', NULL, NULL, NULL)::platen.facts)",
        cases[i].id_number, states[0], states[1], states[2], said[0], said[1], said[2]);

      if (!g_str_equal (found, cases[i].kinds))
        g_error ("person %d: %s instead of %s", (int) i, found, cases[i].kinds);
    }
}

static void
test_clerk_chooses_what_is_proposed (void)
{
  g_autofree char *db = schema_office_new ();
  int application = draft_with (db, "Berg", "Ida", "1980-06-05");
  g_autofree char *open = get_finding (db, application);
  g_autofree char *after = NULL;
  g_autofree char *kept = NULL;

  g_assert_cmpstr (open, ==, "DISCREPANCY_OPEN birth_date");
  choose (db, application, "birth_date", "1980-05-06");
  after = get_finding (db, application);
  g_assert_cmpstr (after, ==, "");
  kept = schema_office_ask (db, "anna", "SELECT act, field, kind, value, reason, differs, who, undone FROM api.decision");
  g_assert_cmpstr (kept, ==, "chosen|birth_date|day_month_swapped|1980-05-06|passport seen|driver|Anna|f");
}

static void
test_clerk_cannot_choose_what_stops (void)
{
  g_autofree char *db = schema_office_new ();
  int application = draft_with (db, "Holm", "Eva", "1991-12-30");
  g_autofree char *open = get_finding (db, application);

  g_assert_cmpstr (open, ==, "DISCREPANCY_STOPPED birth_date,DISCREPANCY_STOPPED family_name,DISCREPANCY_STOPPED given_names");
  schema_office_refused (db, "anna", "P0001", "SUPERVISOR", "SELECT api.set_field (%d, " VERSION ", 'family_name', 'Berg', 'person', NULL,"
                         " 'passport')", application, application);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.set_field (%d, " VERSION ", 'family_name', 'Berg', 'rule', 'particle',"
                         " NULL)", application, application);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.decide_field (%d, " VERSION ", 'family_name', 'Berg', 'passport')",
                         application, application);
}

static void
test_supervisor_decides (void)
{
  g_autofree char *db = schema_office_new ();
  int application = draft_with (db, "Holm", "Eva", "1991-12-30");
  static const char * const fields[][2] = { { "family_name", "Berg" }, { "given_names", "Ida Sofia" }, { "birth_date", "1980-05-06" } };
  g_autofree char *name = NULL;

  g_free (schema_office_ask (db, "anna", "SELECT api.park_field (%d, " VERSION ", 'given_names', 'Ida Sofia', 'so in the passport')",
                             application, application));
  schema_office_refused (db, "boris", "P0001", "REASON", "SELECT api.decide_field (%d, " VERSION ", 'family_name', 'Berg', ' ')",
                         application, application);
  schema_office_refused (db, "boris", "P0001", "FIELD", "SELECT api.decide_field (%d, " VERSION ", 'birth_date', '2999-01-01', 'x')",
                         application, application);
  for (size_t i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (schema_office_ask (db, "boris", "SELECT api.decide_field (%d, " VERSION ", '%s', '%s', 'certificate of birth')", application,
                               application, fields[i][0], fields[i][1]));

  g_autofree char *open = get_finding (db, application);

  g_assert_cmpstr (open, ==, "");
  name = schema_office_ask (db, "anna", "SELECT holder_name FROM api.application WHERE id = %d", application);
  g_assert_cmpstr (name, ==, "Ida Sofia Berg");
  /* What a supervisor decided a clerk does not take back, and the supervisor may approve. */
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.undo_field (%d, " VERSION ", 'family_name', 'x')", application, application);
  schema_office_submit (db, application);
  schema_office_approve (db, application);
}

static void
test_four_eyes (void)
{
  g_autofree char *db = schema_office_new ();
  int application = draft_with (db, "Holm", "Eva", "1991-12-30");

  g_free (schema_office_ask (db, "bella", "SELECT api.set_categories (%d, " VERSION ", '{B}')", application, application));
  schema_office_refused (db, "bella", "P0001", "FOUR_EYES", "SELECT api.decide_field (%d, " VERSION ", 'family_name', 'Berg', 'passport')",
                         application, application);
}

static void
test_undo (void)
{
  g_autofree char *db = schema_office_new ();
  int application = draft_with (db, "BERG", "Ida", "1980-05-06");
  g_autofree char *after = NULL;

  g_free (schema_office_ask (db, "anna", "SELECT api.set_field (%d, " VERSION ", 'family_name', 'Berg', 'rule', 'case', NULL)", application,
                             application));
  choose (db, application, "family_name", "BERG");

  g_autofree char *overruled = schema_office_ask (db, "anna", "SELECT overruled FROM api.decision");

  g_assert_cmpstr (overruled, ==, "case");
  g_free (schema_office_ask (db, "anna", "SELECT api.undo_field (%d, " VERSION ", 'family_name', NULL)", application, application));
  after = schema_office_ask (db, "anna", "SELECT value, choice, rule FROM api.application_field WHERE application_id = %d", application);
  g_assert_cmpstr (after, ==, "Berg|rule|case");
  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.undo_field (%d, " VERSION ", 'family_name', NULL)", application, application);
}

#define ACCEPT "SELECT api.accept_rule ('%s', '%s', 'driver', current_date + 90, 'always the register’s typing')"

static void
test_rule_is_learned (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *none = NULL;
  g_autofree char *proposed = NULL;

  for (int i = 0; i < 4; i++)
    choose (db, draft_with (db, "Berg", "Idda", "1980-05-06"), "given_names", "Ida");
  none = schema_office_ask (db, "boris", "SELECT count (*) FROM api.proposed_rules ()");
  g_assert_cmpstr (none, ==, "0");
  choose (db, draft_with (db, "Berg", "Iida", "1980-05-06"), "given_names", "Ida");

  int waiting = draft_with (db, "Berg", "Isda", "1980-05-06");
  int parked = draft_with (db, "Berg", "Idaa", "1980-05-06");

  g_free (schema_office_ask (db, "anna", "SELECT api.park_field (%d, " VERSION ", 'given_names', NULL, 'two papers')", parked, parked));
  proposed = schema_office_ask (db, "boris", "SELECT kind, field, source, times, people, open FROM api.proposed_rules ()");
  g_assert_cmpstr (proposed, ==, "misspelt_name|given_names|driver|5|1|1");
  g_autofree char *version = schema_office_ask (db, "anna", "SELECT row_version FROM api.application WHERE id = %d", waiting);
  schema_office_refused (db, "anna", "42501", "ROLE", ACCEPT, "misspelt_name", "given_names");
  schema_office_refused (db, "boris", "P0001", "FIELD", "SELECT api.accept_rule ('misspelt_name', 'given_names', 'driver', NULL, 'x')");
  schema_office_refused (db, "boris", "P0001", "STATE", ACCEPT, "sex_differs", "sex");
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.set_field (%d, " VERSION ", 'given_names', 'Ida', 'rule', 'misspelt_name',"
                         " NULL)", waiting, waiting);
  g_free (schema_office_ask (db, "boris", ACCEPT, "misspelt_name", "given_names"));

  /* What was open is settled at once, whoever has it open need not save again; what was parked is not. */
  g_autofree char *settled = schema_office_ask (db, "postgres",
    "SELECT value, choice, rule, row_version - %s FROM platen.application_field JOIN platen.application a ON a.id = application_id"
    " WHERE application_id = %d AND field = 'given_names'", version, waiting);
  g_assert_cmpstr (settled, ==, "Ida|rule|misspelt_name|0");
  g_autofree char *told = schema_office_ask (db, "anna", "SET platen.language = 'fr';"
    " SELECT text, why FROM api.event WHERE application_id = %d ORDER BY id DESC LIMIT 1", waiting);
  g_assert_cmpstr (told, ==, "Boris a accepté une règle, qui a choisi le champ «\u202Fprénoms\u202F».|always the register’s typing");
  g_autofree char *asked = get_finding (db, parked);
  g_assert_cmpstr (asked, ==, "DISCREPANCY_OPEN given_names");
  g_free (schema_office_ask (db, "anna", "SELECT api.set_field (%d, " VERSION ", 'given_names', 'Ida', 'rule', 'misspelt_name', NULL)",
                             waiting, waiting));

  g_autofree char *open = get_finding (db, waiting);

  g_assert_cmpstr (open, ==, "");
  /* Ended, it chooses nothing any more from the day after. */
  g_free (schema_office_ask (db, "boris", "SELECT FROM api.end_rule ((SELECT max (id) FROM api.difference_rule), 'the register was cleaned')"));
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.difference_rule SET valid_from = valid_from - 9, valid_to = current_date - 1"
                             " WHERE office_code = 'UC'"));
  g_free (open);
  open = get_finding (db, waiting);
  g_assert_cmpstr (open, ==, "DISCREPANCY_OPEN given_names");
}

/* More drafts than the server reads at a time, and a clerk who saves one of the last. */
static void
test_rule_while_a_clerk_saves (void)
{
  g_autofree char *db = schema_office_new ();
  int last = 0;

  for (int i = 0; i < 5; i++)
    choose (db, draft_with (db, "Berg", "Idda", "1980-05-06"), "given_names", "Ida");
  for (int i = 0; i < 12; i++)
    last = draft_with (db, "Berg", "Isda", "1980-05-06");

  g_autofree char *accept = g_strdup_printf (ACCEPT, "misspelt_name", "given_names");
  g_autofree char *save = g_strdup_printf ("SELECT api.set_field (%d, " VERSION ", 'given_names', 'Isda', 'person', NULL, 'passport')",
                                           last, last);

  schema_office_at_once (db, "boris", accept, "anna", save);

  /* Whoever is second finds what the first one chose. */
  g_autofree char *chosen = schema_office_ask (db, "postgres",
    "SELECT string_agg (DISTINCT choice || ' ' || value, ', '), count (*) FROM platen.application_field f JOIN platen.application a"
    " ON a.id = f.application_id WHERE field = 'given_names' AND a.id BETWEEN %d AND %d", last - 11, last - 1);
  g_assert_cmpstr (chosen, ==, "rule Ida|11");
}

static void
test_one_other_decision_is_no_rule (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *none = NULL;

  for (int i = 0; i < 6; i++)
    choose (db, draft_with (db, "Berg", "Idda", "1980-05-06"), "given_names", i == 3 ? "Idda" : "Ida");
  none = schema_office_ask (db, "boris", "SELECT count (*) FROM api.proposed_rules ()");
  g_assert_cmpstr (none, ==, "0");
}

static void
test_no_dangerous_rule (void)
{
  g_autofree char *db = schema_office_new ();

  schema_office_refused (db, "postgres", "P0001", "DANGEROUS", "INSERT INTO platen.difference_rule (kind, valid_from)"
                         " VALUES ('sex_differs', '2000-01-01')");
  schema_office_refused (db, "postgres", "P0001", "DANGEROUS", "INSERT INTO platen.difference_rule (kind, office_code, field, source,"
                         " valid_from, valid_to, accepted_by, reason) VALUES ('day_month_swapped', 'UC', 'birth_date', 'driver', current_date,"
                         " current_date, 1, 'x')");
}

static char *
make_id (const char *db,
         int         citizen)
{
  return schema_office_ask (db, "postgres", "SELECT '%010d' || platen.mod11_10 ('%010d')", citizen, citizen);
}

static void
test_links (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *kept = make_id (db, 900001);
  g_autofree char *other = make_id (db, 900002);
  g_autofree char *link = schema_office_ask (db, "bella", "SELECT api.propose_link ('%s', '%s', 'same fingerprints')", kept, other);
  g_autofree char *history = NULL;

  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.decide_link (%s, true, 'yes')", link);
  schema_office_refused (db, "bella", "P0001", "FOUR_EYES", "SELECT api.decide_link (%s, true, 'yes')", link);
  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.propose_link ('%s', '%s', 'again')", other, kept);
  g_free (schema_office_ask (db, "boris", "SELECT api.decide_link (%s, true, 'seen both files')", link));
  schema_office_refused (db, "anna", "P0001", "LINKED", "SELECT api.start_application (gen_random_uuid (), '%s', 'new', '{B}')", other);
  g_free (schema_office_ask (db, "anna", "SELECT api.start_application (gen_random_uuid (), '%s', 'new', '{B}')", kept));
  g_free (schema_office_ask (db, "anna", "SELECT FROM api.propose_unlink (%s, 'twins after all')", link));
  g_free (schema_office_ask (db, "boris", "SELECT api.decide_link (%s, true, 'twins')", link));
  g_free (schema_office_ask (db, "anna", "SELECT api.start_application (gen_random_uuid (), '%s', 'new', '{B}')", other));
  history = schema_office_ask (db, "dora", "SELECT string_agg (state || ' ' || who, ',' ORDER BY id) FROM api.id_link_step");
  g_assert_cmpstr (history, ==, "proposed Bella,linked Boris,unlinking Anna,unlinked Boris");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/decisions/differences", test_differences);
  g_test_add_func ("/schema/decisions/persons", test_persons);
  g_test_add_func ("/schema/decisions/clerk-chooses-what-is-proposed", test_clerk_chooses_what_is_proposed);
  g_test_add_func ("/schema/decisions/clerk-cannot-choose-what-stops", test_clerk_cannot_choose_what_stops);
  g_test_add_func ("/schema/decisions/supervisor-decides", test_supervisor_decides);
  g_test_add_func ("/schema/decisions/four-eyes", test_four_eyes);
  g_test_add_func ("/schema/decisions/undo", test_undo);
  g_test_add_func ("/schema/decisions/rule-is-learned", test_rule_is_learned);
  g_test_add_func ("/schema/decisions/rule-while-a-clerk-saves", test_rule_while_a_clerk_saves);
  g_test_add_func ("/schema/decisions/one-other-decision-is-no-rule", test_one_other_decision_is_no_rule);
  g_test_add_func ("/schema/decisions/no-dangerous-rule", test_no_dangerous_rule);
  g_test_add_func ("/schema/decisions/links", test_links);

  return schema_office_run ();
}
