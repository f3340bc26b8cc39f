/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves each rule of law on both sides of its boundary, and the dates that follow from an approval. */
#include "schema-office.h"

#include <string.h>

/* Facts with one thing changed: a citizen born in 1980 with a valid B, seen on 21 November 2026. */
#define FACTS \
  "INSERT INTO pg_temp.f SELECT (r).* FROM (SELECT ROW (1, 'UC', '70000000012', 'renewal', '2026-11-21', '1980-05-06', '{B}'," \
  " 'answered', 'answered', 'answered', '{}', '{\"categories\": \"B;2005-06-07;2026-12-01;\", \"licence_status\": \"valid\"}'," \
  " '{}', true, true, '{}', NULL, '{}', NULL, '[]', NULL, NULL, NULL)::platen.facts AS r) x;"

static void
test_boundaries (void)
{
  static const struct
  {
    const char *rule;
    const char *change;   /* SET clause over the facts */
    const char *findings; /* how many, and a part of the words */
  } cases[] = {
    /* The day before the birthday, the birthday, the day after. */
    { "UNDER_AGE", "birth_date = '2008-11-22'", "1|B|2026-11-22" },
    { "UNDER_AGE", "birth_date = '2008-11-21'", "0||" },
    { "UNDER_AGE", "birth_date = '2008-11-20'", "0||" },
    /* Born on 29 February: of age on 28 February of a common year. */
    { "UNDER_AGE", "birth_date = '2008-02-29', today = '2026-02-27'", "1|B|2026-02-28" },
    { "UNDER_AGE", "birth_date = '2008-02-29', today = '2026-02-28'", "0||" },
    { "UNDER_AGE", "birth_date = '2008-02-29', today = '2024-02-28', codes = '{AM}'", "1|AM|2024-02-29" },
    { "UNDER_AGE", "birth_date = '2008-02-29', today = '2024-02-29', codes = '{AM}'", "0||" },
    { "UNDER_AGE", "birth_date = '2008-02-29', today = '2024-02-28', codes = '{AM,B}'", "2|AM|2024-02-29" },
    { "UNDER_AGE", "birth_date = '2008-02-29', today = '2028-02-28', codes = '{A}'", "1|A|2028-02-29" },
    { "UNDER_AGE", "birth_date = '2008-02-29', today = '2028-02-29', codes = '{A}'", "0||" },
    { "UNDER_AGE", "birth_date = '2002-11-22', codes = '{D}'", "1|D|2026-11-22" },
    { "UNDER_AGE", "birth_date = '2002-11-21', codes = '{D}'", "0||" },
    { "UNDER_AGE", "birth_date = NULL", "0||" }, /* DATA_MISSING's business */
    { "DECEASED", "identity = '{}'", "0||" },
    { "DECEASED", "identity = '{\"death_date\": \"2026-01-01\"}'", "1||2026-01-01" },
    { "DECEASED", "infringement = '{\"death_date\": \"2026-01-01\"}'", "1||2026-01-01" },
    { "SUSPENDED", "driver = '{\"suspended_until\": \"2026-11-20\"}'", "0||" },
    { "SUSPENDED", "driver = '{\"suspended_until\": \"2026-11-21\"}'", "1||2026-11-21" },
    { "SUSPENDED", "driver = '{\"suspended_until\": \"2026-11-22\"}'", "1||2026-11-22" },
    { "SUSPENDED", "driver = '{\"licence_status\": \"suspended\"}'", "1||further notice" },
    { "WITHDRAWN", "driver = '{\"licence_status\": \"withdrawn\"}'", "1||" },
    { "WITHDRAWN", "driver = '{\"licence_status\": \"valid\"}'", "0||" },
    { "MEDICAL_EXPIRED", "codes = '{B,C}', driver = '{\"medical_until\": \"2026-11-20\"}'", "1|C|2026-11-20" },
    { "MEDICAL_EXPIRED", "codes = '{B,C}', driver = '{\"medical_until\": \"2026-11-21\"}'", "0||" },
    { "MEDICAL_EXPIRED", "codes = '{B,C}', driver = '{\"medical_until\": \"2026-11-22\"}'", "0||" },
    { "MEDICAL_EXPIRED", "codes = '{B,C,D}', driver = '{}'", "1|C, D|—" },
    { "MEDICAL_EXPIRED", "codes = '{B}', driver = '{}'", "0||" },
    { "POINTS", "infringement = '{\"points\": \"11\"}'", "0||" },
    { "POINTS", "infringement = '{\"points\": \"12\"}'", "1||" },
    { "POINTS", "infringement = '{\"points\": \"13\"}'", "1||" },
    { "POINTS", "infringement = '{\"points\": \"many\"}'", "0||" },
    { "UNPAID", "infringement = '{\"unpaid\": \"0\"}'", "0||" },
    { "UNPAID", "infringement = '{\"unpaid\": \"1\"}'", "1||" },
    { "NOT_HELD", "codes = '{B,C}'", "1|C|" },
    { "NOT_HELD", "codes = '{B}'", "0||" },
    { "NOT_HELD", "codes = '{B}', driver = '{}', driver_state = 'not_found'", "1|B|" },
    { "NOT_HELD", "codes = '{B}', driver = '{}', driver_state = 'timed_out'", "0||" },
    { "NOT_HELD", "codes = '{B,C}', type = 'upgrade'", "0||" },
    { "PREREQUISITE", "codes = '{BE}'", "0||" },                /* B is held */
    { "PREREQUISITE", "codes = '{BE}', driver = '{}'", "1|BE|" },
    { "PREREQUISITE", "codes = '{B,BE}', driver = '{}'", "0||" },
    { "PREREQUISITE", "codes = '{C1E}'", "1|C1E|" },
    { "HAS_LICENCE", "type = 'new'", "1||?" },
    { "HAS_LICENCE", "type = 'new', driver = '{\"licence_status\": \"valid\", \"licence_expiry\": \"2026-11-21\"}'", "1||2026-11-21" },
    { "HAS_LICENCE", "type = 'new', driver = '{\"licence_status\": \"valid\", \"licence_expiry\": \"2026-11-20\"}'", "0||" },
    { "HAS_LICENCE", "type = 'renewal'", "0||" },
    { "EXPIRED", "type = 'replacement', today = '2026-12-01'", "0||" },
    { "EXPIRED", "type = 'replacement', today = '2026-12-02'", "1|B|2026-12-01" },
    { "EXPIRED", "type = 'renewal', today = '2026-12-02'", "0||" },
    { "NO_CATEGORY", "codes = '{}'", "1||" },
    { "NO_CATEGORY", "codes = '{B}'", "0||" },
    { "IDENTITY_MISSING", "identity_state = 'not_found'", "1||" },
    { "IDENTITY_MISSING", "identity_state = 'timed_out'", "1||" },
    { "IDENTITY_MISSING", "identity_state = 'answered'", "0||" },
    { "DATA_MISSING", "identity = '{\"family_name\": \"Berg\"}'", "0||" },
    { "DATA_MISSING", "birth_date = NULL, identity = '{\"family_name\": \"Berg\"}'", "1||" },
    { "DATA_MISSING", "identity = '{\"family_name\": \" \"}'", "1||" },
    { "DATA_MISSING", "birth_date = NULL, identity_state = 'timed_out'", "0||" },
    { "NOT_LATIN", "identity = '{\"family_name\": \"Nguyễn-Þórðarson’s\", \"birth_place\": \"St. Ǹŏẞ, 12\"}'", "0||" },
    { "NOT_LATIN", "identity = '{\"family_name\": \"Ωmega\"}'", "1||" },
    { "NOT_LATIN", "identity = '{\"family_name\": \"Иванова\", \"given_names\": \"สมชาย\", \"birth_place\": \"القاهرة\"}'", "3||" },
    { "NOT_LATIN", "identity = '{\"family_name\": \"山田\", \"family_name_native\": \"山田\"}'", "1||" },
    { "NOT_LATIN", "identity = '{\"family_name\": \"Ivanova\", \"family_name_native\": \"Иванова\"}'", "0||" },
    { "NOT_LATIN", "identity = '{}'", "0||" },
    { "DRIVER_UNANSWERED", "driver_state = 'not_found'", "0||" },
    { "DRIVER_UNANSWERED", "driver_state = 'nonsense'", "1||" },
    { "INFRINGEMENT_UNANSWERED", "infringement_state = 'not asked'", "1||" },
    { "PHOTO_MISSING", "has_portrait = false", "1||" },
    { "SIGNATURE_MISSING", "has_signature = false", "1||" },
    { "DISCREPANCY_OPEN", "identity = '{\"sex\": \"F\"}', infringement = '{\"sex\": \"M\"}'", "0||" },
    { "DISCREPANCY_STOPPED", "identity = '{\"sex\": \"F\"}', infringement = '{\"sex\": \"M\"}'", "1||" },
    { "DISCREPANCY_OPEN", "identity = '{\"nationality\": \"UTO\"}', infringement = '{\"nationality\": \"SWE\"}'", "1||" },
    { "IMPOSSIBLE_DATE", "identity = '{\"birth_date\": \"2999-01-01\"}'", "1||2999-01-01" },
    { "IMPOSSIBLE_DATE", "identity = '{\"birth_date\": \"1980-01-01\"}'", "0||" },
    { "FOREIGN_PHOTO", "identity = '{\"portrait_of\": \"70000000012\"}'", "0||" },
    { "FOREIGN_PHOTO", "identity = '{\"portrait_of\": \"80000000013\"}'", "1||" },
    { "CATEGORY_WITHDRAWN", "infringement = '{\"withdrawn_categories\": \"BE,C\"}'", "0||" },
    { "CATEGORY_WITHDRAWN", "infringement = '{\"withdrawn_categories\": \"BE,B\"}'", "1|B|" },
    { "CATEGORY_WITHDRAWN", "infringement = '{\"withdrawn_categories\": \"ALL\"}'", "1|B|" },
    { "CATEGORY_WITHDRAWN", "others = '{\"court\": {\"withdrawn_categories\": \"B\"}}'", "1|B|" },
    { "RIGHTS_DIFFER", "infringement = '{\"withdrawn_categories\": \"B\"}'", "0||" },
    { "RIGHTS_DIFFER", "infringement = '{\"suspended_until\": \"2026-11-21\"}'", "1||" },
    { "RIGHTS_DIFFER", "infringement = '{\"suspended_until\": \"2026-11-20\"}'", "0||" },
    { "RIGHTS_DIFFER", "others = '{\"court\": {\"licence_status\": \"withdrawn\"}}'", "1||" },
    { "DISCREPANCY_OPEN", "identity = '{\"sex\": \"F\"}', infringement = '{\"sex\": \" F\"}'", "0||" },
    { "DISCREPANCY_OPEN", "identity = '{\"points\": \"1\"}', infringement = '{\"points\": \"2\"}'", "0||" },
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = schema_office_ask (db, "postgres",
        "CREATE TEMP TABLE f OF platen.facts; " FACTS " UPDATE f SET %s;"
        "SELECT count (*), coalesce (min (a.params ->> 'category'), ''), coalesce (min (a.params ->> 'date'), '')"
        " FROM f, LATERAL platen.apply_rules (ROW (f.*)::platen.facts) a WHERE a.rule = '%s'", cases[i].change, cases[i].rule);
      if (g_strcmp0 (found, cases[i].findings) != 0)
        g_error ("%s with %s: %s instead of %s", cases[i].rule, cases[i].change, found, cases[i].findings);
    }
}

