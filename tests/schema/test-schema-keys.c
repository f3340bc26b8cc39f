/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which keys signed a card: noted with its file, by nobody else, and until when they are needed. */
#include "schema-office.h"

#include <stdlib.h>

#define FILE_SQL \
  "SELECT api.card_rendered (%d, 'utopia-iso', 1, '" SCHEMA_OFFICE_DIGEST "', repeat ('a', 64), repeat ('b', 64)," \
  " encode (sha256 ('file'), 'hex'), 'file', 'CODE', 'payload', 'MRZ', " SCHEMA_OFFICE_INPUTS
#define DRAW FILE_SQL ", repeat ('c', 64), '%s'::jsonb)"
#define PART(part, key) "{\"part\": \"" part "\", \"key\": \"" key "\"}"
#define KEYS "[{\"part\": \"file\", \"key\": \"PDF-1\", \"certificate\": \"" SCHEMA_OFFICE_DIGEST "\"}, " PART ("qr", "QR-1") "]"

static int
reserve (const char *db,
         int        *application)
{
  *application = schema_office_draft (db, "renewal");
  schema_office_submit (db, *application);
  schema_office_approve (db, *application);

  g_autofree char *id =
    schema_office_ask (db, "chen", "SELECT card_id FROM api.reserve_card (%d, gen_random_uuid (), 'card')", *application);

  return atoi (id);
}

static void
test_noted (void)
{
  g_autofree char *db = schema_office_new ();
  int application;
  int card = reserve (db, &application);

  g_free (schema_office_ask (db, "chen", DRAW, card, application, KEYS));
  g_autofree char *parts = schema_office_ask (db, "anna",
    "SELECT string_agg (part || ' ' || key || ' ' || coalesce (left (certificate_sha256, 2), '-'), ', ' ORDER BY part) FROM api.card_key"
    " WHERE card_id = %d", card);
  g_autofree char *last = schema_office_ask (db, "chen",
    "SELECT count (*), bool_and (in_use) FROM api.issuer_key WHERE last_expiry = (SELECT expiry_date FROM api.card_data (%d))", application);

  g_assert_cmpstr (parts, ==, "file PDF-1 11, qr QR-1 -");
  g_assert_cmpstr (last, ==, "2|t");

  /* Drawn again, signed by another key. */
  g_free (schema_office_ask (db, "chen", DRAW, card, application, "[" PART ("file", "PDF-2") "," PART ("qr", "QR-1") "]"));
  g_autofree char *others = schema_office_ask (db, "anna", "SELECT string_agg (key, ' ' ORDER BY part) FROM api.card_key");
  g_autofree char *unknown = schema_office_ask (db, "emil", "SELECT count (*) FROM api.issuer_key WHERE key IS NULL");

  g_assert_cmpstr (others, ==, "PDF-2 QR-1");
  g_assert_cmpstr (unknown, ==, "0");
}

/* A file for which nobody says it may have been signed with any key. */
static void
test_not_noted (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_approve (db, application);
  int card = schema_office_render (db, application);
  g_autofree char *unknown = schema_office_ask (db, "chen",
    "SELECT count (*), bool_and (last_expiry = (SELECT expiry_date FROM api.card_data (%d))) FROM api.issuer_key WHERE key IS NULL AND in_use",
    application);

  g_assert_cmpstr (unknown, ==, "1|t");

  /* It takes the place of one whose keys were known. */
  g_free (schema_office_ask (db, "chen", DRAW, card, application, KEYS));
  g_free (schema_office_ask (db, "chen", FILE_SQL ")", card, application));
  g_autofree char *left = schema_office_ask (db, "chen", "SELECT count (*) FROM api.card_key");

  g_assert_cmpstr (left, ==, "0");
}

