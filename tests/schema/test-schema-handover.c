/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves how a card comes to its holder: shelf, custody, identity, receipt, letter; and that no call goes past what the office demands. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

#define RECEIPT "'\\x89504e470d0a1a0a'::bytea || decode (repeat ('ab', 80), 'hex')"

static int
ready (const char *db)
{
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_approve (db, application);

  int card = schema_office_render (db, application);

  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u'); SELECT api.card_released (%d), api.card_out (%d);"
                             "SELECT api.check_card (%d, 'CODE', (SELECT serial FROM api.card WHERE id = %d))", card, card, card, card, card));
  return card;
}

static void
test_shelf_and_custody (void)
{
  g_autofree char *db = schema_office_new ();
  int card = ready (db);

  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.shelve_card (%d, ' ')", card);
  schema_office_refused (db, "dora", "42501", "ROLE", "SELECT api.shelve_card (%d, 'A 12')", card);
  g_free (schema_office_ask (db, "chen", "SELECT api.shelve_card (%d, ' A 12 '), api.shelve_card (%d, 'A 12')", card, card));
  schema_office_said (db, "anna", "A 12|", "SELECT shelf, custodian FROM api.card_place");
  schema_office_said (db, "anna", "1", "SELECT count (*) FROM api.event WHERE what = 'shelved'");

  g_free (schema_office_ask (db, "emil", "SELECT api.set_handover_rules (NULL, NULL, true, NULL)"));
  schema_office_refused (db, "anna", "P0001", "CUSTODY", "SELECT api.issue_card (%d, 'CODE')", card);
  schema_office_refused (db, "anna", "P0001", "CUSTODY", "SELECT api.take_card (%d)", card);
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.give_card (%d, 'nina')", card);
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.give_card (%d, 'chen')", card);
  g_free (schema_office_ask (db, "chen", "SELECT api.give_card (%d, 'anna')", card));
  schema_office_refused (db, "anna", "P0001", "CUSTODY", "SELECT api.issue_card (%d, 'CODE')", card); /* given, and not yet taken */
  schema_office_refused (db, "axel", "P0001", "CUSTODY", "SELECT api.take_card (%d)", card);
  g_free (schema_office_ask (db, "anna", "SELECT api.take_card (%d)", card));
  schema_office_said (db, "chen", "|Anna", "SELECT shelf, custodian FROM api.card_place");
  schema_office_refused (db, "chen", "P0001", "CUSTODY", "SELECT api.give_card (%d, 'axel')", card);
  schema_office_refused (db, "chen", "P0001", "CUSTODY", "SELECT api.issue_card (%d, NULL)", card);
  g_free (schema_office_ask (db, "anna", "SELECT api.issue_card (%d, 'CODE')", card));
  schema_office_said (db, "anna", "shelved given taken issued", "SELECT string_agg (what, ' ' ORDER BY id) FROM api.event WHERE card_id = 1 AND id >"
                      " (SELECT max (id) FROM api.event WHERE what = 'checked') AND subject = 'card'");
}

