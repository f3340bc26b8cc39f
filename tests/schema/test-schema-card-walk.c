/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a card against a table of its own: every function that moves a card is called by every role for a card in every state and
 * condition, and then thousands of times at random from several desks at once. PLATEN_CARD_WALKS: how many walks (60). */
#include "schema-office.h"

#include "plt-card.h"

#include <stdlib.h>
#include <string.h>

/* Design §5, written down once more: what may follow, where the blank is then, what the application is. */
static const struct
{
  const char *state;
  const char *next;
  const char *place;
  const char *application;
} lives[] = {
  { "reserved", " rendered cancelled ", "printer", "in_production" },
  { "rendered", " sent doubtful spoiled cancelled ", "printer", "in_production" },
  { "sent", " on_device out doubtful spoiled ", "printer", "in_production" },
  { "on_device", " out doubtful spoiled ", "printer", "in_production" },
  { "out", " checked doubtful spoiled ", "tray", "in_production" },
  { "checked", " issued spoiled ", "shelf", "ready" },
  { "issued", " recalled ", "person", "issued" },
  { "doubtful", " out spoiled cancelled ", "printer", "in_production" },
  { "spoiled", " ", "spoiled", "approved" },
  { "cancelled", " ", NULL, "approved" }, /* safe, or back in the printer */
  { "recalled", " ", "person", "issued" },
};

/* A card in each state, and where it matters how it came there. */
static const struct
{
  const char *name;
  const char *state;
  const char *way; /* what chen does with it, %1$s is the card; without api: the superuser */
} specimens[] = {
  { "reserved", "reserved", "" },
  { "loaded", "reserved", "" }, /* on a blank that was loaded into its printer */
  { "rendered", "rendered", "D" },
  { "job", "rendered", "D api.card_sent (%1$s, 7, 'u')" },
  { "sent", "sent", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s)" },
  { "forgetful", "sent", "D api.card_sent (%1$s, 7, 'u', true), api.card_released (%1$s)" },
  { "on-device", "on_device", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s), api.card_on_device (%1$s)" },
  { "out", "out", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s), api.card_out (%1$s)" },
  { "asked", "out", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s), api.card_out (%1$s)" },
  { "found", "out", "D api.card_sent (%1$s, 7, 'u'), api.card_doubtful (%1$s, 'x'), api.card_came_out (%1$s, 'x')" },
  { "doubtful", "doubtful", "D api.card_sent (%1$s, 7, 'u'), api.card_doubtful (%1$s, 'x')" },
  { "checked", "checked", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s), api.card_out (%1$s),"
    " api.check_card (%1$s, 'CODE', (SELECT serial FROM api.card WHERE id = %1$s))" },
  { "issued", "issued", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s), api.card_out (%1$s),"
    " api.check_card (%1$s, 'CODE', (SELECT serial FROM api.card WHERE id = %1$s)), api.issue_card (%1$s, NULL)" },
  { "spoiled", "spoiled", "D api.spoil_card (%1$s, 'x')" },
  { "cancelled", "cancelled", "api.cancel_card (%1$s, 'x')" },
  { "frozen-drawn", "rendered", "D api.freeze_card (%1$s, 'Stop.')" },
  { "frozen-job", "rendered", "D api.card_sent (%1$s, 7, 'u'), api.freeze_card (%1$s, 'Stop.')" },
  { "frozen-sent", "sent", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s), api.freeze_card (%1$s, 'Stop.')" },
  { "frozen-out", "out", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s), api.card_out (%1$s), api.freeze_card (%1$s, 'Stop.')" },
  { "frozen-checked", "checked", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s), api.card_out (%1$s),"
    " api.check_card (%1$s, 'CODE', (SELECT serial FROM api.card WHERE id = %1$s)), api.freeze_card (%1$s, 'Stop.')" },
  { "recalled", "recalled", "D api.card_sent (%1$s, 7, 'u'), api.card_released (%1$s), api.card_out (%1$s),"
    " api.check_card (%1$s, 'CODE', (SELECT serial FROM api.card WHERE id = %1$s)), api.issue_card (%1$s, NULL), R" },
  { "batched", "rendered", "D" },
  { "away", "sent", "D" },
};

/* Who may, and what becomes of each specimen: a state; "again": another card; "back": recalled and brought back; "brought": that alone; "-": nothing, without a word (the same news again); "+what": an event and nothing else;
 * "=": something is kept beside it; a rule: refused by it. "*" is what becomes of all others. First the test of the role, before any of these. */