/* One statement for them all: who differs is named. */
static void
test_every_boundary (void)
{
  static const struct
  {
    const char *rule, *change, *findings;
  } cases[] = {
#include "rule-cases.inc"
  };
  g_autofree char *db = schema_office_new ();
  g_autoptr (GString) sql = g_string_new (
    "INSERT INTO platen.known_card (number, office_code, application_id, id_number, issue_date, state, type, cause, changed_at)"
    " SELECT v.*, now () FROM (VALUES"
    " ('UC-21-C1', 'UC', 2, '70000000012', '2021-11-22'::date, 'issued', 'replacement', 'lost'),"
    " ('UC-24-C1', 'UN', 3, '70000000012', '2024-02-29', 'issued', 'replacement', 'stolen'),"
    " ('UC-24-C2', 'UN', 4, '70000000012', '2024-03-29', 'issued', 'replacement', 'not_received'),"
    " ('UC-24-C3', 'UN', 5, '70000000012', '2024-03-29', 'spoiled', 'replacement', 'lost'),"
    " ('UC-24-C4', 'UN', 6, '70000000012', '2024-04-29', 'issued', 'renewal', NULL)) v;"
    "CREATE TEMP TABLE f OF platen.facts; CREATE TEMP TABLE wrong (rule text, change text, found text, expected text);");

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_string_append_printf (sql, "TRUNCATE f; " FACTS " UPDATE f SET %s;"
      "INSERT INTO wrong SELECT '%s', $c$%s$c$, v.found, $e$%s$e$"
      "  FROM (SELECT concat_ws ('|', count (*), coalesce (min (a.params ->> 'category'), ''),"
      "                          coalesce (min (a.params ->> 'earliest'), min (a.params ->> 'date'), '')) AS found"
      "          FROM f, LATERAL platen.apply_rule ('%s', ROW (f.*)::platen.facts, platen.rule_params ('%s', f.today)) a) v"
      " WHERE v.found <> $e$%s$e$;", cases[i].change, cases[i].rule, cases[i].change, cases[i].findings, cases[i].rule, cases[i].rule,
      cases[i].findings);
  g_string_append (sql, "SELECT string_agg (concat_ws (' ', rule, 'with', change, 'finds', found, 'instead of', expected), E'\n') FROM wrong");

  g_autofree char *wrong = schema_office_ask (db, "postgres", "%s", sql->str);

  g_assert_cmpstr (wrong, ==, "");

  /* Each rule that depends on a day, an age, a sum or a paper stands in one of the tables. */
  g_autofree char *rules = schema_office_ask (db, "postgres", "SELECT string_agg (DISTINCT code, ' ') FROM platen.rule"
    " WHERE parameters <> '{}'");
  g_auto (GStrv) codes = g_strsplit (rules, " ", -1);

  for (char **code = codes; *code != NULL; code++)
    {
      gboolean found = g_str_has_prefix (*code, "FEE") || g_str_has_prefix (*code, "ORIGIN");

      for (size_t i = 0; i < G_N_ELEMENTS (cases) && !found; i++)
        found = g_str_equal (cases[i].rule, *code);
      if (!found)
        g_error ("No boundary of %s is tried.", *code);
    }
}

