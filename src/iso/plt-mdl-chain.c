/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a root (IACA) issued a document signer, and has not taken that back. */
#include "plt-mdl-certificates-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/abstract.h>
#include <string.h>

#define PEM_CRL "-----BEGIN X509 CRL-----"

static gboolean
equal_datum (const gnutls_datum_t *a,
             const gnutls_datum_t *b)
{
  return a->size == b->size && a->size > 0 && memcmp (a->data, b->data, a->size) == 0;
}

/* Takes @issuer over. */
static gboolean
is_name_of (gnutls_datum_t    issuer,
            gnutls_x509_crt_t root)
{
  gnutls_datum_t subject = { 0 };
  gboolean same = gnutls_x509_crt_get_raw_dn (root, &subject) >= 0 && equal_datum (&issuer, &subject);

  gnutls_free (issuer.data);
  gnutls_free (subject.data);

  return same;
}

static gboolean
has_issuer_name (gnutls_x509_crt_t signer,
                 gnutls_x509_crt_t root)
{
  gnutls_datum_t issuer = { 0 };

  return gnutls_x509_crt_get_raw_issuer_dn (signer, &issuer) >= 0 && is_name_of (issuer, root);
}

/* The state or province counts only where the root has one. */
static gboolean
has_same_place (gnutls_x509_crt_t signer,
                gnutls_x509_crt_t root)
{
  g_autofree char *country = plt_mdl_certificates_dup_name (signer, GNUTLS_OID_X520_COUNTRY_NAME);
  g_autofree char *root_country = plt_mdl_certificates_dup_name (root, GNUTLS_OID_X520_COUNTRY_NAME);
  g_autofree char *state =
    plt_mdl_certificates_dup_name (signer, GNUTLS_OID_X520_STATE_OR_PROVINCE_NAME);
  g_autofree char *root_state =
    plt_mdl_certificates_dup_name (root, GNUTLS_OID_X520_STATE_OR_PROVINCE_NAME);

  return g_strcmp0 (country, root_country) == 0 &&
         (root_state == NULL || g_strcmp0 (state, root_state) == 0);
}

static gboolean
has_root_key_id (gnutls_x509_crt_t signer,
                 gnutls_x509_crt_t root)
{
  guint8 authority[64];
  guint8 subject[64];
  size_t authority_length = sizeof authority;
  size_t subject_length = sizeof subject;

  return gnutls_x509_crt_get_authority_key_id (signer, authority, &authority_length, NULL) >= 0 &&
         gnutls_x509_crt_get_subject_key_id (root, subject, &subject_length, NULL) >= 0 &&
         authority_length == subject_length && memcmp (authority, subject, subject_length) == 0;
}

static gboolean
is_signed_by (gnutls_x509_crt_t crt,
              gnutls_x509_crt_t root)
{
  unsigned int status = 0;

  return gnutls_x509_crt_verify (crt, &root, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status) >= 0 &&
         status == 0;
}

static gboolean
is_issued_by (gnutls_x509_crt_t signer,
              gnutls_x509_crt_t root)
{
  return has_issuer_name (signer, root) && has_same_place (signer, root) &&
         has_root_key_id (signer, root) &&
         gnutls_x509_crt_get_activation_time (signer) >=
           gnutls_x509_crt_get_activation_time (root) &&
         gnutls_x509_crt_get_expiration_time (signer) <=
           gnutls_x509_crt_get_expiration_time (root) &&
         is_signed_by (signer, root) && is_signed_by (root, root);
}

/* X.509's last second is still good (RFC 5280, 4.1.2.5). */
static gboolean
check_time (gnutls_x509_crt_t   crt,
            gint64              now,
            GError            **error)
{
  g_autofree char *name = plt_mdl_certificates_dup_name (crt, GNUTLS_OID_X520_COMMON_NAME);

  if (now == 0 || (now >= gnutls_x509_crt_get_activation_time (crt) &&
                   now <= gnutls_x509_crt_get_expiration_time (crt)))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NOT_CURRENT,
               _("The certificate of “%s” is not valid at this time. Check the clock of this computer, "
                 "then ask for a licence that was signed anew."), name != NULL ? name : "");
  return FALSE;
}

static gnutls_x509_crl_t
load_list (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gnutls_datum_t datum = { (unsigned char *) data, (unsigned int) length };
  gnutls_x509_crl_t crl = NULL;
  gboolean pem = length > 0 && g_strstr_len (data, (gssize) length, PEM_CRL) != NULL;

  if (length > 0 && gnutls_x509_crl_init (&crl) >= 0 &&
      gnutls_x509_crl_import (crl, &datum, pem ? GNUTLS_X509_FMT_PEM : GNUTLS_X509_FMT_DER) >= 0)
    return crl;
  g_clear_pointer (&crl, gnutls_x509_crl_deinit);

  return NULL;
}

static gboolean
is_list_of (gnutls_x509_crl_t crl,
            gnutls_x509_crt_t root)
{
  gnutls_datum_t issuer = { 0 };

  return gnutls_x509_crl_get_raw_issuer_dn (crl, &issuer) >= 0 && is_name_of (issuer, root);
}

