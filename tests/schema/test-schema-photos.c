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

/* The database sees no pixels, but it knows which bytes nobody looked at. */
static void
test_unchecked (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  int other = schema_office_draft (db, "renewal");
  g_autofree char *kept = NULL;

  schema_office_refused (db, "anna", "P0001", "UNCHECKED", "SELECT api.set_image (%d, " VERSION ", 'portrait', " JPEG ("11")
                         ", 'image/jpeg')", application, application);
  /* Noted for another application is not noted for this one. */
  assert_noted (db, other, SHA ("11"), GOOD, "0 false");
  schema_office_refused (db, "anna", "P0001", "UNCHECKED", "SELECT api.set_image (%d, " VERSION ", 'portrait', " JPEG ("11")
                         ", 'image/jpeg')", application, application);
  schema_office_refused (db, "anna", "42501", NULL, "INSERT INTO platen.application_image VALUES (%d, 'UC', 'portrait', " JPEG ("11")
                         ", 'image/jpeg', " SHA ("11") ")", application);
  schema_office_refused (db, "anna", "42501", NULL, "SELECT platen.admit_portrait (a, " SHA ("11") ") FROM platen.application a"
                         " WHERE id = %d", application);
  kept = schema_office_ask (db, "anna", "SELECT sha256 = " SHA ("ab") " FROM api.application_image WHERE application_id = %d AND"
                            " kind = 'portrait'", application);
  g_assert_cmpstr (kept, ==, "t");
  assert_noted (db, application, SHA ("11"), GOOD, "0 false");
  store (db, application, JPEG ("11"));
}

/* What was prepared at home comes with its checks, too; and one that fails them does not come. */
static void
test_prepared (void)
{
  static const char * const checks[] = { "NULL", BAD, GOOD };
  static const char * const stored[] = { NULL, "f", "t" };
  g_autofree char *db = schema_office_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autofree char *id_number = schema_office_ask (db, "postgres", "SELECT '%010d' || platen.mod11_10 ('%010d')", 700 + (int) i,
                                                      700 + (int) i);
      g_autofree char *code = schema_office_ask (db, "postgres",
        "SELECT c || platen.mod37_36 (c) FROM generate_series (%d, %d) n, format ('PE%%s', lpad (n::text, 7, '0')) c"
        " WHERE platen.is_prepared_code (c || platen.mod37_36 (c)) LIMIT 1", 10 * (int) i + 500, 10 * (int) i + 509);
      g_autofree char *call = g_strdup_printf (
        "SELECT application_id FROM api.check_in ('%s', 'UC', '%s', 'new', '{B}', now() - interval '1 day', current_date + 30, 'fr', NULL, NULL,"
        " '{family_name}', '{Bergh}', " JPEG ("21") ", 'image/jpeg', %s)", code, id_number, checks[i]);

      if (stored[i] == NULL)
        schema_office_refused (db, "anna", "P0001", "UNCHECKED", "%s", call);
      else
        {
          g_autofree char *id = schema_office_ask (db, "anna", "%s", call);
          g_autofree char *has = schema_office_ask (db, "anna", "SELECT has_portrait FROM api.application WHERE id = %s", id);
          g_autofree char *origin = schema_office_ask (db, "anna", "SELECT origin FROM api.photo_check WHERE application_id = %s", id);

          g_assert_cmpstr (has, ==, stored[i]);
          g_assert_cmpstr (origin, ==, "prepared");
        }
    }
}

#define COVERED "'{\"verdict\":\"good\",\"bad\":[],\"covered\":true}'"
#define COVERED_FINDINGS "SELECT count (*) FROM api.evaluate (%d) WHERE rule = 'HEAD_COVERED'"

static void
assert_findings (const char *db, int application, const char *expected)
{
  g_autofree char *n = schema_office_ask (db, "anna", COVERED_FINDINGS, application);

  g_assert_cmpstr (n, ==, expected);
}

