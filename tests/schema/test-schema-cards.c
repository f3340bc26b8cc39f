/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves the life of a card: one in flight, read back before it is handed over, every blank accounted for. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

static void
send_out (const char *db,
          int         card)
{
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'urn:uuid:1'), api.card_sent (%d, 7, 'urn:uuid:1');"
                             "SELECT api.card_released (%d), api.card_released (%d);"
                             "SELECT api.card_on_device (%d); SELECT api.card_out (%d), api.card_out (%d)",
                             card, card, card, card, card, card, card));
}

/* The whole way for each type: which dates stand on the card, and which number. */
static void
test_whole_way (void)
{
  static const struct
  {
    const char *type;
    const char *categories; /* as an SQL expression over t: today */
    const char *expiry;
  } cases[] = {
    { "new", "concat_ws ('|', 'AM;' || t || ';' || e || ';', 'B1;' || t || ';' || e || ';', 'B;' || t || ';' || e || ';')", "t + interval '10 years' - interval '1 day'" },
    { "renewal", "'B;2005-06-07;' || e || ';01'", "t + interval '10 years' - interval '1 day'" },
    { "replacement", "'B;2005-06-07;' || e || ';01'", "t + 30" },
    { "correction", "'B;2005-06-07;' || e || ';01'", "t + 30" },
    { "upgrade", "'B;2005-06-07;' || e || ';01'", "t + 30" },
  };
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10)"));
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int application = schema_office_approved (db, cases[i].type);
      int card = schema_office_render (db, application);

      send_out (db, card);
      g_free (schema_office_ask (db, "chen", "SELECT 1 / matched::int FROM api.check_card (%d, E'CODE\\r\\n',"
                                 " (SELECT serial FROM api.card WHERE id = %d)); SELECT api.issue_card (%d, NULL)", card, card, card));

      g_autofree char *right = schema_office_ask (db, "anna",
        "SELECT a.state = 'issued' AND a.issue_date = t AND a.expiry_date = e::date AND a.categories = %s"
        " AND l.card_number = c.number AND l.number = a.licence_number AND l.number ~ '^U[0-9]{8}$' AND c.state = 'issued'"
        " FROM api.application a JOIN api.card c ON c.application_id = a.id JOIN api.licence l ON l.id_number = a.id_number,"
        " (SELECT current_date AS t) d, LATERAL (SELECT (%s)::date::text AS e FROM (SELECT current_date AS t) x) z"
        " WHERE a.id = %d", cases[i].categories, cases[i].expiry, application);

      g_assert_cmpstr (right, ==, "t");
    }

  g_autofree char *check_digits = schema_office_ask (db, "postgres",
    "SELECT bool_and (right (number, 1)::int = platen.mod11_10 (substr (number, 2, 7))) FROM platen.licence");
  g_autofree char *entered = schema_office_ask (db, "anna", "SELECT string_agg (what, ' ' ORDER BY id) FROM api.event WHERE application_id = 1");

  g_assert_cmpstr (check_digits, ==, "t");
  g_assert_cmpstr (entered, ==, "draft portrait signature submitted approved reserved in_production rendered job sent on_device out"
                                " checked ready issued issued");
}

static void
test_second_card_in_flight (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *first = schema_office_ask (db, "chen", "SELECT card_number FROM api.reserve_card (%d, '%s', 'p')", application, key);
  g_autofree char *again = schema_office_ask (db, "chen", "SELECT card_number FROM api.reserve_card (%d, '%s', 'p')", application, key);

  g_assert_cmpstr (first, ==, again);
  schema_office_refused (db, "chen", "P0001", "IN_FLIGHT", "SELECT api.reserve_card (%d, gen_random_uuid (), 'p')", application);
  schema_office_refused (db, "postgres", "23505", NULL,
    "INSERT INTO platen.card (number, application_id, office_code, serial, print_key, printer, reserved_by)"
    " VALUES ('X', %d, 'UC', 'B00000002', gen_random_uuid (), 'p', 1)", application);
}

