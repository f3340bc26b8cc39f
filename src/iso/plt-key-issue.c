/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes certificates (ISO/IEC 18013-5, tables B.1 and B.3; RFC 5280), requests and revocation
 * lists. */
#include "plt-key-issue.h"

#include "plt-issuer-key-private.h"
#include "plt-key-certificate.h"
#include "plt-key-names.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <string.h>

#define SECONDS_PER_DAY 86400
#define ROOT_YEARS 20
/* A document signer's limit, which suits the other keys as well: they are renewed together. */
#define MAX_SIGNER_DAYS 457
#define CRL_SECONDS (30 * SECONDS_PER_DAY)
#define SERIAL_LENGTH 16
#define KEY_ID_LENGTH 20 /* SHA-1 */
#define NAME_LENGTH 256

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY, sentence);

  return FALSE;
}

static int
set_names (void              *object,
           const PltKeyWish  *wish,
           int              (*set) (void *, const char *, unsigned int, const void *, unsigned int))
{
  const struct { const char *oid; const char *value; } names[] = {
    { GNUTLS_OID_X520_COUNTRY_NAME, wish->country },
    { GNUTLS_OID_X520_ORGANIZATION_NAME, wish->organization },
    { GNUTLS_OID_X520_COMMON_NAME, wish->name },
  };
  int code = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names) && code >= 0; i++)
    {
      if (names[i].value != NULL)
        code = set (object, names[i].oid, 0, names[i].value, (unsigned int) strlen (names[i].value));
    }

  return code;
}

static int
set_request_name (void         *request,
                  const char   *oid,
                  unsigned int  raw,
                  const void   *value,
                  unsigned int  length)
{
  return gnutls_x509_crq_set_dn_by_oid (request, oid, raw, value, length);
}

static int
set_certificate_name (void         *certificate,
                      const char   *oid,
                      unsigned int  raw,
                      const void   *value,
                      unsigned int  length)
{
  return gnutls_x509_crt_set_dn_by_oid (certificate, oid, raw, value, length);
}

/* @data: of gnutls; freed. */
static char *
take_text (gnutls_datum_t *data)
{
  char *text = g_strndup ((const char *) data->data, data->size);

  gnutls_free (data->data);

  return text;
}

/**
 * plt_key_issue_request:
 * @key: a key that signs
 * @wish: with its names
 * @error: %PLT_ISO_ERROR_KEY, %PLT_ISO_ERROR_TOKEN
 *
 * Returns: (transfer full) (nullable): the request (RFC 2986)
 */
char *
plt_key_issue_request (PltIssuerKey      *key,
                       const PltKeyWish  *wish,
                       GError           **error)
{
  gnutls_x509_crq_t request = NULL;
  gnutls_datum_t pem = { 0 };
  int code = gnutls_x509_crq_init (&request);

  if (code >= 0)
    code = gnutls_x509_crq_set_version (request, 1);
  if (code >= 0)
    code = set_names (request, wish, set_request_name);
  if (code >= 0)
    code = gnutls_x509_crq_set_pubkey (request, plt_issuer_key_get_pubkey (key));
  if (code >= 0)
    code = gnutls_x509_crq_privkey_sign (request, plt_issuer_key_get_privkey (key),
                                         GNUTLS_DIG_SHA256, 0);
  if (code >= 0)
    code = gnutls_x509_crq_export2 (request, GNUTLS_X509_FMT_PEM, &pem);
  g_clear_pointer (&request, gnutls_x509_crq_deinit);
  if (code >= 0)
    return take_text (&pem);

  plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (key), code);
  return NULL;
}

/* SHA-1 of the public key's bits, 04‖X‖Y (RFC 5280, 4.2.1.2, method 1): gnutls's own identifier is
 * taken over more than these. */
static int
hash_public_key (gnutls_x509_crt_t certificate,
                 guint8            hash[KEY_ID_LENGTH])
{
  gnutls_pubkey_t pubkey = NULL;
  gnutls_datum_t parameters = { 0 };
  gnutls_datum_t point = { 0 };
  int code = gnutls_pubkey_init (&pubkey);

  if (code >= 0)
    code = gnutls_pubkey_import_x509 (pubkey, certificate, 0);
  if (code >= 0)
    code = gnutls_pubkey_export_ecc_x962 (pubkey, &parameters, &point);
  /* The point comes as an OCTET STRING of two bytes before it. */
  if (code >= 0)
    code = point.size == 67 ? gnutls_hash_fast (GNUTLS_DIG_SHA1, point.data + 2, 65, hash)
                            : GNUTLS_E_ASN1_DER_ERROR;
  gnutls_free (parameters.data);
  gnutls_free (point.data);
  g_clear_pointer (&pubkey, gnutls_pubkey_deinit);

  return code;
}

