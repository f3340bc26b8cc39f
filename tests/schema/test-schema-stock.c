/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the books of the stock: every serial accounted for, each printer's account balanced whatever is done, nothing gone without two. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

/* What is wrong with the books: "" where nothing is. */
#define WRONG \
  "SELECT concat_ws (', '," \
  /* Each serial's lines follow on each other, from the supplier to where it is. */ \
  " (SELECT 'line ' || min (serial) FROM (SELECT serial, from_place || ' ' || from_holder AS was, lag (to_place || ' ' || to_holder, 1, 'supplier ')" \
  "     OVER (PARTITION BY serial ORDER BY id) AS left_at FROM platen.stock_ledger) l WHERE was <> left_at HAVING count (*) > 0)," \
  " (SELECT 'place ' || min (b.serial) FROM platen.blank b JOIN LATERAL (SELECT to_place, to_holder FROM platen.stock_ledger l" \
  "     WHERE l.serial = b.serial ORDER BY id DESC LIMIT 1) l ON true WHERE (l.to_place, l.to_holder) <> (b.place, b.holder) HAVING count (*) > 0)," \
  /* Debits and credits of each account are what lies there, and together nothing. */ \
  " (SELECT 'account ' || min (a.place) FROM (SELECT office_code, place, holder, sum (n) AS balance FROM (" \
  "      SELECT office_code, to_place::text AS place, to_holder AS holder, 1 AS n FROM platen.stock_ledger UNION ALL" \
  "      SELECT office_code, from_place::text, from_holder, -1 FROM platen.stock_ledger) x GROUP BY 1, 2, 3) a" \
  "    WHERE a.place <> 'supplier' AND a.balance <> (SELECT count (*) FROM platen.blank b WHERE b.office_code = a.office_code" \
  "       AND b.place = a.place AND b.holder = a.holder) HAVING count (*) > 0)," \
  " (SELECT 'sum' WHERE (SELECT count (*) FROM platen.stock_ledger WHERE from_place = 'supplier') <> (SELECT count (*) FROM platen.blank))," \
  /* The account of each printer, counted again. */ \
  " (SELECT 'printer ' || min (t.printer) FROM platen.stock_printer t WHERE t.loaded <> t.remaining + t.used + t.issued + t.spoiled + t.missing" \
  "    OR (t.loaded, t.remaining, t.used, t.issued, t.spoiled, t.missing) <> (SELECT count (*), count (*) FILTER (WHERE place = 'loaded')," \
  "       count (*) FILTER (WHERE place IN ('printer', 'tray', 'shelf')), count (*) FILTER (WHERE place = 'person')," \
  "       count (*) FILTER (WHERE place IN ('spoiled', 'destroyed')), count (*) FILTER (WHERE place IN ('missing', 'lost'))" \
  "       FROM platen.blank b WHERE b.office_code = t.office_code AND b.printer = t.printer AND b.kind = 'blank') HAVING count (*) > 0)," \
  " (SELECT 'no printer ' || min (b.serial) FROM platen.blank b WHERE b.printer IS NOT NULL AND b.kind = 'blank' AND NOT EXISTS (" \
  "    SELECT FROM platen.stock_printer t WHERE (t.office_code, t.printer) = (b.office_code, b.printer)) HAVING count (*) > 0))"

static void
assert_books (const char *db)
{
  g_autofree char *wrong = schema_office_ask (db, "postgres", WRONG);

  g_assert_cmpstr (wrong, ==, "");
}

#define ACCOUNT "SELECT concat_ws (' ', loaded, remaining, used, issued, spoiled, missing) FROM api.stock_printer WHERE printer = 'card'"
#define RUNS "SELECT string_agg (concat_ws (' ', place, nullif (holder, ''), first, last), ', ' ORDER BY first) FROM api.stock_run" \
  " WHERE first >= 'B00000100'"

static void
receive (const char *db)
{
  g_free (schema_office_ask (db, "chen", "SELECT api.receive_stock ('B00000100', 'B00000109', 'L1', 'DN 7', NULL);"
                             "SELECT api.move_stock ('B00000100', 'B00000109', 'safe', NULL)"));
}

