/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the print queue: who is next, what holds an order back, that no order is taken twice, and who may do what with it. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

#define SPOOLER_A "'aaaaaaaa-0000-0000-0000-000000000001'"
#define SPOOLER_B "'bbbbbbbb-0000-0000-0000-000000000002'"
#define TAKE(spooler) "SELECT application_number, printer FROM api.take_print_order (" spooler ", '{card,other}', 60)"
#define STATES "SELECT string_agg (state, ' ' ORDER BY application_id) FROM api.print_queue"
#define DONE "SELECT string_agg (concat_ws (' ', right (application_number, 2), done, why), ', ' ORDER BY application_number) FROM api."

static void
assert_said (const char *db, const char *login, const char *expected, const char *sql)
{
  g_autofree char *said = schema_office_ask (db, login, "%s", sql);

  g_assert_cmpstr (said, ==, expected);
}

/* @n approved applications. Returns the first one's id; the others follow. */
static int
approve (const char *db, int n)
{
  int first = 0;

  for (int i = 0; i < n; i++)
    {
      int application = schema_office_draft (db, "renewal");

      schema_office_submit (db, application);
      schema_office_approve (db, application);
      first = first != 0 ? first : application;
    }
  return first;
}

/* An order is there while its application is approved, keeps what was said of it, and is asked for by its age. */
static void
test_life (void)
{
  g_autofree char *db = schema_office_new ();

  schema_office_submit (db, schema_office_draft (db, "renewal"));
  assert_said (db, "anna", "0", "SELECT count (*) FROM api.print_queue");

  int first = approve (db, 2);

  assert_said (db, "anna", "1 waiting 0 renewal|2 waiting 0 renewal",
               "SELECT string_agg (concat_ws (' ', place, state, priority, kind), '|' ORDER BY place) FROM api.print_queue");
  assert_said (db, "chen", "02 t", DONE "prioritise_print_orders ('{\"numbers\": [\"UC-26-000002\"]}', -5)");
  assert_said (db, "chen", "UC-26-000003|card|", "SELECT application_number, printer, card_id FROM api.take_print_order (" SPOOLER_A ", '{card}', 60)");
  assert_said (db, "chen", "UC-26-000002|other", "SELECT application_number, printer FROM api.take_print_order (" SPOOLER_A ", '{other,card}', 60)");
  assert_said (db, "chen", "", TAKE (SPOOLER_B));
  assert_said (db, "anna", "leased leased", STATES);

  int card = schema_office_render (db, first);

  assert_said (db, "anna", "leased", STATES);
  assert_said (db, "chen", "2", "SELECT api.keep_print_orders (" SPOOLER_A ", 60)");
  g_free (schema_office_ask (db, "chen", "SELECT api.cancel_card (%d, 'wrong tray')", card));
  assert_said (db, "chen", "t", "SELECT api.end_print_order (" SPOOLER_A ", 2, NULL)");
  assert_said (db, "chen", "f", "SELECT api.end_print_order (" SPOOLER_A ", 2, NULL)");
  assert_said (db, "anna", "-5 waiting 2", "SELECT concat_ws (' ', priority, state, place) FROM api.print_queue WHERE application_id = 2");
}