/* Two desks at the same moment: both are inside a transaction before either asks. */
static void
test_two_desks_at_once (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");
  g_autofree char *code = plt_test_cluster_fresh_totp (schema_office_cluster (), db, "chen");
  g_autofree char *token = schema_office_ask (db, "chen", "SELECT token FROM api.open_session ('%s', 'Desk')", code);
  GSubprocess *desks[2];
  int won = 0;
  int refused = 0;

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *conninfo = plt_test_cluster_dup_conninfo (schema_office_cluster (), db, "chen");

      desks[i] = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                                   NULL, "psql", "-XqAt", "-d", conninfo, NULL);

      g_autoptr (GString) sql = g_string_new (NULL);

      g_string_append_printf (sql, "SELECT FROM api.resume_session ('%s');\nBEGIN;\nSELECT 1 FROM api.card;\n"
                              "SELECT card_number FROM api.reserve_card (%d, gen_random_uuid (), 'p');\nCOMMIT;\n",
                              token, application);
      g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (desks[i]), sql->str, sql->len, NULL, NULL, NULL));
    }
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *out = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (desks[i], NULL, NULL, &out, NULL, NULL));
      won += strstr (out, "-C000001") != NULL && strstr (out, "HINT:") == NULL;
      refused += strstr (out, "HINT:  IN_FLIGHT") != NULL;
      g_object_unref (desks[i]);
    }
  g_assert_cmpint (won, ==, 1);
  g_assert_cmpint (refused, ==, 1);
}

static void
test_readback (void)
{
  static const struct
  {
    const char *scanned;
    const char *serial;
  } wrong[] = {
    { "'CODF'", "'B00000001'" }, { "'CODE '", "'B00000001'" }, { "NULL", "'B00000001'" }, { "''", "'B00000001'" },
    { "'CODE'", "'B00000002'" }, { "'code'", "NULL" }, { "'code'", "'B00000001'" },
  };
  g_autofree char *db = schema_office_new ();
  int card = schema_office_render (db, schema_office_approved (db, "renewal"));

  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.check_card (%d, 'CODE', 'B00000001')", card);
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.issue_card (%d, 'CODE')", card);
  send_out (db, card);
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.issue_card (%d, 'CODE')", card);
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *answer = schema_office_ask (db, "chen", "SELECT matched FROM api.check_card (%d, %s, %s)", card,
                                                   wrong[i].scanned, wrong[i].serial);

      g_assert_cmpstr (answer, ==, "f");
    }

  g_autofree char *left = schema_office_ask (db, "chen",
    "SELECT (SELECT state FROM api.card), (SELECT state FROM api.application), count (*) FROM api.event WHERE what = 'readback_differs'");

  g_assert_cmpstr (left, ==, "out|in_production|7");

  /* The right code, and nobody looked at the blank: neither right nor wrong. */
  schema_office_refused (db, "chen", "P0001", "SERIAL", "SELECT api.check_card (%d, 'CODE', NULL)", card);
  schema_office_refused (db, "chen", "P0001", "SERIAL", "SELECT api.check_card (%d, 'CODE', E' \r\n')", card);

  g_free (schema_office_ask (db, "chen", "SELECT api.check_card (%d, 'CODE', 'b00000001')", card));
  /* Handed over by another session: only with the code scanned again. */
  schema_office_refused (db, "anna", "P0001", "READBACK_DIFFERS", "SELECT api.issue_card (%d, NULL)", card);
  schema_office_refused (db, "anna", "P0001", "READBACK_DIFFERS", "SELECT api.issue_card (%d, 'CODF')", card);
  g_free (schema_office_ask (db, "anna", "SELECT api.issue_card (%d, 'CODE')", card));
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.issue_card (%d, 'CODE')", card);
}

