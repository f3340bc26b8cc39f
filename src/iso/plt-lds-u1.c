/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes EF.COM, and writes and reads the signed payload "U1" of the card's PDF417.
 *
 * U1 is a profile of this program, not of ISO: EF.COM ‖ EF.DG1 ‖ 53 "SPECIMEN" where it is one ‖
 * 42 key id ‖ 5F37 signature (64 bytes r‖s, ECDSA P-256 with SHA-256, over all bytes before 5F37).
 * Readers pass over tags that they do not know. */
#include "plt-lds-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAG_KEY_ID 0x42
#define TAG_SIGNATURE 0x5F37
#define MAX_PAYLOAD 1108 /* bytes of the largest PDF417 symbol, ISO/IEC 15438 */

/**
 * plt_lds_build_com:
 * @tags: tags of the data groups that are present, e.g. 61 65 67
 * @n_tags: how many
 *
 * Returns: (transfer full): EF.COM of version 01.00
 */
GBytes *
plt_lds_build_com (const guint8 *tags,
                   gsize         n_tags)
{
  static const guint8 version[] = { 0x01, 0x00 };
  g_autoptr (GByteArray) content = g_byte_array_new ();
  GByteArray *com = g_byte_array_new ();

  plt_byte_writer_add_tlv (content, PLT_LDS_TAG_COM_VERSION, version, sizeof version);
  plt_byte_writer_add_tlv (content, PLT_LDS_TAG_COM_LIST, tags, n_tags);
  plt_byte_writer_add_tlv (com, PLT_LDS_TAG_COM, content->data, content->len);

  return g_byte_array_free_to_bytes (com);
}

static void
add_bytes (GByteArray *payload,
           GBytes     *bytes)
{
  g_byte_array_append (payload, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
}

static gboolean
add_signature (GByteArray    *payload,
               PltIssuerKey  *key,
               GError       **error)
{
  const char *key_id = plt_issuer_key_get_key_id (key);
  g_autoptr (GBytes) signed_bytes = NULL;
  g_autoptr (GBytes) signature = NULL;

  plt_byte_writer_add_tlv (payload, TAG_KEY_ID, (const guint8 *) key_id, strlen (key_id));
  signed_bytes = g_bytes_new (payload->data, payload->len);
  signature = plt_issuer_key_sign (key, signed_bytes, error);
  if (signature == NULL)
    return FALSE;
  plt_byte_writer_add_tlv (payload, TAG_SIGNATURE, g_bytes_get_data (signature, NULL),
                           g_bytes_get_size (signature));

  return TRUE;
}

/**
 * plt_lds_build_u1:
 * @data: the licence
 * @key: the key for data groups
 * @error: of plt_lds_build_dg1() and plt_issuer_key_sign()
 *
 * Whether the payload fits is known only by the symbol's columns, rows and error correction: see
 * plt-card-renderer.h. Beyond 1,108 bytes no symbol holds it.
 *
 * Returns: (transfer full) (nullable): bytes for a PDF417 in byte mode, without ECI
 */
GBytes *
plt_lds_build_u1 (PltLicenceData  *data,
                  PltIssuerKey    *key,
                  GError         **error)
{
  static const guint8 groups[] = { PLT_LDS_TAG_DG1 };
  g_autoptr (GBytes) com = plt_lds_build_com (groups, sizeof groups);
  g_autoptr (GBytes) dg1 = NULL;
  g_autoptr (GByteArray) payload = g_byte_array_new ();

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (key), NULL);

  dg1 = plt_lds_build_dg1 (data, error);
  if (dg1 == NULL)
    return NULL;

  add_bytes (payload, com);
  add_bytes (payload, dg1);
  if (data->specimen)
    plt_byte_writer_add_tlv (payload, PLT_LDS_TAG_DISCRETIONARY, (const guint8 *) PLT_LDS_SPECIMEN,
                             strlen (PLT_LDS_SPECIMEN));
  if (!add_signature (payload, key, error))
    return NULL;
  if (payload->len > MAX_PAYLOAD)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                   _("The categories and restrictions of licence %s do not fit into the barcode on "
                     "the card. Ask a supervisor which restrictions apply."),
                   data->licence_number != NULL ? data->licence_number : "");
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&payload));
}

/* Where the parts of a payload lie. */
typedef struct
{
  PltByteReader com;
  PltByteReader key_id;
  PltByteReader signature;
  gsize         dg1_start;
  gsize         dg1_end;
  gsize         signed_length;
  gboolean      is_specimen;
} Payload;

