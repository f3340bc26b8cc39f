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
  schema_office_said (db, "anna", "0", "SELECT count (*) FROM api.print_queue");

  int first = approve (db, 2);

  schema_office_said (db, "anna", "1 waiting 0 renewal|2 waiting 0 renewal",
                      "SELECT string_agg (concat_ws (' ', place, state, priority, kind), '|' ORDER BY place) FROM api.print_queue");
  schema_office_said (db, "chen", "02 t", DONE "prioritise_print_orders ('{\"numbers\": [\"UC-26-000002\"]}', -5)");
  schema_office_said (db, "chen", "UC-26-000003|card|", "SELECT application_number, printer, card_id FROM api.take_print_order (" SPOOLER_A ", '{card}', 60)");
  schema_office_said (db, "chen", "UC-26-000002|other", "SELECT application_number, printer FROM api.take_print_order (" SPOOLER_A ", '{other,card}', 60)");
  schema_office_said (db, "chen", "", TAKE (SPOOLER_B));
  schema_office_said (db, "anna", "leased leased", STATES);

  int card = schema_office_render (db, first);

  schema_office_said (db, "anna", "leased", STATES);
  schema_office_said (db, "chen", "2", "SELECT api.keep_print_orders (" SPOOLER_A ", 60)");
  g_free (schema_office_ask (db, "chen", "SELECT api.cancel_card (%d, 'wrong tray')", card));
  schema_office_said (db, "chen", "t", "SELECT api.end_print_order (" SPOOLER_A ", 2, NULL)");
  schema_office_said (db, "chen", "f", "SELECT api.end_print_order (" SPOOLER_A ", 2, NULL)");
  schema_office_said (db, "anna", "-5 waiting 2", "SELECT concat_ws (' ', priority, state, place) FROM api.print_queue WHERE application_id = 2");
}