static int
set_serial (gnutls_x509_crt_t certificate)
{
  guint8 serial[SERIAL_LENGTH];
  int code = gnutls_rnd (GNUTLS_RND_NONCE, serial, sizeof serial);

  /* Positive, and always as long. */
  serial[0] = (guint8) ((serial[0] & 0x3F) | 0x40);

  return code >= 0 ? gnutls_x509_crt_set_serial (certificate, serial, sizeof serial) : code;
}

static int
set_validity (gnutls_x509_crt_t certificate,
              gint64            from,
              gint64            last)
{
  int code = gnutls_x509_crt_set_version (certificate, 3);

  if (code >= 0)
    code = set_serial (certificate);
  if (code >= 0)
    code = gnutls_x509_crt_set_activation_time (certificate, (time_t) from);
  if (code >= 0)
    code = gnutls_x509_crt_set_expiration_time (certificate, (time_t) last);

  return code;
}

static int
set_key_ids (gnutls_x509_crt_t certificate,
             gnutls_x509_crt_t issuer)
{
  guint8 hash[KEY_ID_LENGTH];
  int code = hash_public_key (certificate, hash);

  if (code >= 0)
    code = gnutls_x509_crt_set_subject_key_id (certificate, hash, sizeof hash);
  if (code >= 0)
    code = hash_public_key (issuer, hash);
  if (code >= 0)
    code = gnutls_x509_crt_set_authority_key_id (certificate, hash, sizeof hash);

  return code;
}

static unsigned int
get_usage (PltKeyPurpose purpose)
{
  switch (purpose)
    {
    case PLT_KEY_PURPOSE_IACA:
      return GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN;
    case PLT_KEY_PURPOSE_PDF:
    case PLT_KEY_PURPOSE_APPROVAL:
      return GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_NON_REPUDIATION;
    case PLT_KEY_PURPOSE_DOCUMENT:
    case PLT_KEY_PURPOSE_QR:
    case PLT_KEY_PURPOSE_AUDIT:
    default:
      return GNUTLS_KEY_DIGITAL_SIGNATURE;
    }
}

static int
set_use (gnutls_x509_crt_t certificate,
         PltKeyPurpose     purpose)
{
  int code = gnutls_x509_crt_set_key_usage (certificate, get_usage (purpose));

  if (code >= 0 && purpose == PLT_KEY_PURPOSE_IACA)
    code = gnutls_x509_crt_set_basic_constraints (certificate, 1, 0);
  if (code >= 0 && purpose == PLT_KEY_PURPOSE_DOCUMENT)
    code = gnutls_x509_crt_set_key_purpose_oid (certificate, PLT_OID_MDL_SIGNER, 1);

  return code;
}

static int
set_addresses (gnutls_x509_crt_t  certificate,
               const char        *issuer,
               const char        *crl)
{
  static const char mail[] = "mailto:";
  gboolean is_mail = g_str_has_prefix (issuer, mail);
  const char *name = is_mail ? issuer + strlen (mail) : issuer;
  int code = gnutls_x509_crt_set_issuer_alt_name (certificate,
                                                  is_mail ? GNUTLS_SAN_RFC822NAME : GNUTLS_SAN_URI,
                                                  name, (unsigned int) strlen (name),
                                                  GNUTLS_FSAN_SET);

  return code < 0 ? code : gnutls_x509_crt_set_crl_dist_points2 (certificate, GNUTLS_SAN_URI, crl,
                                                                 (unsigned int) strlen (crl), 0);
}

/* Signs, and gives the certificate back as text. */
static int
finish (gnutls_x509_crt_t   certificate,
        gnutls_x509_crt_t   issuer,
        PltIssuerKey       *key,
        gnutls_datum_t     *pem)
{
  int code = gnutls_x509_crt_privkey_sign (certificate, issuer, plt_issuer_key_get_privkey (key),
                                           GNUTLS_DIG_SHA256, 0);

  return code < 0 ? code : gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, pem);
}

