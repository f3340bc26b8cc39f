/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Issuer keys from files and from a PKCS#11 token: loading, signing, verifying, refusing. */
#include "plt-issuer-key.h"

#include "plt-test-keys.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char   *folder;
  GBytes *data;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = plt_test_keys_new ();
  fixture->data = g_bytes_new_static ("what is signed", 14);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_bytes_unref (fixture->data);
  plt_test_keys_remove (fixture->folder);
}

static PltIssuerKey *
load (Fixture     *fixture,
      const char  *key,
      const char  *certificate,
      GError     **error)
{
  g_autofree char *path = g_build_filename (fixture->folder, key, NULL);
  g_autofree char *crt =
    certificate != NULL ? g_build_filename (fixture->folder, certificate, NULL) : NULL;

  return plt_issuer_key_load (path, crt, "UTO0001", NULL, error);
}

static void
test_sign_and_verify (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltIssuerKey) key = load (fixture, "key.pem", "certificate.pem", &error);
  g_autoptr (PltIssuerKey) reader = load (fixture, "public.pem", NULL, &error);
  g_autoptr (GBytes) signature = plt_issuer_key_sign (key, fixture->data, &error);
  g_autoptr (GBytes) again = plt_issuer_key_sign (key, fixture->data, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (signature), ==, 64);
  g_assert_true (g_bytes_equal (signature, again));
  g_assert_true (plt_issuer_key_verify (key, fixture->data, signature, &error));
  g_assert_true (plt_issuer_key_verify (reader, fixture->data, signature, &error));
  g_assert_cmpstr (plt_issuer_key_get_key_id (key), ==, "UTO0001");
}

/* r and s of about one in 128 signatures begin with a zero byte, which DER leaves out. */
static void
test_short_numbers (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (PltIssuerKey) key = load (fixture, "key.pem", NULL, NULL);

  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr (GBytes) data = g_bytes_new (&i, sizeof i);
      g_autoptr (GBytes) signature = plt_issuer_key_sign (key, data, NULL);

      g_assert_cmpuint (g_bytes_get_size (signature), ==, 64);
      g_assert_true (plt_issuer_key_verify (key, data, signature, NULL));
    }
}

