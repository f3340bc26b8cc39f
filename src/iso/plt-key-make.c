/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the issuer's private keys. One in a token never leaves it; one in a file is written for
 * its owner's eyes. */
#include "plt-key-make.h"

#include "plt-iso-error.h"
#include "plt-issuer-key-private.h"
#include "plt-key-secret.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gnutls/pkcs11.h>
#include <string.h>

#define P256 GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1)
#define SHORTEST_SECRET 8

static char *
read_new_secret (const char  *secret_file,
                 GError     **error)
{
  char *secret = NULL;

  if (secret_file != NULL)
    {
      secret = plt_key_secret_read (secret_file, error);
      if (secret == NULL)
        return NULL;
    }
  if (secret != NULL && strlen (secret) >= SHORTEST_SECRET)
    return secret;

  plt_key_secret_free (secret);
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_SECRET,
                       _("No key was written, because a key in a file needs a passphrase of eight "
                         "characters at least. Name a file with one."));
  return NULL;
}

static gboolean
write_encrypted (gnutls_x509_privkey_t  key,
                 const char            *path,
                 const char            *secret,
                 GError               **error)
{
  gnutls_datum_t pem = { 0 };
  g_autoptr (GError) cause = NULL;
  int code = gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, secret,
                                                secret != NULL ? GNUTLS_PKCS_PBES2_AES_256
                                                               : GNUTLS_PKCS_PLAIN, &pem);
  gboolean written;

  if (code < 0)
    {
      plt_issuer_key_set_gnutls_error (error, path, code);
      return FALSE;
    }
  written = g_file_set_contents_full (path, (const char *) pem.data, pem.size,
                                      G_FILE_SET_CONTENTS_CONSISTENT |
                                      G_FILE_SET_CONTENTS_DURABLE, 0600, &cause);
  gnutls_free (pem.data);
  if (!written)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY,
                 _("The key was not written: %s. Nothing was changed."), cause->message);

  return written;
}

gboolean
plt_key_make_file (const char  *path,
                   const char  *secret_file,
                   gboolean     plain,
                   GError     **error)
{
  gnutls_x509_privkey_t key = NULL;
  char *secret = plain ? NULL : read_new_secret (secret_file, error);
  gboolean written = FALSE;
  int code;

  if (secret == NULL && !plain)
    return FALSE;
  code = gnutls_x509_privkey_init (&key);
  if (code >= 0)
    code = gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, P256, 0);
  if (code >= 0)
    written = write_encrypted (key, path, secret, error);
  else
    plt_issuer_key_set_gnutls_error (error, path, code);
  plt_key_secret_free (secret);
  g_clear_pointer (&key, gnutls_x509_privkey_deinit);

  return written;
}

gboolean
plt_key_make_copy (const char  *path,
                   const char  *secret_file,
                   const char  *from,
                   const char  *from_secret_file,
                   GError     **error)
{
  g_autoptr (PltIssuerKey) loaded
    = plt_issuer_key_load (from, NULL, "import", from_secret_file, error);
  gnutls_x509_privkey_t key = NULL;
  char *secret;
  gboolean written = FALSE;
  int code;

  if (loaded == NULL || !plt_issuer_key_can_sign (loaded, error))
    return FALSE;
  secret = read_new_secret (secret_file, error);
  if (secret == NULL)
    return FALSE;
  code = gnutls_privkey_export_x509 (plt_issuer_key_get_privkey (loaded), &key);
  if (code >= 0)
    written = write_encrypted (key, path, secret, error);
  else
    plt_issuer_key_set_gnutls_error (error, from, code);
  plt_key_secret_free (secret);
  g_clear_pointer (&key, gnutls_x509_privkey_deinit);

  return written;
}

static int
pin_wanted_cb (void         *user_data,
               int           attempt,
               const char   *token_url,
               const char   *token_label,
               unsigned int  flags,
               char         *pin,
               size_t        pin_max)
{
  const char *secret = user_data;

  if (attempt > 0 || (flags & GNUTLS_PIN_WRONG) != 0 || secret == NULL ||
      strlen (secret) >= pin_max)
    return GNUTLS_E_PKCS11_PIN_ERROR;
  memcpy (pin, secret, strlen (secret) + 1);

  return 0;
}

char *
plt_key_make_token (const char  *token,
                    const char  *id,
                    const char  *secret_file,
                    GError     **error)
{
  char *secret = secret_file != NULL ? plt_key_secret_read (secret_file, error) : NULL;
  gnutls_datum_t cid = { (unsigned char *) id, (unsigned int) strlen (id) };
  int code;

  if (secret == NULL && secret_file != NULL)
    return NULL;
  /* This one call of gnutls has no question of its own for the PIN. */
  gnutls_pkcs11_set_pin_function (pin_wanted_cb, secret);
  code = gnutls_pkcs11_privkey_generate3 (token, GNUTLS_PK_ECDSA, P256, id, &cid,
                                          GNUTLS_X509_FMT_DER, NULL,
                                          GNUTLS_KEY_DIGITAL_SIGNATURE,
                                          GNUTLS_PKCS11_OBJ_FLAG_LOGIN |
                                          GNUTLS_PKCS11_OBJ_FLAG_MARK_PRIVATE |
                                          GNUTLS_PKCS11_OBJ_FLAG_MARK_SENSITIVE);
  gnutls_pkcs11_set_pin_function (NULL, NULL);
  plt_key_secret_free (secret);
  if (code >= 0)
    return g_strdup_printf ("%s;object=%s;type=private", token, id);

  plt_issuer_key_set_gnutls_error (error, id, code);
  return NULL;
}

void
plt_key_make_undo (const char *key,
                   const char *secret_file)
{
  char *secret;

  if (!g_str_has_prefix (key, "pkcs11:"))
    {
      g_unlink (key);
      return;
    }
  secret = secret_file != NULL ? plt_key_secret_read (secret_file, NULL) : NULL;
  gnutls_pkcs11_set_pin_function (pin_wanted_cb, secret);
  gnutls_pkcs11_delete_url (key, GNUTLS_PKCS11_OBJ_FLAG_LOGIN);
  gnutls_pkcs11_set_pin_function (NULL, NULL);
  plt_key_secret_free (secret);
}