static void
test_planned_dates (void)
{
  static const struct
  {
    const char *change;
    const char *plan;
  } cases[] = {
    { "type = 'renewal'", "B;2005-06-07;2036-11-20;|2036-11-20" },
    { "type = 'new', driver = '{}'", "AM;2026-11-21;2036-11-20;|B1;2026-11-21;2036-11-20;|B;2026-11-21;2036-11-20;|2036-11-20" },
    { "type = 'upgrade', codes = '{B,C}', driver = '{\"categories\": \"B;2005-06-07;2026-12-01;\", \"medical_until\": \"2028-02-29\"}'",
      "B;2005-06-07;2026-12-01;|C1;2026-11-21;2028-02-29;|C;2026-11-21;2028-02-29;|2026-12-01" },
    /* By age: the day before the birthday and the day. */
    { "birth_date = '1956-11-22'", "B;2005-06-07;2036-11-20;|2036-11-20" },
    { "birth_date = '1956-11-21'", "B;2005-06-07;2031-11-20;|2031-11-20" },
    /* A replacement, too, ends with the doctor's word. */
    { "type = 'replacement', codes = '{B,C}', driver = '{\"categories\": \"B;2005-06-07;2036-12-01;|C;2010-01-02;2036-12-01;\", \"medical_until\": \"2027-03-04\"}'",
      "B;2005-06-07;2036-12-01;|C;2010-01-02;2027-03-04;|2027-03-04" },
    { "evidence = '[{\"kind\": \"medical\", \"dated\": \"2026-11-01\", \"group\": \"1\", \"result\": \"fit\", \"until\": \"2027-01-31\"}]'",
      "B;2005-06-07;2027-01-31;|2027-01-31" },
    /* Younger, under a condition that stands on the card. */
    { "type = 'new', driver = '{}', codes = '{AM,B1,B}', birth_date = '2009-11-21', evidence = '[{\"kind\": \"accompaniment\", \"dated\": \"2026-11-01\"}]'",
      "AM;2026-11-21;2036-11-20;|B1;2026-11-21;2036-11-20;|B;2026-11-21;2036-11-20;195|2036-11-20" },
    { "type = 'international'", "B;2005-06-07;2026-12-01;|2026-12-01" },
    { "type = 'temporary', driver = '{\"categories\": \"B;2005-06-07;2036-12-01;\"}'", "B;2005-06-07;2027-01-20;|2027-01-20" },
    { "type = 'temporary', today = '2026-12-31', driver = '{\"categories\": \"B;2005-06-07;2036-12-01;\"}'", "B;2005-06-07;2027-02-27;|2027-02-27" },
    { "type = 'exchange', codes = '{B}', evidence = '[{\"kind\": \"foreign_licence\", \"dated\": \"2010-01-01\", \"categories\": \"B;2010-01-01;2030-01-01;01\"}]'",
      "AM;2026-11-21;2036-11-20;70|B1;2026-11-21;2036-11-20;70|B;2010-01-01;2036-11-20;01,70|2036-11-20" },
    { "type = 'replacement'", "B;2005-06-07;2026-12-01;|2026-12-01" },
    { "type = 'correction'", "B;2005-06-07;2026-12-01;|2026-12-01" },
    { "type = 'upgrade', codes = '{B,BE}'", "B;2005-06-07;2026-12-01;|BE;2026-11-21;2036-11-20;|2026-12-01" },
    /* Group 2: five years, and never beyond the medical examination. */
    { "codes = '{B,C}', driver = '{\"categories\": \"B;2005-06-07;2026-12-01;01|C;2010-01-02;2026-12-01;95\", \"medical_until\": \"2040-01-01\"}'",
      "B;2005-06-07;2036-11-20;01|C;2010-01-02;2031-11-20;95|2031-11-20" },
    { "codes = '{B,C}', driver = '{\"categories\": \"B;2005-06-07;;|C;2010-01-02;;\", \"medical_until\": \"2027-03-04\"}'",
      "B;2005-06-07;2036-11-20;|C;2010-01-02;2027-03-04;|2027-03-04" },
    { "today = '2028-02-29'", "B;2005-06-07;2038-02-27;|2038-02-27" },
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plan = schema_office_ask (db, "postgres",
        "CREATE TEMP TABLE f OF platen.facts; " FACTS " UPDATE f SET %s;"
        "SELECT p.categories, p.expiry_date FROM f, LATERAL platen.plan_categories (ROW (f.*)::platen.facts) p", cases[i].change);

      g_assert_cmpstr (plan, ==, cases[i].plan);
    }
}

