/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs a payload as COSE_Sign1 and opens such a message after checking its signature. */
#include "plt-cose.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <string.h>

#define TAG_SIGN1 18
#define HEADER_ALG 1
#define HEADER_CRIT 2
#define HEADER_KID 4
#define HEADER_X5CHAIN 33
#define ES256_LENGTH 64

static GByteArray *
build_protected (const char *key_id)
{
  GByteArray *bytes = g_byte_array_new ();

  plt_cbor_add_map (bytes, key_id != NULL ? 2 : 1);
  plt_cbor_add_int (bytes, HEADER_ALG);
  plt_cbor_add_int (bytes, PLT_COSE_ALG_ES256);
  if (key_id != NULL)
    {
      plt_cbor_add_int (bytes, HEADER_KID);
      plt_cbor_add_bytes (bytes, key_id, strlen (key_id));
    }

  return bytes;
}

/* One certificate is a plain byte string, never an array of one (RFC 9360, 2). */
static GByteArray *
build_unprotected (GBytes *certificate)
{
  GByteArray *bytes = g_byte_array_new ();

  plt_cbor_add_map (bytes, certificate != NULL ? 1 : 0);
  if (certificate != NULL)
    {
      plt_cbor_add_int (bytes, HEADER_X5CHAIN);
      plt_cbor_add_bytes (bytes, g_bytes_get_data (certificate, NULL),
                          g_bytes_get_size (certificate));
    }

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

static GBytes *
build_message (GBytes      *payload,
               GByteArray  *protected_header,
               GByteArray  *unprotected_header,
               gboolean     tagged,
               const void  *signature,
               gsize        signature_length)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (payload, &length);
  GByteArray *message = g_byte_array_new ();

  if (tagged)
    plt_cbor_add_tag (message, TAG_SIGN1);
  plt_cbor_add_array (message, 4);
  plt_cbor_add_bytes (message, protected_header->data, protected_header->len);
  g_byte_array_append (message, unprotected_header->data, unprotected_header->len);
  plt_cbor_add_bytes (message, data, length);
  plt_cbor_add_bytes (message, signature, signature_length);

  return g_byte_array_free_to_bytes (message);
}

static GBytes *
sign (GBytes        *payload,
      GByteArray    *protected_header,
      GByteArray    *unprotected_header,
      gboolean       tagged,
      PltIssuerKey  *key,
      GError       **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (payload, &length);
  g_autoptr (GBytes) signed_bytes =
    build_sig_structure (protected_header->data, protected_header->len, data, length);
  g_autoptr (GBytes) signature = plt_issuer_key_sign (key, signed_bytes, error);

  if (signature == NULL)
    return NULL;

  return build_message (payload, protected_header, unprotected_header, tagged,
                        g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
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
  g_autoptr (GByteArray) header = build_protected (plt_issuer_key_get_key_id (key));
  g_autoptr (GByteArray) unprotected = build_unprotected (NULL);

  return sign (payload, header, unprotected, TRUE, key, error);
}

/**
 * plt_cose_draft1:
 * @payload: what may be signed
 * @key: with which key
 *
 * For those who must know how long a message becomes when it is compressed, and sign it only then: a
 * hash stands for the signature, which shrinks no more than one.
 *
 * Returns: (transfer full): as plt_cose_sign1(), but not signed
 */
GBytes *
plt_cose_draft1 (GBytes       *payload,
                 PltIssuerKey *key)
{
  g_autoptr (GByteArray) header = build_protected (plt_issuer_key_get_key_id (key));
  g_autoptr (GByteArray) unprotected = build_unprotected (NULL);
  guint8 noise[ES256_LENGTH];
  int code = gnutls_hash_fast (GNUTLS_DIG_SHA512, g_bytes_get_data (payload, NULL),
                               g_bytes_get_size (payload), noise);

  g_assert (code >= 0);

  return build_message (payload, header, unprotected, TRUE, noise, sizeof noise);
}

/**
 * plt_cose_sign1_x5chain:
 * @payload: what to sign
 * @certificate: the signer's certificate, DER, for the unprotected header
 * @key: with which key
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Returns: (transfer full) (nullable): the message, without a tag (ISO/IEC 18013-5, 9.1.2.4)
 */
GBytes *
plt_cose_sign1_x5chain (GBytes        *payload,
                        GBytes        *certificate,
                        PltIssuerKey  *key,
                        GError       **error)
{
  g_autoptr (GByteArray) header = build_protected (NULL);
  g_autoptr (GByteArray) unprotected = build_unprotected (certificate);

  return sign (payload, header, unprotected, FALSE, key, error);
}

/* A certificate, or an array of them, the signer's first. */
static gboolean
take_chain (PltCborReader *reader,
            PltCoseSign1  *message)
{
  PltCborItem item;
  gint64 count = 1;

  if (message->n_certificates > 0 || !plt_cbor_take (reader, &item))
    return FALSE;
  if (item.kind == PLT_CBOR_ARRAY)
    {
      count = item.value;
      if (count < 1 || count > PLT_COSE_MAX_CHAIN || !plt_cbor_take (reader, &item))
        return FALSE;
    }
  message->certificates[0] = item;
  for (gint64 i = 1; i < count; i++)
    if (!plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &message->certificates[i]))
      return FALSE;
  message->n_certificates = (guint) count;

  return item.kind == PLT_CBOR_BYTES;
}