/* A delivery's whole way: each place, both persons of the destruction, and the account at every step. */
static void
test_life (void)
{
  g_autofree char *db = schema_office_new ();

  schema_office_said (db, "chen", "10", "SELECT api.receive_stock ('B00000100', 'B00000109', 'L1', 'DN 7', NULL)");
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.load_printer ('card', 'B00000100', 'B00000105')");
  schema_office_said (db, "boris", "10", "SELECT api.move_stock ('B00000100', 'B00000109', 'safe', NULL)");
  schema_office_said (db, "chen", "6", "SELECT api.move_stock ('B00000100', 'B00000105', 'custody', NULL)");
  schema_office_refused (db, "emil", "P0001", "CUSTODY", "SELECT api.move_stock ('B00000100', 'B00000105', 'safe', NULL)");
  schema_office_said (db, "boris", "1", "SELECT api.move_stock ('B00000105', 'B00000105', 'safe', NULL)");
  schema_office_said (db, "chen", "4", "SELECT api.load_printer ('card', 'B00000100', 'B00000103')");
  schema_office_said (db, "anna", "loaded card B00000100 B00000103, custody chen B00000104 B00000104, safe B00000105 B00000109", RUNS);
  schema_office_said (db, "anna", "4 4 0 0 0 0", ACCOUNT);
  schema_office_said (db, "anna", "t", "SELECT ribbon_left IS NULL AND film_left IS NULL FROM api.stock_printer");

  /* What is loaded is taken, although the safe has lower serials; given back, it lies in the printer again. */
  int application = schema_office_approved (db, "renewal");
  int card = schema_office_render (db, application);

  schema_office_said (db, "chen", "B00000100", "SELECT serial FROM api.card");
  schema_office_said (db, "anna", "4 3 1 0 0 0", ACCOUNT);
  g_free (schema_office_ask (db, "chen", "SELECT api.cancel_card (%d, 'wrong tray')", card));
  schema_office_said (db, "anna", "4 4 0 0 0 0", ACCOUNT);
  card = schema_office_render (db, application);
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u'); SELECT api.card_released (%d); SELECT api.card_out (%d);"
                             "SELECT api.spoil_card (%d, 'torn')", card, card, card, card));
  schema_office_said (db, "anna", "4 3 0 0 1 0", ACCOUNT);
  card = schema_office_render (db, application);
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 8, 'v'); SELECT api.card_released (%d); SELECT api.card_out (%d);"
                             "SELECT 1 / matched::int FROM api.check_card (%d, 'CODE', 'B00000101'); SELECT api.issue_card (%d, NULL)",
                             card, card, card, card, card));
  schema_office_said (db, "anna", "4 2 0 1 1 0", ACCOUNT);
  g_free (schema_office_ask (db, "chen", "SELECT api.move_stock ('B00000102', 'B00000102', 'spoiled', 'bent')"));
  schema_office_said (db, "anna", "4 1 0 1 2 0", ACCOUNT);

  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.destroy_stock ('B00000103', 'B00000109', 'all')");
  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.destroy_stock ('B00000100', 'B00000109', ' ')");
  schema_office_said (db, "chen", "1", "SELECT api.destroy_stock ('B00000100', 'B00000109', 'shredded')");
  schema_office_refused (db, "chen", "P0001", "FOUR_EYES", "SELECT api.confirm_stock (1)");
  schema_office_refused (db, "nils", "P0002", "NOT_FOUND", "SELECT api.confirm_stock (1)");
  schema_office_said (db, "boris", "2", "SELECT api.confirm_stock (1)");
  schema_office_refused (db, "boris", "P0002", "NOT_FOUND", "SELECT api.confirm_stock (1)");
  schema_office_said (db, "anna", "4 1 0 1 2 0", ACCOUNT);
  schema_office_said (db, "anna", "Boris Chen destroyed B00000100 B00000102 2 shredded",
                      "SELECT concat_ws (' ', who, second, what, first, last, items, reason) FROM api.stock_entry ORDER BY id DESC LIMIT 1");
  schema_office_said (db, "anna", "supplier received safe custody loaded printer loaded printer tray spoiled destroyed",
                      "SELECT (array_agg (from_place ORDER BY id))[1] || ' ' || string_agg (to_place, ' ' ORDER BY id) FROM api.stock_line"
                      " WHERE serial = 'B00000100'");

  schema_office_said (db, "chen", "1", "SELECT api.unload_printer ('card', 'B00000103', 'B00000103')");
  schema_office_said (db, "anna", "3 0 0 1 2 0", ACCOUNT);
  schema_office_render (db, schema_office_approved (db, "renewal"));
  schema_office_said (db, "chen", "B00000001", "SELECT serial FROM api.card ORDER BY id DESC LIMIT 1"); /* by hand again */
  assert_books (db);
}

