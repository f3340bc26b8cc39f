/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves what the database lets nobody do with a bureau's batches: enrol one alone, make a card of one here,
 * send it twice, and take a receipt that is not the answer to it. */
#include "schema-office.h"

#define CERTIFICATE "decode (repeat ('30', 200), 'hex')"
#define SIGNER "encode (sha256 (" CERTIFICATE "), 'hex')"
#define KEY "'11111111-2222-3333-4444-555555555555'"
#define BATCH "'UC-' || to_char (platen.today (), 'YY') || '-B000001'"

static void
enrol (const char *db)
{
  g_autofree char *id = schema_office_ask (db, "emil", "SELECT api.propose_bureau ('UPB', 'Utopia Print Bureau', " CERTIFICATE ")");

  schema_office_refused (db, "emil", "P0001", "FOUR_EYES", "SELECT api.approve_bureau (%s, " SIGNER ")", id);
  schema_office_refused (db, "boris", "P0001", "DIGEST", "SELECT api.approve_bureau (%s, repeat ('0', 64))", id);
  g_free (schema_office_ask (db, "boris", "SELECT api.approve_bureau (%s, upper (" SIGNER "))", id));
  schema_office_refused (db, "bodil", "P0001", "STATE", "SELECT api.approve_bureau (%s, " SIGNER ")", id);
}

static int
approve (const char *db)
{
  int application = schema_office_draft (db, "renewal");

  schema_office_submit (db, application);
  schema_office_approve (db, application);
  return application;
}

static char *
batch_of (const char *db)
{
  return schema_office_ask (db, "chen", "SELECT batch FROM api.open_batch (" KEY ", 'UPB')");
}

static void
draw (const char *db,
      int         card,
      int         application)
{
  g_free (schema_office_ask (db, "chen",
    "SELECT api.card_rendered (%d, 'utopia-iso', 1, '" SCHEMA_OFFICE_DIGEST "', repeat ('a', 64), repeat ('b', 64), encode (sha256 ('file'), 'hex'),"
    " 'file', 'CODE', 'payload', 'MRZ', " SCHEMA_OFFICE_INPUTS ")", card, application));
}

/* Reserves it in the batch and draws it. Returns the card's id. */
static int
add_card (const char *db,
          const char *batch,
          int         application)
{
  g_autofree char *id = schema_office_ask (db, "chen", "SELECT card_id FROM api.batch_card ('%s', %d)", batch, application);

  draw (db, atoi (id), application);
  return atoi (id);
}

/* What a program writes of the batch's cards. */
#define MANIFEST \
  "(SELECT jsonb_build_object ('office', 'UC', 'bureau', 'UPB', 'batch', '%s', 'jobs', jsonb_agg (jsonb_build_object (" \
  "'card', number, 'serial', serial, 'files', jsonb_build_array (jsonb_build_object ('kind', 'chip', 'sha256', 'x')," \
  " jsonb_build_object ('kind', 'card-file', 'sha256', file_sha256))) ORDER BY batch_position))::text" \
  " FROM api.card WHERE batch = '%s')"

static void
seal (const char *db,
      const char *batch)
{
  g_free (schema_office_ask (db, "chen", "SELECT api.seal_batch ('%s', " MANIFEST ", 'signature', repeat ('c', 64))", batch, batch, batch));
}

/* A receipt that is right but for @changed, which stands in the place of an argument by its name. */
static char *
receipt (const char *batch,
         const char *name,
         const char *value)
{
  static const char *const arguments[][2] = {
    { "p_bureau", "'UPB'" }, { "p_signer_sha256", SIGNER }, { "p_receipt", "'receipt'" },
    { "p_manifest_sha256", "(SELECT manifest_sha256 FROM api.bureau_batch WHERE number = '%s')" },
    { "p_cards", "(SELECT array_agg (number ORDER BY id) FROM api.card WHERE batch = '%s')" },
    { "p_serials", "(SELECT array_agg (serial ORDER BY id) FROM api.card WHERE batch = '%s')" },
    { "p_sha256s", "(SELECT array_agg (file_sha256 ORDER BY id) FROM api.card WHERE batch = '%s')" },
    { "p_outcomes", "'{made,failed}'" }, { "p_reasons", "'{NULL,chip is dead}'" },
  };
  g_autoptr (GString) call = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  g_string_printf (call, "SELECT made, failed FROM api.receive_batch (p_batch => '%s'", batch);
  for (gsize i = 0; i < G_N_ELEMENTS (arguments); i++)
    g_string_append_printf (call, ", %s => %s", arguments[i][0],
                            g_strcmp0 (name, arguments[i][0]) == 0 ? value : arguments[i][1]);
  parts = g_strsplit (call->str + strlen ("SELECT"), "%s", -1);
  g_autofree char *rest = g_strjoinv (batch, parts);
  return g_strdup_printf ("SELECT%s)", rest);
}

