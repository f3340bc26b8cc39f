/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EF.SOD against its vector, its own round trip, and OpenSSL. */
#include "plt-lds.h"

#include "iso-vectors.h"
#include "plt-test-keys.h"

#include <gio/gio.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>

typedef struct
{
  char         *folder;
  PltIssuerKey *key;
  GBytes       *dg1;
  GBytes       *dg5;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = plt_test_keys_new ();
  fixture->key = plt_test_keys_load (fixture->folder, "UTO0001");
  fixture->dg1 = iso_vector_bytes ("uto-dg1-iso", "hex");
  fixture->dg5 = iso_vector_bytes ("uto-dg5-container", "hex");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_bytes_unref (fixture->dg1);
  g_bytes_unref (fixture->dg5);
  g_clear_object (&fixture->key);
  plt_test_keys_remove (fixture->folder);
}

static PltIssuerKey *
load_signer_of_vector (Fixture *fixture)
{
  g_autoptr (GBytes) der = iso_vector_bytes ("uto-sod", "signer_certificate_der_hex");
  gnutls_datum_t datum = { (unsigned char *) g_bytes_get_data (der, NULL),
                           (unsigned int) g_bytes_get_size (der) };
  g_autofree char *path = g_build_filename (fixture->folder, "signer.pem", NULL);
  g_autoptr (GError) error = NULL;
  gnutls_x509_crt_t crt;
  gnutls_pubkey_t pubkey;
  gnutls_datum_t pem;
  PltIssuerKey *key;

  g_assert_cmpint (gnutls_x509_crt_init (&crt), ==, 0);
  g_assert_cmpint (gnutls_x509_crt_import (crt, &datum, GNUTLS_X509_FMT_DER), ==, 0);
  g_assert_cmpint (gnutls_pubkey_init (&pubkey), ==, 0);
  g_assert_cmpint (gnutls_pubkey_import_x509 (pubkey, crt, 0), ==, 0);
  g_assert_cmpint (gnutls_pubkey_export2 (pubkey, GNUTLS_X509_FMT_PEM, &pem), ==, 0);
  g_assert_true (g_file_set_contents (path, (const char *) pem.data, pem.size, NULL));
  gnutls_free (pem.data);
  gnutls_pubkey_deinit (pubkey);
  gnutls_x509_crt_deinit (crt);
  key = plt_issuer_key_load (path, NULL, "VECTOR", NULL, &error);
  g_assert_no_error (error);

  return key;
}