/* An empty feeder is said, though the safe is full; and by whom a delivery is refused. */
static void
test_refused (void)
{
  g_autofree char *db = schema_office_new ();

  receive (db);
  g_free (schema_office_ask (db, "chen", "SELECT api.load_printer ('card', 'B00000100', 'B00000100')"));
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.unload_printer ('other', 'B00000100', 'B00000100')");
  schema_office_render (db, schema_office_approved (db, "renewal"));
  schema_office_refused (db, "chen", "P0001", "NO_STOCK", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", schema_office_approved (db, "renewal"));
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.receive_stock ('B00000105', 'B00000120', '', '', NULL)");
  schema_office_refused (db, "nils", "P0001", "FIELD", "SELECT api.receive_stock ('B00000105', 'B00000120', '', '', NULL)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.receive_stock ('B00000120', 'R00000121', '', '', NULL)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.receive_stock ('B00000121', 'B00000120', '', '', NULL)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.receive_stock ('R00000001', 'R00000001', '', '', NULL)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.receive_stock ('B00000900', 'B00000900', '', '', 5)");
  schema_office_refused (db, "nils", "P0002", "NOT_FOUND", "SELECT api.move_stock ('B00000100', 'B00000109', 'custody', NULL)");
  schema_office_refused (db, "chen", "P0002", "NOT_FOUND", "SELECT api.move_stock ('B00000105', 'B00000110', 'custody', NULL)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.move_stock ('B00000105', 'B00000106', 'destroyed', NULL)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.load_printer (' ', 'B00000105', 'B00000106')");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.count_stock ('blank', 'safe', NULL, 'B00000001-7')");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.count_stock ('blank', 'shelf', NULL, '')");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.count_stock ('blank', 'loaded', NULL, '')");
  assert_books (db);
}

/* A clerk's login in psql, and even the superuser past the functions. */
static void
test_closed (void)
{
  static const char * const acts[] = {
    "receive_stock ('B00000200', 'B00000209', '', '', NULL)", "move_stock ('B00000001', 'B00000003', 'custody', NULL)",
    "load_printer ('card', 'B00000001', 'B00000003')", "unload_printer ('card', 'B00000001', 'B00000003')",
    "count_stock ('blank', 'safe', NULL, '')", "destroy_stock ('B00000001', 'B00000003', 'x')", "explain_count (1, 'books', 'x')",
    "confirm_stock (1)", "refuse_stock (1)",
  };
  static const char * const tables[] = { "stock_entry", "stock_ledger", "stock_count", "stock_difference", "stock_explained", "card_roll" };
  g_autofree char *db = schema_office_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.%s", acts[i]);
      schema_office_refused (db, "dora", "42501", "ROLE", "SELECT api.%s", acts[i]);
    }
  schema_office_refused (db, "anna", "42501", NULL, "UPDATE platen.blank SET place = 'safe'");
  schema_office_refused (db, "chen", "42501", NULL, "INSERT INTO platen.stock_ledger (office_code) VALUES ('UC')");
  schema_office_refused (db, "chen", "42501", NULL, "UPDATE platen.stock_printer SET loaded = 0");
  schema_office_refused (db, "chen", "42501", NULL, "SELECT platen.hold_stock ('UC')");
  for (size_t i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.%s", tables[i]);
      schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "UPDATE platen.%s SET office_code = office_code", tables[i]);
    }
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "UPDATE platen.blank SET place = 'lost' WHERE serial = 'B00000001'");
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.blank WHERE serial = 'B00000001'");
  g_free (schema_office_ask (db, "chen", "SELECT api.load_printer ('card', 'B00000001', 'B00000003')"));
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "UPDATE platen.stock_printer SET loaded = 2, remaining = 2");
  /* The constraint itself, for whoever switches the triggers off. */
  schema_office_refused (db, "postgres", "23514", NULL, "SET session_replication_role = replica; UPDATE platen.stock_printer SET loaded = 2");
  schema_office_refused (db, "postgres", "23514", NULL, "INSERT INTO platen.stock_ledger (office_code, serial, from_place, from_holder, to_place)"
                         " VALUES ('UC', 'B00000001', 'loaded', 'card', 'destroyed')");
  schema_office_refused (db, "postgres", "P0001", "STATE", "INSERT INTO platen.stock_ledger (office_code, serial, from_place, to_place)"
                         " VALUES ('UC', 'B00000001', 'safe', 'spoiled')");
  schema_office_refused (db, "postgres", "23514", NULL, "INSERT INTO platen.stock_entry (office_code, what, first_serial, last_serial, items,"
                         " staff_id, second_id, workstation, reason) VALUES ('UC', 'destroyed', 'B00000001', 'B00000001', 1, 1, 1, 'x', 'x')");
  assert_books (db);
}

