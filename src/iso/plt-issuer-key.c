/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds a signing key of the issuer, from a PEM file or a PKCS#11 token, and signs with it. */
#include "plt-issuer-key-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/pkcs11.h>
#include <string.h>

#define COORDINATE_LENGTH 32
#define MAX_KEY_ID_LENGTH 16

struct _PltIssuerKey
{
  GObject            parent_instance;

  char              *key_id;
  char              *uri;
  char              *pin_file;
  gnutls_privkey_t   privkey; /* NULL for a key that can only verify */
  gnutls_pubkey_t    pubkey;
  gnutls_x509_crt_t *chain;   /* the key's own certificate first; NULL without */
  unsigned int       n_chain;
  GMutex             lock;    /* a token's session serves one signature at a time */
};

G_DEFINE_FINAL_TYPE (PltIssuerKey, plt_issuer_key, G_TYPE_OBJECT)

static void
plt_issuer_key_finalize (GObject *object)
{
  PltIssuerKey *self = PLT_ISSUER_KEY (object);

  for (unsigned int i = 0; i < self->n_chain; i++)
    gnutls_x509_crt_deinit (self->chain[i]);
  gnutls_free (self->chain);
  g_clear_pointer (&self->privkey, gnutls_privkey_deinit);
  g_clear_pointer (&self->pubkey, gnutls_pubkey_deinit);
  g_free (self->key_id);
  g_free (self->uri);
  g_free (self->pin_file);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (plt_issuer_key_parent_class)->finalize (object);
}

static void
plt_issuer_key_class_init (PltIssuerKeyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_issuer_key_finalize;
}

static void
plt_issuer_key_init (PltIssuerKey *self)
{
  g_mutex_init (&self->lock);
}

void
plt_issuer_key_set_gnutls_error (GError     **error,
                                 const char  *key_id,
                                 int          code)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               /* Translators: a key's name, then the cryptographic library's own words. */
               _("The issuer’s key “%s” cannot be used: %s Ask an administrator to check the key, "
                 "its certificate and the token."), key_id, gnutls_strerror (code));
}

/* A token locks itself after some wrong PINs, so the file's PIN is offered once. */
static int
pin_wanted_cb (void         *user_data,
               int           attempt,
               const char   *token_url,
               const char   *token_label,
               unsigned int  flags,
               char         *pin,
               size_t        pin_max)
{
  PltIssuerKey *self = user_data;
  g_autofree char *contents = NULL;
  gsize length = 0;
  int result = GNUTLS_E_PKCS11_PIN_ERROR;

  if (attempt > 0 || (flags & GNUTLS_PIN_WRONG) != 0 || self->pin_file == NULL ||
      !g_file_get_contents (self->pin_file, &contents, &length, NULL))
    return result;

  g_strchomp (contents);
  if (strlen (contents) < pin_max)
    {
      memcpy (pin, contents, strlen (contents) + 1);
      result = 0;
    }
  explicit_bzero (contents, length);

  return result;
}

static int
import_token (PltIssuerKey *self,
              const char   *url)
{
  int code = gnutls_privkey_init (&self->privkey);

  if (code < 0)
    return code;
  gnutls_privkey_set_pin_function (self->privkey, pin_wanted_cb, self);
  code = gnutls_privkey_import_url (self->privkey, url, 0);
  if (code < 0)
    return code;

  return gnutls_pubkey_import_privkey (self->pubkey, self->privkey, 0, 0);
}

static int
import_pem (PltIssuerKey         *self,
            const gnutls_datum_t *pem)
{
  int code;

  if (g_strstr_len ((const char *) pem->data, pem->size, "-----BEGIN PUBLIC KEY-----") != NULL)
    return gnutls_pubkey_import (self->pubkey, pem, GNUTLS_X509_FMT_PEM);

  code = gnutls_privkey_init (&self->privkey);
  if (code < 0)
    return code;
  code = gnutls_privkey_import_x509_raw (self->privkey, pem, GNUTLS_X509_FMT_PEM, NULL, 0);
  if (code < 0)
    return code;

  return gnutls_pubkey_import_privkey (self->pubkey, self->privkey, 0, 0);
}