static void
test_vector (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (PltIssuerKey) key = load_signer_of_vector (fixture);
  g_autoptr (GBytes) sod = iso_vector_bytes ("uto-sod", "hex");
  g_autoptr (GBytes) dg4 = iso_vector_bytes ("uto-dg4-container", "hex");
  const PltLdsGroup groups[] = { { 1, fixture->dg1 }, { 4, dg4 }, { 5, fixture->dg5 } };
  const PltLdsGroup swapped[] = { { 1, fixture->dg1 }, { 4, fixture->dg5 }, { 5, dg4 } };
  g_autoptr (GError) error = NULL;

  g_assert_true (plt_lds_verify_sod (sod, groups, 3, key, &error));
  g_assert_no_error (error);
  g_assert_false (plt_lds_verify_sod (sod, groups, 2, key, NULL));
  g_assert_false (plt_lds_verify_sod (sod, swapped, 3, key, NULL));
  g_assert_false (plt_lds_verify_sod (sod, groups, 3, fixture->key, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
}

/* What is signed is the vector's security object, byte for byte; the vector's key is gone. */
static void
test_vector_written (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr (GBytes) wanted = iso_vector_bytes ("uto-lds-security-object", "hex");
  g_autoptr (GBytes) dg4 = iso_vector_bytes ("uto-dg4-container", "hex");
  const PltLdsGroup groups[] = { { 1, fixture->dg1 }, { 4, dg4 }, { 5, fixture->dg5 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sod = plt_lds_build_sod (groups, 3, fixture->key, &error);

  g_assert_no_error (error);
  g_assert_nonnull (memmem (g_bytes_get_data (sod, NULL), g_bytes_get_size (sod),
                            g_bytes_get_data (wanted, NULL), g_bytes_get_size (wanted)));
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  user_data)
{
  const PltLdsGroup groups[] = { { 1, fixture->dg1 }, { 5, fixture->dg5 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sod = plt_lds_build_sod (groups, 2, fixture->key, &error);
  g_autoptr (GBytes) again = plt_lds_build_sod (groups, 2, fixture->key, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (sod, again));
  g_assert_true (plt_lds_verify_sod (sod, groups, 2, fixture->key, &error));
  g_assert_no_error (error);
}

/* Changes each bit of @bytes in turn. Returns: how many changes verify */
static guint
count_unseen (Fixture     *fixture,
              GBytes      *sod,
              PltLdsGroup *groups,
              gsize        n_groups,
              GBytes      *bytes,
              GBytes     **place)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint unseen = 0;

  for (gsize bit = 0; bit < length * 8; bit++)
    {
      guint8 *changed = g_memdup2 (data, length);
      g_autoptr (GBytes) message = g_bytes_new_take (changed, length);

      changed[bit / 8] ^= (guint8) (1 << bit % 8);
      if (place != NULL)
        *place = message;
      if (plt_lds_verify_sod (place != NULL ? sod : message, groups, n_groups, fixture->key, NULL))
        {
          g_test_message ("byte %zu, bit %zu", bit / 8, bit % 8);
          unseen++;
        }
    }
  if (place != NULL)
    *place = bytes;

  return unseen;
}

static void
test_flipped_bits (Fixture       *fixture,
                   gconstpointer  user_data)
{
  PltLdsGroup groups[] = { { 1, fixture->dg1 }, { 5, fixture->dg5 } };
  g_autoptr (GBytes) sod = plt_lds_build_sod (groups, 2, fixture->key, NULL);

  g_assert_cmpuint (count_unseen (fixture, sod, groups, 2, fixture->dg1, &groups[0].bytes), ==, 0);
  g_assert_cmpuint (count_unseen (fixture, sod, groups, 2, fixture->dg5, &groups[1].bytes), ==, 0);
  g_assert_cmpuint (count_unseen (fixture, sod, groups, 2, sod, NULL), ==, 0);
}

static void
test_needs_certificate (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "key.pem", NULL);
  g_autoptr (PltIssuerKey) key = plt_issuer_key_load (path, NULL, "UTO0001", NULL, NULL);
  const PltLdsGroup groups[] = { { 1, fixture->dg1 } };
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_lds_build_sod (groups, 1, key, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
}

static void
test_openssl (Fixture       *fixture,
              gconstpointer  user_data)
{
  const PltLdsGroup groups[] = { { 1, fixture->dg1 }, { 5, fixture->dg5 } };
  g_autoptr (GBytes) sod = plt_lds_build_sod (groups, 2, fixture->key, NULL);
  const guint8 *data = g_bytes_get_data (sod, NULL);
  gsize length = g_bytes_get_size (sod);
  g_autofree char *path = g_build_filename (fixture->folder, "sod.p7", NULL);
  g_autofree char *certificate = g_build_filename (fixture->folder, "certificate.pem", NULL);
  g_autoptr (GError) error = NULL;
  const char *argv[] = {
    "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", path, "-CAfile", certificate,
    "-purpose", "any", "-out", "/dev/null", NULL,
  };
  int status = -1;

  /* Without the head 77 82 nn nn around it. */
  g_assert_cmphex (data[1], ==, 0x82);
  g_assert_true (g_file_set_contents (path, (const char *) data + 4, (gssize) length - 4, NULL));
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/iso/sod/vector", test_vector);
  ADD ("/iso/sod/vector-written", test_vector_written);
  ADD ("/iso/sod/round-trip", test_round_trip);
  ADD ("/iso/sod/every-flipped-bit-seen", test_flipped_bits);
  ADD ("/iso/sod/key-needs-certificate", test_needs_certificate);
  ADD ("/iso/sod/openssl", test_openssl);

  return g_test_run ();
}
