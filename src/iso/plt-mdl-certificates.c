/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds a certificate against the profiles of ISO/IEC 18013-5, Annex B. */
#include "plt-mdl-certificates-private.h"

#include "plt-byte-writer.h"

#include <glib/gi18n-lib.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <string.h>

#define DAY 86400
#define MAX_SIGNER_DAYS 457
#define MAX_ROOT_YEARS 20
#define MAX_SERIAL_LENGTH 20
#define MAX_COORDINATE_LENGTH 66
#define KEY_ID_LENGTH 20
#define OID_CRL_DISTRIBUTION_POINTS "2.5.29.31"
#define DER_SEQUENCE 0x30
#define DER_PRINTABLE_STRING 0x13
#define DER_DISTRIBUTION_POINT_NAME 0xA0

static gboolean
fail (GError            **error,
      gnutls_x509_crt_t   crt,
      const char         *what)
{
  g_autofree char *name = plt_mdl_certificates_dup_name (crt, GNUTLS_OID_X520_COMMON_NAME);

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               /* Translators: the name of a certificate's owner, then a part of the certificate in the
                * words of its standard, e.g. "keyUsage". */
               _("The certificate of “%s” cannot stand for mobile driving licences: its %s is not as "
                 "ISO/IEC 18013-5 asks for. Ask an administrator for a certificate made for that "
                 "purpose."), name != NULL ? name : "", what);
  return FALSE;
}

/**
 * plt_mdl_certificates_load:
 * @der: a certificate
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Returns: (transfer full) (nullable)
 */
gnutls_x509_crt_t
plt_mdl_certificates_load (GBytes  *der,
                           GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (der, &length);
  gnutls_datum_t datum = { (unsigned char *) data, (unsigned int) length };
  gnutls_x509_crt_t crt = NULL;

  if (length > 0 && gnutls_x509_crt_init (&crt) >= 0 &&
      gnutls_x509_crt_import (crt, &datum, GNUTLS_X509_FMT_DER) >= 0)
    return crt;

  g_clear_pointer (&crt, gnutls_x509_crt_deinit);
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                       _("The certificate of the mobile driving licence’s signer cannot be read. Ask "
                         "the issuing authority for a valid one."));
  return NULL;
}

