/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds a signing key of the issuer, from a PEM file or a PKCS#11 token, with its certificate. */
#include "plt-issuer-key-private.h"

#include "plt-key-certificate.h"
#include "plt-key-secret.h"
#include "plt-key-token.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_KEY_ID_LENGTH 16

struct _PltIssuerKey
{
  GObject            parent_instance;

  char              *key_id;
  char              *uri;
  PltKeyTokenLimits  limits;
  gnutls_privkey_t   privkey; /* NULL for a key that can only verify */
  gnutls_pubkey_t    pubkey;
  gnutls_x509_crt_t *chain;   /* the key's own certificate first; NULL without */
  unsigned int       n_chain;
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
  self->limits = PLT_KEY_TOKEN_LIMITS;
}

/* What is the matter with a key or its token, where it is known better than the library says. */
static const char *
explain (int code)
{
  switch (code)
    {
    case GNUTLS_E_TIMEDOUT:
      return N_("the token did not answer in time");
    case GNUTLS_E_PKCS11_PIN_ERROR:
      return N_("the token does not take the PIN; it is not offered again, because a token locks "
                "itself after a few wrong ones");
    case GNUTLS_E_PKCS11_PIN_LOCKED:
      return N_("the token has locked itself after wrong PINs");
    case GNUTLS_E_PKCS11_PIN_EXPIRED:
      return N_("the token wants a new PIN");
    case GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE:
    case GNUTLS_E_PKCS11_REQUESTED_OBJECT_NOT_AVAILBLE:
      return N_("the token is not there, or has no such key");
    case GNUTLS_E_PKCS11_TOKEN_ERROR:
    case GNUTLS_E_PKCS11_DEVICE_ERROR:
    case GNUTLS_E_PKCS11_SESSION_ERROR:
    case GNUTLS_E_PKCS11_SLOT_ERROR:
      return N_("the token was taken out or has failed");
    case GNUTLS_E_PKCS11_KEY_ERROR:
      return N_("the token no longer has the key");
    case GNUTLS_E_PKCS11_LOAD_ERROR:
      return N_("the token’s software was not found");
    default:
      return NULL;
    }
}

static void
set_key_error (GError     **error,
               const char  *key_id,
               int          code)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
               /* Translators: a key's name, then the cryptographic library's own words. */
               _("The issuer’s key “%s” cannot be used: %s Ask an administrator to check the key, "
                 "its certificate and the token."), key_id, gnutls_strerror (code));
}

void
plt_issuer_key_set_gnutls_error (GError     **error,
                                 const char  *key_id,
                                 int          code)
{
  const char *known = explain (code);

  if (known != NULL)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOKEN,
                 /* Translators: a key's name, then what is the matter with its token. */
                 _("Nothing was signed with the issuer’s key “%s”: %s. Ask an administrator to check "
                   "the token."), key_id, _(known));
  else
    set_key_error (error, key_id, code);
}

static gboolean
has_line (const gnutls_datum_t *pem,
          const char           *line)
{
  return g_strstr_len ((const char *) pem->data, pem->size, line) != NULL;
}

/* The two ways in which a private key is encrypted: PKCS#8, and OpenSSL's older one. */
static gboolean
is_encrypted (const gnutls_datum_t *pem)
{
  return has_line (pem, "-----BEGIN ENCRYPTED PRIVATE KEY-----") ||
         has_line (pem, "Proc-Type: 4,ENCRYPTED");
}

static void
set_wrong_passphrase (PltIssuerKey  *self,
                      GError       **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_SECRET,
               _("The issuer’s key “%s” was not opened, because its passphrase is another one. Ask an "
                 "administrator to check the file with the passphrase."), self->key_id);
}

static gboolean
import_private (PltIssuerKey          *self,
                const gnutls_datum_t  *pem,
                const char            *secret,
                GError               **error)
{
  int code = gnutls_privkey_init (&self->privkey);

  if (code >= 0)
    code = gnutls_privkey_import_x509_raw (self->privkey, pem, GNUTLS_X509_FMT_PEM, secret, 0);
  if (code >= 0)
    code = gnutls_pubkey_import_privkey (self->pubkey, self->privkey, 0, 0);
  if (code >= 0)
    return TRUE;

  if (secret != NULL && is_encrypted (pem))
    set_wrong_passphrase (self, error);
  else
    set_key_error (error, self->key_id, code);
  return FALSE;
}

static gboolean
import_encrypted (PltIssuerKey          *self,
                  const gnutls_datum_t  *pem,
                  const char            *secret_file,
                  GError               **error)
{
  char *secret;
  gboolean imported;

  if (secret_file == NULL)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_SECRET,
                   _("The issuer’s key “%s” was not opened, because it has a passphrase and the "
                     "configuration names no file with it. Ask an administrator to add it."),
                   self->key_id);
      return FALSE;
    }
  secret = plt_key_secret_read (secret_file, error);
  imported = secret != NULL && import_private (self, pem, secret, error);
  plt_key_secret_free (secret);

  return imported;
}