/* Held, paused or taken by another, an order gives no card, whoever asks; and each of the acts says what it did of what. */
static void
test_held (void)
{
  g_autofree char *db = schema_office_new ();
  int first = approve (db, 3);

  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.hold_print_orders ('{\"all\": true}', ' ')");
  assert_said (db, "boris", "01 t, 02 t", DONE "hold_print_orders ('{\"ids\": [1, 2]}', 'photo looks odd')");
  assert_said (db, "chen", "01 f It is held already., 03 t", DONE "hold_print_orders ('{\"ids\": [1, 3]}', 'all of them')");
  assert_said (db, "anna", "held held held", STATES);
  assert_said (db, "anna", "photo looks odd Boris", "SELECT concat_ws (' ', reason, held_by, place) FROM api.print_queue WHERE application_id = 1");
  assert_said (db, "chen", "", TAKE (SPOOLER_A));
  schema_office_refused (db, "chen", "P0001", "HELD", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", first);
  assert_said (db, "chen", "02 t, 77 f It is not in the print queue, or the rest of the filter leaves it out.",
               DONE "release_print_orders ('{\"numbers\": [\"UC-26-000002\", \"UC-26-000077\"]}')");
  assert_said (db, "chen", "02 f Rien ne la retient.", "SET platen.language = 'fr';" DONE "release_print_orders ('{\"numbers\": \"UC-26-000002\"}')");
  assert_said (db, "chen", "UC-26-000002|card", TAKE (SPOOLER_A));

  /* Held while a spooler has it: no card, and the lease is not kept. */
  assert_said (db, "chen", "02 t", DONE "hold_print_orders ('{\"ids\": [2]}', 'wait')");
  assert_said (db, "chen", "0", "SELECT api.keep_print_orders (" SPOOLER_A ", 60)");
  schema_office_refused (db, "chen", "P0001", "HELD", "SELECT api.reserve_card (2, gen_random_uuid (), 'card')");
  assert_said (db, "chen", "01 t, 02 t, 03 t", DONE "release_print_orders ('{\"all\": true}', 'looked at')");
  assert_said (db, "chen", "1", "SELECT api.keep_print_orders (" SPOOLER_A ", 60)");
  assert_said (db, "anna", "Boris held the printing. photo looks odd|Chen released the printing. looked at",
               "SELECT string_agg (concat_ws (' ', text, why), '|' ORDER BY id) FROM api.event WHERE application_id = 1 AND what LIKE 'print_%'");
  assert_said (db, "nils", "", "SELECT application_number FROM api.hold_print_orders ('{\"all\": true}', 'x')");
  assert_said (db, "nils", "|f", "SELECT application_number, done FROM api.hold_print_orders ('{\"ids\": 1}', 'x')");
}

/* All of the office, or one printer; what is only for that one is seen to wait, the rest goes on elsewhere. */
static void
test_paused (void)
{
  g_autofree char *db = schema_office_new ();
  int first = approve (db, 2);

  assert_said (db, "chen", "01 t", DONE "move_print_orders ('{\"ids\": 1}', 'card')");
  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.pause_printing ('card', NULL)");
  assert_said (db, "chen", "t", "SELECT api.pause_printing ('card', 'ribbon is changed')");
  assert_said (db, "boris", "f", "SELECT api.pause_printing ('card', 'again')");
  assert_said (db, "anna", "paused waiting", STATES);
  assert_said (db, "anna", "card|ribbon is changed|Chen", "SELECT printer, reason, who FROM api.print_pause");
  schema_office_refused (db, "chen", "P0001", "PAUSED", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", first);
  assert_said (db, "chen", "UC-26-000002|other", TAKE (SPOOLER_A));
  assert_said (db, "chen", "", TAKE (SPOOLER_A));
  assert_said (db, "boris", "t", "SELECT api.pause_printing (NULL, 'fire drill')");
  schema_office_refused (db, "chen", "P0001", "PAUSED", "SELECT api.reserve_card (2, gen_random_uuid (), 'other')");
  assert_said (db, "nina", "0", "SELECT count (*) FROM api.print_pause");
  assert_said (db, "boris", "t", "SELECT api.resume_printing (NULL)");
  assert_said (db, "boris", "f", "SELECT api.resume_printing (NULL)");
  assert_said (db, "boris", "t", "SELECT api.resume_printing ('card')");
  assert_said (db, "chen", "UC-26-000001|card", TAKE (SPOOLER_A));
  assert_said (db, "chen", "01 f A spooler is just printing it.", DONE "move_print_orders ('{\"ids\": 1}', NULL)");
}

static int
make (const char *db, int application)
{
  int card = schema_office_render (db, application);

  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, %d, 'u%d'); SELECT api.card_released (%d); SELECT api.card_out (%d)",
                             card, card, card, card, card));
  return card;
}