/* The bytes of the PDF417, as a scanner in serial mode gives them, with what it puts behind them. */
static void
test_binary_code (void)
{
  static const char *const wrong[] = { "7061796c6f616", "7061796c6f6165", "7061796c6f616400", "7061796c6f61640d0a30", "017061796c6f6164", "7061796c6f61650d",
                                       "" };
  g_autofree char *db = schema_office_new ();
  int card = schema_office_render (db, schema_office_approved (db, "renewal"));

  send_out (db, card);
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *answer = schema_office_ask (db, "chen", "SELECT matched FROM api.check_card (%d, '%s', 'B00000001')", card, wrong[i]);

      g_assert_cmpstr (answer, ==, "f");
    }
  g_autofree char *found = schema_office_ask (db, "chen", "SELECT api.card_of_code ('7061796C6F61640D0A') = (SELECT number FROM api.card)");
  g_assert_cmpstr (found, ==, "t");
  g_autofree char *right = schema_office_ask (db, "chen", "SELECT matched FROM api.check_card (%d, '7061796C6F61640D', 'B00000001')", card);
  g_assert_cmpstr (right, ==, "t");
}

/* Which card lies in the hand: of this office, and only while it is on its way or ready. */
static void
test_card_of_code (void)
{
  static const char ask[] = "SELECT coalesce (api.card_of_code (E'CODE\r\n'), '-'), coalesce (api.card_of_code ('CODF'), '-')";
  g_autofree char *db = schema_office_new ();
  int card = schema_office_render (db, schema_office_approved (db, "renewal"));
  g_autofree char *drawn = schema_office_ask (db, "chen", ask);

  send_out (db, card);

  g_autofree char *out = schema_office_ask (db, "chen", ask);
  g_autofree char *elsewhere = schema_office_ask (db, "nils", ask);

  g_free (schema_office_ask (db, "chen", "SELECT api.check_card (%d, 'CODE', 'B00000001')", card));

  g_autofree char *ready = schema_office_ask (db, "anna", ask);

  g_free (schema_office_ask (db, "anna", "SELECT api.issue_card (%d, 'CODE')", card));

  g_autofree char *issued = schema_office_ask (db, "anna", ask);

  g_assert_cmpstr (drawn, ==, "-|-");
  g_assert_cmpstr (out, ==, "UC-26-C000001|-");
  g_assert_cmpstr (elsewhere, ==, "-|-");
  g_assert_cmpstr (ready, ==, "UC-26-C000001|-");
  g_assert_cmpstr (issued, ==, "-|-");
  schema_office_refused (db, "dora", "42501", "ROLE", "%s", ask);
}

/* An operator's login in psql keeps no file of anything but what was approved. */
static void
test_file_of_something_else (void)
{
  static const char * const changes[] = {
    "jsonb_set (inputs, '{values,family_name}', '\"Other\"')", "jsonb_set (inputs, '{values,given_names}', '\"Other\"')",
    "jsonb_set (inputs, '{values,birth_date}', '\"1990-01-01\"')", "jsonb_set (inputs, '{values,birth_place}', '\"Other\"')",
    "jsonb_set (inputs, '{values,expiry_date}', '\"2099-01-01\"')", "jsonb_set (inputs, '{values,licence_number}', '\"U1\"')",
    "jsonb_set (inputs, '{categories,0,code}', '\"D\"')", "jsonb_set (inputs, '{categories,0,to}', '\"2099-01-01\"')",
    "inputs - 'categories'", "jsonb_set (inputs, '{portrait_sha256}', to_jsonb (repeat ('0', 64)))",
    "inputs || '{\"portrait_taken_at\":\"2024-02-29T22:30:59Z\"}'", "inputs - 'signature_sha256'", "jsonb_set (inputs, '{qr_text}', '\"CODF\"')", "jsonb_set (inputs, '{mrz}', '\"\"')",
    "'{}'::jsonb", "'[]'::jsonb", "'null'::jsonb",
  };
  g_autofree char *db = schema_office_new ();
  int card = schema_office_render (db, schema_office_approved (db, "renewal"));

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    schema_office_refused (db, "chen", "P0001", "CARD_DATA",
                           "SELECT api.card_rendered (%d, 'utopia-iso', 1, '" SCHEMA_OFFICE_DIGEST "', repeat ('a', 64), repeat ('b', 64),"
                           " encode (sha256 ('file'), 'hex'), 'file', 'CODE', 'payload', 'MRZ', %s)"
                           "  FROM api.card_file WHERE card_id = %d", card, changes[i], card);
}

