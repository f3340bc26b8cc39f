/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs and verifies with a key of the issuer: ECDSA, whose two numbers gnutls keeps in DER and
 * everybody else as 64 bytes. */
#include "plt-issuer-key-private.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <string.h>

#define COORDINATE_LENGTH 32

/* An INTEGER of DER has as many bytes as it needs and a sign bit; r and s have 32 each. */
static gboolean
copy_coordinate (const gnutls_datum_t *integer,
                 guint8               *coordinate)
{
  gsize skip = 0;

  while (skip < integer->size && integer->data[skip] == 0)
    skip++;
  if (integer->size - skip > COORDINATE_LENGTH)
    return FALSE;
  memset (coordinate, 0, COORDINATE_LENGTH);
  memcpy (coordinate + COORDINATE_LENGTH - (integer->size - skip), integer->data + skip,
          integer->size - skip);

  return TRUE;
}

static int
der_to_raw (const gnutls_datum_t *der,
            guint8               *raw)
{
  gnutls_datum_t r = { 0 };
  gnutls_datum_t s = { 0 };
  int code = gnutls_decode_rs_value (der, &r, &s);

  if (code >= 0 &&
      !(copy_coordinate (&r, raw) && copy_coordinate (&s, raw + COORDINATE_LENGTH)))
    code = GNUTLS_E_ASN1_DER_ERROR;
  gnutls_free (r.data);
  gnutls_free (s.data);

  return code;
}

/**
 * plt_issuer_key_sign:
 * @self: a key
 * @data: what to sign
 * @error: %PLT_ISO_ERROR_KEY
 *
 * ECDSA on P-256 with SHA-256. A key from a file signs deterministically (RFC 6979), so the same
 * data gives the same card; a token draws its own random number.
 *
 * Returns: (transfer full) (nullable): 64 bytes r‖s
 */
GBytes *
plt_issuer_key_sign (PltIssuerKey  *self,
                     GBytes        *data,
                     GError       **error)
{
  gnutls_datum_t input = { 0 };
  gnutls_datum_t der = { 0 };
  guint8 raw[2 * COORDINATE_LENGTH];
  gsize length;
  unsigned int flags;
  int code;

  g_return_val_if_fail (PLT_IS_ISSUER_KEY (self), NULL);
  g_return_val_if_fail (data != NULL, NULL);

  if (!plt_issuer_key_can_sign (self, error))
    return NULL;

  input.data = (unsigned char *) g_bytes_get_data (data, &length);
  input.size = (unsigned int) length;
  flags = gnutls_privkey_get_type (plt_issuer_key_get_privkey (self)) == GNUTLS_PRIVKEY_X509
            ? GNUTLS_PRIVKEY_FLAG_REPRODUCIBLE : 0;
  code = gnutls_privkey_sign_data2 (plt_issuer_key_get_privkey (self), GNUTLS_SIGN_ECDSA_SHA256,
                                    flags, &input, &der);
  if (code >= 0)
    code = der_to_raw (&der, raw);
  gnutls_free (der.data);
  if (code < 0)
    {
      plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (self), code);
      return NULL;
    }

  return g_bytes_new (raw, sizeof raw);
}

static int
verify_raw (PltIssuerKey *self,
            GBytes       *data,
            const guint8 *raw)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (data, &length);
  gnutls_datum_t input = { (unsigned char *) bytes, (unsigned int) length };
  gnutls_datum_t der = { 0 };
  gnutls_datum_t parts[2];
  int code;

  for (int i = 0; i < 2; i++)
    {
      const guint8 *part = raw + i * COORDINATE_LENGTH;
      gsize skip = 0;

      while (skip < COORDINATE_LENGTH - 1 && part[skip] == 0)
        skip++;
      parts[i] = (gnutls_datum_t) { (unsigned char *) part + skip,
                                    (unsigned int) (COORDINATE_LENGTH - skip) };
    }
  code = gnutls_encode_rs_value (&der, &parts[0], &parts[1]);
  if (code >= 0)
    code = gnutls_pubkey_verify_data2 (plt_issuer_key_get_pubkey (self), GNUTLS_SIGN_ECDSA_SHA256,
                                       0, &input, &der);
  gnutls_free (der.data);

  return code;
}

/**
 * plt_issuer_key_verify:
 * @self: a key
 * @data: what was signed
 * @signature: 64 bytes r‖s
 * @error: %PLT_ISO_ERROR_SIGNATURE
 *
 * Returns: whether this key signed exactly this data
 */
gboolean
plt_issuer_key_verify (PltIssuerKey  *self,
                       GBytes        *data,
                       GBytes        *signature,
                       GError       **error)
{
  gsize length;
  const guint8 *raw;

  g_return_val_if_fail (PLT_IS_ISSUER_KEY (self), FALSE);
  g_return_val_if_fail (data != NULL && signature != NULL, FALSE);

  raw = g_bytes_get_data (signature, &length);
  if (length == 2 * COORDINATE_LENGTH && verify_raw (self, data, raw) >= 0)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE,
               _("The signature is not that of the key “%s”: the data was changed or comes from "
                 "another issuer. Do not accept the card before a supervisor has looked at it."),
               plt_issuer_key_get_key_id (self));
  return FALSE;
}

gboolean
plt_issuer_key_get_point (PltIssuerKey  *self,
                          guint8         point[64],
                          GError       **error)
{
  gnutls_datum_t x = { 0 };
  gnutls_datum_t y = { 0 };
  int code;

  g_return_val_if_fail (PLT_IS_ISSUER_KEY (self), FALSE);

  code = gnutls_pubkey_export_ecc_raw2 (plt_issuer_key_get_pubkey (self), NULL, &x, &y, 0);
  if (code >= 0 &&
      !(copy_coordinate (&x, point) && copy_coordinate (&y, point + COORDINATE_LENGTH)))
    code = GNUTLS_E_ASN1_DER_ERROR;
  gnutls_free (x.data);
  gnutls_free (y.data);
  if (code < 0)
    plt_issuer_key_set_gnutls_error (error, plt_issuer_key_get_key_id (self), code);

  return code >= 0;
}