static void
read_back (const char *db, int card)
{
  g_free (schema_office_ask (db, "chen", "SELECT 1 / matched::int FROM api.check_card (%d, 'CODE', (SELECT serial FROM api.card WHERE id = %d))", card, card));
}

#define BATCH "SELECT concat_ws (' ', state, cards, samples_checked || '/' || samples, waiting, held, in_production, ready, issued, withdrawn) FROM api.print_batch"

/* The sample goes first, the rest is held until all of it was read back; what was spoiled of it is made anew before anything goes. */
static void
test_batch (void)
{
  g_autofree char *db = schema_office_new ();
  int first = approve (db, 6), card;

  schema_office_refused (db, "chen", "P0001", "SAMPLE", "SELECT api.new_print_batch ('x', '{\"all\": true}', '{\"some\": 1}')");
  schema_office_refused (db, "chen", "P0001", "SAMPLE", "SELECT api.new_print_batch ('x', '{\"all\": true}', '{\"first\": -1}')");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.new_print_batch (' ', '{\"all\": true}', '{\"first\": 1}')");
  g_free (schema_office_ask (db, "chen", "SELECT FROM api.hold_print_orders ('{\"ids\": %d}', 'odd')", first + 5));
  assert_said (db, "chen", "UC-26-P000001|6|{UC-26-000001,UC-26-000005}|0",
               "SELECT * FROM api.new_print_batch ('Monday', '{\"kind\": \"renewal\"}', '{\"first\": 1, \"last\": true}')");
  assert_said (db, "anna", "waiting sample sample sample waiting held", STATES);
  assert_said (db, "anna", "sample 6 0/2 2 4 0 0 0 0", BATCH);
  schema_office_refused (db, "boris", "P0002", "NOT_FOUND", "SELECT api.new_print_batch ('y', '{\"all\": true}', NULL)");
  schema_office_refused (db, "chen", "P0001", "HELD", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", first + 1);
  assert_said (db, "chen", "02 f It waits for the sample of print batch UC-26-P000001.", DONE "release_print_orders ('{\"ids\": 2}')");
  schema_office_refused (db, "chen", "P0001", "SAMPLE", "SELECT api.release_print_batch ('UC-26-P000001')");

  /* Only the sample is offered. */
  assert_said (db, "chen", "UC-26-000001|card", TAKE (SPOOLER_A));
  assert_said (db, "chen", "UC-26-000005|card", TAKE (SPOOLER_A));
  assert_said (db, "chen", "", TAKE (SPOOLER_A));
  read_back (db, make (db, first));
  card = make (db, first + 4);
  g_free (schema_office_ask (db, "chen", "SELECT api.spoil_card (%d, 'torn')", card));
  assert_said (db, "anna", "sample 6 1/2 1 4 0 1 0 0", BATCH);
  schema_office_refused (db, "chen", "P0001", "SAMPLE", "SELECT api.release_print_batch ('UC-26-P000001')");
  read_back (db, make (db, first + 4));
  assert_said (db, "anna", "checked 6 2/2 0 4 0 2 0 0", BATCH);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.release_print_batch ('UC-26-P000001')");
  schema_office_refused (db, "nils", "P0002", "NOT_FOUND", "SELECT api.release_print_batch ('UC-26-P000001')");
  assert_said (db, "boris", "4", "SELECT api.release_print_batch ('UC-26-P000001', 'they look right')");
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.release_print_batch ('UC-26-P000001')");
  assert_said (db, "anna", "waiting waiting waiting held", STATES);
  assert_said (db, "chen", "2", "SELECT count (*) FROM api.match_print_orders ('{\"batch\": \"UC-26-P000001\", \"limit\": 2}') m, unnest (m)");
  assert_said (db, "boris", "4", "SELECT api.cancel_print_batch ('UC-26-P000001', 'wrong day')");
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.cancel_print_batch ('UC-26-P000001', 'wrong day')");
  assert_said (db, "anna", "cancelled 2 2/2 0 0 0 2 0 0", BATCH);
}

/* Let go by itself; by lot, as its seed says; and in the place of a sample that was withdrawn comes the next. */
static void
test_lot (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *drawn = NULL;

  approve (db, 5);
  g_free (schema_office_ask (db, "chen", "SELECT FROM api.new_print_batch ('Monday', '{\"all\": true}',"
                             " '{\"random\": 2, \"seed\": 7, \"release\": \"automatic\"}')"));
  drawn = schema_office_ask (db, "postgres", "SELECT string_agg (number, ' ' ORDER BY number) FROM (SELECT number FROM platen.application"
                             " ORDER BY md5 ('7:' || number) LIMIT 2) n");
  assert_said (db, "chen", drawn, "SELECT string_agg (application_number, ' ' ORDER BY application_number) FROM api.print_queue WHERE sample_as = 'random'");
  assert_said (db, "chen", "7", "SELECT sample ->> 'seed' FROM api.print_batch");
  g_free (schema_office_ask (db, "anna", "SELECT api.withdraw_application (id, row_version, 'moved away') FROM api.application WHERE number = '%s'",
                             strrchr (drawn, ' ') + 1));
  g_free (schema_office_ask (db, "chen", TAKE (SPOOLER_A) ";" TAKE (SPOOLER_A)));
  assert_said (db, "anna", "2", "SELECT count (*) FROM api.print_queue WHERE state = 'leased' AND sample_as IN ('random', 'instead')");
  assert_said (db, "chen", "", TAKE (SPOOLER_A));
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *next = schema_office_ask (db, "chen", "SELECT min (application_id) FROM api.print_queue WHERE sample_as IS NOT NULL");

      assert_said (db, "anna", "sample", "SELECT state FROM api.print_batch");
      read_back (db, make (db, atoi (next)));
    }
  assert_said (db, "chen", "t", "SELECT count (*) = 1 FROM (" TAKE (SPOOLER_A) ") t");
  assert_said (db, "anna", "released", "SELECT state FROM api.print_batch");
}