static void
keep_fitted (const char *db, int card, const char *approved, gboolean is_refused)
{
  g_autofree char *call = g_strdup_printf (
    "SELECT api.card_rendered (%d, 'utopia-iso', 1, '" SCHEMA_OFFICE_DIGEST "', repeat ('a', 64), repeat ('b', 64),"
    " encode (sha256 ('file'), 'hex'), 'file', 'CODE', 'payload', 'MRZ', inputs || jsonb_build_object ('portrait_sha256', repeat ('0', 64),"
    " 'portrait_approved_sha256', %s)) FROM api.card_file WHERE card_id = %d", card, approved, card);

  if (is_refused)
    schema_office_refused (db, "chen", "P0001", "CARD_DATA", "%s", call);
  else
    g_free (schema_office_ask (db, "chen", "%s", call));
}

/* A portrait that is larger than a card has room for is approved as it is and drawn fitted; no other is. */
static void
test_fitted_portrait (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");
  int card = schema_office_render (db, application);

  keep_fitted (db, card, "inputs ->> 'portrait_sha256'", TRUE);
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application_image SET image = image || decode (repeat ('ab', 20000), 'hex'),"
                             " sha256 = encode (sha256 (image || decode (repeat ('ab', 20000), 'hex')), 'hex') WHERE kind = 'portrait'"
                             " AND application_id = %d", application));
  keep_fitted (db, card, "inputs ->> 'portrait_sha256'", TRUE);
  keep_fitted (db, card, "repeat ('0', 64)", TRUE);
  keep_fitted (db, card, "(SELECT i.sha256 FROM api.application_image i JOIN api.card c USING (application_id) WHERE c.id = card_id"
               " AND i.kind = 'portrait')", FALSE);

  g_autofree char *known = schema_office_ask (db, "chen", "SELECT inputs ->> 'portrait_sha256' = repeat ('0', 64) FROM api.card_file"
                                              " WHERE card_id = %d", card);
  g_assert_cmpstr (known, ==, "t");
}

static void
test_stock (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");
  int card = schema_office_render (db, application);

  g_free (schema_office_ask (db, "chen", "SELECT api.cancel_card (%d, 'paper jam')", card));
  card = schema_office_render (db, application);
  send_out (db, card);
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.cancel_card (%d, 'x')", card);
  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.spoil_card (%d, ' ')", card);
  g_free (schema_office_ask (db, "chen", "SELECT api.card_doubtful (%d, 'jam'); SELECT api.spoil_card (%d, 'torn')", card, card));
  card = schema_office_render (db, application);
  send_out (db, card);

  g_autofree char *stock = schema_office_ask (db, "chen", "SELECT string_agg (place || blanks, ' ' ORDER BY place) FROM api.stock");
  /* Double entry: what the ledger brought to each place less what it took is what is there. */
  g_autofree char *differs = schema_office_ask (db, "postgres",
    "SELECT count (*) FROM platen.blank b WHERE b.place <> (SELECT l.to_place FROM platen.stock_ledger l WHERE l.serial = b.serial"
    " ORDER BY l.id DESC LIMIT 1) OR EXISTS (SELECT FROM (SELECT from_place, lag (to_place, 1, 'supplier') OVER (ORDER BY id) AS was"
    " FROM platen.stock_ledger WHERE serial = b.serial) x WHERE from_place <> was)");

  g_assert_cmpstr (stock, ==, "safe1 spoiled1 tray1");
  g_assert_cmpstr (differs, ==, "0");

  schema_office_render (db, schema_office_approved (db, "renewal"));
  schema_office_refused (db, "chen", "P0001", "NO_STOCK", "SELECT api.reserve_card (%d, gen_random_uuid (), 'p')", schema_office_approved (db, "renewal"));
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.add_stock ('B00000003', 5)");
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.add_stock ('B99999999', 2)");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.add_stock ('B00002000', 2)");
}