/* Held, paused or taken by another, an order gives no card, whoever asks; and each of the acts says what it did of what. */
static void
test_held (void)
{
  g_autofree char *db = schema_office_new ();
  int first = approve (db, 3);

  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.hold_print_orders ('{\"all\": true}', ' ')");
  schema_office_said (db, "boris", "01 t, 02 t", DONE "hold_print_orders ('{\"ids\": [1, 2]}', 'photo looks odd')");
  schema_office_said (db, "chen", "01 f It is held already., 03 t", DONE "hold_print_orders ('{\"ids\": [1, 3]}', 'all of them')");
  schema_office_said (db, "anna", "held held held", STATES);
  schema_office_said (db, "anna", "photo looks odd Boris", "SELECT concat_ws (' ', reason, held_by, place) FROM api.print_queue WHERE application_id = 1");
  schema_office_said (db, "chen", "", TAKE (SPOOLER_A));
  schema_office_refused (db, "chen", "P0001", "HELD", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", first);
  schema_office_said (db, "chen", "02 t, 77 f It is not in the print queue, or the rest of the filter leaves it out.",
                      DONE "release_print_orders ('{\"numbers\": [\"UC-26-000002\", \"UC-26-000077\"]}')");
  schema_office_said (db, "chen", "02 f Rien ne la retient.", "SET platen.language = 'fr';" DONE "release_print_orders ('{\"numbers\": \"UC-26-000002\"}')");
  schema_office_said (db, "chen", "UC-26-000002|card", TAKE (SPOOLER_A));

  /* Held while a spooler has it: no card, and the lease is not kept. */
  schema_office_said (db, "chen", "02 t", DONE "hold_print_orders ('{\"ids\": [2]}', 'wait')");
  schema_office_said (db, "chen", "0", "SELECT api.keep_print_orders (" SPOOLER_A ", 60)");
  schema_office_refused (db, "chen", "P0001", "HELD", "SELECT api.reserve_card (2, gen_random_uuid (), 'card')");
  schema_office_said (db, "chen", "01 t, 02 t, 03 t", DONE "release_print_orders ('{\"all\": true}', 'looked at')");
  schema_office_said (db, "chen", "1", "SELECT api.keep_print_orders (" SPOOLER_A ", 60)");
  schema_office_said (db, "anna", "Boris held the printing. photo looks odd|Chen released the printing. looked at",
                      "SELECT string_agg (concat_ws (' ', text, why), '|' ORDER BY id) FROM api.event WHERE application_id = 1 AND what LIKE 'print_%'");
  schema_office_said (db, "nils", "", "SELECT application_number FROM api.hold_print_orders ('{\"all\": true}', 'x')");
  schema_office_said (db, "nils", "|f", "SELECT application_number, done FROM api.hold_print_orders ('{\"ids\": 1}', 'x')");
}

/* Whose holder is stopped waits for the stop to be lifted, and says so, in place of being taken and given back for ever. */
static void
test_stopped (void)
{
  g_autofree char *db = schema_office_new ();
  int first = approve (db, 2);
  int card = schema_office_render (db, first);

  g_free (schema_office_ask (db, "anna", "SELECT api.freeze_card (%d, 'court order')", card));
  g_free (schema_office_ask (db, "chen", "SELECT api.cancel_card (%d, 'frozen')", card));
  schema_office_said (db, "anna", "held Anna: court order", "SELECT concat_ws (' ', state, reason, place) FROM api.print_queue WHERE application_id = 1");
  schema_office_said (db, "anna", "{1}", "SELECT api.match_print_orders ('{\"state\": \"held\"}')");
  schema_office_said (db, "chen", "UC-26-000002|card", TAKE (SPOOLER_A));
  schema_office_said (db, "chen", "", TAKE (SPOOLER_A));
  schema_office_said (db, "chen", "01 f Its holder is stopped: Anna: court order", DONE "release_print_orders ('{\"ids\": 1}')");
  schema_office_said (db, "chen", "01 f Son titulaire est bloqué\u202f: Anna: court order",
                      "SET platen.language = 'fr';" DONE "release_print_orders ('{\"ids\": 1}')");
  g_free (schema_office_ask (db, "boris", "SELECT api.unfreeze_card (%d, 'order lifted')", card));
  schema_office_said (db, "chen", "UC-26-000001|card", TAKE (SPOOLER_A));
}

/* All of the office, or one printer; what is only for that one is seen to wait, the rest goes on elsewhere. */
static void
test_paused (void)
{
  g_autofree char *db = schema_office_new ();
  int first = approve (db, 2);

  schema_office_said (db, "chen", "01 t", DONE "move_print_orders ('{\"ids\": 1}', 'card')");
  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.pause_printing ('card', NULL)");
  schema_office_said (db, "chen", "t", "SELECT api.pause_printing ('card', 'ribbon is changed')");
  schema_office_said (db, "boris", "f", "SELECT api.pause_printing ('card', 'again')");
  schema_office_said (db, "anna", "paused waiting", STATES);
  schema_office_said (db, "anna", "card|ribbon is changed|Chen", "SELECT printer, reason, who FROM api.print_pause");
  schema_office_refused (db, "chen", "P0001", "PAUSED", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", first);
  schema_office_said (db, "chen", "UC-26-000002|other", TAKE (SPOOLER_A));
  schema_office_said (db, "chen", "", TAKE (SPOOLER_A));
  schema_office_said (db, "boris", "t", "SELECT api.pause_printing (NULL, 'fire drill')");
  schema_office_refused (db, "chen", "P0001", "PAUSED", "SELECT api.reserve_card (2, gen_random_uuid (), 'other')");
  schema_office_said (db, "nina", "0", "SELECT count (*) FROM api.print_pause");
  schema_office_said (db, "boris", "t", "SELECT api.resume_printing (NULL)");
  schema_office_said (db, "boris", "f", "SELECT api.resume_printing (NULL)");
  schema_office_said (db, "boris", "t", "SELECT api.resume_printing ('card')");
  schema_office_said (db, "chen", "UC-26-000001|card", TAKE (SPOOLER_A));
  schema_office_said (db, "chen", "01 f A spooler is just printing it.", DONE "move_print_orders ('{\"ids\": 1}', NULL)");
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
  schema_office_said (db, "chen", "UC-26-P000001|6|{UC-26-000001,UC-26-000005}|0",
                      "SELECT * FROM api.new_print_batch ('Monday', '{\"kind\": \"renewal\"}', '{\"first\": 1, \"last\": true}')");
  schema_office_said (db, "anna", "waiting sample sample sample waiting held", STATES);
  schema_office_said (db, "anna", "sample 6 0/2 2 4 0 0 0 0", BATCH);
  schema_office_refused (db, "boris", "P0002", "NOT_FOUND", "SELECT api.new_print_batch ('y', '{\"all\": true}', NULL)");
  schema_office_refused (db, "chen", "P0001", "HELD", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", first + 1);
  schema_office_said (db, "chen", "02 f It waits for the sample of print batch UC-26-P000001.", DONE "release_print_orders ('{\"ids\": 2}')");
  schema_office_refused (db, "chen", "P0001", "SAMPLE", "SELECT api.release_print_batch ('UC-26-P000001')");

  /* Only the sample is offered. */
  schema_office_said (db, "chen", "UC-26-000001|card", TAKE (SPOOLER_A));
  schema_office_said (db, "chen", "UC-26-000005|card", TAKE (SPOOLER_A));
  schema_office_said (db, "chen", "", TAKE (SPOOLER_A));
  read_back (db, make (db, first));
  card = make (db, first + 4);
  g_free (schema_office_ask (db, "chen", "SELECT api.spoil_card (%d, 'torn')", card));
  schema_office_said (db, "anna", "sample 6 1/2 1 4 0 1 0 0", BATCH);
  schema_office_refused (db, "chen", "P0001", "SAMPLE", "SELECT api.release_print_batch ('UC-26-P000001')");
  read_back (db, make (db, first + 4));
  schema_office_said (db, "anna", "checked 6 2/2 0 4 0 2 0 0", BATCH);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.release_print_batch ('UC-26-P000001')");
  schema_office_refused (db, "nils", "P0002", "NOT_FOUND", "SELECT api.release_print_batch ('UC-26-P000001')");
  schema_office_said (db, "boris", "4", "SELECT api.release_print_batch ('UC-26-P000001', 'they look right')");
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.release_print_batch ('UC-26-P000001')");
  schema_office_said (db, "anna", "waiting waiting waiting held", STATES);
  schema_office_said (db, "chen", "2", "SELECT count (*) FROM api.match_print_orders ('{\"batch\": \"UC-26-P000001\", \"limit\": 2}') m, unnest (m)");
  schema_office_said (db, "boris", "4", "SELECT api.cancel_print_batch ('UC-26-P000001', 'wrong day')");
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.cancel_print_batch ('UC-26-P000001', 'wrong day')");
  schema_office_said (db, "anna", "cancelled 2 2/2 0 0 0 2 0 0", BATCH);
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
  schema_office_said (db, "chen", drawn, "SELECT string_agg (application_number, ' ' ORDER BY application_number) FROM api.print_queue WHERE sample_as = 'random'");
  schema_office_said (db, "chen", "7", "SELECT sample ->> 'seed' FROM api.print_batch");
  g_free (schema_office_ask (db, "anna", "SELECT api.withdraw_application (id, row_version, 'moved away') FROM api.application WHERE number = '%s'",
                             strrchr (drawn, ' ') + 1));
  g_free (schema_office_ask (db, "chen", TAKE (SPOOLER_A) ";" TAKE (SPOOLER_A)));
  schema_office_said (db, "anna", "2", "SELECT count (*) FROM api.print_queue WHERE state = 'leased' AND sample_as IN ('random', 'instead')");
  schema_office_said (db, "chen", "", TAKE (SPOOLER_A));
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *next = schema_office_ask (db, "chen", "SELECT min (application_id) FROM api.print_queue WHERE sample_as IS NOT NULL");

      schema_office_said (db, "anna", "sample", "SELECT state FROM api.print_batch");
      read_back (db, make (db, atoi (next)));
    }
  schema_office_said (db, "chen", "t", "SELECT count (*) = 1 FROM (" TAKE (SPOOLER_A) ") t");
  schema_office_said (db, "anna", "released", "SELECT state FROM api.print_batch");
}

/* For every desk, in its language: who will need a card, what there is for them, and how long it lasts. */
static void
test_stock (void)
{
  g_autofree char *db = schema_office_new ();

  approve (db, 2);
  schema_office_submit (db, schema_office_draft (db, "new"));
  schema_office_said (db, "anna", "3|3|2|1|0|3|0|0|t|3 people need a card, and there is stock for 3: who applies now waits for a delivery.",
                      "SELECT cards, makes, in_queue, submitted, drafts, needed, short, used, lasts_days IS NULL, warning FROM api.stock_meets_queue");
  g_free (schema_office_ask (db, "chen", "SELECT api.receive_stock ('B00000100', 'B00000108', 'L1', 'DN 7', NULL);"
                             "SELECT api.move_stock ('B00000100', 'B00000108', 'safe', NULL); SELECT api.load_printer ('card', 'B00000100', 'B00000101')"));
  make (db, 1);
  schema_office_draft (db, "new");
  schema_office_said (db, "emil", "11|11|1|1|1|3|0|1|11.0|", "SELECT cards, makes, in_queue, submitted, drafts, needed, short, used,"
                      " lasts_days, warning FROM api.stock_meets_queue");
  schema_office_said (db, "nina", "UN|0|0", "SELECT office_code, cards, needed FROM api.stock_meets_queue");
  g_free (schema_office_ask (db, "chen", "SELECT FROM api.move_print_orders ('{\"all\": true}', 'other'); SELECT api.pause_printing ('other', 'jam')"));
  schema_office_said (db, "anna", "card 1 1 0 0 f, other 10 10 1 0 t jam",
                      "SELECT string_agg (concat_ws (' ', printer, blanks, makes, assigned, in_flight, paused, pause_reason), ', ' ORDER BY printer) FROM api.printer_load");
}

/* @n approved applications that no rule stops, put there at once; the rest of the schema is as it is. */
static void
fill (const char *db, int n)
{
  g_free (schema_office_ask (db, "postgres",
    "SET session_replication_role = replica; DELETE FROM platen.rule;"
    "INSERT INTO platen.application (number, key, office_code, type, state, id_number, holder_name, entered_by, changed_by)"
    " SELECT 'UC-26-' || 900000 + i, gen_random_uuid (), 'UC', 'renewal', 'approved', lpad ((9000000 + i)::text, 10, '0')"
    "        || platen.mod11_10 (lpad ((9000000 + i)::text, 10, '0')), 'Holder ' || i, 1, 1 FROM generate_series (1, %d) i;"
    "INSERT INTO platen.print_order (application_id, office_code, approved_at, priority, wanted)"
    " SELECT id, 'UC', clock_timestamp() - (id * 7919 %% 400) * interval '1 hour', (id * 31 %% 201) - 100,"
    "        (ARRAY['', 'card', 'other', 'third'])[1 + id %% 4] FROM platen.application WHERE state = 'approved'", n));
}

/* As the line is shown, so it is taken: above 50, then who waits for long, then by priority; each by age. */
static void
test_line (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *shown = NULL;
  g_autofree char *taken = NULL;

  fill (db, 80);
  shown = schema_office_ask (db, "chen", "SELECT string_agg (application_number, E'\n' ORDER BY place) FROM api.print_queue"
                             " WHERE printer IS DISTINCT FROM 'third'");
  schema_office_said (db, "chen", "80|t|t|t", "SELECT max (place), count (*) FILTER (WHERE overdue AND priority < 50) > 10,"
                      " bool_and (place < (SELECT min (place) FROM api.print_queue WHERE priority <= 50)) FILTER (WHERE priority > 50),"
                      " max (place) FILTER (WHERE overdue) < (SELECT min (place) FROM api.print_queue WHERE priority < 50 AND NOT overdue) FROM api.print_queue");
  taken = schema_office_ask (db, "chen", "SELECT t.application_number FROM generate_series (1, 80) i,"
                             " LATERAL (SELECT application_number FROM api.take_print_order (" SPOOLER_A ", '{card,other}', 60 + 0 * i)) t");
  g_assert_cmpstr (taken, ==, shown);
  schema_office_said (db, "chen", "60", "SELECT api.keep_print_orders (" SPOOLER_A ", 60)");
  schema_office_said (db, "boris", "", "SELECT api.set_fair_after (8760)");
  schema_office_said (db, "anna", "0", "SELECT count (*) FROM api.print_queue WHERE overdue");
}

/* Ten thousand wait, and nobody has gathered statistics: what is next is read from an index, for whichever printer. */
static void
test_ten_thousand (void)
{
  g_autofree char *db = schema_office_new ();

  fill (db, 10000);
  g_free (schema_office_ask (db, "chen", "%s",
    "DO $$ DECLARE j json; BEGIN FOR i IN 1 .. 12 LOOP"
    "  EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM api.take_print_order (''" "aaaaaaaa-0000-0000-0000-000000000001" "'','"
    "          || CASE WHEN i % 2 = 0 THEN '''{card,other}''' ELSE '''{third}''' END || ', 60)' INTO j;"
    "  IF i > 4 AND (j -> 0 -> 'Plan' ->> 'Shared Hit Blocks')::int + (j -> 0 -> 'Plan' ->> 'Shared Read Blocks')::int > 600 THEN"
    "    RAISE EXCEPTION 'too many blocks: %', j; END IF; END LOOP; END $$"));
  schema_office_said (db, "chen", "12", "SELECT count (*) FROM api.print_queue WHERE state = 'leased'");
  schema_office_said (db, "boris", "10000|9988", "SELECT count (*), count (*) FILTER (WHERE done) FROM api.move_print_orders ('{\"all\": true}', 'fourth')");
  schema_office_said (db, "boris", "100|100", "SELECT cards, cardinality (samples) FROM api.new_print_batch ('Big', '{\"all\": true, \"limit\": 112}', '{\"random\": 999}')");
  schema_office_said (db, "chen", "UC-26-9", "SELECT left (application_number, 7) FROM api.take_print_order (" SPOOLER_A ", '{fourth}', 60)");
}

static GSubprocess *
start (const char *db, const char *login, const char *sql)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (schema_office_cluster (), db, login);
  g_autofree char *code = plt_test_cluster_fresh_totp (schema_office_cluster (), db, login);
  g_autofree char *script = g_strdup_printf ("\\set ON_ERROR_STOP on\n\\set VERBOSITY verbose\nSELECT 'in' FROM api.open_session ('%s', 'Desk');\n%s\n", code, sql);
  GSubprocess *desk = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL,
                                        "psql", "-XqAt", "-d", conninfo, NULL);
  char said[3] = "";

  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (desk), script, strlen (script), NULL, NULL, NULL));
  /* Signed in, so that the next one's code is not refused as this one's. */
  g_assert_true (g_input_stream_read_all (g_subprocess_get_stdout_pipe (desk), said, 2, NULL, NULL, NULL));
  g_assert_cmpstr (said, ==, "in");
  return desk;
}

