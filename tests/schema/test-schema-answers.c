/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the holder answered to the card that was shown holds for that card alone, and the office says whether anything is approved
 * without it, whatever somebody types into psql. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

#define VERSION "(SELECT row_version FROM api.application WHERE id = %d)"
#define CHANGES "'[{\"title\":\"Address\",\"text\":\"New: “Mill Road 3”.\"}]'"
#define NOTE "SELECT api.note_holder_answer (%d, '%s', '%s', '%s', " CHANGES ", NULL)"
#define JPEG "'\\xffd8ff'::bytea || decode (repeat ('4e', 80), 'hex')"

static char *
get_content (const char *db, int application)
{
  return schema_office_ask (db, "postgres", "SELECT platen.card_content_sha256 (platen.gather_facts (%d))", application);
}

/* As @login, of what stands on the card now. */
static void
answer (const char *db, const char *login, int application, const char *verdict, const char *given)
{
  g_autofree char *content = get_content (db, application);

  g_free (schema_office_ask (db, login, NOTE, application, verdict, given, content));
}

static void
assert_says (const char *db, const char *expected, const char *sql, int application)
{
  g_autofree char *said = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  said = schema_office_ask (db, "anna", sql, application);
#pragma GCC diagnostic pop
  g_assert_cmpstr (said, ==, expected);
}

static void
assert_findings (const char *db, int application, const char *expected)
{
  g_free (schema_office_ask (db, "anna", "SELECT count (*) FROM api.evaluate (%d)", application));
  assert_says (db, expected, "SELECT coalesce (string_agg (rule || ' ' || severity, ', ' ORDER BY rule), '')"
               " FROM api.application_finding WHERE rule LIKE 'CARD\\_%%' AND application_id = %d", application);
}

static void
change_portrait (const char *db, int application)
{
  g_free (schema_office_ask (db, "anna",
                             "SELECT FROM api.note_photo_check (%d, encode (sha256 (" JPEG "), 'hex'), 'file',"
                             " '{\"verdict\":\"good\",\"bad\":[]}');"
                             "SELECT api.set_image (%d, " VERSION ", 'portrait', " JPEG ", 'image/jpeg')",
                             application, application, application));
}

static void
test_noted (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *version = schema_office_ask (db, "anna", "SELECT " VERSION, application);

  assert_findings (db, application, "");
  answer (db, "anna", application, "confirmed", "screen");
  answer (db, "anna", application, "confirmed", "screen"); /* the answer to it was lost: sent again */
  assert_says (db, "1 confirmed screen Anna t",
               "SELECT count (*) || ' ' || string_agg (concat_ws (' ', verdict, given, who, holds), '') FROM api.holder_answer"
               " WHERE application_id = %d", application);
  assert_says (db, "The holder confirmed the card on the screen.",
               "SELECT string_agg (text, '|') FROM api.event WHERE what IN ('confirmed', 'objected') AND application_id = %d",
               application);
  assert_says (db, "Le titulaire a confirmé la carte à l’écran.",
               "SET platen.language = 'fr'; SELECT string_agg (text, '|') FROM api.event WHERE what = 'confirmed'"
               " AND application_id = %d", application);
  assert_says (db, "t", "SELECT shown_sha256 <> content_sha256 AND changes -> 0 ->> 'title' = 'Address' AND layout = 'utopia-iso'"
               " FROM api.holder_answer WHERE application_id = %d", application);
  /* Nothing of the application was changed by it, and who noted it may still approve. */
  assert_says (db, version, "SELECT " VERSION, application);
  answer (db, "bella", application, "confirmed", "counter");
  assert_says (db, "Bella noted that the holder confirmed the card.",
               "SELECT text FROM api.event WHERE what = 'confirmed' AND application_id = %d ORDER BY id DESC LIMIT 1", application);
  assert_says (db, "1 true", "SELECT count (*) FILTER (WHERE holds) || ' ' || bool_or (holds) FROM api.holder_answer"
               " WHERE application_id = %d", application);
}

static void
test_void (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *old = get_content (db, application);

  answer (db, "anna", application, "confirmed", "counter");
  assert_findings (db, application, "");
  change_portrait (db, application);
  assert_says (db, "f", "SELECT bool_or (holds) FROM api.holder_answer WHERE application_id = %d", application);
  assert_findings (db, application, "CARD_CHANGED_SINCE warning");
  schema_office_refused (db, "anna", "PL409", "STALE", NOTE, application, "confirmed", "counter", old);
  answer (db, "anna", application, "confirmed", "counter");
  assert_findings (db, application, "");
  /* What comes by itself with the days and the approval voids nothing. */
  schema_office_submit (db, application);
  schema_office_ask_again (db, "boris", application);
  schema_office_approve (db, application);
  assert_says (db, "t", "SELECT bool_or (holds) FROM api.holder_answer WHERE application_id = %d", application);
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application SET issue_date = issue_date + 3, expiry_date = expiry_date + 3"
                             " WHERE id = %d", application));
  assert_says (db, "t", "SELECT bool_or (holds) FROM api.holder_answer WHERE application_id = %d", application);
}

