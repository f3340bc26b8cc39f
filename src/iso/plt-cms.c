/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes and checks detached CMS signatures as PAdES wants them: with the signer's certificate and
 * signing-certificate-v2 (RFC 5035), without signingTime. */
#include "plt-cms.h"

#include "plt-byte-writer.h"
#include "plt-issuer-key-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/pkcs7.h>
#include <string.h>

#define SHA256_LENGTH 32
#define OID_MESSAGE_DIGEST "1.2.840.113549.1.9.4"
#define OID_SIGNING_TIME "1.2.840.113549.1.9.5"
#define OID_SIGNING_CERTIFICATE_V2 "1.2.840.113549.1.9.16.2.47"

/* SEQUENCE { SEQUENCE { SEQUENCE { OCTET STRING } } }: the hash algorithm is the default, SHA-256,
 * and the issuer's name and serial number are left out. */
static const guint8 signing_certificate_head[] = { 0x30, 0x26, 0x30, 0x24, 0x30, 0x22, 0x04,
                                                   0x20 };

#define SIGNING_CERTIFICATE_LENGTH (sizeof signing_certificate_head + SHA256_LENGTH)

static int
make_signing_certificate (gnutls_x509_crt_t crt,
                          guint8            value[SIGNING_CERTIFICATE_LENGTH])
{
  gnutls_datum_t der = { 0 };
  int code = gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_DER, &der);

  if (code < 0)
    return code;
  memcpy (value, signing_certificate_head, sizeof signing_certificate_head);
  code = gnutls_hash_fast (GNUTLS_DIG_SHA256, der.data, der.size,
                           value + sizeof signing_certificate_head);
  gnutls_free (der.data);

  return code;
}

static int
sign (gnutls_pkcs7_t        p7,
      PltIssuerKey         *key,
      const gnutls_datum_t *data)
{
  gnutls_x509_crt_t crt = plt_issuer_key_get_certificate (key);
  gnutls_pkcs7_attrs_t attributes = NULL;
  guint8 value[SIGNING_CERTIFICATE_LENGTH];
  gnutls_datum_t attribute = { value, sizeof value };
  int code = make_signing_certificate (crt, value);

  if (code >= 0)
    code = gnutls_pkcs7_add_attr (&attributes, OID_SIGNING_CERTIFICATE_V2, &attribute, 0);
  if (code >= 0)
    code = gnutls_pkcs7_sign (p7, crt, plt_issuer_key_get_privkey (key), data, attributes, NULL,
                              GNUTLS_DIG_SHA256, GNUTLS_PKCS7_INCLUDE_CERT);
  if (attributes != NULL)
    gnutls_pkcs7_attrs_deinit (attributes);

  return code;
}

/* The issuers' certificates too, so that a reader can build the chain. */
static int
add_chain (gnutls_pkcs7_t  p7,
           PltIssuerKey   *key)
{
  gnutls_x509_crt_t *chain;
  guint n_chain = plt_issuer_key_get_chain (key, &chain);
  int code = 0;

  for (guint i = 1; i < n_chain && code >= 0; i++)
    code = gnutls_pkcs7_set_crt (p7, chain[i]);

  return code;
}

static gboolean
check_certificate (PltIssuerKey  *key,
                   GError       **error)
{
  if (plt_issuer_key_get_certificate (key) != NULL)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("The card file was not signed because the key “%s” has no certificate. Ask an "
                 "administrator to add it to the configuration of the office."),
               plt_issuer_key_get_key_id (key));
  return FALSE;
}

/**
 * plt_cms_sign_detached:
 * @data: what to sign
 * @key: a key with its certificate
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Returns: (transfer full) (nullable): SignedData, DER
 */
GBytes *
plt_cms_sign_detached (GBytes        *data,
                       PltIssuerKey  *key,
                       GError       **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);
  gnutls_datum_t input = { (unsigned char *) bytes, (unsigned int) length };
  gnutls_datum_t der = { 0 };
  gnutls_pkcs7_t p7 = NULL;
  GBytes *cms = NULL;
  int code;

  if (!plt_issuer_key_can_sign (key, error) || !check_certificate (key, error))
    return NULL;

  code = gnutls_pkcs7_init (&p7);
  if (code >= 0)
    code = sign (p7, key, &input);
  if (code >= 0)
    code = add_chain (p7, key);
  if (code >= 0)
    code = gnutls_pkcs7_export2 (p7, GNUTLS_X509_FMT_DER, &der);
  if (code >= 0)
    cms = g_bytes_new (der.data, der.size);
  else
    plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (key), code);
  gnutls_free (der.data);
  g_clear_pointer (&p7, gnutls_pkcs7_deinit);

  return cms;
}

/* (nullable): the certificate in @p7 that is the key's; free it. */
static gnutls_x509_crt_t
find_certificate (gnutls_pkcs7_t  p7,
                  PltIssuerKey   *key)
{
  int n_certificates = gnutls_pkcs7_get_crt_count (p7);

  for (int i = 0; i < n_certificates; i++)
    {
      gnutls_datum_t der = { 0 };
      gnutls_x509_crt_t crt = NULL;

      if (gnutls_pkcs7_get_crt_raw2 (p7, (unsigned int) i, &der) < 0)
        continue;
      if (gnutls_x509_crt_init (&crt) >= 0 &&
          gnutls_x509_crt_import (crt, &der, GNUTLS_X509_FMT_DER) >= 0 &&
          plt_issuer_key_owns (key, crt))
        {
          gnutls_free (der.data);
          return crt;
        }
      gnutls_free (der.data);
      g_clear_pointer (&crt, gnutls_x509_crt_deinit);
    }

  return NULL;
}