static gboolean
is_country (const char *country)
{
  return country != NULL && strlen (country) == 2 && g_ascii_isupper (country[0]) &&
         g_ascii_isupper (country[1]);
}

/* Twenty years, less one second, from a midnight on. */
static gint64
last_of_root (gint64 from)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_unix_utc (from);
  g_autoptr (GDateTime) next = g_date_time_add_years (first, ROOT_YEARS);

  return g_date_time_to_unix (next) - 1;
}

/* 0: for as long as may be. */
static gint64
get_wanted_last (const PltKeyWish *wish)
{
  return wish->days > 0 ? wish->from + (gint64) wish->days * SECONDS_PER_DAY - 1 : 0;
}

static gboolean
check_root_wish (const PltKeyWish  *wish,
                 GError           **error)
{
  if (!is_country (wish->country))
    return refuse (error, _("No root was made: name its country by the two capital letters of ISO "
                            "3166-1."));
  if (wish->name == NULL || *wish->name == '\0')
    return refuse (error, _("No root was made: give it a name."));
  if (wish->uri == NULL || wish->crl == NULL)
    return refuse (error, _("No root was made: its certificate needs the issuer’s address and the "
                            "address of its revocation list."));
  if (!plt_key_names_is_address (wish->uri, TRUE) || !plt_key_names_is_address (wish->crl, FALSE))
    return refuse (error, _("No root was made: write the issuer’s address as https://… or "
                            "mailto:…, and that of its revocation list as https://…"));
  if (get_wanted_last (wish) > last_of_root (wish->from))
    return refuse (error, _("No root was made: it may be good for twenty years at most."));
  return TRUE;
}

/**
 * plt_key_issue_check:
 * @wish: with its first day
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Returns: whether there can be a certificate of it, or a request for one; before its key is made
 */
gboolean
plt_key_issue_check (const PltKeyWish  *wish,
                     GError           **error)
{
  return (wish->purpose != PLT_KEY_PURPOSE_IACA || check_root_wish (wish, error)) &&
         plt_key_names_check (wish, error);
}

/**
 * plt_key_issue_root:
 * @key: the root's key
 * @wish: names, addresses and dates; of at most twenty years
 * @error: %PLT_ISO_ERROR_KEY, %PLT_ISO_ERROR_TOKEN
 *
 * Returns: (transfer full) (nullable): the root's certificate
 */
char *
plt_key_issue_root (PltIssuerKey      *key,
                    const PltKeyWish  *wish,
                    GError           **error)
{
  gnutls_x509_crt_t certificate = NULL;
  gnutls_datum_t pem = { 0 };
  gint64 last = wish->days > 0 ? get_wanted_last (wish) : last_of_root (wish->from);
  int code = gnutls_x509_crt_init (&certificate);

  if (code >= 0)
    code = set_validity (certificate, wish->from, last);
  if (code >= 0)
    code = set_names (certificate, wish, set_certificate_name);
  if (code >= 0)
    code = gnutls_x509_crt_set_pubkey (certificate, plt_issuer_key_get_pubkey (key));
  if (code >= 0)
    code = set_use (certificate, PLT_KEY_PURPOSE_IACA);
  if (code >= 0)
    code = set_key_ids (certificate, certificate);
  if (code >= 0)
    code = set_addresses (certificate, wish->uri, wish->crl);
  if (code >= 0)
    code = finish (certificate, certificate, key, &pem);
  g_clear_pointer (&certificate, gnutls_x509_crt_deinit);
  if (code >= 0)
    return take_text (&pem);

  plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (key), code);
  return NULL;
}

/* A copy of the root's addresses. */
static int
copy_addresses (gnutls_x509_crt_t certificate,
                gnutls_x509_crt_t root)
{
  char name[NAME_LENGTH] = "";
  char crl[NAME_LENGTH] = "";
  size_t name_length = sizeof name - 1;
  size_t crl_length = sizeof crl - 1;
  unsigned int type = 0;
  int code = gnutls_x509_crt_get_issuer_alt_name2 (root, 0, name, &name_length, &type, NULL);
  g_autofree char *issuer = NULL;

  if (code < 0)
    return code;
  code = gnutls_x509_crt_get_crl_dist_points (root, 0, crl, &crl_length, NULL, NULL);
  if (code < 0)
    return code;
  issuer = type == GNUTLS_SAN_RFC822NAME ? g_strconcat ("mailto:", name, NULL) : g_strdup (name);

  return set_addresses (certificate, issuer, crl);
}

