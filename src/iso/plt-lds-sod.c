/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes and checks EF.SOD: the signed hashes of the data groups (ISO/IEC 18013-3, passive
 * authentication), as CMS SignedData with the groups' hashes inside. */
#include "plt-lds-private.h"

#include "plt-issuer-key-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/pkcs7.h>
#include <string.h>

#define SHA256_LENGTH 32
#define DER_INTEGER 0x02
#define DER_OCTET_STRING 0x04
#define DER_OID 0x06
#define DER_SEQUENCE 0x30
#define DER_SET 0x31
#define DER_CONTEXT_0 0xA0

static const guint8 oid_sha256[] = { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01 };
static const guint8 oid_ecdsa_sha256[] = { 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02 };
static const guint8 oid_signed_data[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02 };
static const guint8 oid_content_type[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x03 };
static const guint8 oid_message_digest[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09,
                                             0x04 };
/* 2.23.136.1.1.1, the LDS security object of passports; the identifier of ISO/IEC 18013-3 was not
 * to be had. */
static const guint8 oid_lds_security_object[] = { 0x67, 0x81, 0x08, 0x01, 0x01, 0x01 };

#define ADD_OID(bytes, oid) plt_byte_writer_add_tlv (bytes, DER_OID, oid, sizeof oid)

/* Puts what @bytes holds into an object of @tag. */
static void
wrap (GByteArray *bytes,
      guint       tag)
{
  g_autoptr (GByteArray) wrapped = g_byte_array_new ();

  plt_byte_writer_add_tlv (wrapped, tag, bytes->data, bytes->len);
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, wrapped->data, wrapped->len);
}

static void
append (GByteArray *bytes,
        GByteArray *part)
{
  g_byte_array_append (bytes, part->data, part->len);
}

static void
add_small_integer (GByteArray *bytes,
                   guint8      value)
{
  plt_byte_writer_add_tlv (bytes, DER_INTEGER, &value, 1);
}

static void
add_sha256_algorithm (GByteArray *bytes)
{
  g_autoptr (GByteArray) algorithm = g_byte_array_new ();

  ADD_OID (algorithm, oid_sha256);
  wrap (algorithm, DER_SEQUENCE);
  append (bytes, algorithm);
}

static void
hash (const guint8 *data,
      gsize         length,
      guint8        digest[SHA256_LENGTH])
{
  int code = gnutls_hash_fast (GNUTLS_DIG_SHA256, data, length, digest);

  g_assert (code >= 0);
}

/* SEQUENCE { 0, SHA-256 with NULL, SEQUENCE OF { number, hash of the whole file } } */
static GByteArray *
build_security_object (const PltLdsGroup *groups,
                       gsize              n_groups)
{
  static const guint8 null_parameters[] = { 0x05, 0x00 };
  GByteArray *object = g_byte_array_new ();
  g_autoptr (GByteArray) algorithm = g_byte_array_new ();
  g_autoptr (GByteArray) hashes = g_byte_array_new ();

  for (gsize i = 0; i < n_groups; i++)
    {
      g_autoptr (GByteArray) entry = g_byte_array_new ();
      gsize length;
      const guint8 *data = g_bytes_get_data (groups[i].bytes, &length);
      guint8 digest[SHA256_LENGTH];

      hash (data, length, digest);
      add_small_integer (entry, groups[i].number);
      plt_byte_writer_add_tlv (entry, DER_OCTET_STRING, digest, sizeof digest);
      wrap (entry, DER_SEQUENCE);
      append (hashes, entry);
    }
  wrap (hashes, DER_SEQUENCE);
  ADD_OID (algorithm, oid_sha256);
  g_byte_array_append (algorithm, null_parameters, sizeof null_parameters);
  wrap (algorithm, DER_SEQUENCE);

  add_small_integer (object, 0);
  append (object, algorithm);
  append (object, hashes);
  wrap (object, DER_SEQUENCE);

  return object;
}

