/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prepared applications and the messages about them: what fetching makes, which messages a life
 * writes, and who may take, end, forge or lose one. */
#include "schema-office.h"

#include <stdlib.h>
#include <string.h>

#define VERSION "(SELECT row_version FROM api.application WHERE id = %d)"
#define SEND "SELECT t.status, api.message_sent (t.id, t.lease) FROM api.take_message (NULL) t"
#define REFUSE "SELECT api.message_failed (t.id, t.lease, 'refused', 'no such code') FROM api.take_message (now() + interval '1 hour') t"
#define STATUSES "SELECT string_agg (status, ' ' ORDER BY id) FROM platen.outbox"

/* The code of a number: PE, seven characters and the check character. */
static char *
code_of (const char *db,
         int         n)
{
  /* Of ten numbers at least one has a check character that is none of I, L and O. */
  return schema_office_ask (db, "postgres",
    "SELECT c || platen.mod37_36 (c) FROM generate_series (%d * 10, %d * 10 + 9) n, format ('PE%%s', lpad (n::text, 7, '0')) c"
    " WHERE platen.is_prepared_code (c || platen.mod37_36 (c)) LIMIT 1", n, n);
}

/* A citizen's number that is right, for use in SQL. */
static char *
citizen (const char *db,
         int         n)
{
  return schema_office_ask (db, "postgres", "SELECT '%010d' || platen.mod11_10 ('%010d')", n, n);
}

#define CHECK_IN \
  "SELECT application_id FROM api.check_in ('%s', 'UC', '%s', 'new', '{B}', now() - interval '1 day', current_date + 30, 'fr'," \
  " 'a@example.org', '+00 1', '{family_name,birth_date,address}', '{Bergh,1980-05-06,\"New Street 1\"}', NULL, NULL);"

static int
fetch (const char *db,
       int         n)
{
  g_autofree char *code = code_of (db, n);
  g_autofree char *id_number = citizen (db, n);
  g_autofree char *id = schema_office_ask (db, "anna", CHECK_IN, code, id_number);

  return atoi (id);
}

static void
fetch_many (const char *db,
            int         count)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (int n = 1; n <= count; n++)
    {
      g_autofree char *code = code_of (db, n);
      g_autofree char *id_number = citizen (db, n);

      g_string_append_printf (all, CHECK_IN, code, id_number);
    }
  g_free (schema_office_ask (db, "anna", "%s", all->str));
}

static void
assert_is (const char *db,
           const char *expected,
           const char *sql)
{
  g_autofree char *is = schema_office_ask (db, "postgres", "%s", sql);

  g_assert_cmpstr (is, ==, expected);
}

static void
run (const char *db,
     const char *login,
     const char *sql,
     int         application)
{
  g_autofree char *text = g_strdup (sql);
  g_autofree char *number = g_strdup_printf ("%d", application);
  g_auto (GStrv) parts = g_strsplit (text, "#", -1);
  g_autofree char *whole = g_strjoinv (number, parts);

  g_free (schema_office_ask (db, login, "%s", whole));
}

static void
test_code (void)
{
  /* ISO/IEC 7064 MOD 37,36: its own example A12425GABC1234002 has the check character M. */
  g_autofree char *db = schema_office_new ();
  g_autofree char *code = code_of (db, 7);

  assert_is (db, "M", "SELECT platen.mod37_36 ('A12425GABC1234002')");
  for (size_t i = 2; i < strlen (code); i++)
    {
      g_autofree char *wrong = g_strdup (code);

      wrong[i] = code[i] == '7' ? '8' : '7';
      schema_office_refused (db, "anna", "P0001", "CODE", "SELECT api.check_in ('%s', 'UC', '1', 'new', NULL, NULL, NULL, NULL, NULL,"
                             " NULL, '{}', '{}', NULL, NULL)", wrong);
    }
  schema_office_refused (db, "anna", "P0001", "CODE", "SELECT api.check_in (NULL, 'UC', '1', 'new', NULL, NULL, NULL, NULL, NULL,"
                         " NULL, '{}', '{}', NULL, NULL)");
}