static void
test_identity_and_receipt (void)
{
  static const struct { const char *document, *end, *receipt, *hint; } wrong[] = {
    { "NULL", "NULL", "NULL", "IDENTITY" }, { "'library card'", "'12'", "NULL", "IDENTITY" }, { "'passport'", "NULL", "NULL", "IDENTITY" },
    { "'passport'", "'1'", "NULL", "IDENTITY" }, { "'passport'", "'X1234567'", "NULL", "IDENTITY" }, { "'known_person'", "'1234'", "NULL", "IDENTITY" },
    { "'passport'", "'12-4'", "NULL", "IDENTITY" }, { "'passport'", "'1234'", "'no picture'", "RECEIPT" },
    { "'passport'", "'1234'", "decode ('ffd8ff', 'hex') || decode (repeat ('00', 1048576), 'hex')", "RECEIPT" },
    { "'passport'", "'1234'", "NULL", "RECEIPT" }, { "'known_person'", "NULL", "NULL", "RECEIPT" },
  };
  g_autofree char *db = schema_office_new ();
  int card = ready (db);

  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT api.set_handover_rules (true, true, NULL, NULL)");
  g_free (schema_office_ask (db, "emil", "SELECT api.set_handover_rules (true, NULL, NULL, NULL), api.set_handover_rules (NULL, true, NULL, NULL)"));
  schema_office_said (db, "anna", "t|t|f|f", "SELECT identity, receipt, custody, post FROM api.handover_rules");
  schema_office_refused (db, "chen", "P0001", "IDENTITY", "SELECT api.issue_card (%d, NULL)", card);
  schema_office_refused (db, "anna", "P0001", "IDENTITY", "SELECT api.issue_card (%d, 'CODE')", card);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    schema_office_refused (db, "anna", "P0001", wrong[i].hint, "SELECT api.hand_over_card (%d, 'CODE', %s, %s, %s)", card, wrong[i].document, wrong[i].end,
                           wrong[i].receipt);
  schema_office_refused (db, "anna", "P0001", "READBACK_DIFFERS", "SELECT api.hand_over_card (%d, 'CODF', 'passport', '1234', " RECEIPT ")", card);
  schema_office_said (db, "anna", "0|checked", "SELECT (SELECT count (*) FROM api.card_handover), state FROM api.card");
  g_free (schema_office_ask (db, "anna", "SELECT api.hand_over_card (%d, 'CODE', 'passport', ' 12x4', " RECEIPT ")", card));
  schema_office_said (db, "dora", "counter|Anna|passport|12X4|t|issued",
                      "SELECT how, who, document, number_end, receipt_sha256 = encode (sha256 (receipt), 'hex'), (SELECT state FROM api.card) FROM api.card_handover");
}

static void
test_letter (void)
{
  g_autofree char *db = schema_office_new ();
  int card = ready (db);
  int other = ready (db);

  g_free (schema_office_ask (db, "postgres", "ALTER TABLE platen.card_file DISABLE TRIGGER USER; UPDATE platen.card_file SET qr_text = 'OTHER' WHERE card_id = %d",
                             other));

  g_autofree char *letter = schema_office_ask (db, "chen", "SELECT api.letter_for_card (%d)", card);
  g_autofree char *again = schema_office_ask (db, "anna", "SELECT api.letter_for_card (%d)", card);

  g_assert_cmpstr (letter, ==, again);
  g_assert_true (g_regex_match_simple ("^L[0-9A-F]{12}$", letter, 0, 0));
  schema_office_refused (db, "anna", "P0001", "LETTER_DIFFERS", "SELECT api.match_letter ('%s', 'OTHER', 'RR1')", letter);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.match_letter ('%s', 'CODE', ' ')", letter);
  schema_office_refused (db, "anna", "P0001", "POST", "SELECT api.match_letter ('%s', 'CODE', 'RR1')", letter);
  schema_office_refused (db, "anna", "P0002", "NOT_FOUND", "SELECT api.match_letter ('L0', 'CODE', 'RR1')");
  /* What is demanded at the counter is not demanded of the post. */
  g_free (schema_office_ask (db, "emil", "SELECT api.set_handover_rules (true, true, NULL, true)"));
  g_free (schema_office_ask (db, "anna", "SELECT api.match_letter (E' %s\\r\\n', E'CODE\\r\\n', 'RR123456789UT')", letter));
  schema_office_said (db, "anna", "post|t|RR123456789UT", "SELECT how, letter IS NOT NULL, reference FROM api.card_handover");
  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.match_letter ('%s', 'CODE', 'RR2')", letter);
  schema_office_refused (db, "anna", "P0001", "IDENTITY", "SELECT api.issue_card (%d, 'OTHER')", other);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/handover/shelf-and-custody", test_shelf_and_custody);
  g_test_add_func ("/schema/handover/identity-and-receipt", test_identity_and_receipt);
  g_test_add_func ("/schema/handover/letter", test_letter);

  return schema_office_run ();
}
