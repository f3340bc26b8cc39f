/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office-token.h"

#include <gnutls/pkcs11.h>

#include "plt-key-store.h"

#define TOKEN "pkcs11:token=platen-office"

static char *folder;
static char *keys;
static char *root;
static char *manner;
static char *pin;

static char *
build_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
put (const char *path,
     const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
run (const char * const *argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static PltKeyWish
wish_for (PltKeyPurpose  purpose,
          const char    *id)
{
  return (PltKeyWish) { .purpose = purpose, .id = id, .organization = "UTOPIA SPECIMEN", .name = id, .token = TOKEN, .secret_file = pin,
                        .keep_secret = TRUE, .root = root };
}

static void
make (const char       *where,
      const PltKeyWish *wish,
      char            **request)
{
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  plt_key_store_create (where, wish, g_get_real_time () / G_USEC_PER_SEC, &id, request, &error);
  g_assert_no_error (error);
}

static void
make_root (void)
{
  g_autofree char *none = NULL;
  const PltKeyWish wish = {
    .purpose = PLT_KEY_PURPOSE_IACA, .id = "UTO-IACA-T", .country = "UT", .organization = "UTOPIA SPECIMEN", .name = "Root",
    .uri = "https://licence.utopia.example", .crl = "https://licence.utopia.example/crl.pem", .plain = TRUE,
  };

  make (root, &wish, &none);
}

/* A key that somebody made in the token elsewhere. */
static void
import_key (void)
{
  g_autofree char *elsewhere = build_path ("elsewhere");
  g_autofree char *certificate = build_path ("data.pem");
  g_autofree char *request = NULL;
  g_autoptr (GError) error = NULL;
  PltKeyWish wish = wish_for (PLT_KEY_PURPOSE_DOCUMENT, "UTO-DS-T");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  wish.root = NULL;
  make (elsewhere, &wish, &request);
  g_assert_true (plt_key_store_certify (root, NULL, request, PLT_KEY_PURPOSE_DOCUMENT, now - now % 86400, 0, certificate,
                                        &error));
  g_assert_true (plt_key_store_import (keys, &wish, now, TOKEN ";object=UTO-DS-T;type=private", NULL, certificate, &error));
  g_assert_no_error (error);
}

/* A full token makes none, and leaves nothing of it. */
static void
assert_full (void)
{
  g_autofree char *list = g_build_filename (keys, PLT_KEY_LIST, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *id = NULL;
  g_autofree char *request = NULL;
  g_autoptr (GError) error = NULL;
  const PltKeyWish wish = wish_for (PLT_KEY_PURPOSE_AUDIT, "UTO-AUDIT-T");

  g_assert_true (g_file_get_contents (list, &before, NULL, NULL));
  office_token_behave (0, 0, 0, 0, CKR_DEVICE_MEMORY);
  g_assert_false (plt_key_store_create (keys, &wish, g_get_real_time () / G_USEC_PER_SEC, &id, &request, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOKEN);
  office_token_behave (0, 0, 0, 0, 0);
  g_assert_true (g_file_get_contents (list, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

void
office_token_start (const char *module)
{
  g_autofree char *config = NULL;
  g_autofree char *text = NULL;
  g_autofree char *none = NULL;
  PltKeyWish qr, pdf, audit;

  folder = g_dir_make_tmp ("plt-hsm-XXXXXX", NULL);
  keys = build_path ("keys");
  root = build_path ("root");
  manner = build_path ("manner");
  pin = build_path ("pin");
  config = build_path ("softhsm2.conf");
  text = g_strdup_printf ("directories.tokendir = %s\nobjectstore.backend = file\n", folder);
  put (config, text);
  office_token_set_pin ("1234");
  office_token_behave (0, 0, 0, 0, 0);
  g_setenv ("SOFTHSM2_CONF", config, TRUE);
  g_setenv ("PLT_SLOW_TOKEN", manner, TRUE);
  run ((const char *[]) { "softhsm2-util", "--init-token", "--free", "--label", "platen-office", "--so-pin", "4321", "--pin", "1234",
                          NULL });
  g_assert_cmpint (gnutls_pkcs11_init (GNUTLS_PKCS11_FLAG_MANUAL, NULL), ==, 0);
  g_assert_cmpint (gnutls_pkcs11_add_provider (module, NULL), ==, 0);

  make_root ();
  qr = wish_for (PLT_KEY_PURPOSE_QR, "UTO-QR-T");
  pdf = wish_for (PLT_KEY_PURPOSE_PDF, "UTO-PDF-T");
  make (keys, &qr, &none);
  make (keys, &pdf, &none);
  import_key ();
  assert_full ();
  audit = wish_for (PLT_KEY_PURPOSE_AUDIT, "UTO-AUDIT-T");
  make (keys, &audit, &none);
}

void
office_token_stop (void)
{
  run ((const char *[]) { "rm", "-rf", folder, NULL });
  g_free (folder);
  g_free (keys);
  g_free (root);
  g_free (manner);
  g_free (pin);
}

const char *
office_token_keys (void)
{
  return keys;
}

void
office_token_set_pin (const char *text)
{
  put (pin, text);
}

void
office_token_behave (int           milliseconds,
                     unsigned long answer,
                     int           good,
                     unsigned long login,
                     unsigned long generate)
{
  g_autofree char *text = g_strdup_printf ("%d %lu %d %lu %lu\n", milliseconds, answer, good, login, generate);

  put (manner, text);
}

gsize
office_token_logins (void)
{
  g_autofree char *path = build_path ("manner.logins");
  g_autofree char *text = NULL;
  gsize n = 0;

  g_file_get_contents (path, &text, &n, NULL);
  return n;
}