static void
test_fetched_once (void)
{
  g_autofree char *db = schema_office_new ();
  int application = fetch (db, 1);

  g_assert_cmpint (fetch (db, 1), ==, application);
  assert_is (db, "1", "SELECT count (*) FROM platen.application");
  assert_is (db, "checked_in", STATUSES);
  assert_is (db, "1", "SELECT count (*) FROM platen.lookup WHERE purpose = 'pre-enrolment'");
  assert_is (db, "1", "SELECT count (*) FROM platen.event WHERE what = 'checked_in'");

  /* Two codes of one citizen, and one that the other office has. */
  g_autofree char *other = code_of (db, 2);
  g_autofree char *same = citizen (db, 1);
  g_autofree char *mine = code_of (db, 1);
  schema_office_refused (db, "anna", "P0001", "OPEN_APPLICATION", "SELECT api.check_in ('%s', 'UC', '%s', 'new', NULL, NULL, NULL, NULL,"
                         " NULL, NULL, '{}', '{}', NULL, NULL)", other, same);
  schema_office_refused (db, "anna", "P0001", "OTHER_OFFICE", "SELECT api.check_in ('%s', 'UN', '%s', 'new', NULL, NULL, NULL, NULL,"
                         " NULL, NULL, '{}', '{}', NULL, NULL)", other, same);
  schema_office_refused (db, "anna", "P0001", "EXPIRED", "SELECT api.check_in ('%s', 'UC', '%s', 'new', NULL, NULL, current_date - 1, NULL,"
                         " NULL, NULL, '{}', '{}', NULL, NULL)", other, same);
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.check_in ('%s', 'UC', '%s', 'new', NULL, NULL, NULL, NULL,"
                         " NULL, NULL, '{points}', '{0}', NULL, NULL)", other, same);
  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT api.check_in ('%s', 'UC', '%s', 'new', NULL, NULL, NULL, NULL,"
                         " NULL, NULL, '{}', '{}', NULL, NULL)", other, same);
  g_autofree char *third = citizen (db, 3);
  schema_office_refused (db, "nina", "P0001", "CODE", "SELECT api.check_in ('%s', 'UN', '%s', 'new', NULL, NULL, NULL, NULL,"
                         " NULL, NULL, '{}', '{}', NULL, NULL)", mine, third);
  assert_is (db, "1", "SELECT count (*) FROM platen.application");
}

/* A clerk began by hand while the service was down: what was prepared is added to that draft. */
static void
test_draft_by_hand (void)
{
  g_autofree char *db = schema_office_new ();
  g_autofree char *id_number = citizen (db, 5);
  g_autofree char *id = schema_office_ask (db, "axel",
    "SELECT id FROM api.start_application (gen_random_uuid (), '%s', 'new', '{A}')", id_number);

  g_assert_cmpint (fetch (db, 5), ==, atoi (id));
  assert_is (db, "{A}", "SELECT requested FROM platen.application");
}

/* What is stated gives way to every registry, and alone it is nothing. */
static void
test_stated (void)
{
  g_autofree char *db = schema_office_new ();
  int application = fetch (db, 1);

  assert_is (db, "{}", "SELECT platen.source_values (platen.gather_facts (1), 'family_name')");
  run (db, "anna", "SELECT api.record_source (#, 'identity', 'answered', now(), NULL, '{family_name,given_names,birth_date,address}',"
                   " '{Berg,Ida,1980-05-06,Old Street 2}');"
                   "SELECT api.record_source (#, 'a_registry', 'answered', now(), NULL, '{family_name}', '{BERG}')", application);
  assert_is (db, "{Berg,BERG,Bergh}", "SELECT platen.source_values (platen.gather_facts (1), 'family_name')");
  /* A stale address is resolved, and not by the applicant's word. */
  assert_is (db, "Old Street 2", "SELECT platen.rule_value (platen.gather_facts (1), 'address')");
  /* Without the identity registry it is the other registry's value, not the applicant's, that is preferred. */
  assert_is (db, "{BERG,Bergh}", "SELECT platen.source_values (platen.without_source (platen.gather_facts (1), 'identity'), 'family_name')");
  assert_is (db, "{}", "SELECT platen.source_values (platen.without_source (platen.gather_facts (1), 'identity'), 'address')");
  schema_office_refused (db, "anna", "P0001", "FIELD", "SELECT api.record_source (%d, 'applicant', 'answered', now(), NULL,"
                         " '{family_name}', '{Other}')", application);
}

