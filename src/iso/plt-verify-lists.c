/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the lists of revoked certificates: whom they name, and whether they are of today. */
#include "plt-key-certificate.h"
#include "plt-verify-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SOON_SECONDS (7 * 86400)

static gboolean
has_issuer (gnutls_x509_crl_t list,
            gnutls_x509_crt_t crt)
{
  gnutls_datum_t of_list = { 0 };
  gnutls_datum_t of_crt = { 0 };
  gboolean same = gnutls_x509_crl_get_raw_issuer_dn (list, &of_list) >= 0 &&
                  gnutls_x509_crt_get_raw_issuer_dn (crt, &of_crt) >= 0 &&
                  of_list.size == of_crt.size &&
                  memcmp (of_list.data, of_crt.data, of_crt.size) == 0;

  gnutls_free (of_list.data);
  gnutls_free (of_crt.data);
  return same;
}

/* Whoever is named in an old list is still revoked. gnutls asks the machine's clock about lists whatever it
 * is told. */
static gboolean
is_signed_by (gnutls_x509_crl_t list,
              gnutls_x509_crt_t root)
{
  const unsigned int times =
    GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED | GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE;
  unsigned int status = 0;

  if (gnutls_x509_crl_verify (list, &root, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status) < 0)
    return FALSE;
  if ((status & times) != 0)
    status &= ~(times | GNUTLS_CERT_INVALID);

  return status == 0;
}

/* Two roots of one name have each their own list: only that of the root which certified @crt tells of it. Where
 * this root is not known, every list of its name does. */
static gboolean
is_list_for (PltVerifyKeys     *keys,
             gnutls_x509_crl_t  list,
             gnutls_x509_crt_t  crt)
{
  GPtrArray *roots = plt_verify_keys_list_roots (keys);
  gboolean is_known = FALSE;

  if (!has_issuer (list, crt))
    return FALSE;
  for (guint i = 0; i < roots->len; i++)
    {
      gnutls_x509_crt_t root = roots->pdata[i];

      if (!plt_key_certificate_is_of (crt, root))
        continue;
      is_known = TRUE;
      if (is_signed_by (list, root))
        return TRUE;
    }
  return !is_known;
}

gboolean
plt_verify_lists_name (PltVerifyKeys     *keys,
                       gnutls_x509_crt_t  crt)
{
  GPtrArray *lists = plt_verify_keys_list_lists (keys);

  for (guint i = 0; i < lists->len; i++)
    {
      gnutls_x509_crl_t list = lists->pdata[i];

      if (is_list_for (keys, list, crt) && gnutls_x509_crt_check_revocation (crt, &list, 1) == 1)
        return TRUE;
    }
  return FALSE;
}

/* When the newest of the lists ends that tell of @crt, or of anybody; 0: there is none, or it does not say. */
static gint64
find_end (PltVerifyKeys     *keys,
          gnutls_x509_crt_t  crt)
{
  GPtrArray *lists = plt_verify_keys_list_lists (keys);
  gint64 end = 0;

  for (guint i = 0; i < lists->len; i++)
    if (crt == NULL || is_list_for (keys, lists->pdata[i], crt))
      end = MAX (end, (gint64) gnutls_x509_crl_get_next_update (lists->pdata[i]));
  return end;
}

/* @crt: (nullable): of who signed; NULL: a key without a certificate, which was published beside the lists */
void
plt_verify_lists_tell_age (PltVerifyFinding  *finding,
                           PltVerifyKeys     *keys,
                           gnutls_x509_crt_t  crt)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 end = find_end (keys, crt);
  g_autofree char *day = plt_verify_format_time (end);

  if (end <= 0 || end - now > SOON_SECONDS)
    return;
  if (end < now)
    plt_verify_remark (finding, _("The list of revoked keys that was used here was good until %s: a key that was revoked "
                                  "since is still believed. Fetch the issuer’s published keys again."), day);
  else
    plt_verify_remark (finding, _("The list of revoked keys that was used here is good until %s. Fetch the issuer’s "
                                  "published keys again before then."), day);
}