/* (transfer full) (nullable): the only part of the subject with this identifier. */
char *
plt_mdl_certificates_dup_name (gnutls_x509_crt_t  crt,
                               const char        *oid)
{
  char text[256];
  char second[256];
  size_t length = sizeof text;
  size_t second_length = sizeof second;

  if (gnutls_x509_crt_get_dn_by_oid (crt, oid, 0, 0, text, &length) < 0 ||
      gnutls_x509_crt_get_dn_by_oid (crt, oid, 1, 0, second, &second_length) !=
        GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
    return NULL;

  return g_strndup (text, length);
}

static gboolean
has_country (gnutls_x509_crt_t crt)
{
  g_autofree char *country = plt_mdl_certificates_dup_name (crt, GNUTLS_OID_X520_COUNTRY_NAME);
  guint8 raw[16];
  size_t length = sizeof raw;

  return country != NULL && strlen (country) == 2 && g_ascii_isupper (country[0]) &&
         g_ascii_isupper (country[1]) &&
         gnutls_x509_crt_get_dn_by_oid (crt, GNUTLS_OID_X520_COUNTRY_NAME, 0, 1, raw,
                                        &length) >= 0 &&
         length == 4 && raw[0] == DER_PRINTABLE_STRING;
}

static gboolean
has_names (gnutls_x509_crt_t  crt,
           gboolean           root)
{
  g_autofree char *name = plt_mdl_certificates_dup_name (crt, GNUTLS_OID_X520_COMMON_NAME);
  gnutls_datum_t subject = { 0 };
  gnutls_datum_t issuer = { 0 };
  gboolean same;

  if (name == NULL || !has_country (crt))
    return FALSE;
  same = gnutls_x509_crt_get_raw_dn (crt, &subject) >= 0 &&
         gnutls_x509_crt_get_raw_issuer_dn (crt, &issuer) >= 0 && subject.size == issuer.size &&
         memcmp (subject.data, issuer.data, subject.size) == 0;
  gnutls_free (subject.data);
  gnutls_free (issuer.data);

  return same == root;
}

static gboolean
has_serial (gnutls_x509_crt_t crt)
{
  guint8 serial[64];
  size_t length = sizeof serial;

  if (gnutls_x509_crt_get_serial (crt, serial, &length) < 0 || length < 1 ||
      length > MAX_SERIAL_LENGTH || serial[0] >= 0x80)
    return FALSE;
  for (size_t i = 0; i < length; i++)
    if (serial[i] != 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_algorithm (gnutls_x509_crt_t crt)
{
  int algorithm = gnutls_x509_crt_get_signature_algorithm (crt);

  return algorithm == GNUTLS_SIGN_ECDSA_SHA256 || algorithm == GNUTLS_SIGN_ECDSA_SHA384 ||
         algorithm == GNUTLS_SIGN_ECDSA_SHA512;
}

static gboolean
has_duration (gnutls_x509_crt_t crt,
              gboolean          root)
{
  gint64 begin = gnutls_x509_crt_get_activation_time (crt);
  gint64 end = gnutls_x509_crt_get_expiration_time (crt);

  if (begin < 0 || end <= begin)
    return FALSE;
  if (!root)
    return end - begin <= (gint64) MAX_SIGNER_DAYS * DAY;

  g_autoptr (GDateTime) first = g_date_time_new_from_unix_utc (begin);
  g_autoptr (GDateTime) last = first != NULL ? g_date_time_add_years (first, MAX_ROOT_YEARS) : NULL;

  return last != NULL && end <= g_date_time_to_unix (last);
}

static gsize
get_coordinate_length (gnutls_ecc_curve_t curve)
{
  switch ((int) curve)
    {
    case GNUTLS_ECC_CURVE_SECP256R1:
      return 32;
    case GNUTLS_ECC_CURVE_SECP384R1:
      return 48;
    case GNUTLS_ECC_CURVE_SECP521R1:
      return 66;
    default:
      return 0;
    }
}

static gboolean
copy_coordinate (const gnutls_datum_t *number,
                 guint8               *place,
                 gsize                 length)
{
  gsize skip = 0;

  while (skip < number->size && number->data[skip] == 0)
    skip++;
  if (number->size - skip > length)
    return FALSE;
  memset (place, 0, length);
  memcpy (place + length - (number->size - skip), number->data + skip, number->size - skip);

  return TRUE;
}

/* SHA-1 of the key's BIT STRING alone; gnutls's own key ids hash the whole SubjectPublicKeyInfo. */
static gboolean
make_key_id (gnutls_x509_crt_t crt,
             guint8            id[KEY_ID_LENGTH])
{
  guint8 point[1 + 2 * MAX_COORDINATE_LENGTH] = { 0x04 };
  gnutls_ecc_curve_t curve;
  gnutls_datum_t x = { 0 };
  gnutls_datum_t y = { 0 };
  gsize length = 0;
  gboolean made = FALSE;

  if (gnutls_x509_crt_get_pk_ecc_raw (crt, &curve, &x, &y) >= 0)
    length = get_coordinate_length (curve);
  if (length > 0)
    made = copy_coordinate (&x, point + 1, length) &&
           copy_coordinate (&y, point + 1 + length, length) &&
           gnutls_hash_fast (GNUTLS_DIG_SHA1, point, 1 + 2 * length, id) >= 0;
  gnutls_free (x.data);
  gnutls_free (y.data);

  return made;
}

static gboolean
has_key_id (gnutls_x509_crt_t crt)
{
  guint8 made[KEY_ID_LENGTH];
  guint8 found[64];
  size_t length = sizeof found;
  unsigned int critical = 0;

  return make_key_id (crt, made) &&
         gnutls_x509_crt_get_subject_key_id (crt, found, &length, &critical) >= 0 &&
         critical == 0 && length == KEY_ID_LENGTH && memcmp (found, made, length) == 0;
}

static gboolean
has_authority_key_id (gnutls_x509_crt_t crt)
{
  guint8 found[64];
  size_t length = sizeof found;
  unsigned int critical = 0;

  return gnutls_x509_crt_get_authority_key_id (crt, found, &length, &critical) >= 0 &&
         critical == 0;
}

static gboolean
has_key_usage (gnutls_x509_crt_t crt,
               gboolean          root)
{
  unsigned int wanted = root ? GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN
                             : GNUTLS_KEY_DIGITAL_SIGNATURE;
  unsigned int usage = 0;
  unsigned int critical = 0;

  return gnutls_x509_crt_get_key_usage (crt, &usage, &critical) >= 0 && critical != 0 &&
         usage == wanted;
}

/* Whether a document signer's purpose must be marked critical is read in two ways; either is taken. */
static gboolean
has_purpose (gnutls_x509_crt_t crt,
             gboolean          root)
{
  char oid[64];
  size_t length = sizeof oid;
  unsigned int critical;
  int code = gnutls_x509_crt_get_key_purpose_oid (crt, 0, oid, &length, &critical);

  if (root)
    return code == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
  if (code < 0 || strcmp (oid, PLT_MDL_SIGNER_PURPOSE) != 0)
    return FALSE;
  length = sizeof oid;

  return gnutls_x509_crt_get_key_purpose_oid (crt, 1, oid, &length, &critical) ==
         GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
}

static gboolean
has_basic_constraints (gnutls_x509_crt_t crt,
                       gboolean          root)
{
  unsigned int critical = 0;
  unsigned int ca = 0;
  int path_length = -1;
  int code = gnutls_x509_crt_get_basic_constraints (crt, &critical, &ca, &path_length);

  if (!root)
    return code == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;

  return code >= 0 && critical != 0 && ca != 0 && path_length == 0;
}

static gboolean
has_issuer_alt_name (gnutls_x509_crt_t crt)
{
  for (unsigned int i = 0;; i++)
    {
      char name[1024];
      size_t length = sizeof name;
      unsigned int critical = 0;
      int type = gnutls_x509_crt_get_issuer_alt_name (crt, i, name, &length, &critical);

      if (type == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
        return i > 0;
      if ((type != GNUTLS_SAN_RFC822NAME && type != GNUTLS_SAN_URI) || critical != 0)
        return FALSE;
    }
}

/* Each point has a name and neither "reasons" nor "cRLIssuer", which gnutls does not tell. */
static gboolean
has_plain_points (gnutls_x509_crt_t crt)
{
  guint8 der[4096];
  size_t length = sizeof der;
  unsigned int critical = 0;
  guint tag;
  PltByteReader points;
  PltByteReader reader;

  if (gnutls_x509_crt_get_extension_by_oid (crt, OID_CRL_DISTRIBUTION_POINTS, 0, der, &length,
                                            &critical) < 0 || critical != 0)
    return FALSE;
  reader = plt_byte_reader_init (der, length);
  if (!plt_byte_reader_take_tlv (&reader, &tag, &points) || tag != DER_SEQUENCE)
    return FALSE;
  while (plt_byte_reader_left (&points) > 0)
    {
      PltByteReader point;
      PltByteReader name;

      if (!plt_byte_reader_take_tlv (&points, &tag, &point) || tag != DER_SEQUENCE ||
          !plt_byte_reader_take_tlv (&point, &tag, &name) || tag != DER_DISTRIBUTION_POINT_NAME ||
          plt_byte_reader_left (&point) > 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_distribution_points (gnutls_x509_crt_t crt)
{
  char uri[1024];
  size_t length = sizeof uri;
  unsigned int reasons = 0;
  unsigned int critical = 0;

  return gnutls_x509_crt_get_crl_dist_points (crt, 0, uri, &length, &reasons, &critical) ==
           GNUTLS_SAN_URI && has_plain_points (crt);
}

/* A reader must refuse what it is told to understand and does not (RFC 5280, 4.2). */
static gboolean
has_known_extensions (gnutls_x509_crt_t crt)
{
  static const char *const known[] = { "2.5.29.15", "2.5.29.19", "2.5.29.37", NULL };

  for (unsigned int i = 0;; i++)
    {
      char oid[128];
      size_t length = sizeof oid;
      unsigned int critical = 0;
      int code = gnutls_x509_crt_get_extension_info (crt, i, oid, &length, &critical);

      if (code == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
        return TRUE;
      if (code < 0 || (critical != 0 && !g_strv_contains (known, oid)))
        return FALSE;
    }
}

gboolean
plt_mdl_certificates_check_profile (gnutls_x509_crt_t  crt,
                                    gboolean           root,
                                    GError           **error)
{
  const struct
  {
    const char *what;
    gboolean    ok;
  } checks[] = {
    { "version", gnutls_x509_crt_get_version (crt) == 3 },
    { "serialNumber", has_serial (crt) },
    { "signature", has_algorithm (crt) },
    { "subject", has_names (crt, root) },
    { "validity", has_duration (crt, root) },
    { "subjectKeyIdentifier", has_key_id (crt) },
    { "authorityKeyIdentifier", root || has_authority_key_id (crt) },
    { "keyUsage", has_key_usage (crt, root) },
    { "extKeyUsage", has_purpose (crt, root) },
    { "basicConstraints", has_basic_constraints (crt, root) },
    { "issuerAltName", has_issuer_alt_name (crt) },
    { "cRLDistributionPoints", has_distribution_points (crt) },
    { "extensions", has_known_extensions (crt) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if (!checks[i].ok)
      return fail (error, crt, checks[i].what);

  return TRUE;
}

static gboolean
check (GBytes   *der,
       gboolean  root,
       GError  **error)
{
  gnutls_x509_crt_t crt = plt_mdl_certificates_load (der, error);
  gboolean ok = crt != NULL && plt_mdl_certificates_check_profile (crt, root, error);

  g_clear_pointer (&crt, gnutls_x509_crt_deinit);

  return ok;
}

/**
 * plt_mdl_certificates_check_root:
 * @root: a certificate, DER
 * @error: %PLT_ISO_ERROR_KEY, naming what is not as it must be
 *
 * Returns: whether it has the profile of an IACA root (ISO/IEC 18013-5, Table B.1)
 */
gboolean
plt_mdl_certificates_check_root (GBytes  *root,
                                 GError **error)
{
  return check (root, TRUE, error);
}

/**
 * plt_mdl_certificates_check_signer:
 * @signer: a certificate, DER
 * @error: %PLT_ISO_ERROR_KEY, naming what is not as it must be
 *
 * Returns: whether it has the profile of a document signer (ISO/IEC 18013-5, Table B.3)
 */
gboolean
plt_mdl_certificates_check_signer (GBytes  *signer,
                                   GError **error)
{
  return check (signer, FALSE, error);
}