/* Each step of a life writes its message with the change itself. */
static void
test_life (void)
{
  g_autofree char *db = schema_office_new ();
  int application = fetch (db, 1);
  int card;

  run (db, "anna", "SELECT api.record_source (#, 'identity', 'answered', now(), NULL, '{family_name,given_names,birth_date,sex,nationality}',"
                   " '{Berg,Ida,1980-05-06,F,UTO}');"
                   "SELECT api.record_source (#, 'driver', 'not_found', now(), NULL, NULL, NULL);"
                   "SELECT api.record_source (#, 'infringement', 'answered', now(), NULL, '{points,unpaid}', '{0,0}')", application);
  assert_is (db, "checked_in", STATUSES);
  run (db, "anna", "SELECT api.set_field (#, 1, 'family_name', 'Berg', 'person', NULL, 'passport')", application);
  assert_is (db, "checked_in in_progress", STATUSES);
  run (db, "anna", "SELECT FROM api.note_photo_check (#, encode (sha256 ('\\xffd8ff'::bytea || decode (repeat ('ab', 80), 'hex')), 'hex'), 'file',"
                   " '{\"verdict\":\"good\",\"bad\":[]}');"
                   "SELECT api.set_image (#, 2, 'portrait', '\\xffd8ff'::bytea || decode (repeat ('ab', 80), 'hex'), 'image/jpeg')", application);
  assert_is (db, "checked_in in_progress", STATUSES);
  schema_office_refused (db, "anna", "P0001", "X", "BEGIN; SELECT api.set_image (%d, 3, 'signature', '\\x89504e470d0a1a0a'::bytea"
                         " || decode (repeat ('cd', 80), 'hex'), 'image/png'); DO $x$ BEGIN RAISE 'undone' USING HINT = 'X'; END $x$; COMMIT",
                         application);
  assert_is (db, "checked_in in_progress", STATUSES);
  run (db, "anna", "SELECT api.set_image (#, 3, 'signature', '\\x89504e470d0a1a0a'::bytea || decode (repeat ('cd', 80), 'hex'), 'image/png')",
       application);
  assert_is (db, "checked_in in_progress biometrics_complete", STATUSES);
  schema_office_submit (db, application);
  schema_office_approve (db, application);
  card = schema_office_render (db, application);
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 1, 'urn:1', false); SELECT api.card_released (%d);"
                             "SELECT api.card_on_device (%d); SELECT api.card_out (%d);"
                             "SELECT api.check_card (%d, 'CODE', 'B00000001')", card, card, card, card, card));
  assert_is (db, "checked_in in_progress biometrics_complete ready", STATUSES);
  g_free (schema_office_ask (db, "chen", "SELECT api.issue_card (%d, 'CODE')", card));
  assert_is (db, "checked_in in_progress biometrics_complete ready completed", STATUSES);

  for (int i = 0; i < 5; i++)
    g_free (schema_office_ask (db, "chen", SEND));
  assert_is (db, "5", "SELECT count (*) FROM platen.outbox WHERE state = 'sent' AND tries = 1");
  assert_is (db, "5", "SELECT count (*) FROM platen.audit WHERE action = 'message_sent'");
}

/* A card that is spoiled takes “ready” back. */
static void
test_back_and_closed (void)
{
  g_autofree char *db = schema_office_new ();
  int application = fetch (db, 1);

  run (db, "postgres", "UPDATE platen.application SET has_portrait = true, has_signature = true, state = 'ready'", application);
  run (db, "postgres", "UPDATE platen.application SET state = 'approved'", application);
  run (db, "postgres", "UPDATE platen.application SET state = 'ready'", application);
  assert_is (db, "checked_in in_progress biometrics_complete ready biometrics_complete ready", STATUSES);
  application = fetch (db, 2);
  g_free (schema_office_ask (db, "anna", "SELECT api.withdraw_application (%d, 1, 'moved away')", application));
  assert_is (db, "checked_in closed", "SELECT string_agg (status, ' ' ORDER BY id) FROM platen.outbox WHERE application_id = 2");
}

/* Waits until the server knows that @login's connection is gone. */
static void
hang_up (const char *db,
         const char *login)
{
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  g_autofree char *left = NULL;

  plt_test_cluster_disconnect (schema_office_cluster ());
  do
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_free (left);
      left = schema_office_ask (db, "postgres", "SELECT count (*) FROM pg_stat_activity WHERE usename = '%s'", login);
    }
  while (!g_str_equal (left, "0"));
}