/* For every desk, in its language: who will need a card, what there is for them, and how long it lasts. */
static void
test_stock (void)
{
  g_autofree char *db = schema_office_new ();

  approve (db, 2);
  schema_office_submit (db, schema_office_draft (db, "new"));
  assert_said (db, "anna", "3|3|2|1|0|3|0|0|t|3 people need a card, and there is stock for 3: who applies now waits for a delivery.",
               "SELECT cards, makes, in_queue, submitted, drafts, needed, short, used, lasts_days IS NULL, warning FROM api.stock_meets_queue");
  g_free (schema_office_ask (db, "chen", "SELECT api.receive_stock ('B00000100', 'B00000108', 'L1', 'DN 7', NULL);"
                             "SELECT api.move_stock ('B00000100', 'B00000108', 'safe', NULL); SELECT api.load_printer ('card', 'B00000100', 'B00000101')"));
  make (db, 1);
  schema_office_draft (db, "new");
  assert_said (db, "emil", "11|11|1|1|1|3|0|1|11.0|", "SELECT cards, makes, in_queue, submitted, drafts, needed, short, used,"
               " lasts_days, warning FROM api.stock_meets_queue");
  assert_said (db, "nina", "UN|0|0", "SELECT office_code, cards, needed FROM api.stock_meets_queue");
  g_free (schema_office_ask (db, "chen", "SELECT FROM api.move_print_orders ('{\"all\": true}', 'other'); SELECT api.pause_printing ('other', 'jam')"));
  assert_said (db, "anna", "card 1 1 0 0 f, other 10 10 1 0 t jam",
               "SELECT string_agg (concat_ws (' ', printer, blanks, makes, assigned, in_flight, paused, pause_reason), ', ' ORDER BY printer) FROM api.printer_load");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/print-queue/life", test_life);
  g_test_add_func ("/schema/print-queue/held", test_held);
  g_test_add_func ("/schema/print-queue/paused", test_paused);
  g_test_add_func ("/schema/print-queue/batch", test_batch);
  g_test_add_func ("/schema/print-queue/lot", test_lot);
  g_test_add_func ("/schema/print-queue/stock", test_stock);

  return schema_office_run ();
}