static const struct
{
  const char *function;
  const char *roles; /* o, c, s, a (auditor), m (admin); those behind a hyphen do not try */
  const char *call;
  const char *outcome;
} calls[] = {
  { "card_rendered", "o", "api.card_rendered (%1$s, 'utopia-iso', 1, '" SCHEMA_OFFICE_DIGEST "', repeat ('a', 64), repeat ('b', 64),"
    " encode (sha256 ('file'), 'hex'), 'file', 'CODE', 'payload', 'MRZ', walk.inputs (%1$s))",
    "frozen-drawn== reserved=rendered loaded=rendered rendered== batched== *=STATE" },
  { "card_sent", "o", "api.card_sent (%1$s, 9, 'v')",
    "frozen-drawn=FROZEN rendered=+job reserved=STATE loaded=STATE batched=BATCH cancelled=STATE spoiled=STATE away=STATE *=IN_FLIGHT" },
  { "card_sent", "o", "api.card_sent (%1$s, NULL, NULL)",
    "frozen-drawn=STATE reserved=STATE loaded=STATE rendered=STATE batched=STATE cancelled=STATE spoiled=STATE away=STATE *=IN_FLIGHT" },
  { "card_sent", "o", "api.card_sent (%1$s, 7, 'u')",
    "frozen-drawn=FROZEN rendered=+job reserved=STATE loaded=STATE batched=BATCH cancelled=STATE spoiled=STATE away=STATE *=-" },
  { "card_sending", "o", "api.card_sending (%1$s, 'w')", "frozen-job=- job=- *=STATE" },
  { "card_job_ended", "o", "api.card_job_ended (%1$s, false)", "frozen-job=- frozen-sent=- job=- sent=- forgetful=- on-device=- *=STATE" },
  { "card_released", "o", "api.card_released (%1$s)", "frozen-job=FROZEN frozen-sent=- job=sent sent=- forgetful=- away=-"
    " on-device=- out=- asked=- found=- frozen-out=- *=STATE" },
  { "card_on_device", "o", "api.card_on_device (%1$s)", "frozen-sent=on_device sent=on_device forgetful=on_device away=BATCH on-device=- *=STATE" },
  { "card_out", "o", "api.card_out (%1$s)", "frozen-sent=out frozen-out=- sent=out forgetful=out away=BATCH on-device=out out=- asked=- found=- *=STATE" },
  { "card_forgotten", "o", "api.card_forgotten (%1$s)",
    "frozen-drawn=doubtful frozen-job=doubtful frozen-sent=doubtful rendered=doubtful job=doubtful batched=BATCH away=BATCH sent=doubtful forgetful=out on-device=doubtful doubtful=- *=STATE" },
  { "card_doubtful", "o", "api.card_doubtful (%1$s, 'Nobody saw it.')",
    "frozen-drawn=doubtful frozen-job=doubtful frozen-sent=doubtful frozen-out=doubtful rendered=doubtful job=doubtful batched=BATCH away=BATCH sent=doubtful forgetful=doubtful on-device=doubtful out=doubtful asked=doubtful"
    " found=doubtful doubtful=- *=STATE" },
  { "card_doubtful", "o", "api.card_doubtful (%1$s, ' ')", "doubtful=- *=REASON" },
  { "card_came_out", "o", "api.card_came_out (%1$s, 'It lay there.')", "frozen-out=+found doubtful=out out=+found asked=+found found=- *=STATE" },
  { "card_came_out", "o", "api.card_came_out (%1$s, NULL)", "found=- *=REASON" },
  { "spoil_card", "o", "api.spoil_card (%1$s, 'Bent')",
    "frozen-drawn=spoiled frozen-job=spoiled frozen-sent=spoiled frozen-out=spoiled frozen-checked=spoiled rendered=spoiled job=spoiled batched=BATCH away=BATCH sent=spoiled forgetful=spoiled on-device=spoiled out=spoiled asked=spoiled found=spoiled"
    " doubtful=spoiled checked=spoiled *=STATE" },
  { "spoil_card", "o", "api.spoil_card (%1$s, NULL)", "*=REASON" },
  { "cancel_card", "o", "api.cancel_card (%1$s, 'Not printed')",
    "frozen-drawn=cancelled frozen-job=cancelled reserved=cancelled loaded=cancelled rendered=cancelled job=cancelled batched=BATCH doubtful=cancelled asked=cancelled *=STATE" },
  { "cancel_card", "o", "api.cancel_card (%1$s, '')", "*=REASON" },
  { "check_card", "o", "api.check_card (%1$s, 'CODE', walk.serial (%1$s))",
    "frozen-out=FROZEN out=checked asked=checked found=checked doubtful=checked *=STATE" },
  { "check_card", "o", "api.check_card (%1$s, 'CODF', walk.serial (%1$s))",
    "frozen-out=+readback_differs out=+readback_differs asked=+readback_differs found=+readback_differs doubtful=+readback_differs *=STATE" },
  { "check_card", "o", "api.check_card (%1$s, 'CODE', NULL)",
    "frozen-out=SERIAL out=SERIAL asked=SERIAL found=SERIAL doubtful=SERIAL *=STATE" },
  { "issue_card", "oc", "api.issue_card (%1$s, 'CODE')", "frozen-checked=FROZEN checked=issued *=STATE" },
  { "issue_card", "oc", "api.issue_card (%1$s, 'CODF')", "frozen-checked=READBACK_DIFFERS checked=READBACK_DIFFERS *=STATE" },
  { "issue_card", "oc", "api.issue_card (%1$s, '')", "frozen-checked=READBACK_DIFFERS checked=READBACK_DIFFERS *=STATE" },
  { "issue_card", "o-c", "api.issue_card (%1$s, NULL)", "frozen-checked=FROZEN checked=issued *=STATE" }, /* the session that read it back */
  { "issue_card", "c-o", "api.issue_card (%1$s, NULL)", "frozen-checked=READBACK_DIFFERS checked=READBACK_DIFFERS *=STATE" },
  { "reserve_card", "o", "api.reserve_card (walk.application (%1$s), gen_random_uuid (), 'other')",
    "spoiled=again cancelled=again recalled=STATE *=IN_FLIGHT" },
  { "freeze_card", "ocs", "api.freeze_card (%1$s, 'The police asked')", "issued=STATE spoiled=STATE cancelled=STATE recalled=STATE *=+frozen" },
  { "freeze_card", "ocs", "api.freeze_card (%1$s, '')", "*=REASON" },
  { "unfreeze_card", "s", "api.unfreeze_card (%1$s, 'An error')",
    "frozen-drawn=+unfrozen frozen-job=+unfrozen frozen-sent=+unfrozen frozen-out=+unfrozen frozen-checked=+unfrozen *=STATE" },
  { "unfreeze_card", "s", "api.unfreeze_card (%1$s, NULL)", "*=REASON" },
  { "recall_card", "s", "api.recall_card (%1$s, 'Faded')", "issued=recalled *=STATE" },
  { "recall_card", "s", "api.recall_card (%1$s, 'Faded', true)", "issued=back *=STATE" },
  { "recall_card", "s", "api.recall_card (%1$s, NULL)", "*=REASON" },
  { "card_returned", "ocs", "api.card_returned (%1$s, 'By post')", "recalled=brought *=STATE" },
  { "recall_done", "ocs", "api.recall_done (1, %1$s, 'returned', NULL)", "*=NOT_FOUND" },
  { "shelve_card", "ocs", "api.shelve_card (%1$s, 'A 12')", "checked=+shelved frozen-checked=+shelved *=STATE" },
  { "give_card", "ocs", "api.give_card (%1$s, 'axel')", "checked=+given frozen-checked=+given *=STATE" },
  { "take_card", "ocs", "api.take_card (%1$s)", "checked=CUSTODY frozen-checked=CUSTODY *=STATE" },
  { "hand_over_card", "oc", "api.hand_over_card (%1$s, 'CODE', 'passport', '1234', NULL)", "checked=issued frozen-checked=FROZEN *=STATE" },
  { "hand_over_card", "oc", "api.hand_over_card (%1$s, 'CODF', 'passport', '1234', NULL)",
    "checked=READBACK_DIFFERS frozen-checked=READBACK_DIFFERS *=STATE" },
  { "letter_for_card", "oc", "api.letter_for_card (%1$s)", "checked=+letter frozen-checked=+letter *=STATE" },
  { "card_may_be_sent", "o", "api.card_may_be_sent (%1$s)", "*=-" },
  { "may_approve_card_file", "m-s", "api.may_approve_card_file (%1$s)", "reserved=STATE loaded=STATE spoiled=STATE cancelled=STATE recalled=STATE *=-" },
  { "may_approve_card_file", "s-m", "api.may_approve_card_file (%1$s)", "*=FOUR_EYES" }, /* who approved the application */
  { "approve_card_file", "m-s", "api.approve_card_file (%1$s, encode (sha256 ('file'), 'hex'), convert_to (E'file and more%%%%EOF\\n', 'UTF8'), 'key', repeat ('c', 64))",
    "reserved=STATE loaded=STATE spoiled=STATE cancelled=STATE recalled=STATE *=+file_approved" },
};

