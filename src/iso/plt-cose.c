/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs a payload as COSE_Sign1 and opens such a message after checking its signature. */
#include "plt-cose.h"

#include "plt-cbor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TAG_SIGN1 18
#define HEADER_ALG 1
#define HEADER_CRIT 2
#define HEADER_KID 4
#define ALG_ES256 (-7)

static GByteArray *
build_protected (const char *key_id)
{
  GByteArray *bytes = g_byte_array_new ();

  plt_cbor_add_map (bytes, 2);
  plt_cbor_add_int (bytes, HEADER_ALG);
  plt_cbor_add_int (bytes, ALG_ES256);
  plt_cbor_add_int (bytes, HEADER_KID);
  plt_cbor_add_bytes (bytes, key_id, strlen (key_id));

  return bytes;
}

/* The bytes that are signed: ["Signature1", protected, h'', payload]. */
static GBytes *
build_sig_structure (const guint8 *protected_data,
                     gsize         protected_length,
                     const guint8 *payload,
                     gsize         payload_length)
{
  GByteArray *bytes = g_byte_array_new ();

  plt_cbor_add_array (bytes, 4);
  plt_cbor_add_text (bytes, "Signature1");
  plt_cbor_add_bytes (bytes, protected_data, protected_length);
  plt_cbor_add_bytes (bytes, NULL, 0);
  plt_cbor_add_bytes (bytes, payload, payload_length);

  return g_byte_array_free_to_bytes (bytes);
}

/**
 * plt_cose_sign1:
 * @payload: what to sign
 * @key: with which key; its id travels as "kid" in the protected header
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Returns: (transfer full) (nullable): the message, tagged 18
 */
GBytes *
plt_cose_sign1 (GBytes        *payload,
                PltIssuerKey  *key,
                GError       **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (payload, &length);
  g_autoptr (GByteArray) header = build_protected (plt_issuer_key_get_key_id (key));
  g_autoptr (GBytes) signed_bytes = build_sig_structure (header->data, header->len, data, length);
  g_autoptr (GBytes) signature = plt_issuer_key_sign (key, signed_bytes, error);
  GByteArray *message;

  if (signature == NULL)
    return NULL;

  message = g_byte_array_new ();
  plt_cbor_add_tag (message, TAG_SIGN1);
  plt_cbor_add_array (message, 4);
  plt_cbor_add_bytes (message, header->data, header->len);
  plt_cbor_add_map (message, 0);
  plt_cbor_add_bytes (message, data, length);
  plt_cbor_add_bytes (message, g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));

  return g_byte_array_free_to_bytes (message);
}

typedef struct
{
  gint64        alg; /* 0 for none */
  const guint8 *kid;
  gsize         kid_length;
} CoseHeader;

static gboolean
read_header_pair (PltCborReader *reader,
                  CoseHeader    *header)
{
  PltCborItem label;
  PltCborItem value;

  if (!plt_cbor_take (reader, &label))
    return FALSE;
  if (label.kind != PLT_CBOR_INT)
    return label.kind == PLT_CBOR_TEXT && plt_cbor_skip (reader);

  switch (label.value)
    {
    case HEADER_ALG:
      if (header->alg != 0 || !plt_cbor_take_kind (reader, PLT_CBOR_INT, &value))
        return FALSE;
      header->alg = value.value;
      return TRUE;
    case HEADER_KID:
      if (header->kid != NULL || !plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &value))
        return FALSE;
      header->kid = value.data;
      header->kid_length = value.length;
      return TRUE;
    case HEADER_CRIT:
      /* It lists what a reader must understand; nothing beyond the above is understood here. */
      return FALSE;
    default:
      return plt_cbor_skip (reader);
    }
}

static gboolean
read_header (PltCborReader *reader,
             CoseHeader    *header)
{
  PltCborItem map;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_MAP, &map))
    return FALSE;
  for (gint64 i = 0; i < map.value; i++)
    {
      if (!read_header_pair (reader, header))
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  CoseHeader  header;
  PltCborItem protected_bytes;
  PltCborItem payload;
  PltCborItem signature;
} CoseSign1;

static gboolean
read_message (PltCborReader *reader,
              CoseSign1     *message)
{
  PltCborItem head;
  PltCborReader inner = { 0 };

  if (!plt_cbor_take (reader, &head))
    return FALSE;
  if (head.kind == PLT_CBOR_TAG &&
      (head.value != TAG_SIGN1 || !plt_cbor_take (reader, &head)))
    return FALSE;
  if (head.kind != PLT_CBOR_ARRAY || head.value != 4 ||
      !plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &message->protected_bytes))
    return FALSE;

  inner.data = message->protected_bytes.data;
  inner.length = message->protected_bytes.length;
  if (!read_header (&inner, &message->header) || !plt_cbor_at_end (&inner) ||
      message->header.alg != ALG_ES256)
    return FALSE;

  /* The unprotected header comes last into the same record: it may bring a kid, which is only a
   * name, but never a second algorithm. */
  return read_header (reader, &message->header) &&
         plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &message->payload) &&
         plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &message->signature) &&
         plt_cbor_at_end (reader);
}

static gboolean
check_kid (const CoseHeader  *header,
           const char        *key_id,
           GError           **error)
{
  g_autofree char *found = NULL;

  if (header->kid != NULL && header->kid_length == strlen (key_id) &&
      memcmp (header->kid, key_id, header->kid_length) == 0)
    return TRUE;

  if (header->kid != NULL)
    found = g_utf8_make_valid ((const char *) header->kid, (gssize) MIN (header->kid_length, 32));
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
               /* Translators: names of two keys. */
               _("The code was signed with the key “%s”, but this office checks with “%s”. The card "
                 "comes from another issuer or from before a change of keys; ask an administrator "
                 "for that public key."), found != NULL ? found : "", key_id);
  return FALSE;
}

/**
 * plt_cose_open1:
 * @message: a COSE_Sign1 message, tagged 18 or untagged
 * @key: the key that must have signed it; its id must be the message's "kid"
 * @error: %PLT_ISO_ERROR_INVALID, %PLT_ISO_ERROR_SIGNATURE
 *
 * Returns: (transfer full) (nullable): the payload, proved to be the key's
 */
GBytes *
plt_cose_open1 (GBytes        *message,
                PltIssuerKey  *key,
                GError       **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (message, &length);
  PltCborReader reader = { data, length, 0 };
  CoseSign1 parts = { 0 };

  if (!read_message (&reader, &parts))
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The scanned code is not a signed code of a licence. Scan the code "
                             "on the card’s back."));
      return NULL;
    }
  if (!check_kid (&parts.header, plt_issuer_key_get_key_id (key), error))
    return NULL;

  g_autoptr (GBytes) signed_bytes =
    build_sig_structure (parts.protected_bytes.data, parts.protected_bytes.length,
                         parts.payload.data, parts.payload.length);
  g_autoptr (GBytes) signature = g_bytes_new (parts.signature.data, parts.signature.length);

  if (!plt_issuer_key_verify (key, signed_bytes, signature, error))
    return NULL;

  return g_bytes_new (parts.payload.data, parts.payload.length);
}
