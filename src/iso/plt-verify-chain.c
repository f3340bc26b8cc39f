/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decides whether who signed is trusted, had the right to sign this, and when; and says so in words. */
#include "plt-verify-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MDL_DOCUMENT_SIGNER "1.0.18013.5.1.2"
#define MAX_SERIAL 64

static char *
dup_name (gnutls_x509_crt_t crt,
          gboolean          issuer)
{
  gnutls_datum_t dn = { 0 };
  int code = issuer ? gnutls_x509_crt_get_issuer_dn3 (crt, &dn, 0)
                    : gnutls_x509_crt_get_dn3 (crt, &dn, 0);
  char *name = code >= 0 ? g_utf8_make_valid ((const char *) dn.data, (gssize) MIN (dn.size, 300))
                         : g_strdup ("—");

  gnutls_free (dn.data);
  return name;
}

/* The name that people know, else the whole one. */
static char *
dup_common_name (gnutls_x509_crt_t crt)
{
  char name[256];
  size_t size = sizeof name;

  if (gnutls_x509_crt_get_dn_by_oid (crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, name, &size) >= 0)
    return g_utf8_make_valid (name, (gssize) size);
  return dup_name (crt, FALSE);
}

static void
tell_certificate (PltVerifyFinding  *finding,
                  gnutls_x509_crt_t  crt)
{
  g_autofree char *subject = dup_name (crt, FALSE);
  g_autofree char *issuer = dup_name (crt, TRUE);
  g_autofree char *from = plt_verify_format_time (gnutls_x509_crt_get_activation_time (crt));
  g_autofree char *until = plt_verify_format_time (gnutls_x509_crt_get_expiration_time (crt));
  g_autoptr (GString) serial = g_string_new (NULL);
  guint8 bytes[MAX_SERIAL];
  size_t size = sizeof bytes;

  if (gnutls_x509_crt_get_serial (crt, bytes, &size) >= 0)
    for (gsize i = 0; i < size; i++)
      g_string_append_printf (serial, "%02X", bytes[i]);
  plt_verify_detail (finding, _("Signer’s certificate"), "%s", subject);
  plt_verify_detail (finding, _("Issued by"), "%s", issuer);
  plt_verify_detail (finding, _("Serial number"), "%s", serial->str);
  plt_verify_detail (finding, _("Certificate valid"), _("%s to %s"), from, until);
}

/* Whether the certificate's own words, and those of who published it, let it sign for @purpose. */
static gboolean
is_for_purpose (PltVerifyKeys     *keys,
                gnutls_x509_crt_t  crt,
                PltVerifyPurpose   purpose)
{
  char oid[64];
  size_t size = sizeof oid;
  unsigned int usage = 0;
  gboolean has_purpose = gnutls_x509_crt_get_key_purpose_oid (crt, 0, oid, &size, NULL) >= 0;

  if (gnutls_x509_crt_get_key_usage (crt, &usage, NULL) >= 0 &&
      (usage & (GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_NON_REPUDIATION)) == 0)
    return FALSE;
  if ((plt_verify_keys_get_stated (keys, crt) & purpose) == 0)
    return FALSE;
  return !(has_purpose && g_str_equal (oid, MDL_DOCUMENT_SIGNER)) ||
         purpose == PLT_VERIFY_PURPOSE_DOCUMENT;
}

static void
tell_wrong_purpose (PltVerifyFinding *finding)
{
  finding->seal = PLT_VERIFY_SEAL_BROKEN;
  plt_verify_problem (finding, _("It was signed with a key that is for something else: “%s” may not sign this. "
                                 "Keep the card and show it to a supervisor."), finding->signer);
}

static void
tell_revoked (PltVerifyFinding *finding)
{
  finding->seal = PLT_VERIFY_SEAL_BROKEN;
  plt_verify_problem (finding, _("The key of “%s” was revoked, so nothing that it signed can be trusted. Keep the card "
                                 "and show it to a supervisor."), finding->signer);
}

/* Its time is judged apart: a signer's certificate ends long before the cards that it signed. */
static gboolean
is_vouched_for (PltVerifyKeys      *keys,
                gnutls_x509_crt_t  *chain,
                guint               n_chain)
{
  GPtrArray *roots = plt_verify_keys_list_roots (keys);
  unsigned int status = G_MAXUINT;

  if (roots->len == 0 ||
      gnutls_x509_crt_list_verify (chain, (int) n_chain, (gnutls_x509_crt_t *) roots->pdata,
                                   (int) roots->len, NULL, 0, GNUTLS_VERIFY_DISABLE_TIME_CHECKS,
                                   &status) < 0)
    return FALSE;
  return status == 0;
}

/* @signed_at: 0 where nobody says. The day that a card bears may lie long before the day on which it was
 * made, for a chip can be made anew; after the signer's end nothing can be dated. */
