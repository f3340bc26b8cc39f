/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a stop which arrives while a card is being made freezes it: whoever says it, in whichever office, and that after it is
 * committed nothing hands the card over. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

/* Read back and ready to be handed over. */
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

static char *
dup_id_number (const char *db,
               int         card)
{
  return schema_office_ask (db, "postgres", "SELECT a.id_number FROM platen.application a JOIN platen.card c ON c.application_id = a.id WHERE c.id = %d",
                            card);
}

#define SAYS_SUSPENDED "SELECT api.note_answer ('%s', 'driver', 'answered', now(), '{licence_status,suspended_until}'," \
                       " ARRAY['suspended', (current_date + 90)::text], 3600)"

static void
look_up (const char *db,
         const char *login,
         const char *id_number)
{
  g_free (schema_office_ask (db, login, "SELECT api.note_lookup ('%s', 'look up')", id_number));
}

static void
assert_said (const char *db,
             const char *login,
             const char *expected,
             const char *sql,
             int         card)
{
  g_auto (GStrv) parts = g_strsplit (sql, "%d", 2);
  g_autofree char *number = g_strdup_printf ("%d", card);
  g_autofree char *whole = g_strjoinv (number, parts);
  g_autofree char *said = schema_office_ask (db, login, "%s", whole);

  g_assert_cmpstr (said, ==, expected);
}

#define FROZEN "SELECT frozen_at IS NOT NULL, coalesce (frozen_why, '') FROM api.card WHERE id = %d"

static void
test_registry (void)
{
  g_autofree char *db = schema_office_new ();
  int card = ready (db);
  int other = ready (db);
  g_autofree char *id_number = dup_id_number (db, card);

  look_up (db, "anna", id_number);
  assert_said (db, "anna", "f|", FROZEN, card);
  g_free (schema_office_ask (db, "anna", SAYS_SUSPENDED, id_number));

  g_autofree char *until = schema_office_ask (db, "postgres", "SELECT 't|The licence is suspended until ' || (current_date + 90) || '.'");
  g_autofree char *english = schema_office_ask (db, "chen", FROZEN, card);
  g_autofree char *french = schema_office_ask (db, "chen", "SET platen.language = 'fr'; " FROZEN, card);
  g_autofree char *told = schema_office_ask (db, "chen", "SELECT text, why FROM api.event WHERE what = 'frozen'");

  g_assert_cmpstr (english, ==, until);
  g_assert_nonnull (strstr (french, "suspendu"));
  g_assert_nonnull (strstr (told, " was frozen.|The licence is suspended until "));
  assert_said (db, "chen", "f|", FROZEN, other);
  schema_office_refused (db, "chen", "P0001", "FROZEN", "SELECT api.issue_card (%d, NULL)", card);
  schema_office_refused (db, "anna", "P0001", "FROZEN", "SELECT api.issue_card (%d, 'CODE')", card);
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.unfreeze_card (%d, 'A mistake')", card);

  /* Said again it is no news; what the registry says no more is lifted, and only by a later answer. */
  g_free (schema_office_ask (db, "anna", SAYS_SUSPENDED, id_number));
  g_free (schema_office_ask (db, "anna", "SELECT api.note_answer ('%s', 'identity', 'answered', now(), '{family_name}', '{Berg}', 3600)", id_number));
  assert_said (db, "chen", "1", "SELECT count (*) FROM api.event WHERE what = 'frozen' AND card_id = %d", card);
  g_free (schema_office_ask (db, "anna", "SELECT api.note_answer ('%s', 'driver', 'answered', now(), '{licence_status}', '{valid}', 3600)", id_number));
  assert_said (db, "chen", "f|", FROZEN, card);
  assert_said (db, "chen", "The registry does not say so any more.", "SELECT why FROM api.event WHERE what = 'unfrozen' AND card_id = %d", card);
  g_free (schema_office_ask (db, "anna", "SELECT api.issue_card (%d, 'CODE')", card));
}