static void
test_required (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT api.set_holder_confirms (true)");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.set_holder_confirms (NULL)");
  g_free (schema_office_ask (db, "emil", "SELECT api.set_holder_confirms (true)"));
  assert_says (db, "t", "SELECT holder_confirms FROM api.office WHERE code = 'UC' AND %d > 0", application);
  assert_findings (db, application, "CARD_UNCONFIRMED hard");
  schema_office_refused (db, "anna", "P0001", "FINDINGS", "SELECT api.submit_application (%d, " VERSION ", NULL)", application,
                         application);
  answer (db, "anna", application, "confirmed", "screen");
  schema_office_submit (db, application);
  schema_office_ask_again (db, "boris", application);
  /* Changed behind it, as a supervisor's decision does: not approved before it was shown again. */
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application_image SET sha256 = repeat ('a', 64)"
                             " WHERE kind = 'portrait' AND application_id = %d", application));
  schema_office_refused (db, "boris", "P0001", "FINDINGS", "SELECT api.approve_application (%d, " VERSION ", NULL)", application,
                         application);
  answer (db, "boris", application, "confirmed", "counter");
  schema_office_approve (db, application);
}

static void
test_objected (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  int approved;

  answer (db, "anna", application, "objected", "screen");
  assert_findings (db, application, "CARD_OBJECTED soft");
  answer (db, "anna", application, "confirmed", "screen");
  assert_findings (db, application, "");

  /* At the last look before the printer. */
  schema_office_submit (db, application);
  schema_office_ask_again (db, "boris", application);
  schema_office_approve (db, application);
  approved = application;
  answer (db, "chen", approved, "objected", "counter");
  schema_office_refused (db, "chen", "P0001", "HOLDER", "SELECT FROM api.reserve_card (%d, gen_random_uuid (), 'p')", approved);
  answer (db, "chen", approved, "confirmed", "counter");
  g_free (schema_office_ask (db, "chen", "SELECT serial FROM api.reserve_card (%d, gen_random_uuid (), 'p')", approved));
  schema_office_refused (db, "chen", "P0001", "STATE", NOTE, approved, "confirmed", "counter", "");
}

static void
test_bad_answers (void)
{
  static const char * const arguments[] = {
    "NULL, 'screen', '[]'", "'', 'screen', '[]'", "'maybe', 'screen', '[]'",        "'confirmed', 'phone', '[]'",
    "'confirmed', NULL, '[]'", "'confirmed', 'screen', NULL",                       "'confirmed', 'screen', '{}'",
    "'confirmed', 'screen', 'null'", "'confirmed', 'screen', '[1]'",                "'confirmed', 'screen', '[{\"title\":1,\"text\":\"a\"}]'",
    "'confirmed', 'screen', (SELECT jsonb_agg (jsonb_build_object ('title', 'a', 'text', 'b')) FROM generate_series (1, 101))",
    "'confirmed', 'screen', jsonb_build_array (jsonb_build_object ('title', 'a', 'text', repeat ('b', 40000)))",
  };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *content = get_content (db, application);

  for (size_t i = 0; i < G_N_ELEMENTS (arguments); i++)
    schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.note_holder_answer (%d, v::text, g::text, '%s', c::jsonb, NULL)"
                           " FROM (SELECT %s) a (v, g, c)", application, content, arguments[i]);
  schema_office_refused (db, "anna", "PL409", "STALE", "SELECT api.note_holder_answer (%d, 'confirmed', 'screen', NULL, '[]', NULL)",
                         application);
  schema_office_refused (db, "anna", "P0001", "REASON", "SELECT api.note_holder_answer (%d, 'objected', 'counter', '%s', '[]',"
                         " repeat ('a', 2001))", application, content);
  schema_office_refused (db, "dora", "42501", "ROLE", NOTE, application, "confirmed", "screen", content);
  schema_office_refused (db, "emil", "42501", "ROLE", NOTE, application, "confirmed", "screen", content);
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", NOTE, application, "confirmed", "screen", content);
  schema_office_refused (db, "anna", "42501", NULL, "INSERT INTO platen.holder_answer (office_code) VALUES ('UC') -- %d", application);
  schema_office_refused (db, "anna", "42501", NULL, "UPDATE platen.holder_answer SET verdict = 'confirmed' -- %d", application);
  answer (db, "anna", application, "objected", "screen");
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "UPDATE platen.holder_answer SET verdict = 'confirmed' -- %d",
                         application);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/answers/noted-once-and-in-the-history", test_noted);
  g_test_add_func ("/schema/answers/void-when-the-card-says-else", test_void);
  g_test_add_func ("/schema/answers/an-office-may-require-them", test_required);
  g_test_add_func ("/schema/answers/what-the-holder-finds-wrong-is-not-printed", test_objected);
  g_test_add_func ("/schema/answers/no-others", test_bad_answers);
  return schema_office_run ();
}
