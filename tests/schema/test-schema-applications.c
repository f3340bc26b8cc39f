/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the life of an application: four eyes, states, row versions, choices, keys and numbers. */
#include "schema-office.h"

#include <stdlib.h>

static void
test_own_application_is_not_approved (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *id = schema_office_ask (db, "bella",
    "SELECT id FROM api.start_application (gen_random_uuid (), '70000000012', 'renewal', '{B}')");

  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application SET state = 'submitted'"));
  schema_office_ask_again (db, "bella", atoi (id));
  schema_office_refused (db, "bella", "P0001", "FOUR_EYES", "SELECT api.approve_application (%s, 1, NULL)", id);
}

static void
test_changed_application_is_not_approved (void)
{
  static const char * const changes[] = {
    "SELECT api.set_categories (%d, 3, '{B}')",
    "SELECT api.record_source (%d, 'infringement', 'answered', now(), NULL, '{points}', '{1}')",
    "SELECT api.set_field (%d, 3, 'sex', 'F', 'only', NULL, NULL)",
    "SELECT api.submit_application (%d, 3, NULL)",
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      int application = schema_office_draft (db, "renewal");
      g_autofree char *change = g_strdup (changes[i]);
      g_auto (GStrv) parts = g_strsplit (change, "%d", 2);
      g_autofree char *done = schema_office_ask (db, "bella", "%s%d%s", parts[0], application, parts[1]);

      if (i < G_N_ELEMENTS (changes) - 1)
        schema_office_submit (db, application);
      schema_office_ask_again (db, "bella", application);
      schema_office_refused (db, "bella", "P0001", "FOUR_EYES",
        "SELECT api.approve_application (%d, (SELECT row_version FROM api.application WHERE id = %d), NULL)",
        application, application);
      schema_office_approve (db, application);
    }
}

/* From each state, each step that design.md §5 does not draw. */
static void
test_illegal_steps (void)
{
  static const struct
  {
    const char *login;
    const char *call;
    const char *allowed; /* the states from which the step is legal */
  } steps[] = {
    { "anna", "submit_application", "draft returned" },
    { "boris", "approve_application", "submitted" },
    { "boris", "return_application", "submitted waiting" },
    { "boris", "reject_application", "submitted waiting" },
    { "boris", "wait_application", "submitted" },
    { "boris", "continue_application", "waiting" },
    { "anna", "withdraw_application", "draft returned submitted waiting approved" },
  };
  static const char * const states[] = { "draft", "submitted", "approved", "in_production", "ready", "issued",
                                         "returned", "rejected", "withdrawn", "waiting" };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  int refused = 0;

  for (size_t s = 0; s < G_N_ELEMENTS (states); s++)
    {
      g_free (schema_office_ask (db, "postgres", "UPDATE platen.application SET state = '%s'", states[s]));
      for (size_t i = 0; i < G_N_ELEMENTS (steps); i++)
        {
          g_auto (GStrv) allowed = g_strsplit (steps[i].allowed, " ", -1);

          if (g_strv_contains ((const char * const *) allowed, states[s]))
            continue;
          schema_office_refused (db, steps[i].login, "P0001", "STATE", "SELECT api.%s (%d, 3, 'why')", steps[i].call,
                                 application);
          refused++;
        }
      if (!g_str_equal (states[s], "draft") && !g_str_equal (states[s], "returned"))
        schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.set_categories (%d, 3, '{B}')", application);
      if (!g_str_equal (states[s], "approved"))
        schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.reserve_card (%d, gen_random_uuid (), 'p')", application);
    }
  g_assert_cmpint (refused, ==, 70 - 15 + 1);
}

/* The one function behind them, asked for every pair. That an issued one goes back takes a recalled card and a supervisor
 * besides: /schema/recalls. */