static void
test_transition_table (void)
{
  g_autofree char *db = schema_office_new ();
  int card = schema_office_render (db, schema_office_approved (db, "renewal"));
  /* What the office demands at the hand-over is another rule, and asks who is signed in. */
  g_autofree char *allowed = schema_office_ask (db, "postgres", "ALTER TABLE platen.card DISABLE TRIGGER handover_is_as_demanded;"
    " CREATE TEMP TABLE pair (a text, b text); DO $$ DECLARE a text; b text;"
    " s text[] := '{reserved,rendered,sent,on_device,out,checked,issued,doubtful,spoiled,cancelled,recalled}'; BEGIN"
    " FOREACH a IN ARRAY s LOOP FOREACH b IN ARRAY s LOOP BEGIN"
    "   UPDATE platen.card SET state = a WHERE id = %d; UPDATE platen.application SET state = CASE b WHEN 'issued' THEN 'ready' ELSE 'in_production' END;"
    "   PERFORM platen.move_card (ROW (NULL, 1, 'chen', 'Chen', 'UC', 'Desk', now())::platen.actor, %d, b, 'x', 'y');"
    "   INSERT INTO pair VALUES (a, b);"
    " EXCEPTION WHEN raise_exception THEN NULL; END; END LOOP; END LOOP; END $$;"
    " SELECT string_agg (a || '>' || b, ' ' ORDER BY a, b) FROM pair", card, card);

  g_assert_cmpstr (allowed, ==,
    "checked>issued checked>spoiled doubtful>cancelled doubtful>out doubtful>spoiled issued>recalled on_device>doubtful on_device>out on_device>spoiled"
    " out>checked out>doubtful out>spoiled rendered>cancelled rendered>doubtful rendered>sent rendered>spoiled reserved>cancelled"
    " reserved>rendered sent>doubtful sent>on_device sent>out sent>spoiled");
}

static void
test_doubtful_needs_a_person (void)
{
  g_autofree char *db = schema_office_new ();
  int card = schema_office_render (db, schema_office_approved (db, "renewal"));

  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.card_released (%d)", card);
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u'); SELECT api.card_doubtful (%d, 'power cut')", card, card));
  schema_office_refused (db, "chen", "P0001", "IN_FLIGHT", "SELECT api.card_sent (%d, 8, 'v')", card);
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.card_out (%d)", card);
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.card_on_device (%d)", card);
  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.card_came_out (%d, '')", card);
  g_free (schema_office_ask (db, "chen", "SELECT api.card_came_out (%d, 'lay in the tray')", card));
}

static int
sent (const char *db,
      gboolean    forgets)
{
  int card = schema_office_render (db, schema_office_approved (db, "renewal"));

  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'u', %s), api.card_released (%d), api.card_on_device (%d)",
                             card, forgets ? "true" : "false", card, card));
  return card;
}

static char *
ask_state (const char *db,
           int         card)
{
  return schema_office_ask (db, "chen", "SELECT state, asked_about FROM api.card WHERE id = %d", card);
}

/* A printer that lost its power knows of no job: that makes the card doubtful, unless its queue had noted the same before
 * and so cannot tell. Said twice, or after another desk said "out", it is no news. */