static char *
finish (GSubprocess *desk)
{
  char *out = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (desk, NULL, NULL, &out, NULL, NULL));
  g_object_unref (desk);
  return g_strstrip (out);
}

/* Several at once, each a session and a spooler of its own: each order goes to one of them, and none is left. */
static void
test_takers (void)
{
  enum { TAKERS = 4, EACH = 40, ORDERS = 100 };
  g_autofree char *db = schema_office_new ();
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GSubprocess *desks[TAKERS];

  fill (db, ORDERS);
  for (int i = 0; i < TAKERS; i++)
    {
      g_autoptr (GString) sql = g_string_new (NULL);

      for (int n = 0; n < EACH; n++)
        g_string_append_printf (sql, "SELECT application_number FROM api.take_print_order ('0000000%d-0000-0000-0000-000000000000', '{card,other,third}', 600);\n", i);
      desks[i] = start (db, "chen", sql->str);
    }
  for (int i = 0; i < TAKERS; i++)
    {
      g_autofree char *out = finish (desks[i]);
      g_auto (GStrv) numbers = g_strsplit (out, "\n", -1);

      for (int n = 0; numbers[n] != NULL && *numbers[n] != '\0'; n++)
        if (!g_hash_table_add (taken, g_strdup (numbers[n])))
          g_error ("%s was taken twice", numbers[n]);
    }
  g_assert_cmpuint (g_hash_table_size (taken), ==, ORDERS);
}