static gboolean
take_header (gpointer           user_data,
             const PltCborItem *label,
             PltCborReader     *reader)
{
  PltCoseSign1 *message = user_data;
  PltCborItem value;

  if (label->kind != PLT_CBOR_INT)
    return plt_cbor_skip (reader);

  switch (label->value)
    {
    case HEADER_ALG:
      if (message->alg != 0 || !plt_cbor_take_kind (reader, PLT_CBOR_INT, &value))
        return FALSE;
      message->alg = value.value;
      return TRUE;
    case HEADER_KID:
      return message->kid.kind == PLT_CBOR_NONE &&
             plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &message->kid);
    case HEADER_X5CHAIN:
      return take_chain (reader, message);
    case HEADER_CRIT:
      /* It lists what a reader must understand; nothing beyond the above is understood here. */
      return FALSE;
    default:
      return plt_cbor_skip (reader);
    }
}

/**
 * plt_cose_take_sign1:
 * @reader: where the message stands
 * @message: (out caller-allocates): its parts
 *
 * Nothing is proved by this. An algorithm stands in the protected header, where it is signed; the
 * unprotected one may bring a kid and a certificate, which are names only, but never repeat a label
 * (RFC 9052, 3).
 *
 * Returns: whether a whole COSE_Sign1 with an attached payload was read
 */
gboolean
plt_cose_take_sign1 (PltCborReader *reader,
                     PltCoseSign1  *message)
{
  PltCborItem head;
  PltCborReader inner = { 0 };

  *message = (PltCoseSign1) { 0 };
  if (!plt_cbor_take (reader, &head))
    return FALSE;
  message->tagged = head.kind == PLT_CBOR_TAG;
  if (message->tagged && (head.value != TAG_SIGN1 || !plt_cbor_take (reader, &head)))
    return FALSE;
  if (head.kind != PLT_CBOR_ARRAY || head.value != 4 ||
      !plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &message->protected_bytes))
    return FALSE;

  inner.data = message->protected_bytes.data;
  inner.length = message->protected_bytes.length;
  if (!plt_cbor_take_map (&inner, take_header, message) || !plt_cbor_at_end (&inner) ||
      message->alg == 0)
    return FALSE;

  return plt_cbor_take_map (reader, take_header, message) &&
         plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &message->payload) &&
         plt_cbor_take_kind (reader, PLT_CBOR_BYTES, &message->signature);
}

/**
 * plt_cose_get_signed_bytes:
 * @message: a message that was read
 *
 * Returns: (transfer full): the Sig_structure that its signature must be of
 */
GBytes *
plt_cose_get_signed_bytes (const PltCoseSign1 *message)
{
  return build_sig_structure (message->protected_bytes.data, message->protected_bytes.length,
                              message->payload.data, message->payload.length);
}

static gboolean
check_kid (const PltCborItem  *kid,
           const char         *key_id,
           GError            **error)
{
  g_autofree char *found = NULL;

  if (kid->kind == PLT_CBOR_BYTES && kid->length == strlen (key_id) &&
      memcmp (kid->data, key_id, kid->length) == 0)
    return TRUE;

  if (kid->kind == PLT_CBOR_BYTES)
    found = g_utf8_make_valid ((const char *) kid->data, (gssize) MIN (kid->length, 32));
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
  PltCoseSign1 parts;

  if (!plt_cose_take_sign1 (&reader, &parts) || !plt_cbor_at_end (&reader) ||
      parts.alg != PLT_COSE_ALG_ES256)
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The scanned code is not a signed code of a licence. Scan the code "
                             "on the card’s back."));
      return NULL;
    }
  if (!check_kid (&parts.kid, plt_issuer_key_get_key_id (key), error))
    return NULL;

  g_autoptr (GBytes) signed_bytes = plt_cose_get_signed_bytes (&parts);
  g_autoptr (GBytes) signature = g_bytes_new (parts.signature.data, parts.signature.length);

  if (!plt_issuer_key_verify (key, signed_bytes, signature, error))
    return NULL;

  return g_bytes_new (parts.payload.data, parts.payload.length);
}