static void
test_transition_table (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *allowed = schema_office_ask (db, "postgres",
    "CREATE TEMP TABLE pair (a text, b text); DO $$ DECLARE a text; b text;"
    " s text[] := '{draft,submitted,approved,in_production,ready,issued,returned,rejected,withdrawn,waiting}'; BEGIN"
    " FOREACH a IN ARRAY s LOOP FOREACH b IN ARRAY s LOOP BEGIN"
    "   UPDATE platen.application SET state = a WHERE id = %d;"
    "   PERFORM platen.move_application (ROW (NULL, 1, 'anna', 'Anna', 'UC', 'Desk', now())::platen.actor, %d, b, 'x', 'y');"
    "   INSERT INTO pair VALUES (a, b);"
    " EXCEPTION WHEN raise_exception THEN NULL; END; END LOOP; END LOOP; END $$;"
    " SELECT string_agg (a || '>' || b, ' ' ORDER BY a, b) FROM pair", application, application);

  g_assert_cmpstr (allowed, ==,
    "approved>in_production approved>withdrawn draft>submitted draft>waiting draft>withdrawn in_production>approved in_production>ready"
    " issued>approved ready>approved ready>issued returned>submitted returned>waiting returned>withdrawn submitted>approved submitted>rejected"
    " submitted>returned submitted>waiting submitted>withdrawn waiting>draft waiting>rejected waiting>returned waiting>submitted"
    " waiting>withdrawn");
}

static void
test_stale_row_version (void)
{
  static const char * const calls[] = {
    "set_categories (%d, 2, '{B}')", "submit_application (%d, 2, NULL)", "withdraw_application (%d, 4, 'x')",
    "set_field (%d, NULL, 'sex', 'F', 'only', NULL, NULL)", "withdraw_application (%d, -1, 'x')",
  };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_auto (GStrv) parts = g_strsplit (calls[i], "%d", 2);

      schema_office_refused (db, "anna", "PL409", "STALE", "SELECT api.%s%d%s", parts[0], application, parts[1]);
    }
}

static void
test_key_starts_once (void)
{
  g_autofree char *db = schema_office_new ();

#define START(n, id, type) "SELECT id, number, row_version FROM api.start_application " \
                           "('00000000-0000-0000-0000-00000000000" #n "', '" id "', '" type "', NULL)"
  g_autofree char *first = schema_office_ask (db, "anna", "%s", START (1, "70000000012", "renewal"));
  g_autofree char *again = schema_office_ask (db, "anna", "%s", START (1, "70000000012", "renewal"));
  g_autofree char *year = schema_office_ask (db, "postgres", "SELECT to_char (current_date, 'YY')");
  g_autofree char *expected = g_strdup_printf ("1|UC-%s-000001|1", year);

  g_assert_cmpstr (first, ==, expected);
  g_assert_cmpstr (again, ==, first);
  schema_office_refused (db, "axel", "P0001", "KEY", "%s", START (1, "70000000012", "renewal"));
  schema_office_refused (db, "anna", "P0001", "KEY", "%s", START (1, "70000000012", "new"));
  schema_office_refused (db, "axel", "P0001", "OPEN_APPLICATION", "%s", START (2, "70000000012", "renewal"));
  schema_office_refused (db, "nina", "P0001", "OPEN_APPLICATION", "%s", START (3, "70000000012", "renewal"));
  schema_office_refused (db, "anna", "P0001", "FIELD", "%s", START (4, "70000000013", "renewal"));
  schema_office_refused (db, "anna", "P0001", "FIELD", "%s", START (5, "7000000001", "renewal"));
  schema_office_refused (db, "anna", "P0001", "FIELD", "%s", START (6, "70000000029", "marriage"));

  /* The refused ones took no number. */
  g_autofree char *next = schema_office_ask (db, "anna", "%s", START (7, "70000000029", "renewal"));

  g_assert_true (g_str_has_suffix (next, "000002|1"));
#undef START
}

