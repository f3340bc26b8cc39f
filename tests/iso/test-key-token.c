/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A token that is slow, gone, locked or broken: an error in words, and nothing signed; and many
 * signatures at once. */
#include "plt-key-reach.h"
#include "plt-key-ring.h"

#include <glib/gstdio.h>
#include <gnutls/pkcs11.h>

#define URL "pkcs11:token=platen-slow;object=issuer;type=private"
#define CKR_DEVICE_REMOVED 0x32
#define CKR_KEY_HANDLE_INVALID 0x60
#define CKR_DEVICE_MEMORY 0x31
#define N_THREADS 8
#define DELAY_MS 100

static char *folder;
static char *manner;
static char *pin;
static char *wrong_pin;

static char *
put (const char *name,
     const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static void
behave (int           milliseconds,
        unsigned long answer)
{
  g_autofree char *text = g_strdup_printf ("%d %lu\n", milliseconds, answer);

  g_assert_true (g_file_set_contents (manner, text, -1, NULL));
}

static void
run (const char * const *argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
start_token (const char *module)
{
  g_autofree char *config = NULL;
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;

  folder = g_dir_make_tmp ("plt-token-XXXXXX", NULL);
  text = g_strdup_printf ("directories.tokendir = %s\nobjectstore.backend = file\n", folder);
  config = put ("softhsm2.conf", text);
  manner = put ("manner", "0 0\n");
  pin = put ("pin", "1234\n");
  wrong_pin = put ("wrong", "9999\n");
  key = g_build_filename (folder, "key.pem", NULL);
  g_setenv ("SOFTHSM2_CONF", config, TRUE);
  g_setenv ("PLT_SLOW_TOKEN", manner, TRUE);
  run ((const char *[]) { "certtool", "--generate-privkey", "--key-type=ecdsa", "--curve=secp256r1",
                          "--pkcs8", "--password=", "--outfile", key, NULL });
  run ((const char *[]) { "softhsm2-util", "--init-token", "--free", "--label", "platen-slow",
                          "--so-pin", "4321", "--pin", "1234", NULL });
  run ((const char *[]) { "softhsm2-util", "--import", key, "--token", "platen-slow", "--label",
                          "issuer", "--id", "01", "--pin", "1234", NULL });
  g_assert_cmpint (gnutls_pkcs11_init (GNUTLS_PKCS11_FLAG_MANUAL, NULL), ==, 0);
  g_assert_cmpint (gnutls_pkcs11_add_provider (module, NULL), ==, 0);
}

static PltKeyRing *
open_ring (const char *secret_file,
           guint       timeout_ms)
{
  PltKeyRing *ring = plt_key_ring_new ();

  plt_key_ring_set_limits (ring, N_THREADS, timeout_ms);
  plt_key_ring_add (ring, PLT_KEY_PURPOSE_QR, "UTO-QR-1", URL, NULL, secret_file);

  return ring;
}

static PltIssuerKey *
open_key (PltKeyRing *ring)
{
  g_autoptr (GError) error = NULL;
  PltIssuerKey *key = plt_key_ring_get_signer (ring, PLT_KEY_PURPOSE_QR, 0, NULL, &error);

  g_assert_no_error (error);

  return key;
}

static gpointer
sign_once (gpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("what is signed", 14);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) signature = plt_issuer_key_sign (data, bytes, &error);

  g_assert_no_error (error);
  g_assert_true (plt_issuer_key_verify (data, bytes, signature, NULL));

  return NULL;
}

static void
assert_refused (PltIssuerKey *key)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("what is signed", 14);
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_issuer_key_sign (key, bytes, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOKEN);
}

/* The token that is there is found by the address of a key in it, without a PIN; no other is. */
static void
test_reach (void)
{
  g_autoptr (GHashTable) tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_true (plt_key_reach (tokens, URL));
  g_assert_true (plt_key_reach (tokens, "pkcs11:object=other;token=platen-slow"));
  g_assert_cmpuint (g_hash_table_size (tokens), ==, 1);
  g_assert_false (plt_key_reach (tokens, "pkcs11:token=platen-gone;object=issuer;type=private"));
  g_assert_cmpuint (g_hash_table_size (tokens), ==, 2);
  g_assert_true (plt_key_reach (tokens, pin));
  g_assert_false (plt_key_reach (tokens, "/nowhere/key.pem"));
}

/* Eight slow signatures at once take as long as a few, not as long as eight. */
static void
test_at_once (void)
{
  g_autoptr (PltKeyRing) ring = open_ring (pin, 30000);
  g_autoptr (PltIssuerKey) key = open_key (ring);
  GThread *threads[N_THREADS];
  gint64 start;

  behave (DELAY_MS, 0);
  start = g_get_monotonic_time ();
  for (int i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("sign", sign_once, key);
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (g_get_monotonic_time () - start, <, N_THREADS * DELAY_MS * 1000);
  behave (0, 0);
}

static void
test_slow (void)
{
  g_autoptr (PltKeyRing) ring = open_ring (pin, 200);
  g_autoptr (PltIssuerKey) key = open_key (ring);

  behave (1500, 0);
  assert_refused (key);
  behave (0, 0);
}

/* What breaks under way is an error, and when the token is back so are signatures. */
static void
test_fails_under_way (void)
{
  static const unsigned long answers[] = { CKR_DEVICE_REMOVED, CKR_KEY_HANDLE_INVALID,
                                           CKR_DEVICE_MEMORY };
  g_autoptr (PltKeyRing) ring = open_ring (pin, 30000);
  g_autoptr (PltIssuerKey) key = open_key (ring);

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      sign_once (key);
      behave (0, answers[i]);
      assert_refused (key);
      behave (0, 0);
    }
  sign_once (key);
}

/* Nobody asks the token, which would count that as a wrong PIN. */
static void
test_no_pin_file (void)
{
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltIssuerKey) key = plt_issuer_key_load (URL, NULL, "UTO-QR-1", nowhere, &error);

  g_assert_null (key);
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_SECRET);
}

static void
test_wrong_pin (void)
{
  g_autoptr (PltKeyRing) ring = open_ring (wrong_pin, 30000);
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_key_ring_get_signer (ring, PLT_KEY_PURPOSE_QR, 0, NULL, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOKEN);
}

/* The last: the token is then without its key. */
static void
test_key_deleted (void)
{
  g_autoptr (PltKeyRing) ring = open_ring (pin, 30000);
  g_autoptr (GError) error = NULL;

  run ((const char *[]) { "softhsm2-util", "--delete-token", "--token", "platen-slow", NULL });
  g_assert_null (plt_key_ring_get_signer (ring, PLT_KEY_PURPOSE_QR, 0, NULL, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOKEN);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  start_token (argv[1]);
  /* The first: a session that is signed in opens the token for all. */
  g_test_add_func ("/iso/key-token/reach", test_reach);
  g_test_add_func ("/iso/key-token/no-pin-file", test_no_pin_file);
  g_test_add_func ("/iso/key-token/wrong-pin", test_wrong_pin);
  g_test_add_func ("/iso/key-token/at-once", test_at_once);
  g_test_add_func ("/iso/key-token/slow", test_slow);
  g_test_add_func ("/iso/key-token/fails-under-way", test_fails_under_way);
  g_test_add_func ("/iso/key-token/key-deleted", test_key_deleted);
  status = g_test_run ();
  run ((const char *[]) { "rm", "-rf", folder, NULL });

  return status;
}