static gboolean
import_pem (PltIssuerKey          *self,
            const gnutls_datum_t  *pem,
            const char            *secret_file,
            GError               **error)
{
  int code;

  if (is_encrypted (pem))
    return import_encrypted (self, pem, secret_file, error);
  if (!has_line (pem, "-----BEGIN PUBLIC KEY-----"))
    return import_private (self, pem, NULL, error);

  code = gnutls_pubkey_import (self->pubkey, pem, GNUTLS_X509_FMT_PEM);
  if (code < 0)
    set_key_error (error, self->key_id, code);

  return code >= 0;
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
load_token (PltIssuerKey  *self,
            const char    *url,
            const char    *secret_file,
            GError       **error)
{
  char *secret = secret_file != NULL ? plt_key_secret_read (secret_file, error) : NULL;
  gboolean is_known = secret_file == NULL || secret != NULL;
  int code;

  /* Whoever cannot read the PIN is not told that the token refused it. */
  plt_key_secret_free (secret);
  if (!is_known)
    return FALSE;
  code = plt_key_token_open (url, secret_file, &self->limits, &self->privkey, self->pubkey);
  if (code < 0)
    plt_issuer_key_set_gnutls_error (error, self->key_id, code);

  return code >= 0;
}

static gboolean
load_key (PltIssuerKey  *self,
          const char    *key,
          const char    *secret_file,
          GError       **error)
{
  g_autofree char *pem = NULL;
  gsize length = 0;
  gboolean loaded;

  if (g_str_has_prefix (key, "pkcs11:"))
    return load_token (self, key, secret_file, error);
  if (!read_file (key, &pem, &length, error))
    return FALSE;
  loaded = import_pem (self, &(gnutls_datum_t) { (unsigned char *) pem, (unsigned int) length },
                       secret_file, error);
  explicit_bzero (pem, length);

  return loaded;
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
read_chain (PltIssuerKey  *self,
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
    plt_issuer_key_set_gnutls_error (error, self->key_id, code);

  return code >= 0;
}

static gboolean
load_certificate (PltIssuerKey  *self,
                  const char    *certificate,
                  GError       **error)
{
  if (!read_chain (self, certificate, error))
    return FALSE;
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
 * plt_issuer_key_load_limited:
 * @key: name of a PEM file (PKCS#8, encrypted or not, SEC 1, or a public key alone to verify with)
 *   or a "pkcs11:" URL (RFC 7512) of a P-256 key
 * @certificate: (nullable): PEM file with the key's certificate first, then its issuers
 * @key_id: one to sixteen ASCII characters, written beside each signature
 * @secret_file: (nullable): file whose first line is the token's PIN or the file's passphrase, or
 *   "credential:NAME" for one of the service manager
 * @limits: (nullable): what a token may take
 * @error: %PLT_ISO_ERROR_KEY, %PLT_ISO_ERROR_KEY_SECRET, %PLT_ISO_ERROR_TOKEN
 *
 * Reads files and may speak with a token: call it outside of the main loop.
 *
 * Returns: (transfer full) (nullable): the key, with which any number of threads may sign at once
 */
PltIssuerKey *
plt_issuer_key_load_limited (const char               *key,
                             const char               *certificate,
                             const char               *key_id,
                             const char               *secret_file,
                             const PltKeyTokenLimits  *limits,
                             GError                  **error)
{
  g_autoptr (PltIssuerKey) self = g_object_new (PLT_TYPE_ISSUER_KEY, NULL);
  int code;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (key_id != NULL, NULL);

  self->key_id = g_strdup (key_id);
  if (limits != NULL)
    self->limits = *limits;
  if (!check_key_id (key_id, error))
    return NULL;
  code = gnutls_pubkey_init (&self->pubkey);
  if (code < 0)
    {
      plt_issuer_key_set_gnutls_error (error, key_id, code);
      return NULL;
    }
  if (!load_key (self, key, secret_file, error) || !check_curve (self, error) ||
      (certificate != NULL && !load_certificate (self, certificate, error)))
    return NULL;

  return g_steal_pointer (&self);
}

/* As plt_issuer_key_load_limited(), with the limits that suit most tokens. */
PltIssuerKey *
plt_issuer_key_load (const char  *key,
                     const char  *certificate,
                     const char  *key_id,
                     const char  *secret_file,
                     GError     **error)
{
  return plt_issuer_key_load_limited (key, certificate, key_id, secret_file, NULL, error);
}

/**
 * plt_issuer_key_new_for_certificate:
 * @certificate: PEM file with the key's certificate first, then its issuers
 * @key_id: as in plt_issuer_key_load()
 * @error: %PLT_ISO_ERROR_KEY
 *
 * Returns: (transfer full) (nullable): a key that can only verify
 */
PltIssuerKey *
plt_issuer_key_new_for_certificate (const char  *certificate,
                                    const char  *key_id,
                                    GError     **error)
{
  g_autoptr (PltIssuerKey) self = g_object_new (PLT_TYPE_ISSUER_KEY, NULL);
  int code;

  self->key_id = g_strdup (key_id);
  if (!check_key_id (key_id, error) || !read_chain (self, certificate, error))
    return NULL;
  code = gnutls_pubkey_init (&self->pubkey);
  if (code >= 0)
    code = gnutls_pubkey_import_x509 (self->pubkey, self->chain[0], 0);
  if (code < 0)
    {
      plt_issuer_key_set_gnutls_error (error, key_id, code);
      return NULL;
    }

  return check_curve (self, error) ? g_steal_pointer (&self) : NULL;
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

gboolean
plt_issuer_key_has_certificate (PltIssuerKey *self)
{
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (self), FALSE);

  return self->n_chain > 0;
}

char *
plt_issuer_key_dup_certificate_hash (PltIssuerKey *self)
{
  g_return_val_if_fail (PLT_IS_ISSUER_KEY (self), NULL);

  return self->n_chain > 0 ? plt_key_certificate_hash (self->chain[0]) : NULL;
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

/* Any thread may sign with it at any time. */
gnutls_privkey_t
plt_issuer_key_get_privkey (PltIssuerKey *self)
{
  return self->privkey;
}

gnutls_pubkey_t
plt_issuer_key_get_pubkey (PltIssuerKey *self)
{
  return self->pubkey;
}