static void
test_forgotten_by_the_printer (void)
{
  g_autofree char *db = schema_office_new ();
  int lost = sent (db, FALSE);
  int unclear = sent (db, TRUE);

  g_free (schema_office_ask (db, "chen", "SELECT api.card_forgotten (%d), api.card_forgotten (%d)", lost, lost));
  g_free (schema_office_ask (db, "chen", "SELECT api.card_forgotten (%d), api.card_forgotten (%d)", unclear, unclear));

  g_autofree char *first = ask_state (db, lost);
  g_autofree char *second = ask_state (db, unclear);
  g_autofree char *why = schema_office_ask (db, "chen", "SET platen.language = 'fr'; SELECT reason FROM api.card WHERE id = %d", lost);

  g_assert_cmpstr (first, ==, "doubtful|t");
  g_assert_cmpstr (second, ==, "out|f");
  g_assert_cmpstr (why, ==, "L’imprimante a été éteinte ou a redémarré pendant qu’elle avait la carte.");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.card_forgotten (%d)", lost);

  /* Reading it back is the answer. */
  g_autofree char *differs = schema_office_ask (db, "chen", "SELECT matched FROM api.check_card (%d, 'NO', 'NO')", lost);
  g_autofree char *still = ask_state (db, lost);
  g_autofree char *matches = schema_office_ask (db, "chen", "SELECT matched FROM api.check_card (%d, 'CODE',"
                                                " (SELECT serial FROM api.card WHERE id = %d))", lost, lost);
  g_autofree char *checked = ask_state (db, lost);
  g_autofree char *told = schema_office_ask (db, "chen", "SELECT string_agg (what, ' ' ORDER BY id) FROM api.event WHERE card_id = %d"
                                             " AND what IN ('doubtful', 'out', 'checked', 'readback_differs')", lost);
  g_assert_cmpstr (differs, ==, "f");
  g_assert_cmpstr (still, ==, "doubtful|t");
  g_assert_cmpstr (matches, ==, "t");
  g_assert_cmpstr (checked, ==, "checked|f");
  g_assert_cmpstr (told, ==, "doubtful readback_differs out checked");
}

/* A card that is said to be out and that nobody reads back is asked about after the office's time, until it is answered for. */
static void
test_asked_about_after_a_while (void)
{
  g_autofree char *db = schema_office_new ();
  int found = sent (db, FALSE);
  int lost = sent (db, FALSE);

  g_free (schema_office_ask (db, "emil", "SELECT api.set_ask_after (5)"));
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.set_ask_after (5)");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.set_ask_after (0)");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.set_ask_after (NULL)");
  g_free (schema_office_ask (db, "chen", "SELECT api.card_out (%d), api.card_out (%d)", found, lost));
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.cancel_card (%d, 'too soon')", lost);

  g_autofree char *soon = ask_state (db, found);
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.card SET changed_at = changed_at - interval '4 min 50 s'"));
  g_autofree char *before = ask_state (db, found);
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.card SET changed_at = changed_at - interval '10 s'"));
  g_autofree char *after = ask_state (db, found);
  g_assert_cmpstr (soon, ==, "out|f");
  g_assert_cmpstr (before, ==, "out|f");
  g_assert_cmpstr (after, ==, "out|t");

  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.card_came_out (%d, ' ')", found);
  g_free (schema_office_ask (db, "chen", "SELECT api.card_came_out (%d, 'in the tray'), api.card_came_out (%d, 'in the tray')", found, found));
  g_free (schema_office_ask (db, "chen", "SELECT api.cancel_card (%d, 'the blank lies in the feeder')", lost));

  g_autofree char *answered = ask_state (db, found);
  g_autofree char *given_back = ask_state (db, lost);
  g_autofree char *place = schema_office_ask (db, "postgres", "SELECT place FROM platen.blank b JOIN platen.card c USING (serial) WHERE c.id = %d", lost);
  g_autofree char *told = schema_office_ask (db, "chen", "SELECT string_agg (what, ' ' ORDER BY id) FROM api.event WHERE card_id = %d", lost);
  g_autofree char *once = schema_office_ask (db, "chen", "SELECT count (*) FROM api.event WHERE card_id = %d AND what = 'found'", found);
  g_assert_cmpstr (answered, ==, "out|f");
  g_assert_cmpstr (given_back, ==, "cancelled|f");
  g_assert_cmpstr (place, ==, "safe");
  g_assert_nonnull (strstr (told, "out doubtful cancelled"));
  g_assert_cmpstr (once, ==, "1");
}

