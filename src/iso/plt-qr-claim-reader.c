/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the signed text of a card's QR code back: Base45, zlib, COSE_Sign1, CWT claim 169. */
#include "plt-qr-claim-private.h"

#include "plt-cbor.h"
#include "plt-cose.h"
#include "plt-deflate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT_LENGTH 4296 /* alphanumeric characters of the largest symbol, ISO/IEC 18004 */
#define MAX_INFLATED 65536
#define MAX_RESTRICTIONS 32

typedef struct
{
  PltLicenceData *data;
  char           *id;
  gint64          expires_at;
  gint64          not_before;
  gboolean        has_expires_at;
  gboolean        has_identity;
} Token;

static gboolean
read_text (PltCborReader  *reader,
           char          **value)
{
  g_free (*value);
  *value = plt_cbor_take_text (reader);

  return *value != NULL;
}

static gboolean
read_gender (PltCborReader   *reader,
             PltLicenceData  *data)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &item) || item.value < 1 || item.value > 3)
    return FALSE;
  g_free (data->sex);
  data->sex = g_strndup (&"MFX"[item.value - 1], 1);

  return TRUE;
}

static gboolean
read_specimen (PltCborReader  *reader,
               PltLicenceData *data)
{
  g_autofree char *text = plt_cbor_take_text (reader);

  data->specimen = g_strcmp0 (text, "SPECIMEN") == 0;

  return data->specimen;
}

static gboolean
read_member (gpointer           user_data,
             const PltCborItem *key,
             PltCborReader     *reader)
{
  Token *token = user_data;
  PltLicenceData *data = token->data;

  if (key->kind != PLT_CBOR_INT)
    return plt_cbor_skip (reader);
  switch (key->value)
    {
    case PLT_CLAIM_ID:
      return read_text (reader, &token->id);
    case PLT_CLAIM_GIVEN_NAMES:
      return read_text (reader, &data->given_names);
    case PLT_CLAIM_FAMILY_NAME:
      return read_text (reader, &data->family_name);
    case PLT_CLAIM_BIRTH_DATE:
      return plt_qr_claim_take_date (reader, &data->birth_date);
    case PLT_CLAIM_GENDER:
      return read_gender (reader, data);
    case PLT_CLAIM_NATIONALITY:
      return read_text (reader, &data->nationality);
    case PLT_CLAIM_COUNTRY:
      return read_text (reader, &data->issuing_country);
    case PLT_CLAIM_LICENCE_NUMBER:
      return read_text (reader, &data->licence_number);
    case PLT_CLAIM_ISSUE_DATE:
      return plt_qr_claim_take_date (reader, &data->issue_date);
    case PLT_CLAIM_EXPIRY_DATE:
      return plt_qr_claim_take_date (reader, &data->expiry_date);
    case PLT_CLAIM_CATEGORIES:
      return plt_qr_claim_take_categories (reader, data->categories, MAX_RESTRICTIONS);
    case PLT_CLAIM_SPECIMEN:
      return read_specimen (reader, data);
    case PLT_CLAIM_DISCRIMINATOR:
      return read_text (reader, &data->document_discriminator);
    default:
      return plt_cbor_skip (reader);
    }
}

static gboolean
read_time (PltCborReader *reader,
           gint64        *seconds)
{
  PltCborItem item;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_INT, &item))
    return FALSE;
  *seconds = item.value;

  return TRUE;
}

static gboolean
read_claim (gpointer           user_data,
            const PltCborItem *key,
            PltCborReader     *reader)
{
  Token *token = user_data;

  if (key->kind != PLT_CBOR_INT)
    return plt_cbor_skip (reader);
  switch (key->value)
    {
    case PLT_CWT_EXP:
      token->has_expires_at = TRUE;
      return read_time (reader, &token->expires_at);
    case PLT_CWT_NBF:
      return read_time (reader, &token->not_before);
    case PLT_CWT_IDENTITY:
      token->has_identity = TRUE;
      return plt_cbor_take_map (reader, read_member, token);
    default:
      return plt_cbor_skip (reader);
    }
}