static gboolean
read_file (const char  *path,
           char       **contents,
           gsize       *length,
           GError     **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_file_get_contents (path, contents, length, &cause))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("The issuer’s key or certificate was not read: %s. Ask an administrator to check "
                 "the configuration of the office."), cause->message);
  return FALSE;
}

static gboolean
load_key (PltIssuerKey  *self,
          const char    *key,
          GError       **error)
{
  g_autofree char *pem = NULL;
  gsize length = 0;
  int code;

  if (g_str_has_prefix (key, "pkcs11:"))
    {
      code = import_token (self, key);
    }
  else
    {
      if (!read_file (key, &pem, &length, error))
        return FALSE;
      code = import_pem (self, &(gnutls_datum_t) { (unsigned char *) pem, (unsigned int) length });
      explicit_bzero (pem, length);
    }
  if (code >= 0)
    return TRUE;

  plt_issuer_key_set_gnutls_error (error, self->key_id, code);
  return FALSE;
}

static gboolean
check_curve (PltIssuerKey  *self,
             GError       **error)
{
  gnutls_ecc_curve_t curve = GNUTLS_ECC_CURVE_INVALID;
  int code = gnutls_pubkey_export_ecc_raw2 (self->pubkey, &curve, NULL, NULL, 0);

  if (code >= 0 && curve == GNUTLS_ECC_CURVE_SECP256R1)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("The issuer’s key “%s” is not of the curve P-256, which licences are signed with. "
                 "Ask an administrator for such a key."), self->key_id);
  return FALSE;
}

/* Whether @certificate is one of this key. */
gboolean
plt_issuer_key_owns (PltIssuerKey      *self,
                     gnutls_x509_crt_t  certificate)
{
  unsigned char of_key[64];
  unsigned char of_certificate[64];
  size_t key_size = sizeof of_key;
  size_t certificate_size = sizeof of_certificate;

  return gnutls_pubkey_get_key_id (self->pubkey, GNUTLS_KEYID_USE_SHA256, of_key,
                                   &key_size) >= 0 &&
         gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, of_certificate,
                                     &certificate_size) >= 0 &&
         key_size == certificate_size && memcmp (of_key, of_certificate, key_size) == 0;
}

static gboolean
load_certificate (PltIssuerKey  *self,
                  const char    *certificate,
                  GError       **error)
{
  g_autofree char *pem = NULL;
  gsize length;
  int code;

  if (!read_file (certificate, &pem, &length, error))
    return FALSE;
  code = gnutls_x509_crt_list_import2 (&self->chain, &self->n_chain,
                                       &(gnutls_datum_t) { (unsigned char *) pem,
                                                           (unsigned int) length },
                                       GNUTLS_X509_FMT_PEM, 0);
  if (code < 0)
    {
      plt_issuer_key_set_gnutls_error (error, self->key_id, code);
      return FALSE;
    }
  if (plt_issuer_key_owns (self, self->chain[0]))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("The certificate of the issuer’s key “%s” belongs to another key. Ask an "
                 "administrator to check the configuration of the office."), self->key_id);
  return FALSE;
}

static gboolean
check_key_id (const char  *key_id,
              GError     **error)
{
  gsize length = strlen (key_id);

  if (length >= 1 && length <= MAX_KEY_ID_LENGTH && g_str_is_ascii (key_id))
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("“%s” cannot name a key: a name has one to sixteen ASCII characters. Correct it in "
                 "the configuration of the office."), key_id);
  return FALSE;
}

/**
 * plt_issuer_key_load:
 * @key: name of a PEM file (PKCS#8, SEC 1, or a public key alone to verify with) or a "pkcs11:"
 *   URL (RFC 7512) of a P-256 key
 * @certificate: (nullable): PEM file with the key's certificate first, then its issuers
 * @key_id: one to sixteen ASCII characters, written beside each signature
 * @pin_file: (nullable): file whose first line is the token's PIN
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Reads files and may speak with a token: call it outside of the main loop.
 *
 * Returns: (transfer full) (nullable): the key, which any thread may use
 */