static void
test_other_office (void)
{
  g_autofree char *db = schema_office_new ();
  int card = ready (db);
  g_autofree char *id_number = dup_id_number (db, card);

  look_up (db, "nina", id_number);
  g_free (schema_office_ask (db, "nina", "SELECT api.note_answer ('%s', 'identity', 'answered', now(), '{death_date}', '{2026-11-01}', 3600)", id_number));
  assert_said (db, "chen", "t|The identity registry records that this person died on 2026-11-01.", FROZEN, card);
  assert_said (db, "chen", "Nina", "SELECT who FROM api.event WHERE what = 'frozen' AND card_id = %d", card);
  assert_said (db, "nina", "0", "SELECT count (*) FROM api.event WHERE card_id = %d", card);
  schema_office_refused (db, "chen", "P0001", "FROZEN", "SELECT api.issue_card (%d, NULL)", card);
}

/* What the rules find in an application that was approved, and that a person stopped gets no second card either. */
static void
test_rules_and_people (void)
{
  g_autofree char *db = schema_office_new ();
  int card = ready (db);

  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application SET has_signature = false"));
  g_free (schema_office_ask (db, "anna", "SELECT count (*) FROM api.evaluate ((SELECT application_id FROM api.card WHERE id = %d))", card));
  assert_said (db, "chen", "t|There is no signature.", FROZEN, card);
  schema_office_refused (db, "chen", "P0001", "FROZEN", "SELECT api.issue_card (%d, NULL)", card);
  g_free (schema_office_ask (db, "postgres", "UPDATE platen.application SET has_signature = true"));
  g_free (schema_office_ask (db, "anna", "SELECT count (*) FROM api.evaluate ((SELECT application_id FROM api.card WHERE id = %d))", card));
  assert_said (db, "chen", "f|", FROZEN, card);

  g_free (schema_office_ask (db, "anna", "SELECT api.freeze_card (%d, 'The police asked.')", card));
  assert_said (db, "chen", "t|Anna: The police asked.", FROZEN, card);
  g_free (schema_office_ask (db, "chen", "SELECT api.spoil_card (%d, 'Not to be made')", card));
  schema_office_refused (db, "chen", "P0001", "FROZEN",
                         "SELECT api.reserve_card ((SELECT application_id FROM api.card WHERE id = %d), gen_random_uuid (), 'card')", card);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.unfreeze_card (%d, 'Done')", card);
  g_free (schema_office_ask (db, "boris", "SELECT api.unfreeze_card (%d, 'Done')", card));
  g_free (schema_office_ask (db, "chen", "SELECT api.reserve_card ((SELECT application_id FROM api.card WHERE id = %d), gen_random_uuid (), 'card')",
                             card));
}

typedef struct
{
  const char *db;
  char *sql;
} Stop;

static gpointer
stop (gpointer data)
{
  Stop *self = data;

  g_free (schema_office_ask (self->db, "anna", "%s", self->sql));
  return NULL;
}

/* Nothing is measured here but the order: whoever hands the card over waits for a stop that is just being said, and hears of it. */
static void
test_order (void)
{
  g_autofree char *db = schema_office_new ();
  int card = ready (db);
  g_autofree char *id_number = dup_id_number (db, card);

  look_up (db, "anna", id_number);
  Stop said = { db, g_strdup_printf ("BEGIN; " SAYS_SUSPENDED "; SELECT pg_sleep (1); COMMIT", id_number) };
  GThread *thread = g_thread_new ("stop", stop, &said);
  g_autofree char *sleeping = NULL;

  do
    {
      g_free (sleeping);
      sleeping = schema_office_ask (db, "postgres", "SELECT count (*) FROM pg_stat_activity WHERE datname = '%s' AND wait_event = 'PgSleep'", db);
    }
  while (!g_str_equal (sleeping, "1"));
  schema_office_refused (db, "chen", "P0001", "FROZEN", "SELECT api.issue_card (%d, NULL)", card);
  g_thread_join (thread);
  g_free (said.sql);
  assert_said (db, "chen", "checked", "SELECT state FROM api.card WHERE id = %d", card);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/card-stops/registry", test_registry);
  g_test_add_func ("/schema/card-stops/other-office", test_other_office);
  g_test_add_func ("/schema/card-stops/rules-and-people", test_rules_and_people);
  g_test_add_func ("/schema/card-stops/order", test_order);

  return schema_office_run ();
}