/* What a call is asked for in one go: in a transaction of its own that is taken back. */
static const char walk_functions[] =
  "CREATE SCHEMA walk; GRANT USAGE ON SCHEMA walk TO PUBLIC;"
  "CREATE TABLE walk.specimen (name text PRIMARY KEY, card bigint); GRANT SELECT ON walk.specimen TO PUBLIC;"
  "CREATE FUNCTION walk.serial (c bigint) RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT serial FROM platen.card WHERE id = c';"
  "CREATE FUNCTION walk.application (c bigint) RETURNS bigint LANGUAGE sql SECURITY DEFINER AS"
  " 'SELECT application_id FROM platen.card WHERE id = c';"
  /* All that a step may change, in one text. */
  "CREATE FUNCTION walk.digest (c bigint) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$"
  " SELECT md5 (concat_ws ('|', k::text, b::text, a::text, f::text, l::text,"
  "   (SELECT count (*) FROM platen.event), (SELECT count (*) FROM platen.stock_ledger), (SELECT count (*) FROM platen.card),"
  "   (SELECT count (*) FROM platen.audit WHERE action NOT IN ('read', 'session_opened')), (SELECT string_agg (s::text, '' ORDER BY s::text) FROM platen.stock_printer s)))"
  "   FROM platen.card k JOIN platen.blank b ON b.serial = k.serial JOIN platen.application a ON a.id = k.application_id"
  "   LEFT JOIN platen.card_file f ON f.card_id = k.id LEFT JOIN platen.licence l ON l.id_number = a.id_number WHERE k.id = c $$;"
  "CREATE FUNCTION walk.look (c bigint, since bigint) RETURNS text LANGUAGE sql SECURITY DEFINER AS $$"
  " SELECT concat_ws (' ', k.state, b.place, a.state, (SELECT string_agg (e.what, ',' ORDER BY e.id) FROM platen.event e"
  "                                                    WHERE e.id > since AND e.card_id = c))"
  "   FROM platen.card k JOIN platen.blank b ON b.serial = k.serial JOIN platen.application a ON a.id = k.application_id WHERE k.id = c $$;"
  "CREATE FUNCTION walk.attempt (c bigint, before text, sql text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$"
  " DECLARE since bigint := (SELECT max (id) FROM platen.event); hint text; said text;"
  " BEGIN"
  "   BEGIN"
  "     EXECUTE 'SELECT ' || format (sql, c);"
  "     IF walk.digest (c) = before THEN RETURN '-'; END IF;"
  "     SET CONSTRAINTS ALL IMMEDIATE;"
  "     RAISE EXCEPTION USING ERRCODE = 'WALK1', MESSAGE = walk.look (c, since);"
  "   EXCEPTION"
  "     WHEN SQLSTATE 'WALK1' THEN said := SQLERRM;"
  "     WHEN OTHERS THEN GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT; said := '!' || coalesce (nullif (hint, ''), SQLSTATE || SQLERRM);"
  "       IF length (SQLERRM) < 40 OR SQLERRM !~ '[.]$' THEN said := said || ' without words'; END IF;"
  "   END;"
  "   IF walk.digest (c) <> before THEN said := said || ' and changed something'; END IF;"
  "   RETURN said;"
  " END $$;";

