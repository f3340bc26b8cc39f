/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of application: each can be started, says what it starts from, and has a card or is on paper. */
#include "schema-office.h"

#include <stdlib.h>

#define VERSION "(SELECT row_version FROM api.application WHERE id = %d)"

/* The ID number is valid and nobody's: the test gives each its own. */
static int
start (const char *db,
       int         citizen,
       const char *type,
       const char *origin)
{
  g_autofree char *id = schema_office_ask (db, "postgres", "SELECT '%010d' || platen.mod11_10 ('%010d')", 880000 + citizen, 880000 + citizen);
  g_autofree char *application = schema_office_ask (db, "anna",
    "SELECT id FROM api.create_application (gen_random_uuid (), '%s', '%s', '{B}', %s)", id, type, origin);

  return atoi (application);
}

static char *
finding (const char *db,
         int         application)
{
  return schema_office_ask (db, "anna", "SELECT text FROM api.evaluate (%d) WHERE rule = 'ORIGIN_MISSING'", application);
}

static void
test_nine (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *kinds = schema_office_ask (db, "anna",
    "SELECT string_agg (code || ' ' || command || ' ' || card, ',' ORDER BY position) FROM api.application_kind");
  g_autofree char *bare = schema_office_ask (db, "postgres",
    "SELECT code FROM platen.application_kind k WHERE NOT EXISTS (SELECT FROM platen.application_kind_step s WHERE s.kind = k.code AND s.step = 'approve')"
    " OR (SELECT count (*) FROM platen.application_kind_step s WHERE s.kind = k.code AND s.step IN ('card', 'paper')) <> 1"
    " OR k.card <> EXISTS (SELECT FROM platen.application_kind_step s WHERE s.kind = k.code AND s.step = 'card')"
    " OR NOT EXISTS (SELECT FROM platen.application_kind_document d WHERE d.kind = k.code)");
  g_autofree char *french = schema_office_ask (db, "anna",
    "SET platen.language = 'fr'; SELECT count (DISTINCT title) FROM api.application_kind");
  g_autofree char *untold = schema_office_ask (db, "postgres",
    "SELECT title FROM platen.application_kind k WHERE NOT EXISTS (SELECT FROM platen.translation t WHERE t.context = 'rule_type' AND t.english = k.title)"
    " UNION ALL SELECT title FROM platen.application_kind_document d"
    " WHERE NOT EXISTS (SELECT FROM platen.translation t WHERE t.context = 'document' AND t.english = d.title)");

  g_assert_cmpstr (kinds, ==, "new NEW true,renewal REN true,replacement REP true,correction COR true,upgrade UPG true,exchange EXC true,return RET true,"
                   "international IDP false,temporary TMP false");
  g_assert_cmpstr (bare, ==, "");
  g_assert_cmpstr (french, ==, "9");
  g_assert_cmpstr (untold, ==, "");
}

static void
test_origin (void)
{
  static const struct
  {
    const char *type, *origin;
    const char *missing; /* NULL: what it starts from is refused */
  } cases[] = {
    { "replacement", "'{\"cause\":\"lost\"}'", "" },
    { "replacement", "'{\"cause\":\"office\"}'", NULL },
    { "correction", "'{\"cause\":\"office\"}'", "" },
    { "renewal", "'{\"cause\":\"lost\"}'", NULL },
    { "renewal", "'{}'", "" },
    { "renewal", "'[]'", NULL },
    { "renewal", "'{\"couse\":\"lost\"}'", NULL },
    { "renewal", "'{\"country\":\"DEU\"}'", NULL },
    { "exchange", "NULL", "It is not said what this application starts from: the country of the foreign licence is missing." },
    { "exchange", "'{\"country\":\"DEU\"}'", "It is not said what this application starts from: the number of the foreign licence is missing." },
    { "exchange", "'{\"country\":\"DEU\",\"number\":\"B072\",\"expiry\":\"2031-01-31\"}'", "" },
    { "exchange", "'{\"country\":\"DE\"}'", NULL },
    { "exchange", "'{\"country\":\"DEU\",\"number\":\" \"}'", NULL },
    { "exchange", "'{\"country\":\"DEU\",\"number\":\"B072\",\"expiry\":\"2031-02-29\"}'", NULL },
    { "return", "NULL", "It is not said what this application starts from: the day on which the ban ended is missing." },
    { "return", "'{\"ban_ended\":\"2020-02-29\"}'", "" },
    { "return", "jsonb_build_object ('ban_ended', current_date - 1)", "" },
    { "return", "jsonb_build_object ('ban_ended', current_date)", "It is not said what this application starts from: the ban has not ended yet." },
  };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i].missing == NULL)
      schema_office_refused (db, "anna", "P0001", "FIELD",
        "SELECT api.create_application (gen_random_uuid (), '10000000007', '%s', '{B}', %s)", cases[i].type, cases[i].origin);
    else
      {
        g_autofree char *missing = finding (db, start (db, (int) i, cases[i].type, cases[i].origin));

        g_assert_cmpstr (missing, ==, cases[i].missing);
      }
}

static void
test_origin_is_said_later (void)
{
  g_autofree char *db = schema_office_new ();
  int application = start (db, 1, "exchange", "NULL");
  g_autofree char *version = schema_office_ask (db, "anna",
    "SELECT api.set_origin (%d, 1, '{\"country\":\"FRA\",\"number\":\"13AA\"}')", application);
  g_autofree char *gone = schema_office_ask (db, "anna", "SELECT api.set_origin (%d, 2, '{\"number\":null}')", application);
  g_autofree char *said = schema_office_ask (db, "anna",
    "SELECT foreign_country, foreign_number FROM api.application WHERE id = %d", application);
  g_autofree char *documents = schema_office_ask (db, "anna",
    "SELECT string_agg (document, ' ' ORDER BY position) FROM api.documents_of (%d)", application);

  g_assert_cmpstr (version, ==, "2");
  g_assert_cmpstr (gone, ==, "3");
  g_assert_cmpstr (said, ==, "FRA|");
  g_assert_cmpstr (documents, ==, "identity_document foreign_licence residence_proof translation");
  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT api.set_origin (%d, 3, '{}')", application);
  schema_office_refused (db, "anna", "PL409", "STALE", "SELECT api.set_origin (%d, 1, '{}')", application);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.set_origin (%d, 3, '{\"cause\":\"lost\"}')", application);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.set_origin (%d, 3, NULL)", application);
}

/* What is made on paper has no card and no print order, and says so in the approver's language. */
static void
test_paper (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "international");

  schema_office_submit (db, application);
  schema_office_ask_again (db, "boris", application);
  schema_office_refused (db, "boris", "P0001", "PAPER", "SELECT api.approve_application (%d, " VERSION ", NULL)", application, application);
  schema_office_refused (db, "postgres", "P0001", "PAPER", "INSERT INTO platen.print_order (application_id, office_code) VALUES (%d, 'UC')", application);

  g_autofree char *state = schema_office_ask (db, "boris", "SELECT state FROM api.application WHERE id = %d", application);

  g_assert_cmpstr (state, ==, "submitted");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/kinds/nine", test_nine);
  g_test_add_func ("/schema/kinds/origin", test_origin);
  g_test_add_func ("/schema/kinds/origin-is-said-later", test_origin_is_said_later);
  g_test_add_func ("/schema/kinds/paper", test_paper);

  return schema_office_run ();
}