/* contentType and messageDigest, in the order that DER wants of a SET. */
static GByteArray *
build_attributes (GByteArray *content)
{
  GByteArray *attributes = g_byte_array_new ();
  g_autoptr (GByteArray) type = g_byte_array_new ();
  g_autoptr (GByteArray) value = g_byte_array_new ();
  g_autoptr (GByteArray) message_digest = g_byte_array_new ();
  guint8 digest[SHA256_LENGTH];

  ADD_OID (value, oid_lds_security_object);
  wrap (value, DER_SET);
  ADD_OID (type, oid_content_type);
  append (type, value);
  wrap (type, DER_SEQUENCE);

  hash (content->data, content->len, digest);
  g_byte_array_set_size (value, 0);
  plt_byte_writer_add_tlv (value, DER_OCTET_STRING, digest, sizeof digest);
  wrap (value, DER_SET);
  ADD_OID (message_digest, oid_message_digest);
  append (message_digest, value);
  wrap (message_digest, DER_SEQUENCE);

  append (attributes, type);
  append (attributes, message_digest);

  return attributes;
}

static gboolean
add_signer_identifier (GByteArray         *info,
                       gnutls_x509_crt_t   crt)
{
  g_autoptr (GByteArray) identifier = g_byte_array_new ();
  gnutls_datum_t issuer = { 0 };
  guint8 serial[64];
  size_t serial_length = sizeof serial;

  if (gnutls_x509_crt_get_serial (crt, serial, &serial_length) < 0 ||
      gnutls_x509_crt_get_raw_issuer_dn (crt, &issuer) < 0)
    return FALSE;
  g_byte_array_append (identifier, issuer.data, issuer.size);
  plt_byte_writer_add_tlv (identifier, DER_INTEGER, serial, serial_length);
  wrap (identifier, DER_SEQUENCE);
  append (info, identifier);
  gnutls_free (issuer.data);

  return TRUE;
}

/* What is signed is the SET OF attributes, tag 31; what is sent is the same under tag A0.
 *
 * Returns: (transfer full) (nullable): r and s in DER */
static GBytes *
sign_attributes (GByteArray    *attributes,
                 PltIssuerKey  *key,
                 GError       **error)
{
  g_autoptr (GByteArray) set = g_byte_array_new ();
  g_autoptr (GBytes) signed_bytes = NULL;
  g_autoptr (GBytes) raw = NULL;
  gnutls_datum_t der = { 0 };
  unsigned char *numbers;
  GBytes *signature;

  append (set, attributes);
  wrap (set, DER_SET);
  signed_bytes = g_bytes_new (set->data, set->len);
  raw = plt_issuer_key_sign (key, signed_bytes, error);
  if (raw == NULL)
    return NULL;
  numbers = (unsigned char *) g_bytes_get_data (raw, NULL);
  if (gnutls_encode_rs_value (&der, &(gnutls_datum_t) { numbers, 32 },
                              &(gnutls_datum_t) { numbers + 32, 32 }) < 0)
    {
      plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (key),
                                       GNUTLS_E_ASN1_DER_ERROR);
      return NULL;
    }
  signature = g_bytes_new (der.data, der.size);
  gnutls_free (der.data);

  return signature;
}

static gboolean
add_signer_info (GByteArray        *data,
                 GByteArray        *attributes,
                 gnutls_x509_crt_t  crt,
                 GBytes            *signature)
{
  g_autoptr (GByteArray) info = g_byte_array_new ();
  g_autoptr (GByteArray) algorithm = g_byte_array_new ();

  add_small_integer (info, 1);
  if (!add_signer_identifier (info, crt))
    return FALSE;
  add_sha256_algorithm (info);
  plt_byte_writer_add_tlv (info, DER_CONTEXT_0, attributes->data, attributes->len);
  ADD_OID (algorithm, oid_ecdsa_sha256);
  wrap (algorithm, DER_SEQUENCE);
  append (info, algorithm);
  plt_byte_writer_add_tlv (info, DER_OCTET_STRING, g_bytes_get_data (signature, NULL),
                           g_bytes_get_size (signature));
  wrap (info, DER_SEQUENCE);
  wrap (info, DER_SET);
  append (data, info);

  return TRUE;
}