static gboolean
read_token (Token  *token,
            GBytes *payload)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (payload, &length);
  PltCborReader reader = { bytes, length, 0 };

  return plt_cbor_take_map (&reader, read_claim, token) && plt_cbor_at_end (&reader) &&
         token->has_expires_at && token->has_identity &&
         token->data->licence_number != NULL &&
         (token->id == NULL || g_str_equal (token->id, token->data->licence_number));
}

/* RFC 8392, 3.1.4 and 3.1.5: accepted from the second "nbf" on, no more at the second "exp". */
static gboolean
check_times (const Token  *token,
             gint64        now,
             GError      **error)
{
  if (now == 0 || (now >= token->not_before && now < token->expires_at))
    return TRUE;

  if (now < token->not_before)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NOT_CURRENT,
                 _("Licence %s is genuine but not yet valid. Look at its date of issue."),
                 token->data->licence_number);
  else
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NOT_CURRENT,
                 _("Licence %s is genuine but has expired. Start a renewal."),
                 token->data->licence_number);
  return FALSE;
}

static void
fill_empty_strings (PltLicenceData *data)
{
  char **strings[] = {
    &data->family_name, &data->given_names, &data->birth_place, &data->authority,
    &data->administrative_number, &data->licence_number, &data->document_discriminator,
    &data->sex, &data->nationality, &data->address, &data->issuing_country,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      if (*strings[i] == NULL)
        *strings[i] = g_strdup ("");
    }
}

/**
 * plt_qr_claim_open_cose:
 * @cose: a COSE_Sign1 message
 * @key: the key that must have signed it
 * @now: Unix seconds to check "nbf" and "exp" against, or 0 for no such check
 * @error: as of plt_qr_claim_read()
 *
 * Returns: (transfer full) (nullable): what the message says
 */
PltLicenceData *
plt_qr_claim_open_cose (GBytes        *cose,
                        PltIssuerKey  *key,
                        gint64         now,
                        GError       **error)
{
  g_autoptr (GBytes) payload = plt_cose_open1 (cose, key, error);
  g_autoptr (PltLicenceData) data = NULL;
  Token token = { 0 };
  gboolean complete;

  if (payload == NULL)
    return NULL;

  data = plt_licence_data_new ();
  token.data = data;
  complete = read_token (&token, payload);
  g_free (token.id);
  if (!complete)
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The code is genuine but does not hold the data of a licence. Keep the "
                             "card and show it to a supervisor."));
      return NULL;
    }
  if (!check_times (&token, now, error))
    return NULL;
  fill_empty_strings (data);

  return g_steal_pointer (&data);
}

/**
 * plt_qr_claim_read:
 * @text: the scanned text, exactly as a scanner types it but for a line end behind it
 * @key: the key that must have signed it, by id and signature
 * @now: Unix seconds to check "nbf" and "exp" against, or 0 for no such check
 * @error: %PLT_ISO_ERROR_INVALID for what is not such a code, %PLT_ISO_ERROR_SIGNATURE for a
 *   foreign or changed one, %PLT_ISO_ERROR_NOT_CURRENT for one outside of its time
 *
 * A code proves data, not presence: a photocopy of it verifies too. Compare with the photograph.
 *
 * Returns: (transfer full) (nullable): what the code says; what it does not carry is empty
 */
PltLicenceData *
plt_qr_claim_read (const char    *text,
                   PltIssuerKey  *key,
                   gint64         now,
                   GError       **error)
{
  g_autofree char *line = NULL;
  g_autoptr (GBytes) stream = NULL;
  g_autoptr (GBytes) cose = NULL;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (key), NULL);

  length = strcspn (text, "\r\n");
  if (length > MAX_TEXT_LENGTH || strspn (text + length, "\r\n") != strlen (text + length))
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The scanned text is too long for the code of a licence. Scan the "
                             "code on the card’s back."));
      return NULL;
    }
  line = g_strndup (text, length);
  stream = plt_base45_decode (line, error);
  if (stream == NULL)
    return NULL;
  cose = plt_inflate (stream, MAX_INFLATED, error);
  if (cose == NULL)
    return NULL;

  return plt_qr_claim_open_cose (cose, key, now, error);
}
