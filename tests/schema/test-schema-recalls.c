/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves how often a card is made again, that a recalled card is nobody's licence card any more, and that a recall of many takes two persons. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

static void
bring_out (const char *db,
           int         card)
{
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u'); SELECT api.card_released (%d), api.card_out (%d)", card, card, card));
}

static void
hand_over (const char *db,
           int         card)
{
  bring_out (db, card);
  g_free (schema_office_ask (db, "chen", "SELECT api.check_card (%d, 'CODE', (SELECT serial FROM api.card WHERE id = %d)); SELECT api.issue_card (%d, NULL)",
                             card, card, card));
}

/* A code, a code with words, words; the plastic's data can be read or not. */
static void
test_reasons (void)
{
  static const struct { const char *reason, *expected, *french; } cases[] = {
    { "jam", "jam|It was bent or torn in the printer.|t", "Elle a été pliée ou déchirée dans l’imprimante." },
    { "double_feed: the third today", "double_feed|Two cards came at once, this one empty. the third today|f",
      "Deux cartes sont sorties à la fois, celle-ci vierge. the third today" },
    { "Coffee: a cup of it", "other|Coffee: a cup of it|t", "Coffee: a cup of it" },
    { "jamming", "other|jamming|t", "jamming" },
  };
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");

  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10)"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int card = schema_office_render (db, application);

      g_free (schema_office_ask (db, "chen", "SELECT api.spoil_card (%d, '%s')", card, cases[i].reason));

      g_autofree char *said = schema_office_ask (db, "chen", "SELECT spoil_code, reason, data_readable FROM api.card WHERE id = %d", card);
      g_autofree char *french = schema_office_ask (db, "chen", "SET platen.language = 'fr'; SELECT reason FROM api.card WHERE id = %d", card);

      g_assert_cmpstr (said, ==, cases[i].expected);
      g_assert_cmpstr (french, ==, cases[i].french);
    }
  schema_office_said (db, "anna", "13|13", "SELECT count (*), count (DISTINCT text) FROM api.spoil_reason");
}

