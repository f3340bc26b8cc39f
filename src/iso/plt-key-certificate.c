/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what a certificate allows its key, and who stands behind it. */
#include "plt-key-certificate.h"

#include <string.h>

/* The extended key usages; FALSE where it has more than one, or none that can be read. @oid is empty
 * where it has none. */
static gboolean
read_single_purpose (gnutls_x509_crt_t certificate,
                     char              oid[64])
{
  size_t size = 64;
  char second[64];
  size_t second_size = sizeof second;
  int code = gnutls_x509_crt_get_key_purpose_oid (certificate, 0, oid, &size, NULL);

  if (code == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
    {
      oid[0] = '\0';
      return TRUE;
    }

  return code >= 0 &&
         gnutls_x509_crt_get_key_purpose_oid (certificate, 1, second, &second_size, NULL) ==
           GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
}

gboolean
plt_key_certificate_is_for (gnutls_x509_crt_t certificate,
                            PltKeyPurpose     purpose)
{
  const unsigned int both = GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_NON_REPUDIATION;
  const unsigned int authority = GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN;
  unsigned int usage = 0;
  char oid[64];

  if (gnutls_x509_crt_get_key_usage (certificate, &usage, NULL) < 0 ||
      !read_single_purpose (certificate, oid))
    return FALSE;
  switch (purpose)
    {
    case PLT_KEY_PURPOSE_DOCUMENT:
      return usage == GNUTLS_KEY_DIGITAL_SIGNATURE && strcmp (oid, PLT_OID_MDL_SIGNER) == 0;
    case PLT_KEY_PURPOSE_QR:
    case PLT_KEY_PURPOSE_AUDIT:
      return usage == GNUTLS_KEY_DIGITAL_SIGNATURE && oid[0] == '\0';
    case PLT_KEY_PURPOSE_PDF:
    case PLT_KEY_PURPOSE_APPROVAL:
      return (usage & both) == both && oid[0] == '\0';
    case PLT_KEY_PURPOSE_IACA:
      return usage == authority && gnutls_x509_crt_get_ca_status (certificate, NULL) > 0;
    default:
      return FALSE;
    }
}

/* Whether @word stands in @text by itself. */
static gboolean
has_word (const char *text,
          const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    {
      if ((at == text || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (at[length]))
        return TRUE;
    }

  return FALSE;
}

/* No state has these codes (ISO 3166-1), or it is ours of the demonstrations. */
static gboolean
is_nowhere (gnutls_x509_crt_t certificate)
{
  static const char * const nowhere[] = { "UT", "ZZ", "AA", "XX", NULL };
  char country[16];
  size_t size = sizeof country;

  return gnutls_x509_crt_get_dn_by_oid (certificate, GNUTLS_OID_X520_COUNTRY_NAME, 0, 0, country,
                                        &size) < 0 || g_strv_contains (nowhere, country);
}

gboolean
plt_key_certificate_is_marked (gnutls_x509_crt_t certificate)
{
  static const char * const words[] = { "SPECIMEN", "TEST", "DEMO", "DEMONSTRATION" };
  gnutls_datum_t name = { 0 };
  g_autofree char *text = NULL;

  if (is_nowhere (certificate) || gnutls_x509_crt_get_dn3 (certificate, &name, 0) < 0)
    return TRUE;
  text = g_ascii_strup ((const char *) name.data, name.size);
  gnutls_free (name.data);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (has_word (text, words[i]))
        return TRUE;
    }

  return FALSE;
}

gboolean
plt_key_certificate_is_of (gnutls_x509_crt_t certificate,
                           gnutls_x509_crt_t root)
{
  unsigned int status = 0;

  return gnutls_x509_crt_check_issuer (certificate, root) > 0 &&
         gnutls_x509_crt_verify (certificate, &root, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS,
                                 &status) >= 0 && status == 0;
}

char *
plt_key_certificate_hash (gnutls_x509_crt_t certificate)
{
  gnutls_datum_t der = { 0 };
  char *hash = NULL;

  if (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_DER, &der) >= 0)
    hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der.data, der.size);
  gnutls_free (der.data);

  return hash;
}