static void
test_head_cover (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  schema_office_refused (db, "anna", "P0001", "HEAD_COVER", "SELECT FROM api.note_photo_check (%d, " SHA ("31") ", 'camera', " COVERED ")",
                         application);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT FROM api.note_photo_check (%d, " SHA ("31") ", 'camera',"
                         " '{\"verdict\":\"good\",\"bad\":[],\"covered\":\"yes\"}')", application);
  g_free (schema_office_ask (db, "anna", "SELECT api.ask_exception (%d, " VERSION ", 'head_cover', 'religious')", application, application));
  assert_noted (db, application, SHA ("31"), COVERED, "0 false");
  store (db, application, JPEG ("31"));
  assert_findings (db, application, "0");
  /* Refused: what was stored meanwhile stops the application. */
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.decide_exception (%d, true, 'mine')", find_exception (db, application));
  g_free (schema_office_ask (db, "boris", "SELECT api.decide_exception (%d, false, 'a cap')", find_exception (db, application)));
  assert_findings (db, application, "1");
  schema_office_refused (db, "anna", "P0001", "FINDINGS", "SELECT api.submit_application (%d, " VERSION ", NULL)", application, application);
  g_free (schema_office_ask (db, "anna", "SELECT api.ask_exception (%d, " VERSION ", 'head_cover', 'a nun, with her letter')", application,
                             application));
  g_free (schema_office_ask (db, "boris", "SELECT api.decide_exception (%d, true, 'letter seen')", find_exception (db, application)));
  assert_findings (db, application, "0");
  schema_office_submit (db, application);
}