/* A spooler that is gone keeps nobody waiting for longer than its lease; what it had begun is gone on with, by one. */
static void
test_killed (void)
{
  g_autofree char *db = schema_office_new ();
  int first = approve (db, 2);
  GSubprocess *desk = start (db, "chen", "SELECT application_number FROM api.take_print_order (" SPOOLER_A ", '{card}', 600);\n"
                             "SELECT card_id FROM api.reserve_card (1, gen_random_uuid (), 'card');\n"
                             "SELECT application_number FROM api.take_print_order (" SPOOLER_A ", '{card}', 600);\nSELECT pg_sleep (600);\n");
  g_autofree char *said = NULL;
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  do
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_free (said);
      said = schema_office_ask (db, "postgres", "SELECT count (*) FROM pg_stat_activity WHERE datname = '%s' AND query LIKE '%%pg_sleep (600)%%'"
                                " AND usename = 'chen'", db);
    }
  while (!g_str_equal (said, "1"));
  g_free (schema_office_ask (db, "postgres", "SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE datname = '%s' AND usename = 'chen'", db));
  g_free (finish (desk));

  /* Its leases are not over. */
  schema_office_said (db, "chen", "", TAKE (SPOOLER_B));
  schema_office_refused (db, "chen", "P0001", "LEASED", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", first + 1);
  schema_office_said (db, "anna", "leased Desk · chen", "SELECT concat_ws (' ', state, leased_by) FROM api.print_queue");
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.print_order SET leased_until = clock_timestamp()"));
  schema_office_said (db, "chen", "", "SELECT * FROM api.take_print_order (" SPOOLER_B ", '{}', 600)");
  schema_office_said (db, "chen", "UC-26-000001|card|1", "SELECT application_number, printer, card_id FROM api.take_print_order (" SPOOLER_B ", '{other,card}', 600)");
  schema_office_said (db, "chen", "UC-26-000002|other|", "SELECT application_number, printer, card_id FROM api.take_print_order (" SPOOLER_B ", '{other,card}', 600)");
  schema_office_said (db, "chen", "", "SELECT * FROM api.take_print_order (" SPOOLER_B ", '{other,card}', 600)");
  schema_office_said (db, "chen", "0|f|2", "SELECT api.keep_print_orders (" SPOOLER_A ", 600), api.end_print_order (" SPOOLER_A ", 2, 'late'),"
                      " api.keep_print_orders (" SPOOLER_B ", 600)");
  /* What is then printed by hand is nobody's to take over. */
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.print_order SET leased_until = clock_timestamp() WHERE application_id = 2"));
  schema_office_render (db, first + 1);
  schema_office_said (db, "chen", "", TAKE (SPOOLER_A));
  schema_office_said (db, "anna", "Chen took the printing over from workstation Desk.", "SELECT text FROM api.event WHERE application_id = 2 AND what LIKE 'print_%'");
}