static void
test_refuses_changes (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (PltIssuerKey) key = load (fixture, "key.pem", NULL, NULL);
  g_autoptr (PltIssuerKey) other = load (fixture, "other.pem", NULL, NULL);
  g_autoptr (GBytes) signature = plt_issuer_key_sign (key, fixture->data, NULL);
  g_autoptr (GBytes) changed = g_bytes_new_static ("what is signeD", 14);
  g_autoptr (GBytes) brief = g_bytes_new_from_bytes (signature, 0, 63);
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (64), 64);
  g_autoptr (GError) error = NULL;

  g_assert_false (plt_issuer_key_verify (other, fixture->data, signature, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
  g_assert_false (plt_issuer_key_verify (key, changed, signature, NULL));
  g_assert_false (plt_issuer_key_verify (key, fixture->data, brief, NULL));
  g_assert_false (plt_issuer_key_verify (key, fixture->data, zeros, NULL));
}

static void
test_public_key_cannot_sign (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr (PltIssuerKey) key = load (fixture, "public.pem", NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_issuer_key_sign (key, fixture->data, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
}

static void
test_refuses_to_load (Fixture       *fixture,
                      gconstpointer  user_data)
{
  static const char *cases[][2] = {
    { "missing.pem", NULL }, { "certificate.pem", NULL }, { "key.pem", "missing.pem" },
    { "key.pem", "key.pem" }, { "other.pem", "certificate.pem" },
  };
  g_autofree char *path = g_build_filename (fixture->folder, "key.pem", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load (fixture, cases[i][0], cases[i][1], &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
    }
  g_assert_null (plt_issuer_key_load (path, NULL, "", NULL, NULL));
  g_assert_null (plt_issuer_key_load (path, NULL, "seventeen letters", NULL, NULL));
  g_assert_null (plt_issuer_key_load (path, NULL, "clé", NULL, NULL));
}

static void
test_refuses_other_curve (Fixture       *fixture,
                          gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "p384.pem", NULL);
  const char *argv[] = {
    "certtool", "--generate-privkey", "--key-type=ecdsa", "--curve=secp384r1", "--outfile", path,
    NULL,
  };
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_null (load (fixture, "p384.pem", NULL, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
}

static gpointer
sign_often (gpointer data)
{
  PltIssuerKey *key = data;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (&i, sizeof i);
      g_autoptr (GBytes) signature = plt_issuer_key_sign (key, bytes, NULL);

      if (signature == NULL || !plt_issuer_key_verify (key, bytes, signature, NULL))
        return GINT_TO_POINTER (1);
    }

  return NULL;
}

static void
test_threads (PltIssuerKey *key)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign", sign_often, key);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_null (g_thread_join (threads[i]));
}

static void
test_threads_of_file (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (PltIssuerKey) key = load (fixture, "key.pem", NULL, NULL);

  test_threads (key);
}

static void
run_softhsm (const char *key_path,
             const char *pin)
{
  const char *init[] = {
    "softhsm2-util", "--init-token", "--free", "--label", "platen-test", "--so-pin", "4321",
    "--pin", pin, NULL,
  };
  const char *import[] = {
    "softhsm2-util", "--import", key_path, "--token", "platen-test", "--label", "issuer", "--id",
    "01", "--pin", pin, NULL,
  };
  const char * const *commands[] = { init, import };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (GError) error = NULL;
      int status;

      g_spawn_sync (NULL, (char **) commands[i], NULL,
                    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                    &status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, 0);
    }
}

static void
check_token (Fixture    *fixture,
             const char *folder)
{
  static const char url[] = "pkcs11:token=platen-test;object=issuer;type=private";
  g_autofree char *pin = g_build_filename (folder, "pin", NULL);
  g_autofree char *wrong = g_build_filename (folder, "wrong", NULL);
  g_autofree char *certificate = g_build_filename (fixture->folder, "certificate.pem", NULL);
  g_autoptr (PltIssuerKey) of_file = load (fixture, "key.pem", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) wrong_pin = NULL;
  g_autoptr (PltIssuerKey) key = NULL;
  g_autoptr (GBytes) signature = NULL;

  g_assert_true (g_file_set_contents (pin, "1234\n", -1, NULL));
  g_assert_true (g_file_set_contents (wrong, "9999\n", -1, NULL));

  g_assert_null (plt_issuer_key_load (url, NULL, "UTO0001", wrong, &wrong_pin));
  g_assert_error (wrong_pin, PLT_ISO_ERROR, PLT_ISO_ERROR_TOKEN);
  g_assert_null (plt_issuer_key_load (url, NULL, "UTO0001", NULL, NULL));

  key = plt_issuer_key_load (url, certificate, "UTO0001", pin, &error);
  g_assert_no_error (error);
  signature = plt_issuer_key_sign (key, fixture->data, &error);
  g_assert_no_error (error);
  g_assert_true (plt_issuer_key_verify (of_file, fixture->data, signature, &error));
  g_assert_true (plt_issuer_key_verify (key, fixture->data, signature, &error));
  test_threads (key);
}

/* The only test of its program that opens a token: p11-kit reads the configuration once. */
static void
test_token (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *folder = NULL;
  g_autofree char *config = NULL;
  g_autofree char *text = NULL;
  g_autofree char *key_path = g_build_filename (fixture->folder, "key.pem", NULL);

  folder = g_dir_make_tmp ("plt-token-XXXXXX", NULL);
  config = g_build_filename (folder, "softhsm2.conf", NULL);
  text = g_strdup_printf ("directories.tokendir = %s\nobjectstore.backend = file\n", folder);
  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  g_setenv ("SOFTHSM2_CONF", config, TRUE);
  run_softhsm (key_path, "1234");

  check_token (fixture, folder);

  g_unsetenv ("SOFTHSM2_CONF");
  plt_test_keys_remove (g_steal_pointer (&folder));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/iso/issuer-key/signs-and-verifies", test_sign_and_verify);
  ADD ("/iso/issuer-key/short-numbers-are-padded", test_short_numbers);
  ADD ("/iso/issuer-key/changes-refused", test_refuses_changes);
  ADD ("/iso/issuer-key/public-key-cannot-sign", test_public_key_cannot_sign);
  ADD ("/iso/issuer-key/refuses-to-load", test_refuses_to_load);
  ADD ("/iso/issuer-key/refuses-other-curve", test_refuses_other_curve);
  ADD ("/iso/issuer-key/threads", test_threads_of_file);
  ADD ("/iso/issuer-key/token", test_token);

  return g_test_run ();
}
