/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a card's file is approved by a second person or not at all, whatever is typed into psql, that an
 * office which demands it prints nothing before, and that what was read back is kept for those who may see it. */
#include "schema-office.h"

#define APPROVED "'file' || '\\012update\\012%%%%EOF\\012'::bytea"
#define KEPT "encode (sha256 ('file'), 'hex')"
#define CERTIFICATE "repeat ('c', 64)"

static int
drawn (const char *db)
{
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_approve (db, application);
  return schema_office_render (db, application);
}

static void
refused (const char *db,
         const char *login,
         const char *sqlstate,
         const char *hint,
         int         card,
         const char *file)
{
  schema_office_refused (db, login, sqlstate, hint,
                         "SELECT api.approve_card_file (%d, " KEPT ", %s, 'K', " CERTIFICATE ")", card, file);
}

/* Who made it approves nothing of it, whatever other roles they have; who has no such role neither. */
static void
test_second_person (void)
{
  g_autofree char *db = schema_office_new ();
  int card = drawn (db);

  refused (db, "anna", "42501", "ROLE", card, "'file\\012%%EOF\\012'"); /* entered it, a clerk */
  refused (db, "chen", "42501", "ROLE", card, "'file\\012%%EOF\\012'"); /* drew it */
  refused (db, "dora", "42501", "ROLE", card, "'file\\012%%EOF\\012'");
  refused (db, "boris", "P0001", "FOUR_EYES", card, "'file\\012%%EOF\\012'"); /* approved the application */
  refused (db, "nora", "P0002", "NOT_FOUND", card, "'file\\012%%EOF\\012'"); /* another office's */
  schema_office_refused (db, "boris", "P0001", "FOUR_EYES", "SELECT api.may_approve_card_file (%d)", card);
  g_free (schema_office_ask (db, "postgres", "GRANT platen_supervisor TO chen, anna"));
  refused (db, "anna", "P0001", "FOUR_EYES", card, "'file\\012%%EOF\\012'");
  refused (db, "chen", "P0001", "FOUR_EYES", card, "'file\\012%%EOF\\012'");
  g_free (schema_office_ask (db, "postgres", "REVOKE platen_supervisor FROM chen, anna"));
  schema_office_refused (db, "anna", "42501", NULL, "INSERT INTO platen.card_file_approval (card_id) VALUES (%d)", card);
  schema_office_refused (db, "emil", "42501", NULL, "SELECT platen.check_approver (NULL, NULL)");

  g_free (schema_office_ask (db, "bodil", "SELECT api.may_approve_card_file (%d)", card));
}

/* What is kept must be the issuer's file, whole and in front. */
static void
test_same_bytes_in_front (void)
{
  static const char *const files[] = { "NULL", "''", "'file'", "'filf\\012%%EOF\\012'", "' file\\012%%EOF\\012'", "'file\\012%%EOF'",
                                       "'file\\012%%EOF\\012 '", "'fil\\012%%EOF\\012'" };
  g_autofree char *db = schema_office_new ();
  int card = drawn (db);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    refused (db, "bodil", "P0001", "FIELD", card, files[i]);
  refused (db, "bodil", "P0001", "FIELD", card, "'file'::bytea || decode (repeat ('00', 1048576), 'hex') || '\\012%%EOF\\012'::bytea");
  schema_office_refused (db, "bodil", "PL409", "STALE", "SELECT api.approve_card_file (%d, repeat ('a', 64), " APPROVED ", 'K', "
                         CERTIFICATE ")", card);
  schema_office_refused (db, "bodil", "P0001", "FIELD", "SELECT api.approve_card_file (%d, " KEPT ", " APPROVED ", ' ', "
                         CERTIFICATE ")", card);
  schema_office_refused (db, "bodil", "P0001", "FIELD", "SELECT api.approve_card_file (%d, " KEPT ", " APPROVED ", 'K', 'c')", card);

  g_autofree char *hash = schema_office_ask (db, "bodil", "SELECT api.approve_card_file (%d, " KEPT ", " APPROVED ", 'K', "
                                             CERTIFICATE ") = encode (sha256 (" APPROVED "), 'hex')", card);
  g_autofree char *kept = schema_office_ask (db, "dora",
    "SELECT approved_by, base_sha256 = (SELECT file_sha256 FROM api.card), key_id, (SELECT file = 'file' FROM api.card_file),"
    " (SELECT file || added = " APPROVED " FROM api.card_file), (SELECT who || ': ' || text FROM api.event WHERE what = 'file_approved')"
    "  FROM api.card_file_approval");

  g_assert_cmpstr (hash, ==, "t");
  g_assert_true (g_str_has_suffix (kept, " approved the file of card UC-26-C000001.")
                 || g_strrstr (kept, " approved the file of card ") != NULL);
  g_assert_nonnull (g_strrstr (kept, "|t|K|t|t|"));
  refused (db, "emil", "P0001", "STATE", card, "'file\\012%%EOF\\012'"); /* once is enough */
  schema_office_refused (db, "postgres", "42501", "APPEND_ONLY", "DELETE FROM platen.card_file_approval");
}