static void
test_order_and_lease (void)
{
  g_autofree char *db = schema_office_new ();

  fetch (db, 1);
  run (db, "postgres", "UPDATE platen.application SET row_version = 2", 0);
  /* One connection has the first: the second of that application is held up, and nobody else is given the first. */
  g_autofree char *own = schema_office_ask (db, "chen",
    "SELECT status FROM api.take_message (NULL); SELECT count (*) FROM api.take_message (NULL);");
  g_assert_cmpstr (own, ==, "checked_in\n0");
  /* When that connection is gone, so is its lease: sent again, under the same id. */
  hang_up (db, "chen");
  g_autofree char *again = schema_office_ask (db, "boris", "SELECT t.status, t.message_id = o.message_id, o.tries FROM api.take_message (NULL) t"
                                              " JOIN api.outbox o USING (id)");
  g_assert_true (g_str_has_prefix (again, "checked_in|t|"));
  /* What was leased to another connection is not ended. */
  g_autofree char *late = schema_office_ask (db, "boris", "SELECT api.message_sent (1, gen_random_uuid ())");
  g_assert_cmpstr (late, ==, "f");
  hang_up (db, "boris");
  g_autofree char *sent = schema_office_ask (db, "emil", SEND "; " SEND "; " SEND);
  g_assert_cmpstr (sent, ==, "checked_in|t\nin_progress|t");
  assert_is (db, "sent 3 sent 1", "SELECT string_agg (state || ' ' || tries, ' ' ORDER BY id) FROM platen.outbox");
}

static void
test_unreachable_pauses_all (void)
{
  g_autofree char *db = schema_office_new ();

  fetch (db, 1);
  fetch (db, 2);
  for (int i = 0; i < 12; i++)
    {
      g_autofree char *state = schema_office_ask (db, "chen",
        "SELECT api.message_failed (t.id, t.lease, 'unreachable', 'down') FROM api.take_message (now() + interval '1 hour') t");

      g_assert_cmpstr (state, ==, "waiting");
    }
  assert_is (db, "2 0", "SELECT count (*) FILTER (WHERE next_at > now() + interval '1 minute') || ' ' || sum (refusals) FROM platen.outbox");
  g_autofree char *due = schema_office_ask (db, "chen", "SELECT count (*) FROM api.take_message (NULL)");
  g_assert_cmpstr (due, ==, "0");
  /* Whoever asks by hand tries each once, and one that is sent makes the others due. */
  g_autofree char *hand = schema_office_ask (db, "chen", "SELECT api.message_sent (t.id, t.lease) FROM api.take_message (now()) t; " SEND);
  g_assert_cmpstr (hand, ==, "t\nchecked_in|t");
}

#define FAIL "SELECT t.id, api.message_failed (t.id, t.lease, 'unreachable', 'a page') FROM api.take_message (now() + interval '1 hour') t"

/* A gateway that answers everything with a page: nothing is set aside, and the pauses grow. */
static void
test_gateway_pauses_all (void)
{
  g_autofree char *db = schema_office_new ();

  for (int i = 1; i <= 4; i++)
    fetch (db, i);
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *expected = g_strdup_printf ("%d|waiting", i + 1);
      g_autofree char *state = schema_office_ask (db, "chen", FAIL);

      /* Each in its turn: whichever goes through first lets the others go. */
      g_assert_cmpstr (state, ==, expected);
    }
  for (int i = 0; i < 20; i++)
    g_free (schema_office_ask (db, "chen", FAIL));
  assert_is (db, "4 0", "SELECT count (*) FILTER (WHERE state = 'waiting' AND next_at > now() + interval '2 minutes') || ' ' || sum (refusals) FROM platen.outbox");
  g_autofree char *hand = schema_office_ask (db, "chen", "SELECT api.message_sent (t.id, t.lease) FROM api.take_message (now()) t; "
                                             SEND "; " SEND "; " SEND);
  g_assert_cmpstr (hand, ==, "t\nchecked_in|t\nchecked_in|t\nchecked_in|t");
}

