/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three photographs that failed go to a supervisor, and exceptions are asked by one person and allowed by another, whatever
 * somebody types into psql. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

#define VERSION "(SELECT row_version FROM api.application WHERE id = %d)"
#define JPEG(byte) "'\\xffd8ff'::bytea || decode (repeat ('" byte "', 80), 'hex')"
#define SHA(byte) "encode (sha256 (" JPEG (byte) "), 'hex')"
#define BAD "'{\"verdict\":\"bad\",\"bad\":[\"sharpness\"],\"values\":{\"sharpness\":3}}'"
#define GOOD "'{\"verdict\":\"good\",\"bad\":[],\"values\":{}}'"

/* Returns "failed waits". */
static char *
note (const char *db, int application, const char *sha, const char *result)
{
  return schema_office_ask (db, "anna", "SELECT failed || ' ' || waits FROM api.note_photo_check (%d, %s, 'file', %s)", application,
                            sha, result);
}

static void
assert_noted (const char *db, int application, const char *sha, const char *result, const char *expected)
{
  g_autofree char *answer = note (db, application, sha, result);

  g_assert_cmpstr (answer, ==, expected);
}

static void
store (const char *db, int application, const char *jpeg)
{
  g_free (schema_office_ask (db, "anna", "SELECT api.set_image (%d, " VERSION ", 'portrait', %s, 'image/jpeg')", application,
                             application, jpeg));
}

static int
find_exception (const char *db, int application)
{
  g_autofree char *id = schema_office_ask (db, "boris", "SELECT id FROM api.photo_exception WHERE application_id = %d LIMIT 1",
                                           application);

  return atoi (id);
}

static void
fail_three (const char *db, int application)
{
  assert_noted (db, application, SHA ("01"), BAD, "1 false");
  assert_noted (db, application, SHA ("01"), BAD, "1 false"); /* the same picture again is no other try */
  assert_noted (db, application, SHA ("02"), BAD, "2 false");
  assert_noted (db, application, SHA ("03"), BAD, "3 true");
}

static void
test_three_failed (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  int exception;

  assert_noted (db, application, SHA ("01"), BAD, "1 false");
  schema_office_refused (db, "anna", "P0001", "PHOTO", "SELECT api.set_image (%d, " VERSION ", 'portrait', " JPEG ("01")
                         ", 'image/jpeg')", application, application);
  assert_noted (db, application, SHA ("02"), BAD, "2 false");
  assert_noted (db, application, SHA ("03"), BAD, "3 true");
  schema_office_refused (db, "anna", "P0001", "SUPERVISOR", "SELECT api.set_image (%d, " VERSION ", 'portrait', " JPEG ("03")
                         ", 'image/jpeg')", application, application);
  /* Not even one that nobody checked. */
  schema_office_refused (db, "anna", "P0001", "SUPERVISOR", "SELECT api.set_image (%d, " VERSION ", 'portrait', " JPEG ("77")
                         ", 'image/jpeg')", application, application);
  exception = find_exception (db, application);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.decide_exception (%d, true, 'looks fine')", exception);
  schema_office_refused (db, "boris", "P0001", "REASON", "SELECT api.decide_exception (%d, true, ' ')", exception);
  schema_office_refused (db, "boris", "P0001", "FIELD", "SELECT api.decide_exception (%d, NULL, 'hm')", exception);
  g_free (schema_office_ask (db, "boris", "SELECT api.decide_exception (%d, true, 'the holder is ill and lies')", exception));
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.decide_exception (%d, false, 'after all not')", exception);
  store (db, application, JPEG ("03"));
  /* Used up: the next one that fails is not let in by it. */
  assert_noted (db, application, SHA ("04"), BAD, "1 false");
  schema_office_refused (db, "anna", "P0001", "PHOTO", "SELECT api.set_image (%d, " VERSION ", 'portrait', " JPEG ("04")
                         ", 'image/jpeg')", application, application);
}

static void
test_refused_and_good (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  fail_three (db, application);
  g_free (schema_office_ask (db, "boris", "SELECT api.decide_exception (%d, false, 'take it by the window')",
                             find_exception (db, application)));
  schema_office_refused (db, "anna", "P0001", "PHOTO", "SELECT api.set_image (%d, " VERSION ", 'portrait', " JPEG ("03")
                         ", 'image/jpeg')", application, application);
  assert_noted (db, application, SHA ("05"), BAD, "1 false");
  assert_noted (db, application, SHA ("06"), GOOD, "0 false");
  store (db, application, JPEG ("06"));
  /* A good one between them ends the count. */
  assert_noted (db, application, SHA ("07"), BAD, "1 false");
}