static void
approve (const char *db,
         int         card)
{
  g_free (schema_office_ask (db, "emil", "SELECT api.approve_card_file (%d, " KEPT ", " APPROVED ", 'K', " CERTIFICATE ")", card));
}

static void
test_demanded (void)
{
  g_autofree char *db = schema_office_new ();
  int card = drawn (db);

  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT api.demand_file_approval (NULL, true)");
  schema_office_refused (db, "emil", "P0002", "NOT_FOUND", "SELECT api.demand_file_approval ('no-such', true)");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.demand_file_approval (NULL, NULL)");
  g_free (schema_office_ask (db, "chen", "SELECT api.card_may_be_sent (%d)", card)); /* off by itself */
  g_free (schema_office_ask (db, "emil", "SELECT api.demand_file_approval ('utopia-iso', true)"));
  schema_office_refused (db, "chen", "P0001", "FILE_APPROVAL", "SELECT api.card_may_be_sent (%d)", card);
  schema_office_refused (db, "chen", "P0001", "FILE_APPROVAL", "SELECT api.card_sent (%d, 7, 'urn:uuid:1')", card);
  /* Not by the way of a card that somebody finds, either. */
  g_free (schema_office_ask (db, "chen", "SELECT api.card_doubtful (%d, 'x'); SELECT api.card_came_out (%d, 'x')", card, card));
  schema_office_refused (db, "chen", "P0001", "FILE_APPROVAL", "SELECT api.check_card (%d, 'CODE', (SELECT serial FROM api.card))", card);
  approve (db, card);
  g_free (schema_office_ask (db, "chen", "SELECT 1 / matched::int FROM api.check_card (%d, 'CODE', (SELECT serial FROM api.card))", card));
  g_free (schema_office_ask (db, "emil", "SELECT api.demand_file_approval ('utopia-iso', false), api.demand_file_approval (NULL, true)"));

  g_autofree char *demanded = schema_office_ask (db, "anna", "SELECT layout FROM api.file_approval_demand");
  int second = drawn (db);

  g_assert_cmpstr (demanded, ==, "*");
  schema_office_refused (db, "chen", "P0001", "FILE_APPROVAL", "SELECT api.card_sent (%d, 7, 'urn:uuid:1')", second);
  approve (db, second);
  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'urn:uuid:1')", second));
}

/* What was scanned is kept whether it fits or not, as far as it is no flood, and is not everybody's. */
static void
test_what_was_read (void)
{
  g_autofree char *db = schema_office_new ();
  int card = drawn (db);

  g_free (schema_office_ask (db, "chen", "SELECT api.card_sent (%d, 7, 'urn:uuid:1'); SELECT api.card_released (%d); SELECT api.card_out (%d);"
                             "SELECT api.check_card (%d, repeat ('x', 9000), 'B1'); SELECT api.check_card (%d, NULL, NULL);"
                             "SELECT api.check_card (%d, 'CODE', (SELECT serial FROM api.card))", card, card, card, card, card, card));
  g_autofree char *kept = schema_office_ask (db, "dora",
    "SELECT string_agg (format ('%%s %%s %%s %%s', length (scanned), scanned_sha256 = encode (sha256 (repeat ('x', 9000)::bytea), 'hex'),"
    " coalesce (serial, '-'), matched), ', ' ORDER BY id) FROM api.card_reading");
  g_autofree char *who = schema_office_ask (db, "chen", "SELECT count (*) FROM api.card_reading");
  g_autofree char *noted = schema_office_ask (db, "dora", "SELECT count (*) FROM api.read_log WHERE what = 'card_reading'");
  g_autofree char *theirs = schema_office_ask (db, "nils", "SELECT count (*) FROM api.card_reading");

  g_assert_cmpstr (kept, ==, "8192 t B1 f, 0 f - f, 4 f B00000001 t");
  g_assert_cmpstr (who, ==, "3");
  g_assert_cmpstr (noted, ==, "2");
  g_assert_cmpstr (theirs, ==, "0");
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT * FROM api.card_reading");
  schema_office_refused (db, "boris", "42501", "ROLE", "SELECT * FROM api.card_reading");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/approvals/by-a-second-person", test_second_person);
  g_test_add_func ("/schema/approvals/same-bytes-in-front", test_same_bytes_in_front);
  g_test_add_func ("/schema/approvals/demanded", test_demanded);
  g_test_add_func ("/schema/approvals/what-was-read-back", test_what_was_read);

  return schema_office_run ();
}