static void
test_choices (void)
{
  static const struct
  {
    const char *identity;
    const char *driver;
    const char *field;
    const char *value;
    const char *choice;
    const char *reason;
    const char *refused; /* HINT, or NULL where it is taken */
  } cases[] = {
    { "Müller", "MULLER", "family_name", "Müller", "rule", NULL, NULL },
    { "Müller", "MUELLER", "family_name", "Müller", "rule", NULL, NULL },
    { "Jean-Luc", "Jean Luc", "given_names", "Jean-Luc", "rule", NULL, NULL },
    { "Müller", "Möller", "family_name", "Müller", "rule", NULL, "FIELD" },
    { "Иванов", "Йванов", "family_name", "Иванов", "rule", NULL, "FIELD" },     /* й is no и */
    { "Müller", "Meller", "family_name", "Müller", "rule", NULL, "FIELD" },     /* another name */
    { "MUELLER-ODEGAARD", "Müller Ødegård", "family_name", "MUELLER-ODEGAARD", "rule", NULL, NULL },
    { "van der Berg", "BERG", "family_name", "van der Berg", "rule", NULL, NULL },
    { "Müller", "MULLER", "family_name", "MULLER", "rule", NULL, "FIELD" },     /* a rule takes the first registry's */
    { "-", "’", "family_name", "-", "rule", NULL, "FIELD" },                    /* nothing is left of them */
    { "Müller", "Meller", "family_name", "Müller", "person", "passport", NULL },
    { "Müller", "Meller", "family_name", "Müller", "person", " ", "REASON" },
    { "Müller", "Meller", "family_name", "Meier", "person", "passport", "FIELD" }, /* nobody said so */
    { "Müller", "Meller", "family_name", "Müller", "agreed", NULL, "FIELD" },
    { "Øyvind  D’Arc", "oyvind darc", "given_names", "Øyvind  D’Arc", "rule", NULL, NULL },
    { "1980-01-02", "1980-02-01", "birth_date", "1980-01-02", "rule", NULL, "FIELD" },
    { "1980-01-02", "1980-02-01", "birth_date", "1980-01-02", "person", "birth certificate", NULL },
    { "F", "M", "sex", "F", "rule", NULL, "FIELD" },
    { "2020-01-02", "2020-01-03", "death_date", "2020-01-02", "rule", NULL, "FIELD" },
    { "Old St 1", "New St 2", "address", "New St 2", "rule", NULL, "FIELD" },
    { "Old St 1", "New St 2", "address", "Old St 1", "rule", NULL, NULL },
    { "1980-01-02", "1991-12-30", "birth_date", "1980-01-02", "person", "passport", "SUPERVISOR" },
    { "F", "M", "sex", "F", "person", "passport", "SUPERVISOR" },
    { "F", "F", "sex", "F", "agreed", NULL, NULL },
    { "F", "F", "sex", "M", "agreed", NULL, "FIELD" },
    { "F", "", "sex", "F", "only", NULL, NULL },
    { "F", "F", "shoe_size", "F", "agreed", NULL, "FIELD" },
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int application = schema_office_draft (db, "renewal");
      const char *known = g_str_equal (cases[i].field, "shoe_size") ? "sex" : cases[i].field;
      g_autofree char *nothing = schema_office_ask (db, "anna",
        "SELECT api.record_source (%d, 'identity', 'answered', now(), NULL, '{%s}', ARRAY['%s']);"
        "SELECT api.record_source (%d, 'driver', 'answered', now(), NULL, '{%s}', ARRAY['%s'])",
        application, known, cases[i].identity, application, known, cases[i].driver);
      g_autofree char *reason = cases[i].reason != NULL ? g_strdup_printf ("'%s'", cases[i].reason) : g_strdup ("NULL");
      g_autofree char *call = g_strdup_printf ("SELECT api.set_field (%d, 3, '%s', '%s', '%s', 'r', %s)", application,
                                               cases[i].field, cases[i].value, cases[i].choice, reason);

      if (cases[i].refused != NULL)
        {
          schema_office_refused (db, "anna", "P0001", cases[i].refused, "%s", call);
          continue;
        }

      g_autofree char *version = schema_office_ask (db, "anna", "%s", call);
      g_autofree char *open = schema_office_ask (db, "anna",
        "SELECT count (*) FROM api.evaluate (%d) WHERE rule = 'DISCREPANCY_OPEN'", application);

      g_assert_cmpstr (version, ==, "4");
      g_assert_cmpstr (open, ==, "0");
    }
}