PltIssuerKey *
plt_issuer_key_load (const char  *key,
                     const char  *certificate,
                     const char  *key_id,
                     const char  *pin_file,
                     GError     **error)
{
  g_autoptr (PltIssuerKey) self = g_object_new (PLT_TYPE_ISSUER_KEY, NULL);
  int code;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (key_id != NULL, NULL);

  self->key_id = g_strdup (key_id);
  self->pin_file = g_strdup (pin_file);
  if (!check_key_id (key_id, error))
    return NULL;
  code = gnutls_pubkey_init (&self->pubkey);
  if (code < 0)
    {
      plt_issuer_key_set_gnutls_error (error, key_id, code);
      return NULL;
    }
  if (!load_key (self, key, error) || !check_curve (self, error) ||
      (certificate != NULL && !load_certificate (self, certificate, error)))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
plt_issuer_key_get_key_id (PltIssuerKey *self)
{
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (self), NULL);

  return self->key_id;
}

void
plt_issuer_key_set_uri (PltIssuerKey *self,
                        const char   *uri)
{
  g_return_if_fail (PLT_IS_ISSUER_KEY (self));

  g_free (self->uri);
  self->uri = g_strdup (uri);
}

/**
 * plt_issuer_key_get_uri:
 * @self: a key
 *
 * Returns: (nullable): the issuer's address, or %NULL if none was set
 */
const char *
plt_issuer_key_get_uri (PltIssuerKey *self)
{
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (self), NULL);

  return self->uri;
}

/* The certificate of the key itself, or NULL. */
gnutls_x509_crt_t
plt_issuer_key_get_certificate (PltIssuerKey *self)
{
  return self->n_chain > 0 ? self->chain[0] : NULL;
}

/* The key's certificate and its issuers as they stood in the file. */
guint
plt_issuer_key_get_chain (PltIssuerKey       *self,
                          gnutls_x509_crt_t **chain)
{
  *chain = self->chain;

  return self->n_chain;
}

gboolean
plt_issuer_key_can_sign (PltIssuerKey  *self,
                         GError       **error)
{
  if (self->privkey != NULL)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               _("Nothing was signed because “%s” is a public key, which can only verify. Ask an "
                 "administrator for the signing key."), self->key_id);
  return FALSE;
}

gnutls_privkey_t
plt_issuer_key_lock (PltIssuerKey *self)
{
  g_mutex_lock (&self->lock);

  return self->privkey;
}

void
plt_issuer_key_unlock (PltIssuerKey *self)
{
  g_mutex_unlock (&self->lock);
}

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
  gnutls_privkey_t privkey;
  unsigned int flags;
  int code;

  g_return_val_if_fail (PLT_IS_ISSUER_KEY (self), NULL);
  g_return_val_if_fail (data != NULL, NULL);

  if (!plt_issuer_key_can_sign (self, error))
    return NULL;

  input.data = (unsigned char *) g_bytes_get_data (data, &length);
  input.size = (unsigned int) length;
  privkey = plt_issuer_key_lock (self);
  flags = gnutls_privkey_get_type (privkey) == GNUTLS_PRIVKEY_X509
            ? GNUTLS_PRIVKEY_FLAG_REPRODUCIBLE : 0;
  code = gnutls_privkey_sign_data2 (privkey, GNUTLS_SIGN_ECDSA_SHA256, flags, &input, &der);
  plt_issuer_key_unlock (self);
  if (code >= 0)
    code = der_to_raw (&der, raw);
  gnutls_free (der.data);
  if (code < 0)
    {
      plt_issuer_key_set_gnutls_error (error, self->key_id, code);
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
    code = gnutls_pubkey_verify_data2 (self->pubkey, GNUTLS_SIGN_ECDSA_SHA256, 0, &input, &der);
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
               self->key_id);
  return FALSE;
}