/* What a count does not find is out of reach at once; what it finds too much changes nothing by itself; two say what it was. */
static void
test_count (void)
{
  g_autofree char *db = schema_office_new ();

  receive (db);
  schema_office_said (db, "chen", "1|13|13|{}|{}",
                      "SELECT count_id, expected, counted, missing, surplus FROM api.count_stock ('blank', 'safe', NULL, 'B00000001-B00000003 b00000100-b00000109')");
  schema_office_refused (db, "chen", "P0002", "NOT_FOUND", "SELECT api.explain_count (1, 'count', 'x')");
  g_free (schema_office_ask (db, "chen", "SELECT api.load_printer ('card', 'B00000100', 'B00000104')"));
  schema_office_said (db, "chen", "2|5|5|{B00000101,B00000104}|{B00000108,B00000300}",
                      "SELECT count_id, expected, counted, missing, surplus FROM api.count_stock ('blank', 'loaded', 'card',"
                      " 'B00000100, B00000102-B00000103, B00000108; B00000300')");
  schema_office_said (db, "anna", "5 3 0 0 0 2", ACCOUNT);
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.move_stock ('B00000101', 'B00000101', 'spoiled', 'x')");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.explain_count (2, 'both', 'x')");
  schema_office_said (db, "chen", "1", "SELECT api.explain_count (2, 'count', 'two are lost, one was loaded without a word')");
  schema_office_refused (db, "chen", "P0001", "FOUR_EYES", "SELECT api.confirm_stock (1)");
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.confirm_stock (1)"); /* B00000300 was never received */
  g_free (schema_office_ask (db, "boris", "SELECT api.refuse_stock (1)"));
  g_free (schema_office_ask (db, "emil", "SELECT api.receive_stock ('B00000300', 'B00000300', '', 'DN 8', NULL);"
                             "SELECT api.explain_count (2, 'count', 'two are lost, two were loaded without a word')"));
  schema_office_said (db, "boris", "4", "SELECT api.confirm_stock (2)");
  schema_office_said (db, "anna", "7 5 0 0 0 2", ACCOUNT);
  schema_office_said (db, "anna", "lost2", "SELECT place || blanks FROM api.stock WHERE place IN ('lost', 'missing')");
  schema_office_said (db, "anna", "0", "SELECT unexplained FROM api.stock_count WHERE id = 2");
  schema_office_said (db, "anna", "0", "SELECT count (*) FROM api.stock_proposal WHERE state = 'open'");

  /* The books were right: it is back where it was. */
  g_free (schema_office_ask (db, "boris", "SELECT FROM api.count_stock ('blank', 'loaded', 'card', 'B00000100'); SELECT api.explain_count (3, 'books', 'misread')"));
  schema_office_said (db, "anna", "7 1 0 0 0 6", ACCOUNT);
  schema_office_said (db, "chen", "4", "SELECT api.confirm_stock (3)");
  schema_office_said (db, "anna", "7 5 0 0 0 2", ACCOUNT);
  schema_office_said (db, "nils", "0", "SELECT count (*) FROM api.stock_count");
  assert_books (db);
}

/* Between proposal and confirmation the heap grew: it is not what the first person saw. */
static void
test_stale (void)
{
  g_autofree char *db = schema_office_new ();

  receive (db);
  g_free (schema_office_ask (db, "chen", "SELECT api.move_stock ('B00000100', 'B00000100', 'spoiled', 'bent');"
                             "SELECT api.move_stock ('B00000104', 'B00000104', 'spoiled', 'bent'); SELECT api.destroy_stock ('B00000100', 'B00000109', 'x');"
                             "SELECT api.move_stock ('B00000102', 'B00000102', 'spoiled', 'bent')"));
  schema_office_refused (db, "boris", "PL409", "STALE", "SELECT api.confirm_stock (1)");
  schema_office_said (db, "anna", "spoiled3", "SELECT place || blanks FROM api.stock WHERE place IN ('spoiled', 'destroyed')");
  assert_books (db);
}