/* One that fails while others are taken holds up nobody, and is set aside in the end. */
static void
test_fails_alone (void)
{
  g_autofree char *db = schema_office_new ();

  fetch (db, 1);
  run (db, "postgres", "UPDATE platen.application SET row_version = 2", 0);
  for (int i = 0; i < 6; i++)
    {
      assert_is (db, "waiting", "SELECT state FROM platen.outbox WHERE id = 1");
      g_autofree char *failed = schema_office_ask (db, "chen", FAIL);
      g_assert_true (g_str_has_prefix (failed, "1|"));
      fetch (db, 10 + i);
      /* It is not due again by itself, and another's goes before it. */
      g_autofree char *sent = schema_office_ask (db, "chen",
        "SELECT t.id > 1, api.message_sent (t.id, t.lease) FROM api.take_message (now() + interval '1 hour') t");
      g_assert_cmpstr (sent, ==, "t|t");
    }
  assert_is (db, "set_aside a page 0", "SELECT concat_ws (' ', state, trouble, refusals) FROM platen.outbox WHERE id = 1");
  assert_is (db, "1", "SELECT count (*) FROM platen.outbox WHERE state = 'waiting' AND application_id = 1");
  g_autofree char *french = schema_office_ask (db, "anna",
    "SET platen.language = 'fr'; SELECT text FROM api.event WHERE what = 'message_set_aside'");
  g_assert_cmpstr (french, ==, "Le message «\u202Fprésenté\u202F» a échoué 5 fois alors que le service de préinscription en prenait"
                   " d’autres, et a été mis de côté.");

  g_free (schema_office_ask (db, "boris", "SELECT api.retry_message (1, 'the service was mended')"));
  g_autofree char *again = schema_office_ask (db, "chen", FAIL);
  g_assert_cmpstr (again, ==, "1|waiting");
  g_autofree char *sent = schema_office_ask (db, "chen", "SELECT api.message_sent (t.id, t.lease) FROM api.take_message (now()) t; " SEND);
  g_assert_cmpstr (sent, ==, "t\nin_progress|t");
}

#define AGE "UPDATE platen.outbox SET failing_since = failing_since - interval '25 hours'"
#define STATES "SELECT string_agg (state, ' ' ORDER BY id) FROM platen.outbox"

/* A service that took nothing for a day is told by one message, whose own fault it may be; it goes with
 * the others when one is taken. */
static void
test_given_up (void)
{
  g_autofree char *db = schema_office_new ();

  for (int i = 1; i <= 3; i++)
    fetch (db, i);
  for (int i = 0; i < 30; i++)
    g_free (schema_office_ask (db, "chen", FAIL));
  assert_is (db, "waiting waiting waiting", STATES);
  run (db, "postgres", AGE, 0);
  for (int i = 0; i < 12; i++)
    g_free (schema_office_ask (db, "chen", FAIL));
  assert_is (db, "set_aside waiting waiting", STATES);
  assert_is (db, "1 a page", "SELECT count (*) || ' ' || min (why) FROM platen.event WHERE what = 'message_set_aside'");
  g_autofree char *french = schema_office_ask (db, "anna",
    "SET platen.language = 'fr'; SELECT text FROM api.event WHERE what = 'message_set_aside'");
  g_assert_cmpstr (french, ==, "Le message «\u202Fprésenté\u202F» a échoué 11 fois en plus d’un jour pendant lequel le service de"
                   " préinscription n’en a pris aucun, et a été mis de côté.");

  /* It was the service. */
  g_autofree char *sent = schema_office_ask (db, "chen", "SELECT api.message_sent (t.id, t.lease) FROM api.take_message (now ()) t");
  g_assert_cmpstr (sent, ==, "t");
  assert_is (db, "1", "SELECT count (*) FROM platen.event WHERE what = 'message_retried' AND application_id = 1");
  g_free (schema_office_ask (db, "chen", SEND "; " SEND));
  assert_is (db, "sent sent sent", STATES);
}