/* gnutls checks contentType and messageDigest; the two rules of PAdES are ours. */
static gboolean
has_right_attributes (gnutls_pkcs7_attrs_t attributes,
                      gnutls_x509_crt_t    crt)
{
  guint8 value[SIGNING_CERTIFICATE_LENGTH];
  gboolean found = FALSE;

  if (attributes == NULL || make_signing_certificate (crt, value) < 0)
    return FALSE;
  for (unsigned int i = 0;; i++)
    {
      char *oid = NULL;
      gnutls_datum_t data = { 0 };

      if (gnutls_pkcs7_get_attr (attributes, i, &oid, &data, 0) < 0)
        return found;
      if (strcmp (oid, OID_SIGNING_CERTIFICATE_V2) == 0)
        found = data.size == sizeof value && memcmp (data.data, value, sizeof value) == 0;
      gnutls_free (data.data);
      if (strcmp (oid, OID_SIGNING_TIME) == 0)
        return FALSE;
    }
}

/* (transfer full) (nullable): in hex what gnutls has just found to be the hash of the content; %NULL when
 * that is no SHA-256. */
static char *
get_sha256 (const gnutls_pkcs7_signature_info_st *info)
{
  static const guint8 head[] = { 0x04, SHA256_LENGTH };
  char *hex = NULL;

  if (gnutls_sign_get_hash_algorithm (info->algo) != GNUTLS_DIG_SHA256)
    return NULL;
  for (unsigned int i = 0; hex == NULL; i++)
    {
      char *oid = NULL;
      gnutls_datum_t data = { 0 };

      if (gnutls_pkcs7_get_attr (info->signed_attrs, i, &oid, &data, 0) < 0)
        return NULL;
      if (strcmp (oid, OID_MESSAGE_DIGEST) == 0 && data.size == sizeof head + SHA256_LENGTH &&
          memcmp (data.data, head, sizeof head) == 0)
        hex = plt_byte_writer_to_hex (data.data + sizeof head, SHA256_LENGTH);
      gnutls_free (data.data);
    }

  return hex;
}

/* gnutls does not look at who the message says signed it when it is given the certificate. */
static gboolean
names_certificate (const gnutls_pkcs7_signature_info_st *info,
                   gnutls_x509_crt_t                     crt)
{
  gnutls_datum_t issuer = { 0 };
  guint8 serial[64];
  size_t serial_length = sizeof serial;
  gboolean named;

  if (gnutls_x509_crt_get_raw_issuer_dn (crt, &issuer) < 0)
    return FALSE;
  named = info->issuer_dn.size == issuer.size && issuer.size > 0 &&
          memcmp (info->issuer_dn.data, issuer.data, issuer.size) == 0 &&
          gnutls_x509_crt_get_serial (crt, serial, &serial_length) >= 0 &&
          info->signer_serial.size == serial_length &&
          memcmp (info->signer_serial.data, serial, serial_length) == 0;
  gnutls_free (issuer.data);

  return named;
}

static gboolean
verify_with_certificate (gnutls_pkcs7_t        p7,
                         gnutls_x509_crt_t     crt,
                         const gnutls_datum_t *data,
                         char                **sha256)
{
  gnutls_pkcs7_signature_info_st info = { 0 };
  gboolean verified;

  if (gnutls_pkcs7_get_signature_count (p7) != 1 ||
      gnutls_pkcs7_verify_direct (p7, crt, 0, data, 0) < 0 ||
      gnutls_pkcs7_get_signature_info (p7, 0, &info) < 0)
    return FALSE;
  verified = has_right_attributes (info.signed_attrs, crt) && names_certificate (&info, crt);
  if (verified && sha256 != NULL)
    *sha256 = get_sha256 (&info);
  gnutls_pkcs7_signature_info_deinit (&info);

  return verified;
}

/**
 * plt_cms_verify_detached:
 * @cms: SignedData, DER, without anything behind it
 * @data: what was signed
 * @key: the key that must have signed it
 * @sha256: (out) (optional) (nullable) (transfer full): hash of @data, in hex, that was computed for it;
 *   %NULL when the signature is by another hash
 * @error: %PLT_ISO_ERROR_SIGNATURE
 *
 * Returns: whether this key signed exactly this data in the manner of PAdES B-B
 */
gboolean
plt_cms_verify_detached (GBytes        *cms,
                         GBytes        *data,
                         PltIssuerKey  *key,
                         char         **sha256,
                         GError       **error)
{
  gsize cms_length;
  const guint8 *cms_bytes = g_bytes_get_data (cms, &cms_length);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);
  gnutls_datum_t message = { (unsigned char *) cms_bytes, (unsigned int) cms_length };
  gnutls_datum_t content = { (unsigned char *) bytes, (unsigned int) length };
  gnutls_pkcs7_t p7 = NULL;
  gnutls_x509_crt_t crt = NULL;
  gboolean verified = FALSE;

  if (gnutls_pkcs7_init (&p7) >= 0 &&
      gnutls_pkcs7_import (p7, &message, GNUTLS_X509_FMT_DER) >= 0)
    crt = find_certificate (p7, key);
  if (crt != NULL)
    verified = verify_with_certificate (p7, crt, &content, sha256);
  g_clear_pointer (&crt, gnutls_x509_crt_deinit);
  g_clear_pointer (&p7, gnutls_pkcs7_deinit);

  if (!verified)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
                 _("The signature of the card file is not that of the key “%s”: the file was "
                   "changed or comes from another issuer. Do not print it; make the card file "
                   "again."), plt_issuer_key_get_key_id (key));

  return verified;
}