/* Each rule has a function and words in both languages without a placeholder left over. */
static void
test_words (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *missing = schema_office_ask (db, "postgres",
    "SELECT string_agg (r.code, ' ') FROM platen.rule r WHERE to_regproc ('platen.rule_' || lower (r.code)) IS NULL"
    " OR (SELECT count (*) FROM platen.rule_text t WHERE t.code = r.code AND t.language IN ('en', 'fr')) <> 2");
  int application = schema_office_draft (db, "renewal");

  g_assert_cmpstr (missing, ==, "");
  g_free (schema_office_ask (db, "anna", "SELECT api.record_source (%d, 'driver', 'answered', now(), NULL,"
    " '{sex,birth_date,licence_status,suspended_until,categories,points}', '{M,1980-05-07,suspended,2999-01-01,B;;;,20}');"
    "SELECT api.set_categories (%d, 3, '{A,C1E,D}')", application, application));

  g_autofree char *fr = schema_office_ask (db, "anna", "SET platen.language = 'fr'; SELECT text, cure FROM api.evaluate (%d)", application);
  g_autofree char *en = schema_office_ask (db, "anna", "SELECT text, cure FROM api.application_finding");

  g_assert_null (strchr (fr, '{'));
  g_assert_null (strchr (en, '{'));
  g_assert_nonnull (strstr (fr, "date de naissance"));
  g_assert_nonnull (strstr (fr, "Le permis est suspendu jusqu’au 01/01/2999."));
  g_assert_nonnull (strstr (en, "The licence is suspended until 2999-01-01."));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/rules/boundaries", test_boundaries);
  g_test_add_func ("/schema/rules/every-boundary", test_every_boundary);
  g_test_add_func ("/schema/rules/planned-dates", test_planned_dates);
  g_test_add_func ("/schema/rules/words", test_words);

  return schema_office_run ();
}