/* It was the message: it is sent again when another was taken, and then fails alone. */
static void
test_given_up_rightly (void)
{
  g_autofree char *db = schema_office_new ();

  fetch (db, 1);
  for (int i = 0; i < 5; i++)
    g_free (schema_office_ask (db, "chen", FAIL));
  run (db, "postgres", AGE, 0);
  g_free (schema_office_ask (db, "chen", FAIL));
  assert_is (db, "set_aside", STATES);
  for (int i = 0; i < 7; i++)
    {
      fetch (db, 10 + i);
      g_free (schema_office_ask (db, "chen", "SELECT api.message_sent (t.id, t.lease) FROM api.take_message (now() + interval '1 hour') t"
                                 " WHERE t.id > 1"));
      g_free (schema_office_ask (db, "chen", FAIL));
    }
  assert_is (db, "set_aside 5", "SELECT state || ' ' || outrun FROM platen.outbox WHERE id = 1");
  assert_is (db, "2", "SELECT count (*) FROM platen.event WHERE what = 'message_set_aside'");
}

static void
test_poisoned (void)
{
  g_autofree char *db = schema_office_new ();

  fetch (db, 1);
  run (db, "postgres", "UPDATE platen.application SET row_version = 2", 0);
  for (int i = 0; i < 2; i++)
    g_free (schema_office_ask (db, "chen", REFUSE));
  assert_is (db, "waiting", "SELECT state FROM platen.outbox WHERE id = 1");
  schema_office_refused (db, "boris", "P0001", "STATE", "SELECT api.retry_message (1, 'again')");
  g_free (schema_office_ask (db, "chen", REFUSE));
  assert_is (db, "set_aside no such code", "SELECT state || ' ' || trouble FROM platen.outbox WHERE id = 1");
  assert_is (db, "no such code", "SELECT why FROM platen.event WHERE what = 'message_set_aside'");
  g_autofree char *french = schema_office_ask (db, "anna",
    "SET platen.language = 'fr'; SELECT text FROM api.event WHERE what = 'message_set_aside'");
  g_assert_cmpstr (french, ==, "Le message «\u202Fprésenté\u202F» a été refusé 3 fois par le service de préinscription et mis de côté.");

  /* Another application's goes on; what is behind it does not. */
  fetch (db, 2);
  g_autofree char *sent = schema_office_ask (db, "chen", SEND "; " SEND);
  g_assert_cmpstr (sent, ==, "checked_in|t");
  assert_is (db, "2", "SELECT application_id FROM platen.outbox WHERE state = 'sent'");

  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.discard_message (1, 'why')");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.retry_message (1, 'why')");
  schema_office_refused (db, "boris", "P0001", "REASON", "SELECT api.discard_message (1, ' ')");
  schema_office_refused (db, "nora", "P0002", "NOT_FOUND", "SELECT api.discard_message (1, 'why')");
  g_free (schema_office_ask (db, "boris", "SELECT api.retry_message (1, 'the service was mended')"));
  for (int i = 0; i < 3; i++)
    g_free (schema_office_ask (db, "chen", REFUSE));
  g_free (schema_office_ask (db, "emil", "SELECT api.discard_message (1, 'the code is gone')"));
  g_autofree char *reason = schema_office_ask (db, "dora", "SELECT state, ended_by, reason FROM api.outbox WHERE id = 1");
  g_assert_cmpstr (reason, ==, "discarded|Emil|the code is gone");
  g_autofree char *next = schema_office_ask (db, "chen", SEND);
  g_assert_cmpstr (next, ==, "in_progress|t");
}

/* A clerk with psql makes no message, ends none and loses none; another office sees none. */
static void
test_forging (void)
{
  static const char * const refused[] = {
    "INSERT INTO platen.outbox (office_code, application_id, status) VALUES ('UC', 1, 'completed')",
    "UPDATE platen.outbox SET state = 'sent'",
    "DELETE FROM platen.outbox",
    "DELETE FROM platen.prepared_application",
    "SELECT platen.report_status (NULL)",
    "SELECT platen.record_answer (1, 'applicant', 'answered', now(), NULL, '{family_name}', '{X}')",
    "SELECT platen.set_message_aside (NULL, NULL, 'x')",
    "SELECT platen.message_outrun (NULL, NULL, 'x')",
    "SELECT platen.service_failed (NULL, NULL, 'x')",
    "SELECT platen.resume_messages (NULL)",
    "UPDATE api.outbox SET state = 'sent'",
    "DELETE FROM api.outbox",
    "SELECT * FROM api.take_message (NULL)",
    "SELECT api.message_sent (1, gen_random_uuid ())",
    "SELECT api.message_failed (1, gen_random_uuid (), 'refused', 'x')",
    "SELECT api.discard_message (1, 'x')",
  };
  g_autofree char *db = schema_office_new ();

  fetch (db, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *err = NULL;
      int status = plt_test_cluster_run_as (schema_office_cluster (), db, "anna", refused[i], NULL, &err);

      g_assert_cmpint (status, ==, 3);
      g_assert_true (strstr (err, "42501") != NULL || strstr (err, "55000") != NULL);
    }
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.outbox");
  schema_office_refused (db, "dora", "42501", "ROLE", "SELECT * FROM api.take_message (NULL)");
  g_autofree char *seen = schema_office_ask (db, "nils",
    "SELECT count (*) FROM api.outbox; SELECT count (*) FROM api.prepared_application; SELECT count (*) FROM api.take_message (NULL)");
  g_assert_cmpstr (seen, ==, "0\n0\n0");
  assert_is (db, "waiting 0", "SELECT state || ' ' || tries FROM platen.outbox");
}

