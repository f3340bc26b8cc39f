/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that the office finds whom it knows by whatever is typed, in its own records only, and that
 * nobody searches without the log. */
#include "schema-office.h"

#include <string.h>

#define NOTHING "'{}', NULL, NULL, NULL"

/* A draft of anna's for somebody of whom the identity registry says this. Returns the ID number. */
static char *
add_person (const char *db,
            const char *family_name,
            const char *given_names,
            const char *native,
            const char *birth_date,
            const char *address)
{
  static int n_persons = 800000;
  const char *values[] = { family_name, given_names, native, birth_date, address };
  static const char * const fields[] = { "family_name", "given_names", "family_name_native", "birth_date", "address" };
  int person = ++n_persons;
  char *id_number = schema_office_ask (db, "postgres", "SELECT '%010d' || platen.mod11_10 ('%010d')", person, person);
  g_autofree char *application
    = schema_office_ask (db, "anna", "SELECT id FROM api.start_application (gen_random_uuid (), '%s', 'renewal', '{B}')", id_number);

  g_free (schema_office_ask (db, "anna",
                             "SELECT api.record_source (%s, 'identity', 'answered', now(), NULL, '{family_name,given_names,"
                             "family_name_native,birth_date,address}', ARRAY['%s', '%s', '%s', '%s', '%s'])", application,
                             family_name, given_names, native != NULL ? native : "", birth_date, address));
  for (size_t i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (values[i] != NULL)
        g_free (schema_office_ask (db, "anna", "SELECT api.set_field (%s, (SELECT row_version FROM api.application WHERE id = %s),"
                                   " '%s', '%s', 'only', NULL, NULL)", application, application, fields[i], values[i]));
    }

  return id_number;
}

static char *
find (const char *db,
      const char *login,
      const char *names,
      const char *births,
      const char *address)
{
  return schema_office_ask (db, login,
                            "SELECT string_agg (id_number, ' ' ORDER BY score DESC) FROM api.search_persons ('%s', '{identity}', 'counter',"
                            " " NOTHING ", '{%s}', '%s', '{%s}', NULL, 20)",
                            *names != '\0' ? names : "typed", names, births, address);
}

static void
test_names (void)
{
  static const struct
  {
    const char *names;
    const char *births;
    const char *address;
    int         found; /* 0 nobody, 1 Müller, 2 Shevchenko, 3 Saint-Clair */
  } cases[] = {
    { "müller", "", "", 1 }, { "MUELLER", "", "", 1 }, { "muller", "", "", 1 }, { "mul", "", "", 1 },
    { "mueler", "", "", 1 }, { "mler,anna", "", "", 1 }, { "anna,müller", "", "", 1 },
    { "müller,olga", "", "", 0 }, { "müller", "1980-03-12/1980-03-12", "", 1 },
    { "", "1980-03-12/1980-03-12", "", 1 }, { "mller", "1980-01-01/1980-12-31", "", 1 },
    { "müller", "1981-03-12/1981-03-12", "", 0 }, { "müller", "", "hauptstr", 1 }, { "müller", "", "mill", 0 },
    { "Шевченко", "", "", 2 }, { "shevchenko", "", "", 2 }, { "schewtschenko", "", "", 2 }, { "szewczenko", "", "", 2 },
    { "ольга", "", "", 2 }, { "saint", "", "", 3 }, { "saintclair", "", "", 3 }, { "saint-clair", "", "", 3 },
    { "clair,jean", "", "", 3 }, { "xqzvw", "", "", 0 },
  };
  g_autofree char *db = schema_office_new ();
  g_autofree char *mueller = add_person (db, "Müller", "Anna Maria", NULL, "1980-03-12", "Hauptstraße 5, 1010 Utopia City");
  g_autofree char *shevchenko = add_person (db, "Shevchenko", "Olga", "Шевченко", "1975-01-02", "Oak Drive 1, 2100 Amaurot");
  g_autofree char *clair = add_person (db, "Saint-Clair", "Jean-Luc", NULL, "1990-11-30", "Rosenweg 3, 2100 Amaurot");
  const char *expected[] = { "", mueller, shevchenko, clair };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = find (db, "anna", cases[i].names, cases[i].births, cases[i].address);

      g_test_message ("%s %s %s: %s", cases[i].names, cases[i].births, cases[i].address, found);
      g_assert_cmpstr (found, ==, expected[cases[i].found]);
    }
}

static void
test_numbers (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *id_number = add_person (db, "Berg", "Ida", NULL, "1980-05-06", "Oak Drive 1, 2100 Amaurot");
  g_autofree char *number = schema_office_ask (db, "anna", "SELECT number FROM api.application");
  g_autofree char *by_id = schema_office_ask (db, "anna", "SELECT matched FROM api.search_persons ('x', '{}', 'counter', '{%s}', NULL,"
                                              " NULL, NULL, '{}', NULL, '{}', NULL, 20)", id_number);
  g_autofree char *by_beginning = schema_office_ask (db, "anna", "SELECT matched FROM api.search_persons ('x', '{}', 'counter', '{}',"
                                                     " '%.6s', NULL, NULL, '{}', NULL, '{}', NULL, 20)", id_number);
  g_autofree char *by_number = schema_office_ask (db, "anna", "SELECT matched, application_number FROM api.search_persons ('x', '{}',"
                                                  " 'counter', '{}', NULL, NULL, '%s', '{}', NULL, '{}', NULL, 20)", number);
  g_autofree char *expected = g_strdup_printf ("{application_number:exact}|%s", number);

  g_assert_cmpstr (by_id, ==, "{id_number:exact}");
  g_assert_cmpstr (by_beginning, ==, "{id_number:beginning}");
  g_assert_cmpstr (by_number, ==, expected);
}