static void
test_roles (void)
{
  g_autofree char *db = schema_office_new ();
  const char *const others[] = { "anna", "dora", "emil" };

  enrol (db);
  schema_office_refused (db, "anna", "42501", "ROLE", "SELECT api.propose_bureau ('UPB', 'x', " CERTIFICATE ")");
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.propose_bureau ('UPB', 'x', " CERTIFICATE ")");
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.retire_bureau (1)");
  schema_office_refused (db, "emil", "P0001", "FIELD", "SELECT api.propose_bureau ('upb', 'x', " CERTIFICATE ")");
  schema_office_refused (db, "chen", "P0002", "NOT_FOUND", "SELECT api.open_batch (" KEY ", 'NONE')");
  g_autofree char *batch = batch_of (db);
  g_autofree char *again = batch_of (db);

  g_assert_cmpstr (batch, ==, again);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *call = receipt (batch, NULL, NULL);

      schema_office_refused (db, others[i], "42501", "ROLE", "SELECT api.open_batch (gen_random_uuid (), 'UPB')");
      schema_office_refused (db, others[i], "42501", "ROLE", "SELECT api.batch_card ('%s', 1)", batch);
      schema_office_refused (db, others[i], "42501", "ROLE", "SELECT api.seal_batch ('%s', '{}', 'x', repeat ('c', 64))", batch);
      schema_office_refused (db, others[i], "42501", "ROLE", "SELECT api.cancel_batch ('%s', 'why')", batch);
      schema_office_refused (db, others[i], "42501", "ROLE", "%s", call);
      schema_office_refused (db, others[i], "42501", NULL, "UPDATE platen.bureau_batch SET state = 'received'");
    }
  schema_office_refused (db, "nils", "P0002", "NOT_FOUND", "SELECT api.cancel_batch ('%s', 'why')", batch);
  g_autofree char *seen = schema_office_ask (db, "nils", "SELECT count (*) FROM api.bureau_batch");

  g_assert_cmpstr (seen, ==, "0");
}

static void
test_nothing_twice (void)
{
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10)"));
  enrol (db);
  int application = approve (db);
  g_autofree char *batch = batch_of (db);
  int card = add_card (db, batch, application);

  schema_office_refused (db, "chen", "P0001", "IN_FLIGHT", "SELECT api.reserve_card (%d, gen_random_uuid (), 'card')", application);
  schema_office_refused (db, "chen", "P0001", "BATCH", "SELECT api.card_sent (%d, 7, 'uuid', false)", card);
  schema_office_refused (db, "chen", "P0001", "BATCH", "SELECT api.cancel_card (%d, 'to print it here')", card);
  schema_office_refused (db, "chen", "P0001", "FIELD", "SELECT api.seal_batch ('%s', '{}', 'signature', repeat ('c', 64))", batch);
  schema_office_refused (db, "chen", "P0001", "FIELD",
                         "SELECT api.seal_batch ('%s', replace (" MANIFEST ", 'B0000', 'B9999'), 'signature', repeat ('c', 64))", batch, batch, batch);
  seal (db, batch);
  seal (db, batch);
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.seal_batch ('%s', " MANIFEST " || ' ', 'signature', repeat ('c', 64))",
                         batch, batch, batch);
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.batch_card ('%s', %d)", batch, application + 1000);
  schema_office_refused (db, "chen", "P0001", "BATCH", "SELECT api.spoil_card (%d, 'to print it here')", card);
  schema_office_refused (db, "chen", "P0001", "BATCH", "SELECT api.card_out (%d)", card);
  schema_office_refused (db, "chen", "P0001", "BATCH", "SELECT api.card_doubtful (%d, 'to print it here')", card);
  schema_office_refused (db, "chen", "42501", "ROLE", "SELECT api.cancel_batch ('%s', 'lost')", batch);
  g_free (schema_office_ask (db, "boris", "SELECT api.cancel_batch ('%s', 'The parcel was lost.')", batch));
  g_autofree char *state = schema_office_ask (db, "chen", "SELECT state, asked_about FROM api.card WHERE id = %d", card);

  g_assert_cmpstr (state, ==, "doubtful|t");
}