static gboolean
add_certificate (GByteArray        *data,
                 gnutls_x509_crt_t  crt)
{
  gnutls_datum_t der = { 0 };

  if (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_DER, &der) < 0)
    return FALSE;
  plt_byte_writer_add_tlv (data, DER_CONTEXT_0, der.data, der.size);
  gnutls_free (der.data);

  return TRUE;
}

static void
add_content (GByteArray *data,
             GByteArray *content)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) outer = g_byte_array_new ();

  plt_byte_writer_add_tlv (inner, DER_OCTET_STRING, content->data, content->len);
  wrap (inner, DER_CONTEXT_0);
  ADD_OID (outer, oid_lds_security_object);
  append (outer, inner);
  wrap (outer, DER_SEQUENCE);
  append (data, outer);
}

/* RFC 5652, 5.1, in DER: the same parts give the same bytes. */
static GBytes *
assemble (GByteArray        *content,
          GByteArray        *attributes,
          gnutls_x509_crt_t  crt,
          GBytes            *signature)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GByteArray) algorithms = g_byte_array_new ();
  GByteArray *sod;

  add_small_integer (data, 3);
  add_sha256_algorithm (algorithms);
  wrap (algorithms, DER_SET);
  append (data, algorithms);
  add_content (data, content);
  if (!add_certificate (data, crt) || !add_signer_info (data, attributes, crt, signature))
    return NULL;
  wrap (data, DER_SEQUENCE);
  wrap (data, DER_CONTEXT_0);

  sod = g_byte_array_new ();
  ADD_OID (sod, oid_signed_data);
  append (sod, data);
  wrap (sod, DER_SEQUENCE);
  wrap (sod, PLT_LDS_TAG_SOD);

  return g_byte_array_free_to_bytes (sod);
}

/**
 * plt_lds_build_sod:
 * @groups: (array length=n_groups): data groups in ascending order of their numbers
 * @n_groups: how many
 * @key: a key with its certificate
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Hashes are SHA-256 over each whole file from its tag on. No signingTime is written, so a key from a
 * file gives the same bytes again.
 *
 * Returns: (transfer full) (nullable): EF.SOD from its tag 77 on
 */
GBytes *
plt_lds_build_sod (const PltLdsGroup  *groups,
                   gsize               n_groups,
                   PltIssuerKey       *key,
                   GError            **error)
{
  g_autoptr (GByteArray) content = NULL;
  g_autoptr (GByteArray) attributes = NULL;
  g_autoptr (GBytes) signature = NULL;
  GBytes *sod;

  g_return_val_if_fail (groups != NULL && n_groups > 0, NULL);
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (key), NULL);

  if (plt_issuer_key_get_certificate (key) == NULL)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                   _("The data groups were not signed because the key “%s” has no certificate. Ask "
                     "an administrator to add it to the configuration of the office."),
                   plt_issuer_key_get_key_id (key));
      return NULL;
    }
  content = build_security_object (groups, n_groups);
  attributes = build_attributes (content);
  signature = sign_attributes (attributes, key, error);
  if (signature == NULL)
    return NULL;
  sod = assemble (content, attributes, plt_issuer_key_get_certificate (key), signature);
  if (sod == NULL)
    plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (key),
                                     GNUTLS_E_CERTIFICATE_ERROR);

  return sod;
}