/* Forty of one name, seven at a time, each once; and nothing typed breaks anything. */
static void
test_pages (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *nothing = schema_office_ask (db, "postgres",
    "INSERT INTO platen.application (number, key, office_code, type, id_number, holder_name, entered_by, changed_by)"
    " SELECT 'UC-26-' || i, gen_random_uuid (), 'UC', 'renewal', lpad (i::text, 10, '0') || platen.mod11_10 (lpad (i::text, 10, '0')),"
    " 'Ida ' || CASE WHEN i %% 2 = 0 THEN 'Berg' ELSE 'Bergmann' END, s.id, s.id"
    " FROM generate_series (900000, 900039) i, platen.staff s WHERE s.login = 'anna'");
  g_autofree char *counted = schema_office_ask (db, "anna",
    "WITH RECURSIVE page AS ("
    " SELECT 1 AS n, (SELECT array_agg (id_number) FROM api.search_persons ('berg', '{}', 'counter', " NOTHING ", '{berg}', NULL, '{}', NULL, 7)) AS ids,"
    " NULL::text AS key"
    ") SELECT cardinality (ids) FROM page");
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *after = g_strdup ("");
  guint n_pages = 0;

  g_assert_cmpstr (counted, ==, "7");
  for (;; n_pages++)
    {
      g_autofree char *page = schema_office_ask (db, "anna", "SELECT id_number, page_key FROM api.search_persons ('berg', '{}', 'counter', "
                                                 NOTHING ", '{berg}', NULL, '{}', '%s', 7)", after);
      g_auto (GStrv) rows = g_strsplit (page, "\n", -1);

      if (*page == '\0')
        break;
      for (guint i = 0; rows[i] != NULL; i++)
        {
          char *bar = strchr (rows[i], '|');

          g_assert_true (g_hash_table_add (seen, g_strndup (rows[i], (gsize) (bar - rows[i]))));
          g_free (after);
          after = g_strdup (bar + 1);
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 40);
  g_assert_cmpuint (n_pages, ==, 6);
  g_hash_table_unref (seen);
  g_free (find (db, "anna", "%%,_,\\\\\\\\,''''", "", "%%"));
}

static void
test_log (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *id_number = add_person (db, "Berg", "Ida", NULL, "1980-05-06", "Oak Drive 1, 2100 Amaurot");

  g_free (find (db, "anna", "berg", "", ""));
  schema_office_refused (db, "anna", "P0001", "REASON", "SELECT * FROM api.search_persons ('berg', '{}', ' ', " NOTHING
                         ", '{berg}', NULL, '{}', NULL, 20)");
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT * FROM api.search_persons (' ', '{}', 'counter', " NOTHING
                         ", '{berg}', NULL, '{}', NULL, 20)");
  schema_office_refused (db, "emil", "42501", "ROLE", "SELECT * FROM api.search_persons ('berg', '{}', 'counter', " NOTHING
                         ", '{berg}', NULL, '{}', NULL, 20)");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT * FROM api.search_log");
  /* A read-only transaction cannot write the log, so it reads nothing. */
  schema_office_refused (db, "anna", "25006", NULL, "BEGIN READ ONLY; SELECT * FROM api.search_persons ('berg', '{}', 'counter', " NOTHING
                         ", '{berg}', NULL, '{}', NULL, 20)");
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.search_log");

  g_autofree char *log = schema_office_ask (db, "dora", "SELECT login, text, sources, purpose FROM api.search_log");
  g_autofree char *elsewhere = find (db, "nina", "berg", "", "");
  g_autofree char *auditor = find (db, "dora", "berg", "", "");

  g_assert_cmpstr (log, ==, "anna|berg|{identity}|counter");
  g_assert_cmpstr (elsewhere, ==, "");
  g_assert_cmpstr (auditor, ==, id_number);
}

static void
test_recent (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *id_number = add_person (db, "Berg", "Ida", NULL, "1980-05-06", "Oak Drive 1, 2100 Amaurot");

  g_free (schema_office_ask (db, "anna", "SELECT api.note_lookup ('%s', 'counter'); SELECT api.note_lookup ('70000000012', 'counter');"
                             " SELECT api.note_lookup ('%s', 'counter')", id_number, id_number));

  g_autofree char *recent = schema_office_ask (db, "anna", "SELECT string_agg (id_number || coalesce (family_name, '-'), ' ' ORDER BY at DESC)"
                                               " FROM api.recent_persons (10)");
  g_autofree char *expected = g_strdup_printf ("%sBerg 70000000012-", id_number);
  g_autofree char *others = schema_office_ask (db, "axel", "SELECT count (*) FROM api.recent_persons (10)");

  g_assert_cmpstr (recent, ==, expected);
  g_assert_cmpstr (others, ==, "0");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/search/names", test_names);
  g_test_add_func ("/schema/search/numbers", test_numbers);
  g_test_add_func ("/schema/search/pages", test_pages);
  g_test_add_func ("/schema/search/log", test_log);
  g_test_add_func ("/schema/search/recent", test_recent);

  return schema_office_run ();
}
