/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seals and opens bytes with gnutls: nonce, ciphertext, tag. */
#include "plt-sealed.h"

#include "plt-iso-error.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#define NONCE_LENGTH 12
#define TAG_LENGTH 16

static gnutls_aead_cipher_hd_t
start (GBytes  *key,
       GError **error)
{
  gnutls_aead_cipher_hd_t cipher = NULL;
  gsize length = 0;
  /* gnutls wants it writable and only reads it. */
  gnutls_datum_t datum = { (unsigned char *) g_bytes_get_data (key, &length), PLT_SEALED_KEY_LENGTH };
  int result = length == PLT_SEALED_KEY_LENGTH
                 ? gnutls_aead_cipher_init (&cipher, GNUTLS_CIPHER_AES_256_GCM, &datum)
                 : GNUTLS_E_INVALID_REQUEST;

  if (result == 0)
    return cipher;
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY, _("Nothing was encrypted, because the key cannot be used: %s."),
               gnutls_strerror (result));
  return NULL;
}

GBytes *
plt_sealed_new (GBytes  *key,
                GBytes  *about,
                GBytes  *plain,
                GError **error)
{
  gsize n_plain = g_bytes_get_size (plain);
  gsize n_sealed = n_plain + TAG_LENGTH;
  g_autofree guint8 *sealed = g_malloc (NONCE_LENGTH + n_sealed);
  gnutls_aead_cipher_hd_t cipher = start (key, error);
  int result;

  if (cipher == NULL)
    return NULL;
  result = gnutls_rnd (GNUTLS_RND_NONCE, sealed, NONCE_LENGTH);
  if (result == 0)
    result = gnutls_aead_cipher_encrypt (cipher, sealed, NONCE_LENGTH, g_bytes_get_data (about, NULL),
                                         g_bytes_get_size (about), TAG_LENGTH, g_bytes_get_data (plain, NULL),
                                         n_plain, sealed + NONCE_LENGTH, &n_sealed);
  gnutls_aead_cipher_deinit (cipher);
  if (result != 0)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY, _("Nothing was encrypted, because the key cannot be used: %s."),
                   gnutls_strerror (result));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&sealed), NONCE_LENGTH + n_sealed);
}

GBytes *
plt_sealed_open (GBytes  *key,
                 GBytes  *about,
                 GBytes  *sealed,
                 GError **error)
{
  gsize n_sealed = 0;
  const guint8 *data = g_bytes_get_data (sealed, &n_sealed);
  gsize n_plain = n_sealed;
  g_autofree guint8 *plain = g_malloc (n_sealed + 1);
  gnutls_aead_cipher_hd_t cipher = start (key, error);
  int result = GNUTLS_E_DECRYPTION_FAILED;

  if (cipher == NULL)
    return NULL;
  if (n_sealed >= NONCE_LENGTH + TAG_LENGTH)
    result = gnutls_aead_cipher_decrypt (cipher, data, NONCE_LENGTH, g_bytes_get_data (about, NULL),
                                         g_bytes_get_size (about), TAG_LENGTH, data + NONCE_LENGTH,
                                         n_sealed - NONCE_LENGTH, plain, &n_plain);
  gnutls_aead_cipher_deinit (cipher);
  if (result != 0)
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("What is encrypted was not read, because it belongs to another key or was changed."));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&plain), n_plain);
}