static char *
expand (const char *sql,
        const char *card)
{
  g_auto (GStrv) parts = g_strsplit (sql, "%1$s", -1);

  return g_strjoinv (card, parts);
}

static void
make_specimen (const char *db,
               gsize       i)
{
  const char *printer = g_str_equal (specimens[i].name, "loaded") ? "loaded" : "card";
  const char *way = specimens[i].way;
  g_autofree char *card = schema_office_ask (db, "chen", "SELECT card_id FROM api.reserve_card (%d, gen_random_uuid (), '%s')", schema_office_approved (db, "renewal"), printer);
  g_autofree char *drawn = expand (calls[0].call, card);

  g_free (schema_office_ask (db, "postgres", "INSERT INTO walk.specimen VALUES ('%s', %s)", specimens[i].name, card));
  if (*way == 'D')
    g_free (schema_office_ask (db, "chen", "SELECT %s", drawn));
  way += *way == 'D';
  g_auto (GStrv) steps = g_strsplit (way, ", api.", -1);
  for (guint n = 0; *way != '\0' && steps[n] != NULL; n++)
    {
      g_autofree char *step = expand (steps[n], card);

      char *recall = strstr (step, ", R");

      if (recall != NULL)
        *recall = '\0';
      g_free (schema_office_ask (db, "chen", "SELECT %s%s", n > 0 ? "api." : "", step));
      if (recall != NULL)
        g_free (schema_office_ask (db, "boris", "SELECT api.recall_card (%s, 'Faded')", card));
    }
}

