/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies the text of a QR code: Base45 (RFC 9285), zlib (RFC 1950), COSE_Sign1 (RFC 9052), CWT (RFC
 * 8392) with claim 169. It reads whatever the specification allows, not only what is written here. */
#include "plt-verify-private.h"

#include "plt-cose.h"
#include "plt-deflate.h"
#include "plt-qr-claim-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT 4296     /* alphanumeric characters of the largest symbol, ISO/IEC 18004 */
#define MAX_INFLATED 65536
#define MAX_MEMBERS 64
#define TAG_CWT 61
#define TAG_ENCRYPT0 16

/* A COSE_Sign1 by itself, or as a CWT says that it is one (RFC 8392, 6). */
static gboolean
read_message (PltCborReader *reader,
              PltCoseSign1  *message)
{
  PltCborReader inner = *reader;
  PltCborItem tag;

  if (plt_cbor_take_kind (&inner, PLT_CBOR_TAG, &tag) && tag.value == TAG_CWT)
    *reader = inner;

  return plt_cose_take_sign1 (reader, message) && plt_cbor_at_end (reader);
}

static gboolean
read_categories (PltCborReader    *reader,
                 PltVerifyFinding *finding)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_category_entry_free);

  if (!plt_qr_claim_take_categories (reader, entries, MAX_MEMBERS))
    return FALSE;
  plt_verify_claim_categories (finding, entries);
  return TRUE;
}

static const struct
{
  gint64 key;
  PltVerifyField field;
  const char *title; /* of OTHER */
} members[] = {
  { PLT_CLAIM_ID, PLT_VERIFY_FIELD_OTHER, N_("Number of the data") },
  { PLT_CLAIM_FULL_NAME, PLT_VERIFY_FIELD_OTHER, N_("Full name") },
  { PLT_CLAIM_GIVEN_NAMES, PLT_VERIFY_FIELD_GIVEN_NAMES, NULL },
  { 6, PLT_VERIFY_FIELD_OTHER, N_("Middle names") },
  { PLT_CLAIM_FAMILY_NAME, PLT_VERIFY_FIELD_FAMILY_NAME, NULL },
  { PLT_CLAIM_BIRTH_DATE, PLT_VERIFY_FIELD_BIRTH_DATE, NULL },
  { 10, PLT_VERIFY_FIELD_ADDRESS, NULL },
  { PLT_CLAIM_NATIONALITY, PLT_VERIFY_FIELD_NATIONALITY, NULL },
  { 19, PLT_VERIFY_FIELD_OTHER, N_("Full name in a second language") },
  { 22, PLT_VERIFY_FIELD_OTHER, N_("Legal status") },
  { PLT_CLAIM_COUNTRY, PLT_VERIFY_FIELD_COUNTRY, NULL },
  { PLT_CLAIM_LICENCE_NUMBER, PLT_VERIFY_FIELD_LICENCE_NUMBER, NULL },
  { PLT_CLAIM_ISSUE_DATE, PLT_VERIFY_FIELD_ISSUE_DATE, NULL },
  { PLT_CLAIM_EXPIRY_DATE, PLT_VERIFY_FIELD_EXPIRY_DATE, NULL },
  { PLT_CLAIM_DISCRIMINATOR, PLT_VERIFY_FIELD_DOCUMENT_NUMBER, NULL },
};

static gboolean
is_date (PltVerifyField field)
{
  return field == PLT_VERIFY_FIELD_BIRTH_DATE || field == PLT_VERIFY_FIELD_ISSUE_DATE ||
         field == PLT_VERIFY_FIELD_EXPIRY_DATE;
}

static gboolean
read_text_member (PltCborReader    *reader,
                  PltVerifyFinding *finding,
                  gsize             i)
{
  g_autofree char *text = NULL;
  PltDate date = { 0 };

  if (is_date (members[i].field))
    {
      if (!plt_qr_claim_take_date (reader, &date))
        return FALSE;
      plt_verify_claim_date (finding, members[i].field, date);
      return TRUE;
    }
  text = plt_cbor_take_text (reader);
  if (text == NULL)
    return FALSE;
  if (members[i].field == PLT_VERIFY_FIELD_OTHER)
    plt_verify_claim_other (finding, _(members[i].title), text);
  else
    plt_verify_claim (finding, members[i].field, text);
  return TRUE;
}

static gboolean
read_gender (PltCborReader    *reader,
             PltVerifyFinding *finding)
{
  PltCborItem item;
  char sex[2] = "";

  if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &item) || item.value < 1 || item.value > 3)
    return FALSE;
  sex[0] = "MFX"[item.value - 1];
  plt_verify_claim (finding, PLT_VERIFY_FIELD_SEX, sex);
  return TRUE;
}

/* What is not known stays a member that says so: it was signed, too. */
static gboolean
read_unknown (PltCborReader    *reader,
              PltVerifyFinding *finding,
              gint64            key)
{
  if (key != PLT_CLAIM_VERSION && key != PLT_CLAIM_LANGUAGE && key != PLT_CLAIM_FILLER)
    plt_verify_detail (finding, _("Member without a meaning here"), "%" G_GINT64_FORMAT, key);
  return plt_cbor_skip (reader);
}