/* The citizen has moved: the licence in force was given by another office, and goes over to this one. */
static void
test_licence_of_another_office (void)
{
  g_autofree char *db = schema_office_new ();
  int application = schema_office_approved (db, "renewal");
  int card = schema_office_render (db, application);

  send_out (db, card);
  g_free (schema_office_ask (db, "postgres",
    "INSERT INTO platen.licence (number, id_number, office_code, holder_name, categories, issue_date, expiry_date, card_number,"
    " application_id) SELECT licence_number, id_number, 'UN', 'Ida Berg', '', '2020-01-02', '2029-01-01', 'UN-20-C000001', id"
    " FROM platen.application WHERE id = %d", application));

  g_autofree char *before = schema_office_ask (db, "chen", "SELECT count (*) FROM api.licence");

  g_free (schema_office_ask (db, "chen", "SELECT 1 / matched::int FROM api.check_card (%d, 'CODE',"
                             " (SELECT serial FROM api.card WHERE id = %d)); SELECT api.issue_card (%d, NULL)", card, card, card));

  g_autofree char *after = schema_office_ask (db, "chen", "SELECT l.card_number = c.number FROM api.licence l, api.card c");
  g_autofree char *there = schema_office_ask (db, "nils", "SELECT count (*) FROM api.licence");

  g_assert_cmpstr (before, ==, "0");
  g_assert_cmpstr (after, ==, "t");
  g_assert_cmpstr (there, ==, "0");
}

/* The text of an AAMVA barcode, as a keyboard types its control characters; a card without one has none. */
static void
test_typed_barcode (void)
{
  static const struct
  {
    const char *typed, *expect;
  } cases[] = {
    { "@\\n\\x1e\\rANSI 1DLDAQU1\\nDCSA\\rZUZUAS\\r", "t" },
    { "@\\r\\nANSI 1DLDAQU1\\r\\nDCSA\\r\\nZUZUAS\\r\\n", "t" },
    { "@\\tANSI 1DLDAQU1\\tDCSA\\tZUZUAS", "t" },
    { "@ANSI 1DLDAQU1DCSAZUZUAS", "f" },
    { "@\\nANSI 1DLDAQU1\\nDCSB\\nZUZUAS", "f" },
    { "@\\nANSI 1DLDAQU1\\nDCSA\\nZUZUAS\\nZUBX", "f" },
    { "@\\nANSI 1DLDAQU1\\nDCSA \\nZUZUAS", "f" },
  };
  g_autofree char *db = schema_office_new ();
  g_autofree char *none = schema_office_ask (db, "postgres",
    "SELECT platen.aamva_text ('payload') IS NULL AND platen.aamva_text (NULL) IS NULL"
    " AND platen.aamva_text ('\\x400a1e0d414e53492000'::bytea) IS NULL");

  g_assert_cmpstr (none, ==, "t");
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = schema_office_ask (db, "postgres",
        "SELECT platen.aamva_text (convert_to (E'%s', 'LATIN1')) = platen.typed_lines (E'%s')", cases[0].typed,
        cases[i].typed);

      g_assert_cmpstr (answer, ==, cases[i].expect);
    }
}

static char *
number_of_card (const char *db, int card)
{
  return schema_office_ask (db, "postgres", "SELECT number FROM platen.card WHERE id = %d", card);
}

static void
assert_standing (const char *db, const char *login, const char *number, const char *expected)
{
  g_autofree char *standing = schema_office_ask (db, login, "SELECT standing FROM api.verify_card ('%s', NULL, NULL, 'qr')", number);

  g_assert_cmpstr (standing, ==, expected);
}

/* A card that somebody holds up: what it is today, in any office, and who asked. */
static void
test_verified (void)
{
  g_autofree char *db = schema_office_new ();
  int application = (g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10)")), schema_office_approved (db, "renewal"));
  int card = schema_office_render (db, application);
  g_autofree char *number = number_of_card (db, card);
  g_autofree char *noted = NULL;
  g_autofree char *names = NULL;
  g_autofree char *nothing = NULL;

  assert_standing (db, "anna", number, "not_handed_out");
  send_out (db, card);
  g_free (schema_office_ask (db, "chen", "SELECT 1 / matched::int FROM api.check_card (%d, 'CODE', (SELECT serial FROM api.card WHERE id = %d));"
                             " SELECT api.issue_card (%d, NULL)", card, card, card));
  assert_standing (db, "dora", number, "issued");
  assert_standing (db, "nina", number, "issued");
  names = schema_office_ask (db, "nina", "SELECT (family_name IS NULL) || ' ' || (holder_name IS NOT NULL) || ' ' || (birth_date IS NULL)"
                             " FROM api.verify_card ('%s', NULL, NULL, 'qr')", number);
  g_assert_cmpstr (names, ==, "true true true");
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.licence SET card_number = 'UC-20-C000001'"));
  assert_standing (db, "anna", number, "replaced");
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.card SET state = 'recalled' WHERE id = %d", card));
  assert_standing (db, "boris", number, "recalled");
  noted = schema_office_ask (db, "postgres", "SELECT count (*) FROM platen.lookup WHERE purpose = 'verify qr %s'", number);
  g_assert_cmpint (atoi (noted), ==, 6);
  nothing = schema_office_ask (db, "anna", "SELECT count (*) FROM api.verify_card ('UC-26-C999999', NULL, NULL, 'qr')");
  g_assert_cmpstr (nothing, ==, "0");
}