static void
put_into_batches (const char *db)
{
  g_free (schema_office_ask (db, "postgres",
    "UPDATE platen.card SET changed_at = now () - interval '1 day' WHERE id = (SELECT card FROM walk.specimen WHERE name = 'asked');"
    "INSERT INTO platen.bureau (code, name, certificate, proposed_by) VALUES ('BB', 'Bureau', decode (repeat ('aa', 100), 'hex'), 1)"));
  for (int i = 0; i < 2; i++)
    g_free (schema_office_ask (db, "postgres",
      "SET session_replication_role = replica;"
      "WITH made AS (INSERT INTO platen.bureau_batch (number, office_code, batch_key, bureau, made_by, state, manifest)"
      "              VALUES ('B%d', 'UC', gen_random_uuid (), 'BB', 1, '%s', %s) RETURNING id)"
      " UPDATE platen.card SET batch_id = (SELECT id FROM made), batch_position = 1, state = '%s'"
      "  WHERE id = (SELECT card FROM walk.specimen WHERE name = '%s');"
      "RESET session_replication_role",
      i, i == 0 ? "open" : "sent", i == 0 ? "NULL" : "'list'", i == 0 ? "rendered" : "sent", i == 0 ? "batched" : "away"));
}

static char *
new_office (void)
{
  char *db = schema_office_new ();

  g_auto (GStrv) inputs = g_strsplit (SCHEMA_OFFICE_INPUTS, "%d", -1);
  g_autofree char *of_card = g_strjoinv ("walk.application (c)", inputs);

  g_free (schema_office_ask (db, "postgres", "%s", walk_functions));
  g_free (schema_office_ask (db, "postgres", "CREATE FUNCTION walk.inputs (c bigint) RETURNS jsonb LANGUAGE sql SECURITY DEFINER AS $f$ SELECT %s $f$",
                             of_card));
  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 60);"
                             "SELECT api.load_printer ('loaded', 'B00000001', 'B00000003')"));

  return db;
}

static const char *
find_outcome (const char *outcomes,
              const char *specimen)
{
  g_auto (GStrv) each = g_strsplit (outcomes, " ", -1);
  static char found[64];

  for (guint i = 0; each[i] != NULL; i++)
    {
      char *equals = strchr (each[i], '=');

      *equals = '\0';
      if (g_str_equal (each[i], specimen) || g_str_equal (each[i], "*"))
        return g_strlcpy (found, equals + 1, sizeof found) > 0 ? found : NULL;
    }

  return NULL;
}

static gsize
find_life (const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lives); i++)
    if (g_str_equal (lives[i].state, state))
      return i;

  g_assert_not_reached ();
}

/* What walk.attempt() says where @outcome is right. */
static char *
dup_expected (const char *outcome,
              const char *state,
              const char *specimen)
{
  const char *place;

  if (g_str_equal (outcome, "-"))
    return g_strdup (outcome);
  if (g_str_equal (outcome, "again")) /* another card, on the same blank if that is free */
    return g_strdup_printf ("%s %s in_production", state, g_str_equal (state, "spoiled") ? "spoiled" : "printer");
  if (g_str_equal (outcome, "back") || g_str_equal (outcome, "brought"))
    return g_strdup_printf ("recalled spoiled issued %sreturned", g_str_equal (outcome, "back") ? "recalled," : "");
  if (g_ascii_isupper (*outcome))
    return g_strconcat ("!", outcome, NULL);

  gboolean moves = *outcome != '+' && *outcome != '=';
  gsize life = find_life (moves ? outcome : state);

  place = lives[life].place;
  if (place == NULL)
    place = g_str_equal (specimen, "loaded") ? "loaded" : "safe";
  /* Who answers for a card by reading it back, or gives it up because nobody found it, takes the step between. */
  const char *first = moves && strstr (lives[find_life (state)].next, outcome) == NULL
                        ? (g_str_equal (outcome, "checked") ? "out," : "doubtful,") : "";

  return g_strdup_printf ("%s %s %s%s%s%s", lives[life].state, place, lives[life].application, *outcome == '=' ? "" : " ", first,
                          moves ? outcome : outcome + 1);
}