/* A person chose between two values; a third makes the question a new one. */
static void
test_new_answer_opens_choice (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *open = schema_office_ask (db, "anna",
    "DO $$ BEGIN PERFORM api.record_source (%d, 'driver', 'answered', now(), NULL, '{nationality}', '{SWE}');"
    " PERFORM api.set_field (%d, 3, 'nationality', 'UTO', 'person', NULL, 'passport');"
    " PERFORM api.record_source (%d, 'driver', 'answered', now(), NULL, '{nationality}', '{SWE}'); END $$;"
    "SELECT count (*) FROM api.evaluate (%d) WHERE field = 'nationality';"
    "SELECT FROM api.record_source (%d, 'driver', 'answered', now(), NULL, '{nationality}', '{DNK}');"
    "SELECT count (*) FROM api.evaluate (%d) WHERE field = 'nationality'",
    application, application, application, application, application, application);

  g_assert_cmpstr (open, ==, "0\n1");
}

#define APPROVE "SELECT api.approve_application (%d, 4, NULL)"

static void
test_approver_asks_again (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_refused (db, "boris", "P0001", "IDENTITY_NOT_ASKED", APPROVE, application);
  /* Another's asking, a failed one, one of eleven minutes ago, and one that says something else. */
  schema_office_ask_again (db, "bodil", application);
  schema_office_refused (db, "boris", "P0001", "IDENTITY_NOT_ASKED", APPROVE, application);
  g_free (schema_office_ask (db, "boris", "SELECT api.record_source (%d, 'identity', 'timed_out', NULL, NULL, NULL, NULL)", application));
  schema_office_refused (db, "boris", "P0001", "IDENTITY_NOT_ASKED", APPROVE, application);
  schema_office_ask_again (db, "boris", application);
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application_source SET recorded_at = now() - interval '10 minutes 1 second'"));
  schema_office_refused (db, "boris", "P0001", "IDENTITY_NOT_ASKED", APPROVE, application);
  g_free (schema_office_ask (db, "boris", "SELECT api.record_source (%d, 'identity', 'answered', now(), NULL,"
                             " '{family_name,given_names,birth_date,sex,nationality}', '{Berg,Ida,1980-05-07,F,UTO}')", application));
  schema_office_refused (db, "boris", "P0001", "IDENTITY_CHANGED", APPROVE, application);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.record_source (%d, 'identity', 'answered', now(), NULL, NULL, NULL)",
                         application);
  schema_office_approve (db, application);
}

/* What a case shows is what the rules judge by. */
static void
test_answers_that_count (void)
{
  static const char * const told = "SELECT string_agg (source || ' ' || state || ' ' || coalesce (field_values[3], '-'), ', ' ORDER BY source)"
                                   " FROM api.application_answer";
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  g_free (schema_office_ask (db, "anna", "SELECT api.record_source (%d, 'identity', 'timed_out', NULL, NULL, NULL, NULL),"
                             " api.record_source (%d, 'driver', 'unreachable', NULL, NULL, NULL, NULL)", application, application));

  g_autofree char *after_failure = schema_office_ask (db, "anna", "%s", told);

  schema_office_submit (db, application);
  g_free (schema_office_ask (db, "boris", "SELECT api.record_source (%d, 'identity', 'answered', now(), NULL,"
                             " '{family_name,given_names,birth_date,sex,nationality}', '{Berg,Ida,1999-09-09,F,UTO}'),"
                             " api.record_source (%d, 'driver', 'not_found', now(), NULL, NULL, NULL)", application, application));

  g_autofree char *after_approver = schema_office_ask (db, "anna", "%s", told);
  g_autofree char *elsewhere = schema_office_ask (db, "nina", "SELECT count (*) FROM api.application_answer");

  g_assert_cmpstr (after_failure, ==, "driver answered 1980-05-06, identity answered 1980-05-06, infringement answered -");
  g_assert_cmpstr (after_approver, ==, "driver not_found -, identity answered 1980-05-06, infringement answered -");
  g_assert_cmpstr (elsewhere, ==, "0");
}

/* What the approver learns about suspensions stops the application. */
static void
test_new_stop_at_approval (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_ask_again (db, "boris", application);
  g_free (schema_office_ask (db, "boris", "SELECT api.record_source (%d, 'driver', 'answered', now(), NULL, '{licence_status,categories}',"
                             " '{withdrawn,B;2005-06-07;2027-01-01;}')", application));
  schema_office_refused (db, "boris", "P0001", "FINDINGS", "SELECT api.approve_application (%d, 4, NULL)", application);
}