/* No signature, no card: neither while nobody asked, nor because somebody allowed it to themselves. */
static void
test_unsigned_card (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  g_autofree char *card = NULL;
  g_autofree char *stops = NULL;

  g_free (schema_office_ask (db, "postgres", "DELETE FROM platen.application_image WHERE application_id = %d AND kind = 'signature';"
                             "UPDATE platen.application SET has_signature = false WHERE id = %d", application, application));
  schema_office_refused (db, "anna", "P0001", "FINDINGS", "SELECT api.submit_application (%d, " VERSION ", NULL)", application, application);
  g_free (schema_office_ask (db, "anna", "SELECT api.ask_exception (%d, " VERSION ", 'cannot_sign', 'both hands paralysed')",
                             application, application));
  stops = schema_office_ask (db, "anna", "SELECT count (*) FROM api.application_finding WHERE application_id = %d"
                             " AND rule = 'SIGNATURE_MISSING'", application);
  g_assert_cmpstr (stops, ==, "0");
  /* A clerk who is a supervisor, too, is still the one who asked. */
  g_free (schema_office_ask (db, "postgres", "GRANT platen_supervisor TO anna"));
  schema_office_refused (db, "anna", "P0001", "FOUR_EYES", "SELECT api.decide_exception (%d, true, 'I saw it')",
                         find_exception (db, application));
  g_free (schema_office_ask (db, "postgres", "REVOKE platen_supervisor FROM anna"));
  schema_office_refused (db, "anna", "42501", NULL, "UPDATE platen.photo_exception SET state = 'allowed', decided_by = 1 WHERE application_id = %d",
                         application);
  schema_office_submit (db, application);
  g_free (schema_office_ask (db, "boris", "SELECT api.decide_exception (%d, false, 'she signed yesterday')",
                             find_exception (db, application)));
  schema_office_ask_again (db, "boris", application);
  schema_office_refused (db, "boris", "P0001", "FINDINGS", "SELECT api.approve_application (%d, " VERSION ", NULL)", application, application);
  /* As it was approved before there was this rule. */
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application SET state = 'approved' WHERE id = %d", application));
  schema_office_refused (db, "chen", "P0001", "FINDINGS", "SELECT FROM api.reserve_card (%d, gen_random_uuid (), 'p')", application);
  /* Nor by any function that forgets to ask. */
  schema_office_refused (db, "postgres", "P0001", "SIGNATURE",
    "INSERT INTO platen.card (number, application_id, office_code, serial, print_key, printer, reserved_by)"
    " VALUES ('X', %d, 'UC', 'B00000002', gen_random_uuid (), 'p', 1)", application);
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.photo_exception SET state = 'allowed' WHERE application_id = %d", application));
  card = schema_office_ask (db, "chen", "SELECT count (*) FROM api.reserve_card (%d, gen_random_uuid (), 'p')", application);
  g_assert_cmpstr (card, ==, "1");
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

static void
check_photo (const char *db, int application, const char *at, const char *origin, const char *sha)
{
  g_free (schema_office_ask (db, "postgres", "INSERT INTO platen.photo_check (at, office_code, application_id, staff_id, sha256, origin, verdict,"
                             " bad, result) SELECT '%s', office_code, %d, id, %s, '%s', 'good', '{}', '{}' FROM platen.staff WHERE login = 'anna'",
                             at, application, sha, origin));
}

static void
assert_taken (const char *db, int application, const char *expected)
{
  g_autofree char *taken = schema_office_ask (db, "chen", "SELECT coalesce (portrait_taken_at, '—') FROM api.card_data (%d)", application);

  g_assert_cmpstr (taken, ==, expected);
}

/* Known of the camera's own pictures alone; and what a card was drawn with stays. */
static void
test_when_taken (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");
  int other = schema_office_draft (db, "renewal");

  assert_taken (db, application, "—");
  check_photo (db, application, "2024-02-28 10:00+00", "file", SHA ("ab"));
  check_photo (db, application, "2024-02-28 10:00+00", "camera", SHA ("01"));
  check_photo (db, other, "2024-02-28 10:00+00", "camera", SHA ("ab"));
  assert_taken (db, application, "—");
  /* Whole seconds, in UTC, wherever the office and its clock are. */
  check_photo (db, application, "2024-03-01 00:30:59.999+02", "camera", SHA ("ab"));
  check_photo (db, application, "2024-03-05 08:00+00", "camera", SHA ("ab"));
  assert_taken (db, application, "2024-02-29T22:30:59Z");
  schema_office_submit (db, application);
  schema_office_approve (db, application);
  schema_office_render (db, application);
  check_photo (db, application, "2024-01-01 00:00+00", "camera", SHA ("ab"));
  assert_taken (db, application, "2024-02-29T22:30:59Z");
}

/* As all were before this was known. */
static void
test_drawn_before (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_approve (db, application);
  schema_office_render (db, application);
  check_photo (db, application, "2024-03-01 00:00+00", "camera", SHA ("ab"));
  assert_taken (db, application, "—");
}

static void
keep_chip (const char *db, const char *login, int application, const char *portrait, const char *chip, const char *expected)
{
  g_autofree char *kept = schema_office_ask (db, login, "SELECT api.keep_chip_portrait (%d, %s, %s)", application, portrait, chip);

  g_assert_cmpstr (kept, ==, expected);
}

static void
assert_chip (const char *db, int application, const char *chip)
{
  g_autofree char *same = schema_office_ask (db, "anna", "SELECT chip_portrait IS NOT DISTINCT FROM %s FROM api.card_data (%d)", chip,
                                             application);

  g_assert_cmpstr (same, ==, "t");
}

/* The small portrait belongs to one portrait, is kept once, and not any more when the application was submitted. */
static void
test_chip_portrait (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  assert_noted (db, application, SHA ("11"), GOOD, "0 false");
  store (db, application, JPEG ("11"));
  assert_chip (db, application, "NULL");
  keep_chip (db, "anna", application, JPEG ("12"), JPEG ("21"), "f");
  keep_chip (db, "anna", application, JPEG ("11"), "'\\x89504e470d0a1a0a'::bytea", "f");
  keep_chip (db, "anna", application, JPEG ("11"), "NULL", "f");
  keep_chip (db, "anna", application, JPEG ("11"), JPEG ("21"), "t");
  assert_chip (db, application, JPEG ("21"));
  keep_chip (db, "anna", application, JPEG ("11"), JPEG ("22"), "f");
  assert_chip (db, application, JPEG ("21"));
  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT api.keep_chip_portrait (%d, " JPEG ("11") ", " JPEG ("22") ")", application);
  assert_noted (db, application, SHA ("12"), GOOD, "0 false");
  store (db, application, JPEG ("12"));
  assert_chip (db, application, "NULL");
  schema_office_submit (db, application);
  keep_chip (db, "anna", application, JPEG ("12"), JPEG ("21"), "f");
  assert_chip (db, application, "NULL");
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
  g_test_add_func ("/schema/photos/unchecked", test_unchecked);
  g_test_add_func ("/schema/photos/prepared", test_prepared);
  g_test_add_func ("/schema/photos/head-cover", test_head_cover);
  g_test_add_func ("/schema/photos/unsigned-card", test_unsigned_card);
  g_test_add_func ("/schema/photos/chip-portrait", test_chip_portrait);
  g_test_add_func ("/schema/photos/history", test_history);
  g_test_add_func ("/schema/photos/when-taken", test_when_taken);
  g_test_add_func ("/schema/photos/drawn-before", test_drawn_before);

  return schema_office_run ();
}