static void
test_every_step (void)
{
  static const struct { const char *login; char role; } people[] = {
    { "chen", 'o' }, { "anna", 'c' }, { "boris", 's' }, { "dora", 'a' }, { "emil", 'm' },
  };
  g_autofree char *db = new_office ();
  g_autoptr (GString) sql = g_string_new ("SELECT s.name || '/' || c.n || '/' || walk.attempt (s.card, s.before, c.sql) FROM (SELECT name, card, walk.digest (card) AS before FROM walk.specimen) s CROSS JOIN (VALUES ");
  g_autoptr (GString) wrong = g_string_new (NULL);
  gsize n_done = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (specimens); i++)
    make_specimen (db, i);
  put_into_batches (db);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    g_string_append_printf (sql, "%s(%" G_GSIZE_FORMAT ", $call$%s$call$)", i > 0 ? "," : "", i, calls[i].call);
  g_string_append (sql, ") c (n, sql)");
  for (gsize p = 0; p < G_N_ELEMENTS (people); p++)
    {
      g_autofree char *said = schema_office_ask (db, people[p].login, "%s", sql->str);
      g_auto (GStrv) lines = g_strsplit (said, "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_auto (GStrv) parts = g_strsplit (lines[i], "/", 3);
          gsize call = (gsize) atoi (parts[1]);
          gsize s = 0;

          const char *role = strchr (calls[call].roles, people[p].role);

          n_done++;
          while (!g_str_equal (specimens[s].name, parts[0]))
            s++;
          if (role != NULL && role > calls[call].roles && role[-1] == '-')
            continue;
          g_autofree char *expected = role == NULL ? g_strdup ("!ROLE")
            : dup_expected (find_outcome (calls[call].outcome, parts[0]), specimens[s].state, parts[0]);
          if (!g_str_equal (expected, parts[2]))
            g_string_append_printf (wrong, "%s, %s: %.70s is “%s” and not “%s”\n", people[p].login, parts[0], calls[call].call, parts[2], expected);
        }
    }
  g_assert_cmpstr (wrong->str, ==, "");
  g_assert_cmpuint (n_done, ==, G_N_ELEMENTS (people) * G_N_ELEMENTS (calls) * G_N_ELEMENTS (specimens));
}

/* Nothing that takes a card is left out above. */
static void
test_every_function (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *names = schema_office_ask (db, "postgres",
    "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'api'::regnamespace AND provolatile = 'v'"
    " AND pg_get_function_arguments (oid) ~ 'p_card bigint' AND proname <> 'calibration_for_card' ORDER BY 1");
  g_auto (GStrv) each = g_strsplit (names, "\n", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      gsize call = 0;

      while (call < G_N_ELEMENTS (calls) && !g_str_equal (calls[call].function, each[i]))
        call++;
      if (call == G_N_ELEMENTS (calls))
        g_error ("api.%s is not tried", each[i]);
    }
}

/* The database's table, the program's and the one in the manual are the one above. */
static void
test_one_table (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *steps = schema_office_ask (db, "anna", "SELECT from_state, to_state FROM api.card_step ORDER BY 1, 2");
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "schema", "README.md", NULL);
  g_autofree char *manual = NULL;
  g_auto (GStrv) each = g_strsplit (steps, "\n", -1);
  guint n_steps = 0;

  g_assert_true (g_file_get_contents (path, &manual, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      g_auto (GStrv) next = g_strsplit (g_strstrip (g_strdup (lives[i].next)), " ", -1);
      g_autofree char *list = g_strjoinv (", ", next);
      g_autofree char *line = g_strdup_printf ("\n| %s | %s |", lives[i].state, *list != '\0' ? list : "-");

      if (strstr (manual, line) == NULL)
        g_error ("README.md does not say:%s", line);
      for (gsize j = 0; j < G_N_ELEMENTS (lives); j++)
        {
          g_autofree char *word = g_strconcat (" ", lives[j].state, " ", NULL);
          g_autofree char *step = g_strconcat (lives[i].state, "|", lives[j].state, NULL);
          gboolean may = strstr (lives[i].next, word) != NULL;
          PltCardState from = 0, to = 0;

          g_assert_true (plt_card_state_from_nick (lives[i].state, &from) && plt_card_state_from_nick (lives[j].state, &to));
          g_assert_cmpint (plt_card_state_can_become (from, to), ==, may);
          g_assert_cmpint (g_strv_contains ((const char *const *) each, step), ==, may);
          n_steps += may;
        }
    }
  g_assert_cmpuint (n_steps, ==, g_strv_length (each));
  g_assert_cmpuint (G_N_ELEMENTS (lives), ==, PLT_N_CARD_STATES);
}