/* One ribbon and one film in a printer; each card takes one off both, once, and says which made it. */
static void
test_rolls (void)
{
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "chen", "SELECT api.receive_stock ('R00000001', 'R00000002', 'YMCKO-7', 'DN 9', 2);"
                             "SELECT api.receive_stock ('F00000001', 'F00000001', 'F-3', 'DN 9', 500)"));
  schema_office_said (db, "anna", "3|0|0|0", "SELECT cards, ribbon, film, makes FROM api.stock_left");
  g_free (schema_office_ask (db, "chen", "SELECT api.move_stock ('R00000001', 'R00000002', 'safe', NULL);"
                             "SELECT api.move_stock ('F00000001', 'F00000001', 'safe', NULL);"
                             "SELECT api.load_printer ('card', 'R00000001', 'R00000001'); SELECT api.load_printer ('card', 'F00000001', 'F00000001')"));
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.load_printer ('card', 'R00000002', 'R00000002')");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.load_printer ('card', 'R00000001', 'R00000002')");
  schema_office_said (db, "anna", "3|4|500|3|0|0|", "SELECT cards, ribbon, film, makes, waiting, short, warning FROM api.stock_left");

  int card = schema_office_render (db, schema_office_approved (db, "renewal"));

  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u'); SELECT api.card_released (%d); SELECT api.card_out (%d);"
                             "SELECT api.card_doubtful (%d, 'lost'); SELECT api.card_came_out (%d, 'found')", card, card, card, card, card));
  schema_office_said (db, "anna", "R00000001|1|F00000001|499|1", "SELECT ribbon, ribbon_left, film, film_left, used FROM api.stock_printer");
  schema_office_said (db, "postgres", "F00000001 R00000001", "SELECT string_agg (serial, ' ' ORDER BY serial) FROM platen.card_roll");
  /* The ribbon holds what it printed: it goes the way of what is destroyed. */
  g_free (schema_office_ask (db, "chen", "SELECT api.unload_printer ('card', 'R00000001', 'R00000001');"
                             "SELECT api.load_printer ('card', 'R00000002', 'R00000002');"
                             "SELECT api.move_stock ('R00000001', 'R00000001', 'spoiled', 'used up'); SELECT api.destroy_stock ('R00000001', 'R00000001', 'shredded')"));
  schema_office_said (db, "boris", "1", "SELECT api.confirm_stock (1)");
  assert_books (db);
}

/* The stock meets the queue, for every desk of the office and in its language. */
static void
test_left (void)
{
  g_autofree char *db = schema_office_new ();

  for (int i = 0; i < 3; i++)
    schema_office_approved (db, "renewal");
  schema_office_submit (db, schema_office_draft (db, "new"));
  schema_office_submit (db, schema_office_draft (db, "new"));
  schema_office_draft (db, "new");
  schema_office_said (db, "anna", "3|3|2|3|5|2|5 people wait for a card, and there is stock for 3.",
                      "SELECT cards, makes, submitted, approved, waiting, short, warning FROM api.stock_left");
  schema_office_said (db, "emil", "5 personnes attendent une carte, et le stock suffit pour 3.",
                      "SET platen.language = 'fr'; SELECT warning FROM api.stock_left");
  schema_office_said (db, "nina", "UN|0|0", "SELECT office_code, cards, waiting FROM api.stock_left");
  schema_office_said (db, "dora", "2", "SELECT count (*) FROM api.stock_left");
}

static GSubprocess *
start (const char *db, const char *login, const char *sql)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (schema_office_cluster (), db, login);
  g_autofree char *code = plt_test_cluster_fresh_totp (schema_office_cluster (), db, login);
  g_autofree char *script = g_strdup_printf ("\\set ON_ERROR_STOP on\nSELECT 1 FROM api.open_session ('%s', 'Desk');\n%s\n", code, sql);
  GSubprocess *desk = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL,
                                        "psql", "-XqAt", "-d", conninfo, NULL);

  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (desk), script, strlen (script), NULL, NULL, NULL));
  return desk;
}

/* Two people for one blank, from two sides: one has it, the other hears of it in words. */
static void
test_two_takers (void)
{
  g_autofree char *db = schema_office_new ();

  for (int i = 0; i < 4; i++)
    {
      GSubprocess *desks[] = { start (db, "chen", "SELECT api.move_stock ('B00000002', 'B00000002', 'custody', NULL);"),
                               start (db, "boris", "SELECT api.move_stock ('B00000002', 'B00000002', 'custody', NULL);") };
      int won = 0, refused = 0;

      for (int n = 0; n < 2; n++)
        {
          g_autofree char *out = NULL;

          g_assert_true (g_subprocess_communicate_utf8 (desks[n], NULL, NULL, &out, NULL, NULL));
          won += g_subprocess_get_exit_status (desks[n]) == 0;
          refused += strstr (out, "HINT:  STATE") != NULL;
          g_object_unref (desks[n]);
        }
      g_assert_cmpint (won, ==, 1);
      g_assert_cmpint (refused, ==, 1);
      g_free (schema_office_ask (db, "boris", "SELECT api.move_stock ('B00000002', 'B00000002', 'safe', NULL)"));
    }
  assert_books (db);
}