/* Three times, with growing distance; then a person looks at it. What a stop of the rules froze is passed over until its cure. */
static void
test_failed (void)
{
  g_autofree char *db = schema_office_new ();

  approve (db, 2);
  for (int i = 0; i < 3; i++)
    {
      schema_office_said (db, "chen", "UC-26-000001|card", TAKE (SPOOLER_A));
      schema_office_said (db, "chen", "t", "SELECT api.end_print_order (" SPOOLER_A ", 1, 'no layout')");
      if (i < 2)
        schema_office_said (db, "anna", "waiting|no layout|t", "SELECT state, reason, next_at > clock_timestamp() FROM api.print_queue WHERE application_id = 1");
      g_free (schema_office_ask (db, "postgres", "UPDATE platen.print_order SET next_at = clock_timestamp()"));
    }
  schema_office_said (db, "anna", "failed|3|no layout", "SELECT state, attempts, reason FROM api.print_queue WHERE application_id = 1");
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application SET has_portrait = false WHERE id = 2"));
  schema_office_said (db, "chen", "", TAKE (SPOOLER_A));
  schema_office_said (db, "anna", "held||t", "SELECT state, place, reason LIKE '%photo%' FROM api.print_queue WHERE application_id = 2");
  schema_office_said (db, "chen", "f|t", "SELECT done, why LIKE '%photo%' FROM api.release_print_orders ('{\"ids\": 2}')");
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application SET has_portrait = true WHERE id = 2"));
  schema_office_said (db, "chen", "01 t, 02 t", DONE "release_print_orders ('{\"state\": [\"failed\", \"held\"]}')");
  schema_office_said (db, "chen", "UC-26-000001|card", TAKE (SPOOLER_A));
  schema_office_said (db, "chen", "UC-26-000002|card", TAKE (SPOOLER_A));
}