static void
judge_time (PltVerifyFinding  *finding,
            gnutls_x509_crt_t  crt,
            gint64             signed_at)
{
  gint64 until = gnutls_x509_crt_get_expiration_time (crt);
  g_autofree char *end = plt_verify_format_time (until);
  g_autofree char *day = plt_verify_format_time (signed_at);

  if (signed_at > until)
    {
      finding->seal = PLT_VERIFY_SEAL_BROKEN;
      plt_verify_problem (finding, _("It is dated %s, but the certificate of “%s” had run out on %s. Keep the card "
                                     "and show it to a supervisor."), day, finding->signer, end);
    }
  else if (finding->form == PLT_VERIFY_FORM_MDOC)
    finding->valid_until = MIN (finding->valid_until, until + 1); /* ISO/IEC 18013-5, 9.3.3: valid today */
  else if (g_get_real_time () / G_USEC_PER_SEC > until)
    plt_verify_remark (finding, _("The signer’s certificate ran out on %s; what it signed before stays good."), end);
}

/**
 * plt_verify_judge_signer:
 * @finding: gets its seal, signer and words
 * @chain: whose first certificate's key made the signature, which is known to fit
 * @signed_at: Unix seconds that the signed data gives for its making, or 0
 */
void
plt_verify_judge_signer (PltVerifyFinding   *finding,
                         PltVerifyKeys      *keys,
                         gnutls_x509_crt_t  *chain,
                         guint               n_chain,
                         PltVerifyPurpose    purpose,
                         gint64              signed_at)
{
  const PltVerifyKey *pinned = plt_verify_keys_find_pinned (keys, chain[0]);

  g_free (finding->signer);
  finding->signer = dup_common_name (chain[0]);
  tell_certificate (finding, chain[0]);
  if (pinned == NULL && !is_vouched_for (keys, chain, n_chain))
    {
      finding->seal = PLT_VERIFY_SEAL_STRANGER;
      plt_verify_remark (finding, _("The signature fits, but nobody who is trusted here vouches for “%s”. Ask an "
                                    "administrator for that issuer’s certificates."), finding->signer);
      return;
    }
  plt_verify_detail (finding, _("Trusted because"), "%s",
                     pinned != NULL ? _("this key is one of those that are trusted here")
                                    : _("an authority that is trusted here issued the certificate"));
  finding->seal = PLT_VERIFY_SEAL_HOLDS;
  if (!is_for_purpose (keys, chain[0], purpose) || (pinned != NULL && (pinned->purposes & purpose) == 0))
    tell_wrong_purpose (finding);
  else if (plt_verify_lists_name (keys, chain[0]) || (pinned != NULL && pinned->revoked != 0))
    tell_revoked (finding);
  else
    judge_time (finding, chain[0], signed_at);
  plt_verify_lists_tell_age (finding, keys, chain[0]);
}

/* The time of signing is one that a thief of a retired key could write as they like; but what is dated
 * after the key was retired is certainly not the issuer's. */
static void
judge_retired (PltVerifyFinding   *finding,
               const PltVerifyKey *key)
{
  g_autofree char *day = key->until != 0 ? plt_verify_format_time (key->until) : NULL;

  if (day == NULL)
    return;
  if (finding->valid_from != 0 && finding->valid_from > key->until)
    {
      finding->seal = PLT_VERIFY_SEAL_BROKEN;
      plt_verify_problem (finding, _("It is dated after the key “%s” was retired on %s. Keep the card and show it to a "
                                     "supervisor."), finding->signer, day);
    }
  else
    plt_verify_remark (finding, _("The key “%s” was retired on %s; what it signed before stays good."),
                       finding->signer, day);
}

/**
 * plt_verify_judge_key:
 * @id: the name of the key that stands beside the signature
 * @data: what was signed; @signature: r‖s
 *
 * For what is signed without a certificate.
 */
void
plt_verify_judge_key (PltVerifyFinding *finding,
                      PltVerifyKeys    *keys,
                      const guint8     *id,
                      gsize             id_length,
                      PltVerifyPurpose  purpose,
                      GBytes           *data,
                      const guint8     *signature,
                      gsize             length)
{
  const PltVerifyKey *key = id_length > 0 ? plt_verify_keys_find (keys, id, id_length, purpose) : NULL;

  g_free (finding->signer);
  finding->signer = id_length > 0
                      ? g_utf8_make_valid ((const char *) id, (gssize) MIN (id_length, 64))
                      : g_strdup ("—");
  plt_verify_detail (finding, _("Key"), "%s", finding->signer);
  if (key == NULL)
    {
      finding->seal = PLT_VERIFY_SEAL_STRANGER;
      plt_verify_remark (finding, _("It was signed with the key “%s”, which is not known here, so nobody can say "
                                    "whether it is genuine. Ask an administrator for that issuer’s keys."),
                         finding->signer);
      return;
    }
  if (!plt_verify_key_verifies (key, data, signature, length))
    {
      finding->seal = PLT_VERIFY_SEAL_BROKEN;
      plt_verify_problem (finding, _("The signature does not fit: the data was changed, or somebody else used the name "
                                     "of the key “%s”. Keep the card and show it to a supervisor."),
                          finding->signer);
      return;
    }
  finding->seal = PLT_VERIFY_SEAL_HOLDS;
  if ((key->purposes & purpose) == 0)
    tell_wrong_purpose (finding);
  else if (key->revoked != 0)
    tell_revoked (finding);
  else
    judge_retired (finding, key);
  plt_verify_lists_tell_age (finding, keys, NULL);
}