/* Many moves in one transaction, in opposite orders, with cards being made meanwhile: everybody waits, nobody crosswise. */
static void
test_crosswise (void)
{
  g_autofree char *db = schema_office_new ();
  g_autoptr (GString) up = g_string_new ("BEGIN;");
  g_autoptr (GString) down = g_string_new ("BEGIN;");
  g_autoptr (GString) cards = g_string_new (NULL);
  int applications[] = { schema_office_approved (db, "renewal"), schema_office_approved (db, "renewal"), schema_office_approved (db, "renewal") };
  GSubprocess *desks[3];

  receive (db);
  for (int i = 0; i < 10; i++)
    {
      g_string_append_printf (up, "SELECT api.move_stock ('B%08d', 'B%08d', 'custody', NULL); SELECT api.move_stock ('B%08d', 'B%08d', 'safe', NULL);",
                              100 + i, 100 + i, 100 + i, 100 + i);
      g_string_append_printf (down, "SELECT api.move_stock ('B%08d', 'B%08d', 'custody', NULL); SELECT api.move_stock ('B%08d', 'B%08d', 'safe', NULL);"
                              "SELECT api.name_stock_lot ('B%08d', 'B00000109', 'L%d');", 109 - i, 109 - i, 109 - i, 109 - i, 109 - i, i);
    }
  for (int round = 0; round < 4; round++)
    for (int i = 0; i < 3; i++)
      g_string_append_printf (cards, "SELECT api.cancel_card (r.card_id, 'again') FROM api.reserve_card (%d, gen_random_uuid (), 'card') r;", applications[i]);
  g_string_append (up, "COMMIT;");
  g_string_append (down, "COMMIT;");
  desks[0] = start (db, "boris", up->str);
  desks[1] = start (db, "bodil", down->str);
  desks[2] = start (db, "chen", cards->str);
  for (size_t i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      g_autofree char *out = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (desks[i], NULL, NULL, &out, NULL, NULL));
      if (g_subprocess_get_exit_status (desks[i]) != 0)
        g_error ("%s", out);
      g_object_unref (desks[i]);
    }
  assert_books (db);
}

#define LAST_OF_WALK 112
#define N_STEPS 150

/* The feeder gives its blanks in their order, whichever card leaves first. */
static void
test_order_of_the_feeder (void)
{
  g_autofree char *db = schema_office_new ();
  int cards[3];

  receive (db);
  g_free (schema_office_ask (db, "chen", "SELECT api.load_printer ('card', 'B00000100', 'B00000104')"));
  for (int i = 0; i < 3; i++)
    cards[i] = schema_office_render (db, schema_office_approved (db, "renewal"));
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'urn:uuid:7'); SELECT api.card_released (%d)", cards[2], cards[2]));
  schema_office_said (db, "chen", "B00000102 B00000101 B00000100", "SELECT string_agg (serial, ' ' ORDER BY id) FROM api.card");
  assert_books (db);

  /* One that goes back lies first again. */
  g_free (schema_office_ask (db, "chen", "SELECT api.cancel_card (%d, 'Nobody waits')", cards[1]));
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 8, 'urn:uuid:8'); SELECT api.card_released (%d)", cards[0], cards[0]));
  schema_office_said (db, "chen", "B00000101 B00000100", "SELECT string_agg (serial, ' ' ORDER BY id) FROM api.card WHERE state <> 'cancelled'");
  assert_books (db);

  /* What was booked as spoiled, and lies in the feeder after all, makes a card. */
  g_free (schema_office_ask (db, "chen", "SELECT api.card_out (%d); SELECT api.spoil_card (%d, 'On another blank')", cards[2], cards[2]));
  g_free (schema_office_ask (db, "chen", "SELECT api.explain_count ((SELECT count_id FROM api.count_stock ('blank', 'loaded', 'card',"
                             " 'B00000100 B00000102-B00000104')), 'count', 'It lies there')"));
  g_free (schema_office_ask (db, "boris", "SELECT api.confirm_stock (id) FROM api.stock_proposal"));
  schema_office_render (db, schema_office_approved (db, "renewal"));
  schema_office_said (db, "chen", "B00000100", "SELECT serial FROM api.card ORDER BY id DESC LIMIT 1");
  assert_books (db);
}

/* A serial of the walk and, mostly close behind it, another. */
static void
choose_run (GRand *random, char *first, char *last, gsize size)
{
  int from = g_rand_int_range (random, 100, LAST_OF_WALK);
  int to = MIN (LAST_OF_WALK, from + g_rand_int_range (random, -1, 4));

  g_snprintf (first, size, "B%08d", from);
  g_snprintf (last, size, "B%08d", to);
}