/* Each of the acts, a list of strings in parentheses, is refused under this rule; one connection for all of them. */
#define ALL_REFUSED(rule, call) \
  "DO $do$ DECLARE r record; v_hint text; BEGIN FOR r IN SELECT * FROM (VALUES %s (NULL)) v (act) WHERE act IS NOT NULL LOOP" \
  "  BEGIN EXECUTE format ('SELECT " call "', r.act); v_hint := 'done'; EXCEPTION WHEN OTHERS THEN GET STACKED DIAGNOSTICS v_hint = PG_EXCEPTION_HINT; END;" \
  "  IF v_hint <> '" rule "' THEN RAISE EXCEPTION '%%: %%', r.act, v_hint; END IF; END LOOP; END $do$"

/* What a filter does not know it says by its name, and each member leaves out what it should. */
static void
test_filter (void)
{
  static const char * const wrong[] = {
    "{}", "[]", "{\"all\": false}", "{\"all\": 1}", "{\"limit\": 3}", "{\"al\": true}", "{\"all\": true, \"colour\": \"red\"}", "{\"kind\": \"cheap\"}",
    "{\"category\": \"Z9\"}", "{\"state\": \"lost\"}", "{\"approved_before\": \"yesterday\"}", "{\"approved_after\": \"2026-13-40\"}", "{\"priority_from\": \"high\"}",
    "{\"ids\": \"x\"}", "{\"ids\": {\"a\": 1}}", "{\"holder\": \" \"}", "{\"batch\": \"UC-26-P000009\"}", "{\"all\": true, \"limit\": 0}",
    "{\"kind\": [\"new\", null]}", "{\"priority_to\": 1.5}", "{\"numbers\": null}",
  };
  static const struct { const char *filter; const char *found; } right[] = {
    { "{\"all\": true}", "3" }, { "{\"kind\": [\"new\", \"renewal\"]}", "3" }, { "{\"kind\": \"new\"}", "0" }, { "{\"category\": \"B\"}", "3" },
    { "{\"category\": \"C\"}", "0" }, { "{\"state\": \"waiting\"}", "2" }, { "{\"state\": [\"held\", \"failed\"]}", "1" }, { "{\"approved_before\": \"2000-01-01\"}", "0" },
    { "{\"approved_after\": \"2000-01-01T12:00:00Z\"}", "3" }, { "{\"priority_from\": 1}", "1" }, { "{\"priority_to\": 0}", "2" }, { "{\"holder\": \"ida b\"}", "3" },
    { "{\"holder\": \"nobody\"}", "0" }, { "{\"batch\": null}", "3" }, { "{\"printer\": null}", "2" }, { "{\"printer\": \"other\"}", "1" },
    { "{\"all\": true, \"limit\": 2}", "2" }, { "{\"ids\": [1, \"3\", 99]}", "2" }, { "{\"numbers\": [\"UC-26-000002\"], \"state\": \"held\"}", "0" },
  };
  g_autofree char *db = schema_office_new ();
  g_autoptr (GString) all = g_string_new (NULL);

  approve (db, 3);
  g_free (schema_office_ask (db, "chen", "SELECT FROM api.hold_print_orders ('{\"ids\": 1}', 'x'); SELECT FROM api.move_print_orders ('{\"ids\": 2}', 'other');"
                             "SELECT FROM api.prioritise_print_orders ('{\"ids\": 3}', 60, 'flies tomorrow')"));
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_string_append_printf (all, "('%s'), ", wrong[i]);
  g_free (schema_office_ask (db, "chen", ALL_REFUSED ("FILTER", "api.hold_print_orders (%%L, ''x'')"), all->str));
  g_string_truncate (all, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (right); i++)
    g_string_append_printf (all, "('%s', %s), ", right[i].filter, right[i].found);
  schema_office_said (db, "chen", "", g_string_append (g_string_prepend (all, "SELECT f FROM (VALUES "), "('{\"all\": true}', 3)) r (f, found)"
                      " WHERE cardinality (api.match_print_orders (f::jsonb)) <> found")->str);
  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.prioritise_print_orders ('{\"all\": true}', 51)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.prioritise_print_orders ('{\"all\": true}', 101, 'x')");
}