/* What the approver alone says of a registry grants nothing, and no number that would not fit. */
static void
test_approver_grants_nothing (void)
{
  static const struct
  {
    const char *source, *fields, *values;
  } forged[] = {
    { "driver", "medical_until,categories", "2030-01-01,B;2005-06-07;2030-01-01;01|C;2005-06-07;2030-01-01;" },
    { "driver", "licence_number,categories", "U99,B;2005-06-07;2030-01-01;01" },
    { "driver", "birth_place,categories", "Elsewhere,B;2005-06-07;2030-01-01;01" },
    { "infringement", "family_name_native", "Somebody" },
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      int application = schema_office_draft (db, "renewal");

      g_free (schema_office_ask (db, "anna", "DO $$ BEGIN PERFORM api.set_categories (%d, 3, NULL);"
                                 " PERFORM api.submit_application (%d, 4, NULL); END $$", application, application));
      schema_office_ask_again (db, "boris", application);
      g_free (schema_office_ask (db, "boris", "SELECT FROM api.record_source (%d, '%s', 'answered', now(), NULL, '{%s}', '{%s}')",
                                 application, forged[i].source, forged[i].fields, forged[i].values));
      schema_office_refused (db, "boris", "P0001", "SOURCES_CHANGED", "SELECT api.approve_application (%d, 5, NULL)", application);
    }
}

static void
test_licence_number_that_fits (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  g_free (schema_office_ask (db, "anna", "SELECT FROM api.record_source (%d, 'driver', 'answered', now(), NULL, '{categories,licence_number}',"
                             " ARRAY['B;2005-06-07;2030-01-01;', repeat ('9', 26)])", application));
  schema_office_submit (db, application);
  schema_office_ask_again (db, "boris", application);
  schema_office_refused (db, "boris", "P0001", "FIELD", APPROVE, application);
}

static void
test_reasons (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_refused (db, "boris", "P0001", "REASON", "SELECT api.return_application (%d, 4, ' ')", application);
  schema_office_refused (db, "boris", "P0001", "REASON", "SELECT api.reject_application (%d, 4, NULL)", application);
  schema_office_refused (db, "anna", "P0001", "REASON", "SELECT api.withdraw_application (%d, 4, '')", application);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.return_application (%d, 4, 'x')", application);
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.approve_application (%d, 4, 'x')", application);
  g_free (schema_office_ask (db, "boris", "SELECT api.return_application (%d, 4, 'blurred photo')", application));

  g_autofree char *reason = schema_office_ask (db, "anna", "SELECT state, reason, row_version FROM api.application");

  g_assert_cmpstr (reason, ==, "returned|blurred photo|5");
}

static void
test_bad_answers_and_images (void)
{
  static const char * const calls[] = {
    "record_source (%d, 'Tax Office', 'answered', now(), NULL, '{}', '{}')",
    "record_source (%d, 'identity', 'asking', now(), NULL, '{}', '{}')",
    "record_source (%d, 'identity', 'answered', now(), NULL, '{sex}', '{}')",
    "record_source (%d, 'identity', 'answered', now(), NULL, '{sex,sex}', '{F,M}')",
    "record_source (%d, 'identity', 'answered', now(), NULL, '{{sex,address}}', '{{F,X}}')",
    "record_source (%d, 'identity', 'answered', now(), NULL, '{birth_date}', '{1980-02-30}')",
    "record_source (%d, 'identity', 'answered', now() + interval '1 day', NULL, '{}', '{}')",
    "record_source (%d, 'identity', 'timed_out', now(), NULL, '{sex}', '{F}')",
    "record_source (%d, 'driver', 'answered', now(), NULL, '{categories}', '{B;yesterday;;}')",
    "record_source (%d, 'driver', 'answered', now(), NULL, '{categories}', '{Z;;;}')",
    "set_categories (%d, 3, '{B,Q}')",
    "set_image (%d, 3, 'portrait', decode (repeat ('00', 100), 'hex'), 'image/jpeg')",
    "set_image (%d, 3, 'portrait', '\\xffd8ff', 'image/jpeg')",
    "set_image (%d, 3, 'portrait', '\\xffd8ff'::bytea || decode (repeat ('00', 100), 'hex'), 'image/png')",
    "set_image (%d, 3, 'face', '\\xffd8ff'::bytea || decode (repeat ('00', 100), 'hex'), 'image/jpeg')",
  };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_auto (GStrv) parts = g_strsplit (calls[i], "%d", 2);

      schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.%s%d%s", parts[0], application, parts[1]);
    }
}