static void
test_given_up (void)
{
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10)"));
  enrol (db);
  int application = approve (db);
  g_autofree char *batch = batch_of (db);
  int card = add_card (db, batch, application);

  schema_office_refused (db, "chen", "P0001", "REASON", "SELECT api.cancel_batch ('%s', ' ')", batch);
  g_free (schema_office_ask (db, "chen", "SELECT api.cancel_batch ('%s', 'A mistake.')", batch));
  g_autofree char *state = schema_office_ask (db, "chen", "SELECT c.state, a.state FROM api.card c JOIN api.application a"
                                              " ON a.id = c.application_id WHERE c.id = %d", card);

  g_assert_cmpstr (state, ==, "cancelled|approved");
  schema_office_refused (db, "chen", "P0001", "STATE", "SELECT api.cancel_batch ('%s', 'again')", batch);
  schema_office_render (db, application);
}

static void
refuse (const char *db,
        const char *batch,
        const char *rule,
        const char *name,
        const char *value)
{
  g_autofree char *call = receipt (batch, name, value);

  schema_office_refused (db, "chen", "P0001", rule, "%s", call);
}

static void
test_receipt (void)
{
  g_autofree char *db = schema_office_new ();

  g_free (schema_office_ask (db, "chen", "SELECT api.add_stock ('B00001000', 10)"));
  enrol (db);
  int first = approve (db), second = approve (db);
  g_autofree char *batch = batch_of (db);
  int card = add_card (db, batch, first);

  add_card (db, batch, second);
  refuse (db, batch, "STATE", NULL, NULL);
  seal (db, batch);
  refuse (db, batch, "SIGNER", "p_bureau", "'XYZ'");
  refuse (db, batch, "SIGNER", "p_signer_sha256", "repeat ('0', 64)");
  refuse (db, batch, "DIGEST", "p_manifest_sha256", "repeat ('0', 64)");
  refuse (db, batch, "LINES", "p_cards", "ARRAY[(SELECT min (number) FROM api.card WHERE batch = '%s')]");
  refuse (db, batch, "LINES", "p_cards", "ARRAY[(SELECT min (number) FROM api.card WHERE batch = '%s'), 'UC-26-C999999']");
  refuse (db, batch, "LINES", "p_cards", "array_fill ((SELECT min (number) FROM api.card WHERE batch = '%s'), ARRAY[2])");
  refuse (db, batch, "LINES", "p_serials", "array_fill ((SELECT min (serial) FROM api.card WHERE batch = '%s'), ARRAY[2])");
  refuse (db, batch, "LINES", "p_serials", "(SELECT array_agg (serial ORDER BY id DESC) FROM api.card WHERE batch = '%s')");
  refuse (db, batch, "LINES", "p_sha256s", "ARRAY[(SELECT min (file_sha256) FROM api.card WHERE batch = '%s'), repeat ('0', 64)]");
  refuse (db, batch, "LINES", "p_outcomes", "'{made,perhaps}'");
  refuse (db, batch, "LINES", "p_reasons", "NULL");
  refuse (db, batch, "LINES", "p_cards", "NULL");
  g_autofree char *before = schema_office_ask (db, "chen", "SELECT string_agg (DISTINCT state, ',') FROM api.card WHERE batch = '%s'", batch);
  g_autofree char *call = receipt (batch, NULL, NULL);
  g_autofree char *counts = schema_office_ask (db, "chen", "%s", call);
  g_autofree char *after = schema_office_ask (db, "chen", "SELECT string_agg (c.state || ' ' || a.state || ' ' || c.asked_about, ',' ORDER BY c.id)"
                                              " FROM api.card c JOIN api.application a ON a.id = c.application_id WHERE c.batch = '%s'", batch);

  g_assert_cmpstr (before, ==, "sent");
  g_assert_cmpstr (counts, ==, "1|1");
  g_assert_cmpstr (after, ==, "out in_production false,spoiled approved false");
  refuse (db, batch, "REPLAYED", NULL, NULL);
  refuse (db, batch, "REPLAYED", "p_receipt", "'another'");
  /* What the bureau says is not enough: only reading the card back lets it go to its holder. */
  schema_office_refused (db, "anna", "P0001", "STATE", "SELECT api.issue_card (%d, 'CODE')", card);
  g_autofree char *matched = schema_office_ask (db, "chen", "SELECT matched FROM api.card c, api.check_card (c.id, 'CODE', c.serial)"
                                                " WHERE c.id = %d", card);

  g_assert_cmpstr (matched, ==, "t");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/bureau/roles", test_roles);
  g_test_add_func ("/schema/bureau/nothing-twice", test_nothing_twice);
  g_test_add_func ("/schema/bureau/given-up", test_given_up);
  g_test_add_func ("/schema/bureau/receipt", test_receipt);

  return schema_office_run ();
}