/* C is the root's own, whatever the request says; O and CN are the request's. */
static int
copy_names (gnutls_x509_crt_t certificate,
            gnutls_x509_crt_t root,
            gnutls_x509_crq_t request)
{
  static const char * const oids[] = { GNUTLS_OID_X520_ORGANIZATION_NAME,
                                       GNUTLS_OID_X520_COMMON_NAME };
  char value[NAME_LENGTH];
  size_t length = sizeof value;
  int code = gnutls_x509_crt_get_dn_by_oid (root, GNUTLS_OID_X520_COUNTRY_NAME, 0, 0, value,
                                            &length);

  if (code >= 0)
    code = gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COUNTRY_NAME, 0, value,
                                          (unsigned int) length);
  for (guint i = 0; i < G_N_ELEMENTS (oids) && code >= 0; i++)
    {
      length = sizeof value;
      code = gnutls_x509_crq_get_dn_by_oid (request, oids[i], 0, 0, value, &length);
      if (code >= 0)
        code = gnutls_x509_crt_set_dn_by_oid (certificate, oids[i], 0, value,
                                              (unsigned int) length);
      else if (code == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE && i == 0)
        code = 0;
    }

  return code;
}

static int
copy_public_key (gnutls_x509_crt_t certificate,
                 gnutls_x509_crq_t request)
{
  gnutls_pubkey_t pubkey = NULL;
  gnutls_ecc_curve_t curve = GNUTLS_ECC_CURVE_INVALID;
  int code = gnutls_pubkey_init (&pubkey);

  if (code >= 0)
    code = gnutls_pubkey_import_x509_crq (pubkey, request, 0);
  if (code >= 0)
    code = gnutls_pubkey_export_ecc_raw2 (pubkey, &curve, NULL, NULL, 0);
  if (code >= 0 && curve != GNUTLS_ECC_CURVE_SECP256R1)
    code = GNUTLS_E_ECC_UNSUPPORTED_CURVE;
  if (code >= 0)
    code = gnutls_x509_crt_set_pubkey (certificate, pubkey);
  g_clear_pointer (&pubkey, gnutls_pubkey_deinit);

  return code;
}

static int
certify (gnutls_x509_crt_t  certificate,
         gnutls_x509_crq_t  request,
         PltIssuerKey      *root,
         PltKeyPurpose      purpose,
         gnutls_datum_t    *pem)
{
  gnutls_x509_crt_t issuer = plt_issuer_key_get_certificate (root);
  int code = copy_names (certificate, issuer, request);

  if (code >= 0)
    code = copy_public_key (certificate, request);
  if (code >= 0)
    code = set_use (certificate, purpose);
  if (code >= 0)
    code = set_key_ids (certificate, issuer);
  if (code >= 0)
    code = copy_addresses (certificate, issuer);
  if (code >= 0)
    code = finish (certificate, issuer, root, pem);

  return code;
}

static gboolean
check_dates (PltIssuerKey  *root,
             gint64         from,
             gint64         last,
             int            days,
             GError       **error)
{
  gnutls_x509_crt_t issuer = plt_issuer_key_get_certificate (root);

  if (issuer == NULL || !plt_key_certificate_is_for (issuer, PLT_KEY_PURPOSE_IACA))
    return refuse (error, _("No certificate was made, because the root has none of its own, or not "
                            "a root’s."));
  if (days > MAX_SIGNER_DAYS)
    return refuse (error, _("No certificate was made: a key may be certified for 457 days at most."));
  if (from < gnutls_x509_crt_get_activation_time (issuer) ||
      from > gnutls_x509_crt_get_expiration_time (issuer) || last <= from)
    return refuse (error, _("No certificate was made, because its first day is not within the "
                            "root’s own days."));
  return TRUE;
}

/**
 * plt_key_issue_certificate:
 * @root: with its certificate
 * @request: PKCS#10, PEM
 * @purpose: not a root's
 * @from: first second
 * @days: at most 457; 0 for as many
 * @error: %PLT_ISO_ERROR_KEY, %PLT_ISO_ERROR_TOKEN
 *
 * The certificate ends with the root's at the latest.
 *
 * Returns: (transfer full) (nullable): the certificate
 */