/* Everything is reached from the beginning, and nothing but an end is one. */
static void
test_no_dead_end (void)
{
  static const char ends[] = " issued spoiled cancelled recalled ";
  guint reached = 1;

  for (guint round = 0; round < G_N_ELEMENTS (lives); round++)
    for (gsize i = 0; i < G_N_ELEMENTS (lives); i++)
      for (gsize j = 0; j < G_N_ELEMENTS (lives); j++)
        {
          g_autofree char *word = g_strconcat (" ", lives[j].state, " ", NULL);

          if ((reached & (1u << i)) != 0 && strstr (lives[i].next, word) != NULL)
            reached |= 1u << j;
        }
  g_assert_cmpuint (reached, ==, (1u << G_N_ELEMENTS (lives)) - 1);
  for (gsize i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      g_autofree char *word = g_strconcat (" ", lives[i].state, " ", NULL);

      /* Whoever is not at an end can always be spoiled or cancelled. */
      if (strstr (ends, word) == NULL)
        g_assert_true (strstr (lives[i].next, " spoiled ") != NULL || strstr (lives[i].next, " cancelled ") != NULL);
    }
}

/* One walker: takes whatever step comes to mind with whatever card, mostly one that brings it on, and never looks back. */
static const char wander[] =
  "CREATE FUNCTION walk.pick (OUT application bigint, OUT card bigint, OUT state text) LANGUAGE sql SECURITY DEFINER AS $$"
  " SELECT a.id, c.id, c.state FROM platen.application a LEFT JOIN platen.card c ON c.application_id = a.id AND c.state NOT IN ('spoiled', 'cancelled', 'recalled')"
  "  WHERE a.state <> 'issued' ORDER BY random () LIMIT 1 $$;"
  "CREATE FUNCTION walk.ended () RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$"
  " SELECT count (*) FROM platen.event WHERE subject = 'card' AND what IN ('issued', 'spoiled', 'cancelled') $$;"
  "CREATE FUNCTION walk.inputs (c bigint) RETURNS jsonb LANGUAGE sql SECURITY DEFINER AS $$ SELECT inputs FROM platen.card_file LIMIT 1 $$;"
  "CREATE PROCEDURE walk.wander (walks bigint, seed double precision) LANGUAGE plpgsql AS $$"
  " DECLARE p record; call text; likely text; i int := 0;"
  "   every text[] := %s;"
  " BEGIN PERFORM setseed (seed);"
  "   WHILE walk.ended () < walks AND i < 150 * walks LOOP i := i + 1;"
  "     SELECT * INTO p FROM walk.pick ();"
  "     EXIT WHEN p.application IS NULL;"
  "     likely := CASE p.state WHEN 'reserved' THEN every[1] WHEN 'rendered' THEN (ARRAY[every[4], every[5]])[1 + (random () < 0.7)::int]"
  "                            WHEN 'sent' THEN every[6] WHEN 'on_device' THEN every[7] WHEN 'out' THEN every[17] WHEN 'doubtful' THEN every[11]"
  "                            WHEN 'checked' THEN CASE WHEN random () < 0.1 THEN every[20] ELSE every[13] END END;"
  "     call := CASE WHEN pg_has_role (session_user, 'platen_supervisor', 'MEMBER') AND random () < 0.9 THEN format ('api.unfreeze_card (%%s, ''Seen to'')', coalesce (p.card, 0))"
  "                  WHEN p.card IS NULL THEN format ('api.reserve_card (%%s, gen_random_uuid (), %%L)', p.application, (ARRAY['card', 'loaded'])[1 + floor (random () * 2)::int])"
  "                  WHEN random () < 0.6 THEN format (likely, p.card) ELSE format (every[1 + floor (random () * cardinality (every))::int], p.card) END;"
  "     BEGIN EXECUTE 'SELECT ' || call; EXCEPTION WHEN raise_exception OR no_data_found OR SQLSTATE '42501' OR SQLSTATE 'P0002' THEN NULL; END;"
  "     COMMIT;"
  "   END LOOP;"
  " END $$";

typedef struct
{
  const char *db;
  const char *login;
  char *sql;
} Walker;

static gpointer
walk (gpointer data)
{
  Walker *self = data;

  g_free (schema_office_ask (self->db, self->login, "%s", self->sql));

  return NULL;
}