static void
test_verified_by_whom (void)
{
  g_autofree char *db = schema_office_new ();

  schema_office_refused (db, "emil", "42501", "ROLE", "SELECT * FROM api.verify_card ('UC-26-C000001', NULL, NULL, 'qr')");
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT * FROM api.verify_card (' ', '', NULL, 'qr')");
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT * FROM api.verify_card ('UC-26-C000001', NULL, NULL, 'a photo; of')");
}

/* What the driver register said last counts after what is certain here. */
static void
test_verified_suspended (void)
{
  g_autofree char *db = schema_office_new ();
  int application = (g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10)")), schema_office_approved (db, "renewal"));
  int card = schema_office_render (db, application);
  g_autofree char *number = number_of_card (db, card);

  send_out (db, card);
  g_free (schema_office_ask (db, "chen", "SELECT 1 / matched::int FROM api.check_card (%d, 'CODE', (SELECT serial FROM api.card WHERE id = %d));"
                             " SELECT api.issue_card (%d, NULL)", card, card, card));
  g_free (schema_office_ask (db, "postgres",
                             "INSERT INTO platen.last_answer SELECT 'UC', k.id_number, 'driver', 'answered', now () + interval '1 second',"
                             " now () + interval '1 day', '{licence_status,suspended_until}', ARRAY['suspended', (current_date + 9)::text], 1"
                             " FROM platen.known_card k"));
  assert_standing (db, "anna", number, "suspended");
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.last_answer SET field_values = '{withdrawn,NULL}'"));
  assert_standing (db, "anna", number, "withdrawn");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/cards/whole-way", test_whole_way);
  g_test_add_func ("/schema/cards/file-of-something-else", test_file_of_something_else);
  g_test_add_func ("/schema/cards/fitted-portrait", test_fitted_portrait);
  g_test_add_func ("/schema/cards/second-card-in-flight", test_second_card_in_flight);
  g_test_add_func ("/schema/cards/two-desks-at-once", test_two_desks_at_once);
  g_test_add_func ("/schema/cards/readback", test_readback);
  g_test_add_func ("/schema/cards/card-of-code", test_card_of_code);
  g_test_add_func ("/schema/cards/binary-code", test_binary_code);
  g_test_add_func ("/schema/cards/readback-by-a-barcode-of-text", test_typed_barcode);
  g_test_add_func ("/schema/cards/stock", test_stock);
  g_test_add_func ("/schema/cards/transition-table", test_transition_table);
  g_test_add_func ("/schema/cards/forgotten-by-the-printer", test_forgotten_by_the_printer);
  g_test_add_func ("/schema/cards/asked-about-after-a-while", test_asked_about_after_a_while);
  g_test_add_func ("/schema/cards/licence-of-another-office", test_licence_of_another_office);
  g_test_add_func ("/schema/cards/doubtful-needs-a-person", test_doubtful_needs_a_person);
  g_test_add_func ("/schema/cards/verified", test_verified);
  g_test_add_func ("/schema/cards/verified/by-whom", test_verified_by_whom);
  g_test_add_func ("/schema/cards/verified/suspended", test_verified_suspended);

  return schema_office_run ();
}
