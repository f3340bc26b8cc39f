/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies a CMS message (RFC 5652) that brings its signer's certificate. */
#include "plt-verify-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OID_SIGNING_CERTIFICATE_V2 "1.2.840.113549.1.9.16.2.47"
#define OID_SIGNING_TIME "1.2.840.113549.1.9.5"
#define MAX_CHAIN 4

static guint
import_chain (gnutls_pkcs7_t     p7,
              gnutls_x509_crt_t *chain)
{
  guint n = 0;

  for (guint i = 0; i < MAX_CHAIN; i++)
    {
      gnutls_datum_t der = { 0 };

      if (gnutls_pkcs7_get_crt_raw2 (p7, i, &der) < 0)
        break;
      if (gnutls_x509_crt_init (&chain[n]) >= 0)
        {
          if (gnutls_x509_crt_import (chain[n], &der, GNUTLS_X509_FMT_DER) >= 0)
            n++;
          else
            gnutls_x509_crt_deinit (chain[n]);
        }
      gnutls_free (der.data);
    }
  return n;
}

/* The certificate that the message names as its signer's comes first. */
static gboolean
put_signer_first (gnutls_pkcs7_t     p7,
                  gnutls_x509_crt_t *chain,
                  guint              n_chain)
{
  gnutls_pkcs7_signature_info_st info = { 0 };
  gboolean found = FALSE;

  if (gnutls_pkcs7_get_signature_count (p7) != 1 || gnutls_pkcs7_get_signature_info (p7, 0, &info) < 0)
    return FALSE;
  for (guint i = 0; i < n_chain && !found; i++)
    {
      guint8 serial[64];
      size_t size = sizeof serial;
      gnutls_datum_t issuer = { 0 };

      found = gnutls_x509_crt_get_serial (chain[i], serial, &size) >= 0 && size == info.signer_serial.size &&
              memcmp (serial, info.signer_serial.data, size) == 0 &&
              gnutls_x509_crt_get_raw_issuer_dn (chain[i], &issuer) >= 0 && issuer.size == info.issuer_dn.size &&
              memcmp (issuer.data, info.issuer_dn.data, issuer.size) == 0;
      gnutls_free (issuer.data);
      if (found)
        {
          gnutls_x509_crt_t signer = chain[i];

          chain[i] = chain[0];
          chain[0] = signer;
        }
    }
  gnutls_pkcs7_signature_info_deinit (&info);
  return found;
}

/* PAdES wants the signer's certificate by its hash among what is signed (RFC 5035), and no time there. */
static gboolean
is_pades (gnutls_pkcs7_t    p7,
          gnutls_x509_crt_t crt)
{
  static const guint8 head[] = { 0x30, 0x26, 0x30, 0x24, 0x30, 0x22, 0x04, 0x20 };
  gnutls_pkcs7_signature_info_st info = { 0 };
  guint8 digest[32];
  size_t size = sizeof digest;
  gboolean named = FALSE, timed = FALSE;

  if (gnutls_pkcs7_get_signature_info (p7, 0, &info) < 0)
    return FALSE;
  for (unsigned int i = 0;; i++)
    {
      char *oid = NULL;
      gnutls_datum_t data = { 0 };

      if (info.signed_attrs == NULL || gnutls_pkcs7_get_attr (info.signed_attrs, i, &oid, &data, 0) < 0)
        break;
      if (g_str_equal (oid, OID_SIGNING_CERTIFICATE_V2))
        named = gnutls_x509_crt_get_fingerprint (crt, GNUTLS_DIG_SHA256, digest, &size) >= 0 &&
                data.size == sizeof head + sizeof digest && memcmp (data.data, head, sizeof head) == 0 &&
                memcmp (data.data + sizeof head, digest, sizeof digest) == 0;
      timed |= g_str_equal (oid, OID_SIGNING_TIME);
      gnutls_free (data.data);
    }
  gnutls_pkcs7_signature_info_deinit (&info);
  return named && !timed;
}

/* Verifies one CMS message whose signer's certificate it brings. @data: NULL where the content is inside.
 * @signed_at: as plt_verify_judge_signer(). Sets the seal. Returns: whether the signature fits */
gboolean
plt_verify_judge_cms (PltVerifyFinding *finding,
                      PltVerifyKeys    *keys,
                      gnutls_pkcs7_t    p7,
                      GBytes           *data,
                      PltVerifyPurpose  purpose,
                      gint64            signed_at)
{
  gnutls_x509_crt_t chain[MAX_CHAIN] = { 0 };
  guint n = import_chain (p7, chain);
  gsize length = 0;
  const guint8 *bytes = data != NULL ? g_bytes_get_data (data, &length) : NULL;
  gnutls_datum_t content = { (unsigned char *) bytes, (unsigned int) length };
  gboolean fits = put_signer_first (p7, chain, n) &&
                  gnutls_pkcs7_verify_direct (p7, chain[0], 0, data != NULL ? &content : NULL, 0) >= 0 &&
                  (purpose != PLT_VERIFY_PURPOSE_FILE || is_pades (p7, chain[0]));

  if (fits)
    plt_verify_judge_signer (finding, keys, chain, n, purpose, signed_at);
  else
    {
      finding->seal = PLT_VERIFY_SEAL_BROKEN;
      plt_verify_problem (finding, _("The signature does not fit what it covers: something was changed after the signing. "
                                     "Keep the card and show it to a supervisor."));
    }
  for (guint i = 0; i < n; i++)
    gnutls_x509_crt_deinit (chain[i]);
  return fits;
}