/* Each card went a way that the table above has, its blank and its application are where that leads, and no stock was lost. */
static void
assert_ways (const char *db,
             guint       n_walks)
{
  g_autofree char *ways = schema_office_ask (db, "postgres",
    "SELECT string_agg (e.what, ' ' ORDER BY e.id) FILTER (WHERE e.what = ANY ('{reserved,rendered,sent,on_device,out,checked,issued,doubtful,spoiled,cancelled,recalled}')),"
    "       c.state, b.place, a.state, c.serial <> b.serial OR EXISTS (SELECT FROM platen.card d WHERE d.application_id = a.id AND d.id > c.id)"
    "  FROM platen.card c JOIN platen.event e ON e.card_id = c.id JOIN platen.blank b ON b.serial = c.serial JOIN platen.application a ON a.id = c.application_id"
    " GROUP BY c.id, b.serial, a.id ORDER BY c.id");
  g_autofree char *lost = schema_office_ask (db, "postgres",
    "SELECT (SELECT count (*) FROM platen.blank b LEFT JOIN platen.card c ON c.serial = b.serial AND c.state <> 'cancelled' WHERE b.kind = 'blank'"
    "          AND (c.id IS NULL) <> (b.place IN ('safe', 'loaded'))),"
    "       (SELECT count (*) FROM (SELECT application_id FROM platen.card WHERE state NOT IN ('spoiled', 'cancelled') GROUP BY 1 HAVING count (*) > 1) x)");
  g_auto (GStrv) lines = g_strsplit (ways, "\n", -1);
  guint n_ended = 0;

  g_assert_cmpstr (lost, ==, "0|0");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "|", 5);
      g_auto (GStrv) steps = g_strsplit (parts[0], " ", -1);
      gsize life = 0;

      g_assert_cmpstr (steps[0], ==, "reserved");
      for (guint n = 1; steps[n] != NULL; n++)
        {
          g_autofree char *word = g_strconcat (" ", steps[n], " ", NULL);

          if (strstr (lives[find_life (steps[n - 1])].next, word) == NULL)
            g_error ("A card went this way: %s", lines[i]);
        }
      life = find_life (steps[g_strv_length (steps) - 1]);
      g_assert_cmpstr (lives[life].state, ==, parts[1]);
      n_ended += g_str_equal (parts[1], "issued") || g_str_equal (parts[1], "spoiled") || g_str_equal (parts[1], "cancelled") || g_str_equal (parts[1], "recalled");
      if (lives[life].place != NULL && !g_str_equal (lives[life].place, parts[2]))
        g_error ("The blank of a card is elsewhere: %s", lines[i]);
      if (g_str_equal (parts[4], "f") && !g_str_equal (lives[life].application, parts[3]))
        g_error ("The application of a card is elsewhere: %s", lines[i]);
    }
  g_assert_cmpuint (n_ended, >=, n_walks);
}

static void
test_random_walks (void)
{
  const char *wanted = g_getenv ("PLATEN_CARD_WALKS");
  guint n_walks = wanted != NULL ? (guint) atoi (wanted) : 60;
  static const char * const logins[] = { "chen", "carl", "anna", "boris" };
  g_autofree char *db = schema_office_new ();
  g_autoptr (GString) every = g_string_new ("ARRAY[");
  Walker walkers[G_N_ELEMENTS (logins)];
  GThread *threads[G_N_ELEMENTS (logins)];

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    g_string_append_printf (every, "%s$call$%s$call$", i > 0 ? "," : "", calls[i].call);
  g_string_append (every, "]");
  g_free (schema_office_ask (db, "postgres", "%s", walk_functions));
  g_free (schema_office_ask (db, "postgres", wander, every->str));
  g_free (schema_office_ask (db, "postgres", "SELECT api.add_staff (s, s, 'UC', '{operator}', NULL) FROM unnest ('{carl}'::text[]) s"));
  g_free (schema_office_ask (db, "emil", "SELECT api.set_again_limits (100, NULL)"));
  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', %u);"
                             "SELECT api.receive_stock ('B00100000', 'B00%06u', 'lot', 'note', NULL);"
                             "SELECT api.move_stock ('B00100000', 'B00%06u', 'safe', NULL);"
                             "SELECT api.load_printer ('loaded', 'B00100000', 'B00%06u')",
                             n_walks + 40, 100000 + n_walks, 100000 + n_walks, 100000 + n_walks));
  for (guint i = 0; i < n_walks / 10 + 6; i++)
    schema_office_approved (db, "renewal");
  for (gsize i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      walkers[i] = (Walker) { db, logins[i], g_strdup_printf ("CALL walk.wander (%u, 0.%d)", n_walks, g_test_rand_int_range (1, 1000000)) };
      g_free (schema_office_ask (db, logins[i], "SELECT 1"));
      threads[i] = g_thread_new (logins[i], walk, &walkers[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_thread_join (threads[i]);
      g_free (walkers[i].sql);
    }
  assert_ways (db, n_walks);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/card-walk/one-table", test_one_table);
  g_test_add_func ("/schema/card-walk/no-dead-end", test_no_dead_end);
  g_test_add_func ("/schema/card-walk/every-function", test_every_function);
  g_test_add_func ("/schema/card-walk/every-step", test_every_step);
  g_test_add_func ("/schema/card-walk/random-walks", test_random_walks);

  return schema_office_run ();
}