static char *
choose_act (GRand *random)
{
  static const char * const places[] = { "safe", "custody", "spoiled" };
  static const char * const printers[] = { "card", "other" };
  static const char * const counted[] = { "'safe', NULL", "'loaded', 'card'", "'loaded', 'other'", "'spoiled', NULL", "'custody', 'chen'" };
  const char *printer = printers[g_rand_int_range (random, 0, 2)];
  char first[16], last[16];

  choose_run (random, first, last, sizeof first);
  switch (g_rand_int_range (random, 0, 12))
    {
    case 0:
    case 1:
      return g_strdup_printf ("SELECT api.move_stock ('%s', '%s', '%s', 'walk')", first, last, places[g_rand_int_range (random, 0, 3)]);
    case 2:
    case 3:
      return g_strdup_printf ("SELECT api.load_printer ('%s', '%s', '%s')", printer, first, last);
    case 4:
      return g_strdup_printf ("SELECT api.unload_printer ('%s', '%s', '%s')", printer, first, last);
    case 5:
      return g_strdup_printf ("SELECT api.destroy_stock ('%s', '%s', 'walk')", first, last);
    case 6:
      return g_strdup_printf ("SELECT api.count_stock ('blank', %s, '%s-%s')", counted[g_rand_int_range (random, 0, 5)], first,
                              strcmp (first, last) <= 0 ? last : first);
    case 7:
    case 8:
      return g_strdup_printf ("SELECT api.explain_count (c.id, '%s', 'walk') FROM api.stock_count c WHERE c.unexplained > 0 ORDER BY random () LIMIT 1",
                              g_rand_boolean (random) ? "books" : "count");
    case 9:
      return g_strdup ("SELECT api.confirm_stock (p.id) FROM api.stock_proposal p WHERE p.state = 'open' ORDER BY p.id LIMIT 1");
    case 10:
      return g_strdup ("SELECT api.refuse_stock (p.id) FROM api.stock_proposal p WHERE p.state = 'open' ORDER BY p.id DESC LIMIT 1");
    default:
      return g_strdup_printf ("SELECT api.reserve_card (a.id, gen_random_uuid (), '%s') FROM api.application a WHERE a.state = 'approved'"
                              " ORDER BY random () LIMIT 1", printer);
    }
}

/* What a card may become next, whichever way it goes. */
#define MOVE_CARD \
  "SELECT platen.move_card (ROW (NULL, s.id, s.login, s.name, 'UC', 'Desk', now ())::platen.actor, c.id, t.state, 'x', 'walk')" \
  " FROM platen.staff s, (SELECT id FROM platen.card WHERE state NOT IN ('issued', 'spoiled', 'cancelled', 'recalled') ORDER BY random () LIMIT 1) c," \
  " (SELECT unnest ('{rendered,sent,on_device,out,checked,issued,doubtful,spoiled,cancelled}'::text[])::platen.card_state AS state" \
  "   ORDER BY random () LIMIT 1) t WHERE s.login = 'chen'"

/* Whoever does whatever they like in any order: it is done or refused in words, and the books are right at every moment. */
static void
test_random_walk (void)
{
  static const char * const people[] = { "chen", "chen", "boris", "emil" };
  g_autofree char *db = schema_office_new ();
  guint32 seed = g_random_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  int done = 0;

  g_test_message ("seed %u", seed);
  g_free (schema_office_ask (db, "chen", "SELECT api.receive_stock ('B00000100', 'B%08d', '', '', NULL)", LAST_OF_WALK));
  for (int i = 0; i < 4; i++)
    schema_office_approved (db, "renewal");
  for (int i = 0; i < N_STEPS; i++)
    {
      gboolean moves_card = g_rand_int_range (random, 0, 3) == 0;
      const char *login = moves_card ? "postgres" : people[g_rand_int_range (random, 0, 4)];
      g_autofree char *sql = moves_card ? g_strdup (MOVE_CARD) : choose_act (random);
      g_autofree char *err = NULL;
      int status = moves_card ? plt_test_cluster_psql (schema_office_cluster (), db, login, sql, NULL, &err)
                              : plt_test_cluster_run_as (schema_office_cluster (), db, login, sql, NULL, &err);

      if (status != 0 && strstr (err, "HINT:  ") == NULL)
        g_error ("seed %u, %s: %s\n%s", seed, login, sql, err);
      done += status == 0;
      if (i % 10 == 0)
        assert_books (db);
    }
  assert_books (db);
  g_assert_cmpint (done, >, N_STEPS / 10);
}

