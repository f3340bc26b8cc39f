/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An AAMVA barcode beside the signed QR code of its card: it is believed where it says what is signed, and told as
 * a forgery where it says anything else; by itself it is nobody's word, and beside a QR code that does not hold,
 * too. */
#include "plt-press-data.h"
#include "plt-test-press.h"
#include "plt-verification-private.h"

#include "plt-key-ring.h"
#include "plt-press-private.h"

#include <string.h>

static PltTestPress *issuer;

typedef struct
{
  PltPress      *press;
  PltVerifyKeys *keys;
  GBytes        *qr, *aamva;
} Card;

static void
card_clear (Card *self)
{
  g_bytes_unref (self->qr);
  g_bytes_unref (self->aamva);
  plt_verify_keys_unref (self->keys);
  plt_press_unref (self->press);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Card, card_clear)

static GBytes *
make_code (PltPress         *press,
           PltStoreCardData *data,
           PltPayload        payload)
{
  g_autoptr (PltIssuerKey) signer = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = plt_press_make_payload (press, data, payload, NULL, &signer, &error);

  g_assert_no_error (error);
  return bytes;
}

/* @name: (nullable): instead of the holder's */
static void
card_init (Card       *self,
           const char *name)
{
  g_autoptr (GPtrArray) holders = NULL;
  g_autoptr (PltKeyRing) ring = NULL;
  PltStoreCardData *data;

  self->press = plt_test_press_make (issuer, "keys=keys");
  self->keys = plt_verify_keys_new ();
  ring = plt_press_dup_ring (self->press, NULL);
  g_assert_true (plt_verify_keys_add_ring (self->keys, ring, NULL));
  holders = plt_test_press_make_holders (self->press, "utopia-aamva");
  data = g_ptr_array_index (holders, 0);
  if (name != NULL)
    {
      g_free (data->person[PLT_FIELD_FAMILY_NAME]);
      data->person[PLT_FIELD_FAMILY_NAME] = g_strdup (name);
    }
  self->qr = make_code (self->press, data, PLT_PAYLOAD_QR);
  self->aamva = make_code (self->press, data, PLT_PAYLOAD_AAMVA);
}

/* @codes: in the order in which a picture shows them. Nobody is asked. */
static PltVerification *
verify (Card         *card,
        GBytes *const codes[],
        gsize         n_codes)
{
  PltVerification *self = g_object_new (PLT_TYPE_VERIFICATION, NULL);

  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_verify_finding_free);
  self->why_not = g_strdup ("nobody was asked.");
  for (gsize i = 0; i < n_codes; i++)
    {
      g_autoptr (GError) error = NULL;
      GPtrArray *read = plt_verify_read (codes[i], card->keys, &error);

      g_assert_no_error (error);
      g_ptr_array_extend_and_steal (self->findings, read);
    }
  plt_verification_put_signed_first (self);
  plt_verification_judge (self);
  return self;
}

static guint
count (PltVerification *self,
       PltAgreement     agreement)
{
  GListModel *fields = plt_verification_get_unsigned_fields (self);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (PltVerifiedField) field = g_list_model_get_item (fields, i);

      n += plt_verified_field_get_agreement (field) == agreement;
    }
  return n;
}

static void
test_beside (void)
{
  static const char *const names[] = { NULL, "Łukasiewicz-Öztürk", "Wolfeschlegelsteinhausen Bergerdorff von Hohenstein" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (Card) card = { 0 };

      card_init (&card, names[i]);
      g_autoptr (PltVerification) result = verify (&card, (GBytes *[]) { card.aamva, card.qr }, 2);
      g_assert_cmpint (plt_verification_get_verdict (result), ==, PLT_VERDICT_NOT_ASKED);
      g_assert_cmpstr (plt_verification_get_form (result), ==, "qr");
      g_assert_cmpstr (plt_verification_get_seal (result), ==, "holds");
      g_assert_cmpuint (count (result, PLT_AGREEMENT_SAME), >=, 7);
      g_assert_cmpuint (count (result, PLT_AGREEMENT_DIFFERENT), ==, 0);
    }
}

/* (transfer full): @code with other letters in place of the first of element @id */
static GBytes *
forge (GBytes     *code,
       const char *id,
       const char *letters)
{
  gsize length = g_bytes_get_size (code);
  char *bytes = g_memdup2 (g_bytes_get_data (code, NULL), length);
  char *at = memmem (bytes, length, id, strlen (id));

  g_assert_nonnull (at);
  memcpy (at + strlen (id), letters, strlen (letters));
  return g_bytes_new_take (bytes, length);
}

static void
test_forged (void)
{
  static const struct { const char *id, *letters; } changes[] = {
    { "\nDCS", "ZZ" }, { "\nDAC", "ZZ" }, { "\nDBB", "01011999" }, { "\nDBA", "12312048" }, { "DAQ", "U9" }, { "\nDCF", "UC-26-C9" },
  };
  g_auto (Card) card = { 0 };

  card_init (&card, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GBytes) forged = forge (card.aamva, changes[i].id, changes[i].letters);
      g_autoptr (PltVerification) result = verify (&card, (GBytes *[]) { card.qr, forged }, 2);

      g_test_message ("%s: %s", changes[i].id + 1, (const char *) plt_verification_get_reasons (result)->pdata[0]);
      g_assert_cmpint (plt_verification_get_verdict (result), ==, PLT_VERDICT_NOT_GENUINE);
      g_assert_cmpuint (count (result, PLT_AGREEMENT_DIFFERENT), ==, 1);
    }
}

/* Nothing is signed, or not by this issuer: then nothing is believed for it. */
static void
test_alone (void)
{
  g_auto (Card) card = { 0 };

  card_init (&card, NULL);
  g_autoptr (PltVerification) alone = verify (&card, (GBytes *[]) { card.aamva }, 1);
  g_assert_cmpint (plt_verification_get_verdict (alone), ==, PLT_VERDICT_UNKNOWN);
  g_assert_cmpstr (plt_verification_get_seal (alone), ==, "none");
  g_assert_cmpuint (g_list_model_get_n_items (plt_verification_get_unsigned_fields (alone)), ==, 0);

  g_clear_pointer (&card.keys, plt_verify_keys_unref);
  card.keys = plt_verify_keys_new ();
  g_autoptr (PltVerification) strangers = verify (&card, (GBytes *[]) { card.qr, card.aamva }, 2);
  g_assert_cmpint (plt_verification_get_verdict (strangers), ==, PLT_VERDICT_UNKNOWN);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  issuer = plt_test_press_new ();
  g_test_add_func ("/office/unsigned/beside", test_beside);
  g_test_add_func ("/office/unsigned/forged", test_forged);
  g_test_add_func ("/office/unsigned/alone", test_alone);
  status = g_test_run ();
  plt_test_press_free (issuer);
  return status;
}