static void
test_worklist (void)
{
  static const struct
  {
    const char *login;
    const char *arguments;
    const char *found; /* ids */
  } cases[] = {
    { "anna", "NULL, NULL, NULL, NULL, 10", "3 2 1" },
    { "anna", "NULL, NULL, NULL, NULL, 2", "3 2" },
    { "anna", "NULL, '', (SELECT changed_at FROM api.application WHERE id = 2), 2, 10", "1" },
    { "anna", "'{withdrawn}', NULL, NULL, NULL, 10", "2" },
    { "anna", "'{withdrawn}', 'uc-', NULL, NULL, 10", "2" },
    { "anna", "NULL, 'ber', NULL, NULL, 10", "3 2 1" },
    { "anna", "NULL, ' Ida B', NULL, NULL, 10", "3 2 1" },
    { "anna", "NULL, 'ida c', NULL, NULL, 10", "" },
    { "anna", "NULL, 'erg', NULL, NULL, 10", "" },
    { "anna", "NULL, (SELECT number FROM api.application WHERE id = 3), NULL, NULL, 10", "3" },
    { "anna", "NULL, (SELECT left (id_number, 10) FROM api.application WHERE id = 1), NULL, NULL, 10", "1" },
    { "anna", "NULL, '%', NULL, NULL, 10", "" },
    { "nina", "NULL, NULL, NULL, NULL, 10", "" },
    { "nina", "NULL, 'ber', NULL, NULL, 10", "" },
    { "dora", "NULL, 'ber', NULL, NULL, 10", "3 2 1" },
  };
  g_autofree char *db = schema_office_new ();

  for (int i = 0; i < 3; i++)
    schema_office_draft (db, "renewal");
  g_free (schema_office_ask (db, "anna", "SELECT api.withdraw_application (2, 3, 'x')"));
  g_free (schema_office_ask (db, "anna", "SELECT api.set_categories (3, 3, '{B}')"));
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = schema_office_ask (db, cases[i].login,
        "SELECT string_agg (id::text, ' ' ORDER BY n) FROM api.worklist (%s) WITH ORDINALITY w"
        " (id, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, n)", cases[i].arguments);

      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/applications/own-is-not-approved", test_own_application_is_not_approved);
  g_test_add_func ("/schema/applications/changed-is-not-approved", test_changed_application_is_not_approved);
  g_test_add_func ("/schema/applications/illegal-steps", test_illegal_steps);
  g_test_add_func ("/schema/applications/transition-table", test_transition_table);
  g_test_add_func ("/schema/applications/stale-row-version", test_stale_row_version);
  g_test_add_func ("/schema/applications/key-starts-once", test_key_starts_once);
  g_test_add_func ("/schema/applications/choices", test_choices);
  g_test_add_func ("/schema/applications/new-answer-opens-choice", test_new_answer_opens_choice);
  g_test_add_func ("/schema/applications/approver-asks-again", test_approver_asks_again);
  g_test_add_func ("/schema/applications/answers-that-count", test_answers_that_count);
  g_test_add_func ("/schema/applications/new-stop-at-approval", test_new_stop_at_approval);
  g_test_add_func ("/schema/applications/approver-grants-nothing", test_approver_grants_nothing);
  g_test_add_func ("/schema/applications/licence-number-that-fits", test_licence_number_that_fits);
  g_test_add_func ("/schema/applications/reasons", test_reasons);
  g_test_add_func ("/schema/applications/bad-answers-and-images", test_bad_answers_and_images);
  g_test_add_func ("/schema/applications/worklist", test_worklist);

  return schema_office_run ();
}