static void
run_upgrades (const char *db, int first, int last)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "schema", NULL);

  for (int number = first; number <= last; number++)
    {
      g_autofree char *prefix = g_strdup_printf ("%04d-", number);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

      for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
        if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".sql"))
          {
            g_autofree char *path = g_build_filename (folder, name, NULL);
            g_autofree char *sql = NULL;
            g_autofree char *whole = NULL;

            g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
            whole = g_strdup_printf ("BEGIN;\n%s\nCOMMIT;", sql);
            g_free (plt_test_cluster_query (schema_office_cluster (), db, whole));
          }
    }
}

/* An office as it was, with cards at every place: the books are opened with what is there, and go on from it. */
static void
test_upgrade (void)
{
  g_autofree char *db = plt_test_cluster_create_empty_database (schema_office_cluster ());

  run_upgrades (db, 1, 57);
  g_free (schema_office_ask (db, "postgres",
    "SET session_replication_role = replica;"
    "INSERT INTO platen.office (code, name) VALUES ('UC', 'Utopia Central');"
    "INSERT INTO platen.blank (serial, office_code, place) VALUES ('B00000001', 'UC', 'safe'), ('B00000002', 'UC', 'printer'), ('B00000003', 'UC', 'tray'),"
    " ('B00000004', 'UC', 'shelf'), ('B00000005', 'UC', 'person'), ('B00000006', 'UC', 'destroyed'), ('B00000007', 'UC', 'safe');"
    "INSERT INTO platen.stock_ledger (office_code, serial, from_place, to_place) SELECT 'UC', serial, 'supplier', 'safe' FROM platen.blank;"
    "INSERT INTO platen.stock_ledger (office_code, serial, from_place, to_place) SELECT 'UC', serial, 'safe', place FROM platen.blank WHERE place <> 'safe';"
    "INSERT INTO platen.card (number, application_id, office_code, serial, state, print_key, printer, reserved_by)"
    " SELECT 'UC-26-C00000' || i, i, 'UC', 'B0000000' || i, s, gen_random_uuid (), CASE WHEN i < 4 THEN 'card' ELSE 'bureau UPB' END, 1"
    "   FROM unnest ('{rendered,out,checked,issued,spoiled,cancelled}'::text[]) WITH ORDINALITY t (s, n), LATERAL (SELECT n + 1 AS i) x"));
  run_upgrades (db, 58, 58);
  schema_office_said (db, "postgres", "bureau UPB|3|0|1|1|1|0\ncard|2|0|2|0|0|0",
                      "SELECT printer, loaded, remaining, used, issued, spoiled, missing FROM platen.stock_printer ORDER BY 1");
  schema_office_said (db, "postgres", "|card|card|card|bureau UPB|bureau UPB|bureau UPB||",
                      "SELECT string_agg (coalesce (CASE place WHEN 'printer' THEN holder || '|' END, '') || coalesce (printer, '') || '|', '' ORDER BY serial)"
                      " FROM platen.blank");
  assert_books (db);
}

/* All blanks are somebody's for a moment, while their lot is named: none of them is gone. */
static void
test_blank_while_a_lot_is_named (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *reserve = g_strdup_printf ("SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", schema_office_approved (db, "new"));

  schema_office_at_once (db, "boris", "SELECT api.name_stock_lot ('B00000001', 'B00000003', 'L7')", "chen", reserve);
  g_autofree char *made = schema_office_ask (db, "postgres", "SELECT c.serial, b.lot FROM platen.card c JOIN platen.blank b USING (serial)");
  g_assert_cmpstr (made, ==, "B00000001|L7");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/stock/life", test_life);
  g_test_add_func ("/schema/stock/refused", test_refused);
  g_test_add_func ("/schema/stock/closed", test_closed);
  g_test_add_func ("/schema/stock/count", test_count);
  g_test_add_func ("/schema/stock/stale", test_stale);
  g_test_add_func ("/schema/stock/rolls", test_rolls);
  g_test_add_func ("/schema/stock/left", test_left);
  g_test_add_func ("/schema/stock/two-takers", test_two_takers);
  g_test_add_func ("/schema/stock/crosswise", test_crosswise);
  g_test_add_func ("/schema/stock/order-of-the-feeder", test_order_of_the_feeder);
  g_test_add_func ("/schema/stock/random-walk", test_random_walk);
  g_test_add_func ("/schema/stock/upgrade", test_upgrade);
  g_test_add_func ("/schema/stock/blank-while-a-lot-is-named", test_blank_while_a_lot_is_named);

  return schema_office_run ();
}