static void
test_again (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");

  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10)"));
  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT api.set_again_limits (1, NULL)");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.set_again_limits (-1, NULL)");
  g_free (schema_office_ask (db, "emil", "SELECT api.set_again_limits (1, NULL)"));
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.allow_reprint (%d, 'x')", application);
  for (int i = 0; i < 2; i++)
    {
      int card = schema_office_render (db, application);

      g_free (schema_office_ask (db, "chen", "SELECT api.spoil_card (%d, 'jam')", card));
    }
  /* What was cancelled was never made and does not count. */
  schema_office_refused (db, "chen", "P0001", "REPRINT", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", application);
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.allow_reprint (%d, 'x')", application);
  schema_office_refused (db, "boris", "P0001", "REASON", "SELECT api.allow_reprint (%d, ' ')", application);
  g_free (schema_office_ask (db, "boris", "SELECT api.allow_reprint (%d, 'The printer is mended'), api.allow_reprint (%d, 'Again')", application, application));
  g_free (schema_office_ask (db, "chen", "SELECT api.cancel_card ((SELECT card_id FROM api.reserve_card (%d, gen_random_uuid (), 'card')), 'x')", application));

  int card = schema_office_render (db, application);

  g_free (schema_office_ask (db, "chen", "SELECT api.spoil_card (%d, 'jam')", card));
  schema_office_refused (db, "chen", "P0001", "REPRINT", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", application);

  /* One person in a day; a supervisor who prints does not allow it to themselves. */
  g_free (schema_office_ask (db, "emil", "SELECT api.set_again_limits (100, 2)"));
  schema_office_refused (db, "chen", "P0001", "REPRINT", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", application);
  g_free (schema_office_ask (db, "postgres", "SELECT api.add_staff ('olga', 'Olga', 'UC', '{operator,supervisor}', NULL)"));

  g_autofree char *reserved = schema_office_ask (db, "olga", "SELECT card_id FROM api.reserve_card (%d, gen_random_uuid (), 'card')", application);

  g_free (schema_office_ask (db, "olga", "SELECT api.cancel_card (%s, 'x')", reserved));
  schema_office_refused (db, "olga", "P0001", "FOUR_EYES", "SELECT api.allow_reprint (%d, 'x')", application);
  g_free (schema_office_ask (db, "boris", "SELECT api.allow_reprint (%d, 'x')", application));
  g_free (schema_office_ask (db, "chen", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", application));
}

static void
test_one_recalled (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");
  int card = schema_office_render (db, application);

  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.recall_card (%d, 'x')", card);
  hand_over (db, card);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.recall_card (%d, 'x')", card);
  schema_office_refused (db, "boris", "P0001", "REASON", "SELECT api.recall_card (%d, '')", card);
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.allow_reprint (%d, 'x')", application);
  g_free (schema_office_ask (db, "boris", "SELECT api.recall_card (%d, 'The photograph fades')", card));
  schema_office_said (db, "anna", "recalled|recalled", "SELECT state, standing FROM api.verify_card ((SELECT number FROM api.card), NULL, NULL, 'typed')");
  schema_office_said (db, "anna", "t", "SELECT card_number = (SELECT number FROM api.card) FROM api.licence"); /* the licence stays */
  schema_office_said (db, "postgres", "person", "SELECT place FROM platen.blank WHERE serial = 'B00000001'");
  g_free (schema_office_ask (db, "anna", "SELECT api.card_returned (%d, 'By post'), api.card_returned (%d, 'By post')", card, card));
  schema_office_said (db, "postgres", "spoiled|1", "SELECT place, (SELECT count (*) FROM platen.event WHERE what = 'returned') FROM platen.blank WHERE serial = 'B00000001'");

  /* Another one, on another blank; the old one stays recalled. */
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", application);
  g_free (schema_office_ask (db, "boris", "SELECT api.allow_reprint (%d, 'It faded')", application));
  card = schema_office_render (db, application);
  hand_over (db, card);
  schema_office_said (db, "anna", "recalled issued|B00000001 B00000002", "SELECT string_agg (state, ' ' ORDER BY id), string_agg (serial, ' ' ORDER BY id) FROM api.card");
  schema_office_said (db, "anna", "issued", "SELECT standing FROM api.verify_card ((SELECT max (number) FROM api.card), NULL, NULL, 'typed')");
  schema_office_said (db, "anna", "t", "SELECT replaces = (SELECT min (number) FROM api.card) FROM api.card WHERE state = 'issued'");
}

static void
test_many_recalled (void)
{
  static const char * const senseless[] = {
    "{}", "[]", "{\"colour\": \"red\"}", "{\"from\": \"2026-13-45\"}", "{\"from\": \"yesterday\"}", "{\"first\": \"1\"}", "{\"printer\": \"\"}", "{\"printer\": null}",
    "{\"layout_version\": \"x\"}", "{\"printer\": \"none such\"}", "{\"printer\": [\"card\"]}", "{\"roll\": \"B00000001\"}",
  };
  g_autofree char *db = schema_office_new ();
  int cards[5];

  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10);"
                             "SELECT api.receive_stock ('R00000001', 'R00000002', 'bad', 'n', 500); SELECT api.move_stock ('R00000001', 'R00000002', 'safe', NULL);"
                             "SELECT api.load_printer ('card', 'R00000001', 'R00000001')"));
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    cards[i] = schema_office_render (db, schema_office_approved (db, "renewal"));
  hand_over (db, cards[0]);
  bring_out (db, cards[1]);
  g_free (schema_office_ask (db, "chen", "SELECT api.check_card (%d, 'CODE', (SELECT serial FROM api.card WHERE id = %d))", cards[1], cards[1]));
  bring_out (db, cards[2]);
  g_free (schema_office_ask (db, "chen", "SELECT api.spoil_card (%d, 'jam')", cards[2]));

  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    schema_office_refused (db, "boris", "P0001", "FILTER", "SELECT api.new_recall ('%s', 'x')", senseless[i]);
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.new_recall ('{\"lot\": \"bad\"}', 'x')");
  schema_office_refused (db, "boris", "P0001", "REASON", "SELECT api.new_recall ('{\"lot\": \"bad\"}', ' ')");
  schema_office_said (db, "boris", "issued write,checked spoil,spoiled destroy",
                      "SELECT string_agg (state || ' ' || todo, ',' ORDER BY card_number) FROM api.preview_recall ('{\"lot\": \"bad\"}')");
  schema_office_said (db, "boris", "3", "SELECT count (*) FROM api.preview_recall ('{\"roll\": \"R00000001\"}')");
  schema_office_said (db, "boris", "5", "SELECT count (*) FROM api.preview_recall (jsonb_build_object ('printer', 'card', 'from', current_date, 'to', current_date))");
  schema_office_said (db, "boris", "0", "SELECT count (*) FROM api.preview_recall (jsonb_build_object ('printer', 'card', 'to', current_date - 1))");
  schema_office_said (db, "boris", "5", "SELECT count (*) FROM api.preview_recall ('{\"layout\": \"utopia-iso\", \"layout_version\": 1, \"operator\": \"chen\"}')");
  schema_office_said (db, "boris", "0", "SELECT count (*) FROM api.preview_recall ('{\"layout\": \"utopia-iso\", \"layout_version\": 2}')");
  schema_office_said (db, "boris", "2", "SELECT count (*) FROM api.preview_recall ('{\"first\": \"B00000002\", \"last\": \"B00000003\"}')");

  g_free (schema_office_ask (db, "boris", "SELECT api.new_recall ('{\"printer\": \"card\"}', 'The ribbon fades')"));
  schema_office_refused (db, "boris", "P0001", "FOUR_EYES", "SELECT api.confirm_recall (1)");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.confirm_recall (1)");
  schema_office_refused (db, "nora", "P0002", "NOT_FOUND", "SELECT api.confirm_recall (1)");
  schema_office_said (db, "anna", "0|0", "SELECT count (*) FILTER (WHERE state = 'recalled'), count (frozen_at) FROM api.card"); /* nothing yet */
  schema_office_said (db, "bodil", "1|3|1", "SELECT * FROM api.confirm_recall (1)");
  schema_office_refused (db, "bodil", "P0001", "STATE", "SELECT api.confirm_recall (1)");
  schema_office_said (db, "anna", "recalled checked spoiled rendered rendered|3", "SELECT string_agg (state, ' ' ORDER BY id), count (frozen_at) FROM api.card");
  schema_office_refused (db, "chen", "P0001", "FROZEN", "SELECT api.issue_card (%d, 'CODE')", cards[1]);
  schema_office_refused (db, "chen", "P0001", "FROZEN", "SELECT api.card_sent (%d, 8, 'v')", cards[3]);

  /* Another card is made for who waits: only the recalled piece is stopped. */
  g_free (schema_office_ask (db, "chen", "SELECT api.spoil_card (%d, 'recalled')", cards[1]));
  g_free (schema_office_ask (db, "chen", "SELECT api.reserve_card ((SELECT application_id FROM api.card WHERE id = %d), gen_random_uuid (), 'card')", cards[1]));

  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.recall_done (1, %d, 'destroyed', NULL)", cards[0]);
  schema_office_refused (db, "anna", "P0001", "REASON", "SELECT api.recall_done (1, %d, 'not_found', NULL)", cards[0]);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.recall_done (1, %d, 'eaten', NULL)", cards[0]);
  g_free (schema_office_ask (db, "anna", "SELECT api.recall_done (1, %d, 'not_found', 'Two letters'); SELECT api.recall_done (1, %d, 'returned', NULL)",
                             cards[0], cards[0]));
  g_free (schema_office_ask (db, "boris", "SELECT api.destroy_stock (serial, serial, 'Recalled') FROM api.card WHERE id = %d", cards[0]));
  g_free (schema_office_ask (db, "bodil", "SELECT api.confirm_stock (id) FROM api.stock_proposal WHERE state = 'open'"));
  schema_office_said (db, "boris", "5|0|0|1|0", "SELECT cards, with_holders, returned, destroyed, not_found FROM api.recall");
  schema_office_said (db, "boris", "destroyed nothing,destroy,destroy,freeze,freeze",
                      "SELECT string_agg (concat_ws (' ', outcome, todo), ',' ORDER BY card_id) FROM api.recall_card");
  schema_office_refused (db, "anna", "P0002", "NOT_FOUND", "SELECT api.recall_done (1, 6, 'returned', NULL)");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/recalls/reasons", test_reasons);
  g_test_add_func ("/schema/recalls/again", test_again);
  g_test_add_func ("/schema/recalls/one", test_one_recalled);
  g_test_add_func ("/schema/recalls/many", test_many_recalled);

  return schema_office_run ();
}