/* Verifies with the certificate inside that is the key's, and gives the signed content. */
static GBytes *
open_sod (gnutls_pkcs7_t  p7,
          PltIssuerKey   *key)
{
  gnutls_datum_t der = { 0 };
  gnutls_datum_t content = { 0 };
  gnutls_x509_crt_t crt = NULL;
  GBytes *bytes = NULL;

  if (gnutls_pkcs7_get_crt_raw2 (p7, 0, &der) >= 0 && gnutls_x509_crt_init (&crt) >= 0 &&
      gnutls_x509_crt_import (crt, &der, GNUTLS_X509_FMT_DER) >= 0 &&
      plt_issuer_key_owns (key, crt) && gnutls_pkcs7_get_signature_count (p7) == 1 &&
      gnutls_pkcs7_verify_direct (p7, crt, 0, NULL, 0) >= 0 &&
      gnutls_pkcs7_get_embedded_data (p7, 0, &content) >= 0)
    bytes = g_bytes_new (content.data, content.size);
  gnutls_free (content.data);
  gnutls_free (der.data);
  g_clear_pointer (&crt, gnutls_x509_crt_deinit);

  return bytes;
}

/* What the signature does not cover is covered by there being one way to write it: with a key that has
 * its certificate, each byte must be as assemble() puts it. */
static gboolean
is_canonical (GBytes         *sod,
              gnutls_pkcs7_t  p7,
              GBytes         *content,
              PltIssuerKey   *key)
{
  gnutls_x509_crt_t crt = plt_issuer_key_get_certificate (key);
  gnutls_pkcs7_signature_info_st info;
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GByteArray) attributes = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) expected = NULL;

  if (crt == NULL)
    return TRUE;
  if (gnutls_pkcs7_get_signature_info (p7, 0, &info) < 0)
    return FALSE;
  bytes = g_bytes_unref_to_array (g_bytes_ref (content));
  attributes = build_attributes (bytes);
  signature = g_bytes_new (info.sig.data, info.sig.size);
  gnutls_pkcs7_signature_info_deinit (&info);
  expected = assemble (bytes, attributes, crt, signature);

  return expected != NULL && g_bytes_equal (expected, sod);
}

static GBytes *
read_sod (GBytes       *sod,
          PltIssuerKey *key)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (sod, &length);
  PltByteReader reader = plt_byte_reader_init (bytes, length);
  PltByteReader cms;
  guint tag;
  gnutls_pkcs7_t p7 = NULL;
  GBytes *content = NULL;

  if (!plt_byte_reader_take_tlv (&reader, &tag, &cms) || tag != PLT_LDS_TAG_SOD ||
      plt_byte_reader_left (&reader) != 0)
    return NULL;
  if (gnutls_pkcs7_init (&p7) >= 0 &&
      gnutls_pkcs7_import (p7, &(gnutls_datum_t) { (unsigned char *) cms.data,
                                                   (unsigned int) cms.length },
                           GNUTLS_X509_FMT_DER) >= 0)
    content = open_sod (p7, key);
  if (content != NULL && !is_canonical (sod, p7, content, key))
    g_clear_pointer (&content, g_bytes_unref);
  g_clear_pointer (&p7, gnutls_pkcs7_deinit);

  return content;
}

/**
 * plt_lds_verify_sod:
 * @sod: EF.SOD from its tag on
 * @groups: (array length=n_groups): every data group that is there, in ascending order
 * @n_groups: how many
 * @key: the key that must have signed it
 * @error: %PLT_ISO_ERROR_SIGNATURE
 *
 * A key that has its certificate takes only what plt_lds_build_sod() writes with it, so that no bit
 * can be another; one without takes every CMS that it signed.
 *
 * Returns: whether the key signed exactly these groups, none more and none less
 */
gboolean
plt_lds_verify_sod (GBytes             *sod,
                    const PltLdsGroup  *groups,
                    gsize               n_groups,
                    PltIssuerKey       *key,
                    GError            **error)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GByteArray) expected = NULL;

  g_return_val_if_fail (sod != NULL && groups != NULL, FALSE);
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (key), FALSE);

  content = read_sod (sod, key);
  expected = build_security_object (groups, n_groups);
  if (content != NULL && g_bytes_get_size (content) == expected->len &&
      memcmp (g_bytes_get_data (content, NULL), expected->data, expected->len) == 0)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
               _("The data groups are not those that the key “%s” signed: they were changed or come "
                 "from another issuer. Do not accept the card before a supervisor has looked at "
                 "it."), plt_issuer_key_get_key_id (key));
  return FALSE;
}
