/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Generates keys and self-signed certificates for tests, and writes them where a test can load
 * them as an office would. */
#include "plt-test-keys.h"

#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>

static void
write_file (const char     *folder,
            const char     *name,
            gnutls_datum_t *contents)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, (const char *) contents->data, contents->size, &error);
  g_assert_no_error (error);
  gnutls_free (contents->data);
}

static gnutls_x509_privkey_t
write_key (const char *folder,
           const char *name)
{
  gnutls_x509_privkey_t key;
  gnutls_datum_t pem;

  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_generate (
                     key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
                   ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL,
                                                      GNUTLS_PKCS_PLAIN, &pem), ==, 0);
  write_file (folder, name, &pem);

  return key;
}

static void
write_public_key (const char            *folder,
                  gnutls_x509_privkey_t  key)
{
  gnutls_privkey_t privkey;
  gnutls_pubkey_t pubkey;
  gnutls_datum_t pem;

  g_assert_cmpint (gnutls_privkey_init (&privkey), ==, 0);
  g_assert_cmpint (gnutls_pubkey_init (&pubkey), ==, 0);
  g_assert_cmpint (gnutls_privkey_import_x509 (privkey, key, GNUTLS_PRIVKEY_IMPORT_COPY), ==, 0);
  g_assert_cmpint (gnutls_pubkey_import_privkey (pubkey, privkey, 0, 0), ==, 0);
  g_assert_cmpint (gnutls_pubkey_export2 (pubkey, GNUTLS_X509_FMT_PEM, &pem), ==, 0);
  write_file (folder, "public.pem", &pem);
  gnutls_pubkey_deinit (pubkey);
  gnutls_privkey_deinit (privkey);
}

static void
write_certificate (const char            *folder,
                   gnutls_x509_privkey_t  key)
{
  static const char subject[] = "C=UT,O=UTOPIA DEMO SPECIMEN,CN=UTO Document Signer TEST";
  static const unsigned char serial[] = { 0x01, 0x23, 0x45 };
  const char *wrong = NULL;
  gnutls_x509_crt_t crt;
  gnutls_datum_t pem;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (gnutls_x509_crt_init (&crt), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_version (crt, 3), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_dn (crt, subject, &wrong), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_serial (crt, serial, sizeof serial), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_activation_time (crt, now - 3600), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_expiration_time (crt, now + 86400), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_basic_constraints (crt, 1, -1), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_key_usage (crt, GNUTLS_KEY_DIGITAL_SIGNATURE |
                                                       GNUTLS_KEY_NON_REPUDIATION |
                                                       GNUTLS_KEY_KEY_CERT_SIGN), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_set_key (crt, key), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_sign2 (crt, crt, key, GNUTLS_DIG_SHA256, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &pem), ==, 0);
  write_file (folder, "certificate.pem", &pem);
  gnutls_x509_crt_deinit (crt);
}

/**
 * plt_test_keys_new:
 *
 * Returns: (transfer full): a new folder; give it to plt_test_keys_remove()
 */
char *
plt_test_keys_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("plt-keys-XXXXXX", &error);
  gnutls_x509_privkey_t key;

  g_assert_no_error (error);
  gnutls_x509_privkey_deinit (write_key (folder, "other.pem"));
  key = write_key (folder, "key.pem");
  write_public_key (folder, key);
  write_certificate (folder, key);
  gnutls_x509_privkey_deinit (key);

  return folder;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

/**
 * plt_test_keys_remove:
 * @folder: (transfer full): a folder, which goes with all that is in it
 */
void
plt_test_keys_remove (char *folder)
{
  remove_tree (folder);
  g_free (folder);
}

PltIssuerKey *
plt_test_keys_load (const char *folder,
                    const char *key_id)
{
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *certificate = g_build_filename (folder, "certificate.pem", NULL);
  g_autoptr (GError) error = NULL;
  PltIssuerKey *loaded = plt_issuer_key_load (key, certificate, key_id, NULL, &error);

  g_assert_no_error (error);

  return loaded;
}

void
plt_test_keys_write_raw (const char *path,
                         const char *private_hex,
                         const char *public_hex)
{
  g_autoptr (GBytes) private_bytes = plt_test_bytes_from_hex (private_hex);
  g_autoptr (GBytes) public_bytes = plt_test_bytes_from_hex (public_hex);
  unsigned char *point = (unsigned char *) g_bytes_get_data (public_bytes, NULL);
  unsigned char *number = (unsigned char *) g_bytes_get_data (private_bytes, NULL);
  gnutls_datum_t x = { point + 1, 32 };
  gnutls_datum_t y = { point + 33, 32 };
  gnutls_datum_t k = { number, 32 };
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  gnutls_x509_privkey_t key;
  gnutls_datum_t pem;

  g_assert_cmpuint (g_bytes_get_size (public_bytes), ==, 65);
  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_import_ecc_raw (key, GNUTLS_ECC_CURVE_SECP256R1, &x, &y,
                                                       &k), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem), ==, 0);
  write_file (folder, name, &pem);
  gnutls_x509_privkey_deinit (key);
}

GBytes *
plt_test_bytes_from_hex (const char *hex)
{
  gsize length = strlen (hex);
  GByteArray *bytes = g_byte_array_new ();

  g_assert_cmpuint (length % 2, ==, 0);
  for (gsize i = 0; i < length; i += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[i]) << 4 |
                              g_ascii_xdigit_value (hex[i + 1]));

      g_byte_array_append (bytes, &byte, 1);
    }

  return g_byte_array_free_to_bytes (bytes);
}

char *
plt_test_bytes_to_hex (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GString *hex = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", data[i]);

  return g_string_free (hex, FALSE);
}