#define SENDERS 4
#define MESSAGES 48

/* What each sender does until nothing is left; gives what psql said of errors. */
static gpointer
send_all (gpointer data)
{
  const char * const *whom = data;
  g_autoptr (GString) script = g_string_new (NULL);
  char *err = NULL;

  /* Taken and ended in transactions of their own; the last \gset finds nothing and ends it. */
  for (int i = 0; i < MESSAGES + 1; i++)
    g_string_append (script, "SELECT id, lease FROM api.take_message (NULL) \\gset\nSELECT api.message_sent (:id, :'lease');\n");
  plt_test_cluster_run_script_as (schema_office_cluster (), whom[0], whom[1], script->str, &err);

  return err;
}

static void
test_several_senders (void)
{
  static const char * const logins[SENDERS] = { "boris", "bodil", "chen", "emil" };
  g_autofree char *db = schema_office_new ();
  const char *whom[SENDERS][2];
  GThread *threads[SENDERS];

  fetch_many (db, MESSAGES / 2);
  run (db, "postgres", "UPDATE platen.application SET row_version = 2", 0);
  for (int i = 0; i < SENDERS; i++)
    {
      g_free (schema_office_ask (db, logins[i], "SELECT 1"));
      whom[i][0] = db;
      whom[i][1] = logins[i];
      threads[i] = g_thread_new (logins[i], send_all, whom[i]);
    }
  for (int i = 0; i < SENDERS; i++)
    {
      g_autofree char *err = g_thread_join (threads[i]);

      g_assert_cmpstr (err, ==, "no rows returned for \\gset\n");
    }
  g_autofree char *expected = g_strdup_printf ("%d %d", MESSAGES, MESSAGES);
  assert_is (db, expected, "SELECT count (*) FILTER (WHERE state = 'sent') || ' ' || sum (tries) FROM platen.outbox");
  assert_is (db, "t", "SELECT bool_and (n) FROM (SELECT ended_at > coalesce (lag (ended_at) OVER (PARTITION BY application_id ORDER BY id),"
                      " '-infinity') AS n FROM platen.outbox) o");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/outbox/code", test_code);
  g_test_add_func ("/schema/outbox/fetched-once", test_fetched_once);
  g_test_add_func ("/schema/outbox/draft-by-hand", test_draft_by_hand);
  g_test_add_func ("/schema/outbox/stated", test_stated);
  g_test_add_func ("/schema/outbox/life", test_life);
  g_test_add_func ("/schema/outbox/back-and-closed", test_back_and_closed);
  g_test_add_func ("/schema/outbox/order-and-lease", test_order_and_lease);
  g_test_add_func ("/schema/outbox/unreachable-pauses-all", test_unreachable_pauses_all);
  g_test_add_func ("/schema/outbox/gateway-pauses-all", test_gateway_pauses_all);
  g_test_add_func ("/schema/outbox/fails-alone", test_fails_alone);
  g_test_add_func ("/schema/outbox/given-up", test_given_up);
  g_test_add_func ("/schema/outbox/given-up-rightly", test_given_up_rightly);
  g_test_add_func ("/schema/outbox/poisoned", test_poisoned);
  g_test_add_func ("/schema/outbox/forging", test_forging);
  g_test_add_func ("/schema/outbox/several-senders", test_several_senders);

  return schema_office_run ();
}