/* A clerk's login in psql, an auditor's, another office's, and even the superuser past the functions. */
static void
test_closed (void)
{
  static const char * const acts[] = {
    "take_print_order (" SPOOLER_A ", '{card}', 60)", "keep_print_orders (" SPOOLER_A ", 60)", "end_print_order (" SPOOLER_A ", 1, NULL)",
    "hold_print_orders ('{\"all\": true}', 'x')", "release_print_orders ('{\"all\": true}')", "move_print_orders ('{\"all\": true}', 'x')",
    "prioritise_print_orders ('{\"all\": true}', 1)", "pause_printing (NULL, 'x')", "resume_printing (NULL)", "set_fair_after (1)",
    "new_print_batch ('x', '{\"all\": true}')", "release_print_batch ('x')", "cancel_print_batch ('x', 'y')",
  };
  g_autofree char *db = schema_office_new ();
  g_autoptr (GString) all = g_string_new (NULL);

  approve (db, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (acts); i++)
    g_string_append_printf (all, "($$%s$$), ", acts[i]);
  g_free (schema_office_ask (db, "anna", ALL_REFUSED ("ROLE", "api.%%s"), all->str));
  g_free (schema_office_ask (db, "dora", ALL_REFUSED ("ROLE", "api.%%s"), all->str));
  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT api.take_print_order (" SPOOLER_A ", '{card}', 60)");
  schema_office_refused (db, "chen", "42501", NULL, "UPDATE platen.print_order SET priority = 100");
  schema_office_refused (db, "chen", "42501", NULL, "SELECT platen.next_print_order ('UC', '{card}', '{}')");
  schema_office_said (db, "nils", "", "SELECT * FROM api.take_print_order (" SPOOLER_A ", '{card}', 60)");
  schema_office_said (db, "nils", "0", "SELECT count (*) FROM api.print_queue");
  schema_office_refused (db, "nils", "P0002", "NOT_FOUND", "SELECT api.end_print_order (" SPOOLER_A ", 1, NULL)");
  schema_office_said (db, "dora", "1", "SELECT count (*) FROM api.print_queue");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.take_print_order (" SPOOLER_A ", '{card}', 0)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.take_print_order (NULL, '{card}', 60)");
}