static gboolean
read_member (PltCborReader    *reader,
             PltVerifyFinding *finding,
             gint64            key)
{
  PltCborReader at = *reader;
  PltCborItem item;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].key == key)
      return read_text_member (reader, finding, i);
  if (key == PLT_CLAIM_GENDER)
    return read_gender (reader, finding);
  if (key == PLT_CLAIM_CATEGORIES)
    return read_categories (reader, finding);
  if (key == 16 && plt_cbor_take_kind (&at, PLT_CBOR_BYTES, &item))
    plt_verify_claim_portrait (finding, item.data, item.length);
  if (key != PLT_CLAIM_SPECIMEN)
    return read_unknown (reader, finding, key);
  finding->specimen = TRUE;
  return plt_cbor_skip (reader);
}

typedef gboolean (*ReadMember) (PltCborReader    *reader,
                                PltVerifyFinding *finding,
                                gint64            key);

/* A doubled key is refused: two readers could each take another one of the values. */
static gboolean
read_map (PltCborReader    *reader,
          PltVerifyFinding *finding,
          ReadMember        read)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  PltCborItem map, key;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_MAP, &map) || map.value > MAX_MEMBERS)
    return FALSE;
  for (gint64 i = 0; i < map.value; i++)
    if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &key) ||
        !g_hash_table_add (seen, g_memdup2 (&key.value, sizeof key.value)) ||
        !read (reader, finding, key.value))
      return FALSE;
  return TRUE;
}

static gboolean
read_claim (PltCborReader    *reader,
            PltVerifyFinding *finding,
            gint64            key)
{
  PltCborItem item;
  g_autofree char *issuer = NULL;
  g_autofree char *day = NULL;

  if (key == PLT_CWT_IDENTITY)
    {
      finding->form = PLT_VERIFY_FORM_QR;
      return read_map (reader, finding, read_member);
    }
  if (key == PLT_CWT_ISS)
    {
      issuer = plt_cbor_take_text (reader);
      if (issuer != NULL)
        plt_verify_detail (finding, _("Issuer"), "%s", issuer);
      return issuer != NULL;
    }
  if (key != PLT_CWT_EXP && key != PLT_CWT_NBF && key != PLT_CWT_IAT)
    return plt_cbor_skip (reader);
  if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &item) || item.value <= 0)
    return FALSE;
  day = plt_verify_format_time (item.value);
  if (key == PLT_CWT_EXP)
    finding->valid_until = item.value;
  else if (key == PLT_CWT_NBF)
    finding->valid_from = item.value;
  else
    plt_verify_detail (finding, _("Signed on"), "%s", day);
  return TRUE;
}

static void
verify_message (PltVerifyFinding *finding,
                PltVerifyKeys    *keys,
                const PltCoseSign1 *message)
{
  g_autoptr (GBytes) signed_bytes = plt_cose_get_signed_bytes (message);

  if (message->alg != PLT_COSE_ALG_ES256)
    {
      finding->seal = PLT_VERIFY_SEAL_BROKEN;
      plt_verify_problem (finding, _("It is signed in a manner other than ES256, which licences are not. Keep the card "
                                     "and show it to a supervisor."));
      return;
    }
  plt_verify_judge_key (finding, keys, message->kid.data, message->kid.length, PLT_VERIFY_PURPOSE_QR,
                        signed_bytes, message->signature.data, message->signature.length);
}

/* The message that the text packs. */
gboolean
plt_verify_read_cose (GBytes         *cose,
                      PltVerifyKeys  *keys,
                      GPtrArray      *findings,
                      GError        **error)
{
  g_autoptr (PltVerifyFinding) finding =
    plt_verify_finding_new (PLT_N_VERIFY_FORMS, _("QR code of a licence, signed"));
  PltCborReader reader = { 0 }, payload = { 0 };
  PltCoseSign1 message = { 0 };

  reader.data = g_bytes_get_data (cose, &reader.length);
  if (reader.length > 0 && reader.data[0] == (0xC0 | TAG_ENCRYPT0))
    return plt_verify_refuse (error, _("The QR code is encrypted. It can be read by those for whom it was made, and "
                                       "not here."));
  if (!read_message (&reader, &message))
    return plt_verify_refuse (error, _("The QR code holds no signed data of a licence. Scan the code on the card’s "
                                       "back."));
  payload.data = message.payload.data;
  payload.length = message.payload.length;
  if (!read_map (&payload, finding, read_claim) || !plt_cbor_at_end (&payload) ||
      finding->form != PLT_VERIFY_FORM_QR)
    return plt_verify_refuse (error, _("The QR code is signed but does not say what a licence says (claim 169). Keep "
                                       "the card and show it to a supervisor."));
  plt_verify_narrow_to_claimed_days (finding);
  plt_verify_detail (finding, _("Form"), "CWT claim 169, COSE_Sign1 ES256");
  verify_message (finding, keys, &message);
  plt_verify_remark (finding, _("A copy of this code verifies, too: compare with the printed photograph."));
  g_ptr_array_add (findings, g_steal_pointer (&finding));
  return TRUE;
}

gboolean
plt_verify_read_qr (GBytes         *bytes,
                    PltVerifyKeys  *keys,
                    GPtrArray      *findings,
                    GError        **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, MIN (length, MAX_TEXT + 1));
  g_autoptr (GBytes) stream = NULL;
  g_autoptr (GBytes) cose = NULL;

  if (strlen (text) > MAX_TEXT)
    return plt_verify_refuse (error, _("The scanned text is too long for a QR code. Scan the code on the card’s back."));
  stream = plt_base45_decode (text, error);
  cose = stream != NULL ? plt_inflate (stream, MAX_INFLATED, error) : NULL;
  return cose != NULL && plt_verify_read_cose (cose, keys, findings, error);
}