/* gnutls asks the machine's clock about lists whatever it is told; the time asked for is looked at
 * below. */
static gboolean
is_list_signed_by (gnutls_x509_crl_t crl,
                   gnutls_x509_crt_t root)
{
  const unsigned int times =
    GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED | GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE;
  unsigned int status = 0;

  if (gnutls_x509_crl_verify (crl, &root, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status) < 0)
    return FALSE;
  if ((status & times) != 0)
    status &= ~(times | GNUTLS_CERT_INVALID);

  return status == 0;
}

/* An old list would hide what was revoked since. */
static gboolean
is_good_list (gnutls_x509_crl_t crl,
              gnutls_x509_crt_t root,
              gint64            now)
{
  gint64 next = gnutls_x509_crl_get_next_update (crl);

  return is_list_signed_by (crl, root) &&
         (now == 0 || (now >= gnutls_x509_crl_get_this_update (crl) && (next < 0 || now <= next)));
}

static gboolean
fail_list (GError **error)
{
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                       _("Whether the signer’s certificate was revoked cannot be told, because the "
                         "list of revoked certificates is out of date or not the issuing authority’s. "
                         "Fetch the list again."));
  return FALSE;
}

static gboolean
check_list (gnutls_x509_crt_t   signer,
            gnutls_x509_crt_t   root,
            gnutls_x509_crl_t   crl,
            gint64              now,
            GError            **error)
{
  g_autofree char *name = plt_mdl_certificates_dup_name (signer, GNUTLS_OID_X520_COMMON_NAME);
  int revoked;

  if (crl == NULL)
    return fail_list (error);
  if (!is_list_of (crl, root))
    return TRUE;
  if (!is_good_list (crl, root, now))
    return fail_list (error);
  revoked = gnutls_x509_crt_check_revocation (signer, &crl, 1);
  if (revoked == 0)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("The certificate of “%s” was revoked, so nothing that it signed can be trusted. Keep the "
                 "licence and show it to a supervisor."), name != NULL ? name : "");
  return FALSE;
}

static gboolean
check_lists (gnutls_x509_crt_t   signer,
             gnutls_x509_crt_t   root,
             GPtrArray          *lists,
             gint64              now,
             GError            **error)
{
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      gnutls_x509_crl_t crl = load_list (lists->pdata[i]);
      gboolean ok = check_list (signer, root, crl, now, error);

      g_clear_pointer (&crl, gnutls_x509_crl_deinit);
      if (!ok)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_issuer (gnutls_x509_crt_t   signer,
              gnutls_x509_crt_t   root,
              GError            **error)
{
  g_autofree char *name = plt_mdl_certificates_dup_name (signer, GNUTLS_OID_X520_COMMON_NAME);
  g_autofree char *root_name = plt_mdl_certificates_dup_name (root, GNUTLS_OID_X520_COMMON_NAME);

  if (is_issued_by (signer, root))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
               /* Translators: the names of a certificate's owner and of an authority. */
               _("The certificate of “%s” was not issued by “%s”. The licence comes from another issuer; "
                 "ask an administrator for the certificate of that one."),
               name != NULL ? name : "", root_name != NULL ? root_name : "");
  return FALSE;
}

/**
 * plt_mdl_certificates_check_chain:
 * @signer: the document signer's certificate, DER
 * @root: the IACA root's, DER
 * @revocation_lists: (element-type GBytes) (nullable): DER or PEM; those of other issuers are passed
 *   over
 * @now: Unix seconds, or 0
 * @error: %PLT_ISO_ERROR_KEY for a wrong profile, a revoked certificate or a useless list,
 *   %PLT_ISO_ERROR_SIGNATURE for another issuer, %PLT_ISO_ERROR_NOT_CURRENT
 *
 * ISO/IEC 18013-5, 9.3.3.
 *
 * Returns: whether @root stands behind what @signer signs
 */
gboolean
plt_mdl_certificates_check_chain (GBytes     *signer,
                                  GBytes     *root,
                                  GPtrArray  *revocation_lists,
                                  gint64      now,
                                  GError    **error)
{
  gnutls_x509_crt_t signer_crt = plt_mdl_certificates_load (signer, error);
  gnutls_x509_crt_t root_crt = signer_crt != NULL ? plt_mdl_certificates_load (root, error) : NULL;
  gboolean ok = root_crt != NULL && plt_mdl_certificates_check_profile (signer_crt, FALSE, error) &&
                plt_mdl_certificates_check_profile (root_crt, TRUE, error) &&
                check_issuer (signer_crt, root_crt, error) &&
                check_time (root_crt, now, error) && check_time (signer_crt, now, error) &&
                check_lists (signer_crt, root_crt, revocation_lists, now, error);

  g_clear_pointer (&signer_crt, gnutls_x509_crt_deinit);
  g_clear_pointer (&root_crt, gnutls_x509_crt_deinit);

  return ok;
}