static void
run_script (const char *db, const char *script)
{
  g_autofree char *conninfo = plt_test_cluster_dup_conninfo (schema_office_cluster (), db, "postgres");
  g_autoptr (GSubprocess) psql = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL,
                                                   "psql", "-Xqv", "ON_ERROR_STOP=1", "-d", conninfo, NULL);
  g_autofree char *out = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (psql, script, NULL, &out, NULL, NULL));
  if (g_subprocess_get_exit_status (psql) != 0)
    g_error ("%s", out);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Who was approved before there was a queue stands in it, by the day of the approval. */
static void
test_upgrade (void)
{
  g_autofree char *db = plt_test_cluster_create_empty_database (schema_office_cluster ());
  g_autofree char *folder = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "schema", NULL);
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".sql"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      g_string_append_printf (strcmp (names->pdata[i], "0059") < 0 ? before : after, "BEGIN;\n\\i %s\nCOMMIT;\n", path);
    }
  run_script (db, before->str);
  g_free (schema_office_ask (db, "postgres", "SELECT api.add_office ('UC', 'Utopia Central'); SELECT api.add_staff ('anna', 'Anna', 'UC', '{clerk}', NULL);"
    "INSERT INTO platen.application (number, key, office_code, type, state, id_number, entered_by, changed_by, changed_at)"
    " SELECT 'UC-26-00000' || n, gen_random_uuid (), 'UC', 'renewal', s, lpad (n::text, 10, '0') || platen.mod11_10 (lpad (n::text, 10, '0')), 1, 1, '2026-03-03'"
    "  FROM (VALUES (1, 'approved'), (2, 'submitted'), (3, 'approved')) a (n, s);"
    "INSERT INTO platen.event (office_code, at, workstation, subject, application_id, what, text)"
    " VALUES ('UC', '2026-02-02', 'x', 'application', 1, 'approved', 'x'), ('UC', '2026-03-03', 'x', 'application', 1, 'approved', 'again')"));
  run_script (db, after->str);
  schema_office_said (db, "postgres", "1 2026-02-02|3 2026-03-03",
                      "SELECT string_agg (application_id || ' ' || approved_at::date, '|' ORDER BY application_id) FROM platen.print_order WHERE open");
}

/* People and spoolers at the same orders at the same moment: everybody waits, nobody crosswise. */
static void
test_crosswise (void)
{
  g_autofree char *db = schema_office_new ();
  int first = approve (db, 4), card;
  g_autofree char *sql = NULL;

  g_free (schema_office_ask (db, "chen", "SELECT FROM api.new_print_batch ('x', '{\"ids\": [2, 3]}', '{\"first\": 1}')"));
  card = make (db, first + 1);
  sql = g_strdup_printf ("SELECT api.check_card (%d, 'CODE', (SELECT serial FROM api.card WHERE id = %d))", card, card);
  schema_office_at_once (db, "chen", sql, "boris", "SELECT api.cancel_print_batch ('UC-26-P000001', 'x')");
  g_free (sql);
  sql = g_strdup_printf ("SELECT api.spoil_card (%d, 'torn')", card);
  schema_office_at_once (db, "chen", sql, "boris", "SELECT api.prioritise_print_orders ('{\"all\": true}', 5)");
  schema_office_at_once (db, "boris", "SELECT api.hold_print_orders ('{\"ids\": [3, 4]}', 'x')", "chen",
                         "SELECT api.reserve_card (1, gen_random_uuid (), 'card')");
  schema_office_at_once (db, "boris", "SELECT api.release_print_orders ('{\"all\": true}')", "chen", "SELECT api.hold_print_orders ('{\"ids\": [4, 3, 2]}', 'y')");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/print-queue/life", test_life);
  g_test_add_func ("/schema/print-queue/held", test_held);
  g_test_add_func ("/schema/print-queue/stopped", test_stopped);
  g_test_add_func ("/schema/print-queue/paused", test_paused);
  g_test_add_func ("/schema/print-queue/batch", test_batch);
  g_test_add_func ("/schema/print-queue/lot", test_lot);
  g_test_add_func ("/schema/print-queue/stock", test_stock);
  g_test_add_func ("/schema/print-queue/line", test_line);
  g_test_add_func ("/schema/print-queue/ten-thousand", test_ten_thousand);
  g_test_add_func ("/schema/print-queue/takers", test_takers);
  g_test_add_func ("/schema/print-queue/killed", test_killed);
  g_test_add_func ("/schema/print-queue/failed", test_failed);
  g_test_add_func ("/schema/print-queue/filter", test_filter);
  g_test_add_func ("/schema/print-queue/closed", test_closed);
  g_test_add_func ("/schema/print-queue/upgrade", test_upgrade);
  g_test_add_func ("/schema/print-queue/crosswise", test_crosswise);

  return schema_office_run ();
}