static void
note_object (Payload       *payload,
             guint          tag,
             PltByteReader  value,
             gsize          start,
             gsize          end)
{
  switch (tag)
    {
    case PLT_LDS_TAG_DG1:
      payload->dg1_start = start;
      payload->dg1_end = end;
      break;
    case PLT_LDS_TAG_DISCRETIONARY:
      payload->is_specimen = value.length == strlen (PLT_LDS_SPECIMEN) &&
                             memcmp (value.data, PLT_LDS_SPECIMEN, value.length) == 0;
      break;
    case TAG_KEY_ID:
      payload->key_id = value;
      break;
    case TAG_SIGNATURE:
      payload->signature = value;
      payload->signed_length = start;
      break;
    default:
      break;
    }
}

/* EF.COM lists exactly DG1: a group that it names and that is missing was taken away. */
static gboolean
com_lists_dg1 (PltByteReader com)
{
  guint tag;
  PltByteReader value;

  while (plt_byte_reader_take_tlv (&com, &tag, &value))
    {
      if (tag == PLT_LDS_TAG_COM_LIST)
        return value.length == 1 && value.data[0] == PLT_LDS_TAG_DG1;
    }

  return FALSE;
}

/* Nothing may stand behind the signature, which would be unsigned, and nothing twice. */
static gboolean
split_payload (PltByteReader  reader,
               Payload       *payload)
{
  guint tag;
  guint seen_dg1 = 0;
  PltByteReader value;

  if (!plt_byte_reader_take_tlv (&reader, &tag, &payload->com) || tag != PLT_LDS_TAG_COM ||
      !com_lists_dg1 (payload->com))
    return FALSE;
  while (payload->signed_length == 0)
    {
      gsize start = reader.position;

      if (!plt_byte_reader_take_tlv (&reader, &tag, &value))
        return FALSE;
      seen_dg1 += tag == PLT_LDS_TAG_DG1;
      note_object (payload, tag, value, start, reader.position);
    }

  return seen_dg1 == 1 && payload->key_id.length > 0 && plt_byte_reader_left (&reader) == 0;
}

static gboolean
check_key_id (const Payload  *payload,
              const char     *key_id,
              GError        **error)
{
  g_autofree char *found = NULL;

  if (payload->key_id.length == strlen (key_id) &&
      memcmp (payload->key_id.data, key_id, payload->key_id.length) == 0)
    return TRUE;

  found = g_utf8_make_valid ((const char *) payload->key_id.data,
                             (gssize) MIN (payload->key_id.length, 32));
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
               _("The code was signed with the key “%s”, but this office checks with “%s”. The card "
                 "comes from another issuer or from before a change of keys; ask an administrator "
                 "for that public key."), found, key_id);
  return FALSE;
}

/**
 * plt_lds_read_u1:
 * @payload: the bytes of a scanned PDF417
 * @key: the key that must have signed it, by id and signature
 * @error: %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_SIGNATURE
 *
 * Returns: (transfer full) (nullable): the licence, as plt_lds_read_dg1() gives it
 */
PltLicenceData *
plt_lds_read_u1 (GBytes        *payload,
                 PltIssuerKey  *key,
                 GError       **error)
{
  Payload parts = { 0 };
  gsize length;
  const guint8 *bytes;

  g_return_val_if_fail (payload != NULL, NULL);
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (key), NULL);

  bytes = g_bytes_get_data (payload, &length);
  if (!split_payload (plt_byte_reader_init (bytes, length), &parts))
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The scanned barcode is not that of a licence of this office’s kind. "
                             "Scan the barcode on the card’s back."));
      return NULL;
    }
  if (!check_key_id (&parts, plt_issuer_key_get_key_id (key), error))
    return NULL;

  g_autoptr (GBytes) signed_bytes = g_bytes_new_from_bytes (payload, 0, parts.signed_length);
  g_autoptr (GBytes) signature = g_bytes_new (parts.signature.data, parts.signature.length);
  g_autoptr (GBytes) dg1 = g_bytes_new_from_bytes (payload, parts.dg1_start,
                                                   parts.dg1_end - parts.dg1_start);

  if (!plt_issuer_key_verify (key, signed_bytes, signature, error))
    return NULL;

  PltLicenceData *data = plt_lds_read_dg1 (dg1, error);

  if (data != NULL)
    data->specimen = parts.is_specimen;

  return data;
}