/* What is written by itself is signed as well, and good as long as the licence. */
static void
test_payloads (void)
{
  g_autofree char *db = schema_office_new ();
  int application;

  reserve (db, &application);
  g_free (schema_office_ask (db, "anna", "SELECT api.payload_signed (%d, 'mdl', 'DS-1', '" SCHEMA_OFFICE_DIGEST "')", application));
  g_free (schema_office_ask (db, "dora", "SELECT api.payload_signed (%d, 'qr', 'QR-1', NULL)", application));

  g_autofree char *noted = schema_office_ask (db, "boris",
    "SELECT string_agg (concat_ws (' ', kind, key, left (certificate_sha256, 2)), ', ') FROM api.payload_key");
  g_autofree char *last = schema_office_ask (db, "chen",
    "SELECT string_agg (key, ' ' ORDER BY key) FROM api.issuer_key WHERE in_use AND last_expiry = (SELECT expiry_date FROM api.card_data (%d))",
    application);

  g_assert_cmpstr (noted, ==, "mdl DS-1 11, qr QR-1");
  g_assert_cmpstr (last, ==, "DS-1 QR-1");
  schema_office_refused (db, "emil", "42501", "ROLE", "SELECT api.payload_signed (%d, 'mdl', 'DS-1', NULL)", application);
  schema_office_refused (db, "nina", "P0002", "NOT_FOUND", "SELECT api.payload_signed (%d, 'mdl', 'DS-1', NULL)", application);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.payload_signed (%d, 'dg1', 'DS-1', NULL)", application);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.payload_signed (%d, 'mdl', '', NULL)", application);
  schema_office_refused (db, "anna", "42501", NULL, "DELETE FROM platen.payload_key");
}

static void
test_nobody_else (void)
{
  static const char * const incomplete[] = {
    "null", "{}", "[]", "[" PART ("file", "A") "]", "[" PART ("file", "A") ", {\"part\": \"qr\"}]",
    "[" PART ("file", "A") "," PART ("qr", "seventeen letters") "]", "[" PART ("file", "A") "," PART ("qr", "B") "," PART ("qr", "C") "]",
    "[" PART ("file", "A") "," PART ("qr", "B") "," PART ("x", "C") "]",
    "[" PART ("file", "A") ", {\"part\": \"qr\", \"key\": \"B\", \"certificate\": \"0\"}]",
  };
  static const char * const logins[] = { "anna", "boris", "dora", "emil" };
  static const char * const changes[] = {
    "UPDATE platen.card_key SET part = 'mdl'", "DELETE FROM platen.card_key", "INSERT INTO platen.card_key VALUES (1, 'mdl', 'UC', 1)",
    "UPDATE platen.issuer_key SET last_expiry = '1999-01-01'", "DELETE FROM platen.issuer_key", "SELECT platen.use_key ('X', NULL, '2099-01-01')",
  };
  g_autofree char *db = schema_office_new ();
  int application;
  int card = reserve (db, &application);

  for (gsize i = 0; i < G_N_ELEMENTS (incomplete); i++)
    schema_office_refused (db, "chen", "P0001", "FIELD", DRAW, card, application, incomplete[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (logins); i++)
    schema_office_refused (db, logins[i], "42501", "ROLE", FILE_SQL ", NULL, '%s'::jsonb)", card, application, KEYS);
  g_free (schema_office_ask (db, "chen", DRAW, card, application, KEYS));
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      schema_office_refused (db, "anna", "42501", NULL, "%s", changes[i]);
      schema_office_refused (db, "chen", "42501", NULL, "%s", changes[i]);
    }
  /* The card is another office's; the key is the issuer's. */
  g_autofree char *elsewhere = schema_office_ask (db, "nina", "SELECT (SELECT count (*) FROM api.card_key), count (*) FROM api.issuer_key");

  g_assert_cmpstr (elsewhere, ==, "0|2");
}

static void
test_last_day (void)
{
  static const struct { const char *expiry, *in_use; } days[] = { { "+ 1", "t" }, { "", "t" }, { "- 1", "f" } };
  g_autofree char *db = schema_office_new ();
  int application;
  int card = reserve (db, &application);

  g_free (schema_office_ask (db, "chen", DRAW, card, application, KEYS));
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_free (schema_office_ask (db, "postgres", "UPDATE platen.issuer_key SET last_expiry = platen.today () %s", days[i].expiry));
      g_autofree char *in_use = schema_office_ask (db, "emil", "SELECT in_use FROM api.issuer_key WHERE key = 'QR-1'");

      g_assert_cmpstr (in_use, ==, days[i].in_use);
    }
  /* A card that expires earlier takes nothing back. */
  g_free (schema_office_ask (db, "postgres", "SELECT platen.use_key ('QR-1', NULL, '2090-01-01'), platen.use_key ('QR-1', NULL, '2089-12-31')"));
  g_autofree char *last = schema_office_ask (db, "emil", "SELECT last_expiry FROM api.issuer_key WHERE key = 'QR-1'");

  g_assert_cmpstr (last, ==, "2090-01-01");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/keys/noted", test_noted);
  g_test_add_func ("/schema/keys/not-noted", test_not_noted);
  g_test_add_func ("/schema/keys/payloads", test_payloads);
  g_test_add_func ("/schema/keys/nobody-else", test_nobody_else);
  g_test_add_func ("/schema/keys/last-day", test_last_day);

  return schema_office_run ();
}