static void
test_bad_notes (void)
{
  static const char * const calls[] = {
    "note_photo_check (%d, 'abc', 'file', " GOOD ")",
    "note_photo_check (%d, NULL, 'file', " GOOD ")",
    "note_photo_check (%d, " SHA ("01") ", 'dream', " GOOD ")",
    "note_photo_check (%d, " SHA ("01") ", 'file', NULL)",
    "note_photo_check (%d, " SHA ("01") ", 'file', '[]')",
    "note_photo_check (%d, " SHA ("01") ", 'file', '{\"verdict\":\"bad\",\"bad\":[]}')",
    "note_photo_check (%d, " SHA ("01") ", 'file', '{\"verdict\":\"good\",\"bad\":[\"size\"]}')",
    "note_photo_check (%d, " SHA ("01") ", 'file', '{\"verdict\":\"bad\",\"bad\":[\"DROP TABLE\"]}')",
    "note_photo_check (%d, " SHA ("01") ", 'file', '{\"verdict\":\"bad\",\"bad\":[null]}')",
    "note_photo_check (%d, " SHA ("01") ", 'file', jsonb_build_object ('verdict', 'good', 'bad', '[]'::jsonb, 'x', repeat ('a', 20000)))",
  };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  for (size_t i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT FROM api.%s", calls[i]);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      schema_office_refused (db, "anna", "P0001", "FIELD", sql, application);
#pragma GCC diagnostic pop
    }
  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT FROM api.note_photo_check (%d, " SHA ("01") ", 'file', " GOOD ")",
                         application);
  schema_office_refused (db, "anna", "42501", NULL, "INSERT INTO platen.photo_check (office_code) VALUES ('UC') -- %d", application);
  schema_office_refused (db, "anna", "42501", NULL, "UPDATE platen.photo_exception SET state = 'allowed' -- %d", application);
}

static void
test_exceptions (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  schema_office_refused (db, "anna", "P0001", "REASON", "SELECT api.ask_exception (%d, " VERSION ", 'cannot_sign', ' ')", application,
                         application);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.ask_exception (%d, " VERSION ", 'photo', 'no time')", application,
                         application);
  schema_office_refused (db, "anna", "PL409", "STALE", "SELECT api.ask_exception (%d, 1, 'cannot_sign', 'paralysed')", application);
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application SET has_signature = false WHERE id = %d", application));
  before = schema_office_ask (db, "anna", "SELECT count (*) FROM api.evaluate (%d) WHERE rule = 'SIGNATURE_MISSING'", application);
  g_assert_cmpstr (before, ==, "1");
  g_free (schema_office_ask (db, "anna", "SELECT api.ask_exception (%d, " VERSION ", 'cannot_sign', 'both hands paralysed')",
                             application, application));
  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.ask_exception (%d, " VERSION ", 'cannot_sign', 'again')",
                         application, application);
  schema_office_submit (db, application);
  schema_office_ask_again (db, "boris", application);
  schema_office_refused (db, "boris", "P0001", "EXCEPTION", "SELECT api.approve_application (%d, " VERSION ", NULL)", application,
                         application);
  g_free (schema_office_ask (db, "boris", "SELECT api.decide_exception (%d, true, 'medical certificate seen')",
                             find_exception (db, application)));
  after = schema_office_ask (db, "anna", "SELECT count (*) FROM api.application_finding WHERE application_id = %d"
                             " AND rule = 'SIGNATURE_MISSING'", application);
  g_assert_cmpstr (after, ==, "0");
  g_free (schema_office_ask (db, "boris", "SELECT api.approve_application (%d, " VERSION ", NULL)", application, application));
}

/* Whoever asked, or had a hand in the application, does not decide, supervisor or not. */
static void
test_four_eyes (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  int exception;

  g_free (schema_office_ask (db, "anna", "SELECT api.ask_exception (%d, " VERSION ", 'head_cover', 'religious, face is free')",
                             application, application));
  exception = find_exception (db, application);
  g_free (schema_office_ask (db, "postgres", "INSERT INTO platen.application_editor (application_id, staff_id, office_code)"
                             " SELECT %d, id, office_code FROM platen.staff WHERE login = 'boris'", application));
  schema_office_refused (db, "boris", "P0001", "FOUR_EYES", "SELECT api.decide_exception (%d, true, 'it is me')", exception);
}

static void
test_history (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *none = schema_office_ask (db, "anna", "SELECT count (*) FROM api.photo_history (%d)", application);
  g_autofree char *three = NULL;

  g_assert_cmpstr (none, ==, "0");
  g_free (schema_office_ask (db, "anna", "SELECT api.withdraw_application (%d, " VERSION ", 'changed his mind')", application,
                             application));
  for (int i = 0; i < 4; i++)
    g_free (schema_office_ask (db, "postgres",
      "WITH a AS (INSERT INTO platen.application (number, key, office_code, type, id_number, requested, entered_by, changed_by, state,"
      " has_portrait) SELECT number || '-%d', gen_random_uuid (), office_code, type, id_number, requested, entered_by, changed_by,"
      " 'withdrawn', true FROM platen.application WHERE id = %d RETURNING id, office_code)"
      " INSERT INTO platen.application_image SELECT a.id, a.office_code, 'portrait', " JPEG ("0a") ", 'image/jpeg', " SHA ("0a") " FROM a",
      i, application));
  three = schema_office_ask (db, "anna", "SELECT count (*) FROM api.photo_history (%d)", application);
  g_assert_cmpstr (three, ==, "3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/photos/three-failed", test_three_failed);
  g_test_add_func ("/schema/photos/refused-and-good", test_refused_and_good);
  g_test_add_func ("/schema/photos/bad-notes", test_bad_notes);
  g_test_add_func ("/schema/photos/exceptions", test_exceptions);
  g_test_add_func ("/schema/photos/four-eyes", test_four_eyes);
  g_test_add_func ("/schema/photos/history", test_history);

  return schema_office_run ();
}