char *
plt_key_issue_certificate (PltIssuerKey   *root,
                           const char     *request,
                           PltKeyPurpose   purpose,
                           gint64          from,
                           int             days,
                           GError        **error)
{
  gnutls_datum_t text = { (unsigned char *) request, (unsigned int) strlen (request) };
  gnutls_datum_t pem = { 0 };
  gnutls_x509_crt_t issuer = plt_issuer_key_get_certificate (root);
  gnutls_x509_crq_t crq = NULL;
  gnutls_x509_crt_t certificate = NULL;
  gint64 last = from + (gint64) (days > 0 ? days : MAX_SIGNER_DAYS) * SECONDS_PER_DAY - 1;
  int code;

  if (issuer != NULL)
    last = MIN (last, (gint64) gnutls_x509_crt_get_expiration_time (issuer));
  if (!check_dates (root, from, last, days, error))
    return NULL;
  code = gnutls_x509_crq_init (&crq);
  if (code >= 0)
    code = gnutls_x509_crq_import (crq, &text, GNUTLS_X509_FMT_PEM);
  if (code >= 0)
    code = gnutls_x509_crq_verify (crq, 0);
  if (code < 0)
    {
      g_clear_pointer (&crq, gnutls_x509_crq_deinit);
      refuse (error, _("No certificate was made, because the request is none, or was not signed by "
                       "the key in it. Ask the office to make it again."));
      return NULL;
    }
  code = gnutls_x509_crt_init (&certificate);
  if (code >= 0)
    code = set_validity (certificate, from, last);
  if (code >= 0)
    code = certify (certificate, crq, root, purpose, &pem);
  g_clear_pointer (&crq, gnutls_x509_crq_deinit);
  g_clear_pointer (&certificate, gnutls_x509_crt_deinit);
  if (code >= 0)
    return take_text (&pem);

  plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (root), code);
  return NULL;
}

static int
add_revoked (gnutls_x509_crl_t  crl,
             PltIssuerKey      *key,
             gint64             time)
{
  guint8 serial[64];
  size_t length = sizeof serial;
  int code = gnutls_x509_crt_get_serial (plt_issuer_key_get_certificate (key), serial, &length);

  return code < 0 ? code : gnutls_x509_crl_set_crt_serial (crl, serial, length, (time_t) time);
}

static int
fill_crl (gnutls_x509_crl_t  crl,
          PltIssuerKey      *root,
          gint64             now)
{
  guint8 hash[KEY_ID_LENGTH];
  guint8 number[6];
  int code = gnutls_x509_crl_set_version (crl, 2);

  /* Grows with time, as a list's number must. */
  for (gsize i = 0; i < sizeof number; i++)
    number[i] = (guint8) (now >> (8 * (sizeof number - 1 - i)));
  if (code >= 0)
    code = gnutls_x509_crl_set_this_update (crl, (time_t) now);
  if (code >= 0)
    code = gnutls_x509_crl_set_next_update (crl, (time_t) (now + CRL_SECONDS));
  if (code >= 0)
    code = hash_public_key (plt_issuer_key_get_certificate (root), hash);
  if (code >= 0)
    code = gnutls_x509_crl_set_authority_key_id (crl, hash, sizeof hash);
  if (code >= 0)
    code = gnutls_x509_crl_set_number (crl, number, sizeof number);

  return code;
}

char *
plt_key_issue_crl (PltIssuerKey  *root,
                   GPtrArray     *revoked,
                   const gint64  *times,
                   gint64         now,
                   GError       **error)
{
  gnutls_x509_crl_t crl = NULL;
  gnutls_datum_t pem = { 0 };
  int code = gnutls_x509_crl_init (&crl);

  if (code >= 0)
    code = fill_crl (crl, root, now);
  for (guint i = 0; i < revoked->len && code >= 0; i++)
    code = add_revoked (crl, g_ptr_array_index (revoked, i), times[i]);
  if (code >= 0)
    code = gnutls_x509_crl_privkey_sign (crl, plt_issuer_key_get_certificate (root),
                                         plt_issuer_key_get_privkey (root), GNUTLS_DIG_SHA256, 0);
  if (code >= 0)
    code = gnutls_x509_crl_export2 (crl, GNUTLS_X509_FMT_PEM, &pem);
  g_clear_pointer (&crl, gnutls_x509_crl_deinit);
  if (code >= 0)
    return take_text (&pem);

  plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (root), code);
  return NULL;
}
