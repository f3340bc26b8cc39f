/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of keys: what is made is what other people's tools call right, and what is wrong is
 * refused and changes nothing. */
#include "plt-key-ring.h"
#include "plt-key-store.h"

#include "plt-test-keys.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY 86400
#define START ((gint64) 1795219200) /* a midnight UTC, 2026-11-21 */

typedef struct
{
  char *folder;
  char *office;
  char *root;
  char *secret;
  char *wrong;
} Fixture;

static char *
put (const char *folder,
     const char *name,
     const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static char *
create (Fixture       *fixture,
        PltKeyPurpose  purpose,
        const char    *country)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;
  char *id = NULL;
  gboolean is_root = purpose == PLT_KEY_PURPOSE_IACA;
  const PltKeyWish wish = {
    .purpose = purpose, .country = country, .organization = "Elbonia", .name = "Elbonian keys",
    .uri = "https://issuer.example", .crl = "https://issuer.example/crl.pem",
    .plain = TRUE, .root = is_root ? NULL : fixture->root, .root_secret_file = fixture->secret, .from = START,
  };

  plt_key_store_create (is_root ? fixture->root : fixture->office, &wish, START, &id, &request,
                        &error);
  g_assert_no_error (error);
  g_assert_null (request);

  return id;
}

static void
set_up_country (Fixture    *fixture,
                const char *country)
{
  fixture->folder = g_dir_make_tmp ("plt-keys-XXXXXX", NULL);
  fixture->office = g_build_filename (fixture->folder, "office", NULL);
  fixture->root = g_build_filename (fixture->folder, "root", NULL);
  fixture->secret = put (fixture->folder, "secret", "correct horse\n");
  fixture->wrong = put (fixture->folder, "wrong", "battery staple\n");
  for (int i = PLT_N_KEY_PURPOSES - 1; i >= 0; i--)
    {
      g_autofree char *id = create (fixture, (PltKeyPurpose) i, country);

      g_assert_nonnull (id);
    }
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  set_up_country (fixture, user_data);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  plt_test_keys_remove (fixture->folder);
  g_free (fixture->office);
  g_free (fixture->root);
  g_free (fixture->secret);
  g_free (fixture->wrong);
}

/* What the command says, if it ends well. */
static char *
run (const char *first,
     ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status;
  va_list words;

  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (argv, (gpointer) word);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));

  return output;
}

static char *
find_file (const char *folder,
           const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
assert_says (const char *text,
             const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in: %s", words, text);
}

static void
test_profiles (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autofree char *root = find_file (fixture->root, "XY-IACA-1.pem");
  g_autofree char *signer = find_file (fixture->office, "XY-DS-1.pem");
  g_autofree char *pdf = find_file (fixture->office, "XY-PDF-1.pem");
  g_autofree char *of_root = run ("openssl", "x509", "-in", root, "-noout", "-text", NULL);
  g_autofree char *of_signer = run ("openssl", "x509", "-in", signer, "-noout", "-text", NULL);
  g_autofree char *of_pdf = run ("openssl", "x509", "-in", pdf, "-noout", "-text", NULL);
  g_autofree char *verified = run ("openssl", "verify", "-attime", "1795219200", "-x509_strict",
                                   "-purpose", "any", "-CAfile", root, signer, pdf, NULL);
  g_autofree char *judged = run ("certtool", "--certificate-info", "--infile", signer, NULL);

  assert_says (of_root, "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign\n");
  assert_says (of_root, "X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:0\n");
  assert_says (of_root, "Not Before: Nov 21 00:00:00 2026 GMT");
  assert_says (of_root, "Not After : Nov 20 23:59:59 2046 GMT");
  assert_says (of_root, "X509v3 Issuer Alternative Name: \n                URI:https://issuer.example\n");
  assert_says (of_signer, "X509v3 Extended Key Usage: critical\n                1.0.18013.5.1.2\n");
  assert_says (of_signer, "X509v3 Key Usage: critical\n                Digital Signature\n");
  assert_says (of_signer, "X509v3 Authority Key Identifier");
  assert_says (of_signer, "URI:https://issuer.example/crl.pem");
  assert_says (of_signer, "Not After : Feb 20 23:59:59 2028 GMT"); /* 457 days */
  g_assert_null (strstr (of_signer, "Basic Constraints"));
  assert_says (of_pdf, "Digital Signature, Non Repudiation");
  assert_says (judged, "C=XY");
  assert_says (verified, "OK");
}

/* The identifier is over 04‖X‖Y alone, as the tool of other people computes it. */
static void
test_subject_key_id (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autofree char *signer = find_file (fixture->office, "XY-DS-1.pem");
  g_autofree char *script = g_strdup_printf (
    "openssl x509 -in '%s' -noout -pubkey | openssl pkey -pubin -outform DER | tail -c 65 | sha1sum",
    signer);
  g_autofree char *hash = run ("sh", "-c", script, NULL);
  g_autofree char *text = run ("openssl", "x509", "-in", signer, "-noout", "-ext",
                               "subjectKeyIdentifier", NULL);
  g_autofree char *digits = g_ascii_strdown (text, -1);
  g_auto (GStrv) parts = g_strsplit (digits, ":", -1);
  g_autofree char *joined = g_strjoinv ("", parts);

  hash[40] = '\0';
  assert_says (joined, hash);
}

static void
test_modes (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *key = find_file (fixture->office, "XY-DS-1.key");
  g_autofree char *root = find_file (fixture->office, "XY-IACA-1.key");
  GStatBuf status;

  g_assert_cmpint (g_stat (key, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (fixture->office, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_false (g_file_test (root, G_FILE_TEST_EXISTS));
}

static PltKeyRing *
open_ring (Fixture *fixture)
{
  PltKeyRing *ring = plt_key_ring_new ();
  g_autoptr (GError) error = NULL;

  plt_key_ring_add_folder (ring, fixture->office, NULL, &error);
  g_assert_no_error (error);

  return ring;
}

static void
assert_refused (PltKeyRing    *ring,
                PltKeyPurpose  purpose,
                gint64         now,
                PltIsoError    code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_key_ring_get_signer (ring, purpose, now, NULL, &error));
  g_assert_error (error, PLT_ISO_ERROR, (int) code);
}

static void
assert_signer (PltKeyRing    *ring,
               PltKeyPurpose  purpose,
               gint64         now,
               const char    *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = g_bytes_new_static ("data", 4);
  g_autoptr (PltIssuerKey) key = plt_key_ring_get_signer (ring, purpose, now, NULL, &error);
  g_autoptr (PltIssuerKey) verifier = NULL;
  g_autoptr (GBytes) signature = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (plt_issuer_key_get_key_id (key), ==, id);
  signature = plt_issuer_key_sign (key, data, &error);
  g_assert_no_error (error);
  verifier = plt_key_ring_find (ring, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (plt_issuer_key_verify (verifier, data, signature, &error));
}

static void
test_days (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autoptr (PltKeyRing) ring = open_ring (fixture);
  const PltKeyInfo *info = NULL;
  g_autoptr (PltIssuerKey) key = plt_key_ring_find (ring, "XY-QR-1", &info, NULL);
  g_autofree char *early = plt_key_ring_warn (ring, PLT_KEY_PURPOSE_QR, START + 427 * DAY - 1);
  g_autofree char *thirty = plt_key_ring_warn (ring, PLT_KEY_PURPOSE_QR, START + 427 * DAY);
  g_autofree char *later = plt_key_ring_warn (ring, PLT_KEY_PURPOSE_QR, START + 428 * DAY);

  assert_refused (ring, PLT_KEY_PURPOSE_QR, START - 1, PLT_ISO_ERROR_KEY_EARLY);
  assert_signer (ring, PLT_KEY_PURPOSE_QR, START, "XY-QR-1");
  assert_signer (ring, PLT_KEY_PURPOSE_QR, START + 457 * DAY - 1, "XY-QR-1");
  assert_refused (ring, PLT_KEY_PURPOSE_QR, START + 457 * DAY, PLT_ISO_ERROR_KEY_EXPIRED);
  g_assert_null (early);
  assert_says (thirty, " 30 more days");
  assert_says (later, " 29 more days");

  g_assert_nonnull (key);
  g_assert_true (plt_key_ring_check (info, PLT_KEY_PURPOSE_QR, START, NULL));
  g_assert_true (plt_key_ring_check (info, PLT_KEY_PURPOSE_QR, 0, NULL));
  g_assert_false (plt_key_ring_check (info, PLT_KEY_PURPOSE_QR, START - 1, NULL));
  g_assert_false (plt_key_ring_check (info, PLT_KEY_PURPOSE_QR, START + 457 * DAY, NULL));
  g_assert_false (plt_key_ring_check (info, PLT_KEY_PURPOSE_DOCUMENT, START, NULL));
}

/* What is dated before is believed: see plt_verify_judge_key(). */
static void
assert_retired (PltKeyRing *ring,
                const char *id,
                gint64      when)
{
  const PltKeyInfo *info = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltIssuerKey) key = plt_key_ring_find (ring, id, &info, &error);

  g_assert_no_error (error);
  g_assert_cmpint (info->retired, ==, when);
}

static void
test_rotation (Fixture       *fixture,
               gconstpointer  user_data)
{
  const gint64 next = START + 10 * DAY;
  g_autofree char *id = NULL;
  g_autofree char *request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltKeyRing) ring = NULL;
  const PltKeyWish wish = {
    .purpose = PLT_KEY_PURPOSE_QR, .id = "XY-QR-2", .plain = TRUE, .root = fixture->root, .root_secret_file = fixture->secret, .from = next,
  };

  plt_key_store_rotate (fixture->office, &wish, START, &id, &request, &error);
  g_assert_no_error (error);
  ring = open_ring (fixture);
  assert_signer (ring, PLT_KEY_PURPOSE_QR, next - 1, "XY-QR-1");
  assert_signer (ring, PLT_KEY_PURPOSE_QR, next, "XY-QR-2");
  assert_signer (ring, PLT_KEY_PURPOSE_DOCUMENT, next, "XY-DS-1");

  plt_key_store_revoke (fixture->office, "XY-QR-2", "stolen", fixture->root, fixture->secret, next,
                        &error);
  g_assert_no_error (error);
  g_clear_object (&ring);
  ring = open_ring (fixture);
  assert_refused (ring, PLT_KEY_PURPOSE_QR, next, PLT_ISO_ERROR_KEY_REVOKED);

  g_autofree char *crl = find_file (fixture->office, "XY-IACA-1.crl.pem");
  g_autofree char *root = find_file (fixture->office, "XY-IACA-1.pem");
  g_autofree char *judged = run ("openssl", "crl", "-in", crl, "-noout", "-text", "-CAfile", root, NULL);

  assert_says (judged, "Revoked Certificates:");
}

/* With its root a key is not believed. */
static void
test_revoked_root (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltKeyRing) ring = NULL;
  g_autoptr (PltIssuerKey) key = NULL;
  const PltKeyInfo *info = NULL;

  g_assert_true (plt_key_store_revoke (fixture->office, "XY-IACA-1", "lost", NULL, NULL, START, &error));
  ring = open_ring (fixture);
  assert_refused (ring, PLT_KEY_PURPOSE_QR, START, PLT_ISO_ERROR_KEY_REVOKED);
  key = plt_key_ring_find (ring, "XY-QR-1", &info, &error);
  g_assert_no_error (error);
  g_assert_false (plt_key_ring_check (info, PLT_KEY_PURPOSE_QR, START, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_REVOKED);
}

static void
test_secrets (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autofree char *key = find_file (fixture->office, "KEY-AUDIT-1.key");
  g_autofree char *text = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) brief = NULL;
  g_autofree char *secret = put (fixture->folder, "brief", "short\n");
  g_autofree char *id = NULL;
  g_autofree char *request = NULL;
  const PltKeyWish wish = { .purpose = PLT_KEY_PURPOSE_QR, .secret_file = secret };
  const PltKeyWish good = { .purpose = PLT_KEY_PURPOSE_AUDIT, .secret_file = fixture->secret };
  g_autoptr (PltIssuerKey) opened = NULL;

  g_assert_true (plt_key_store_create (fixture->office, &good, START, &id, &request, NULL));
  g_clear_pointer (&id, g_free);
  g_clear_pointer (&request, g_free);
  g_assert_true (g_file_get_contents (key, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "-----BEGIN ENCRYPTED PRIVATE KEY-----"));
  opened = plt_issuer_key_load (key, NULL, "k", fixture->secret, NULL);
  g_assert_nonnull (opened);

  g_assert_null (plt_issuer_key_load (key, NULL, "k", fixture->wrong, &wrong));
  g_assert_error (wrong, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_SECRET);
  g_assert_null (plt_issuer_key_load (key, NULL, "k", NULL, &none));
  g_assert_error (none, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_SECRET);
  g_assert_null (strstr (wrong->message, "battery"));
  g_assert_false (plt_key_store_create (fixture->office, &wish, START, &id, &request, &brief));
  g_assert_error (brief, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY_SECRET);
}

static char *
read_list (Fixture *fixture)
{
  g_autofree char *path = find_file (fixture->office, "keys.conf");
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
test_imports_refused (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autofree char *list = read_list (fixture);
  g_autofree char *curve = find_file (fixture->folder, "p384.pem");
  g_autofree char *other = find_file (fixture->folder, "other.pem");
  g_autofree char *signer = find_file (fixture->office, "XY-DS-1.pem");
  g_autofree char *signer_key = find_file (fixture->office, "XY-DS-1.key");
  g_autofree char *made = run ("certtool", "--generate-privkey", "--key-type=ecdsa",
                               "--curve=secp384r1", "--outfile", curve, NULL);
  g_autofree char *made_too = run ("certtool", "--generate-privkey", "--key-type=ecdsa",
                                   "--curve=secp256r1", "--outfile", other, NULL);
  const struct { const char *key; PltKeyPurpose purpose; const char *certificate; } cases[] = {
    { curve, PLT_KEY_PURPOSE_DOCUMENT, signer },
    { other, PLT_KEY_PURPOSE_DOCUMENT, signer },
    { signer_key, PLT_KEY_PURPOSE_QR, signer },
    { signer_key, PLT_KEY_PURPOSE_DOCUMENT, other },
    { NULL, PLT_KEY_PURPOSE_DOCUMENT, signer },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      g_autofree char *left = find_file (fixture->office, "new.key");
      const PltKeyWish wish = { .purpose = cases[i].purpose, .id = "new",
                                .secret_file = fixture->secret };

      g_assert_false (plt_key_store_import (fixture->office, &wish, START, cases[i].key, fixture->secret,
                                            cases[i].certificate, &error));
      g_assert_cmpint ((int) error->domain, ==, (int) PLT_ISO_ERROR);
      after = read_list (fixture);
      g_assert_cmpstr (after, ==, list);
      g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
    }
}

static void
test_request (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autofree char *certificate = find_file (fixture->folder, "back.pem");
  g_autofree char *id = NULL;
  g_autofree char *request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PltKeyRing) ring = NULL;
  const gint64 from = START + DAY;
  PltKeyWish wish = { .purpose = PLT_KEY_PURPOSE_QR, .id = "XY-QR-2", .plain = TRUE,
                      .from = from };

  plt_key_store_rotate (fixture->office, &wish, START, &id, &request, &error);
  g_assert_no_error (error);
  g_assert_nonnull (request);
  ring = open_ring (fixture);
  assert_signer (ring, PLT_KEY_PURPOSE_QR, from, "XY-QR-1");
  g_clear_object (&ring);

  plt_key_store_certify (fixture->root, fixture->secret, request, PLT_KEY_PURPOSE_QR, from, 100,
                         certificate, &error);
  g_assert_no_error (error);
  /* The certificate comes a week after the day for which it was asked. */
  plt_key_store_import (fixture->office, &wish, from + 7 * DAY + 3600, NULL, NULL, certificate, &error);
  g_assert_no_error (error);
  ring = open_ring (fixture);
  assert_signer (ring, PLT_KEY_PURPOSE_QR, from - 1, "XY-QR-1");
  assert_signer (ring, PLT_KEY_PURPOSE_QR, from, "XY-QR-2");
  assert_retired (ring, "XY-QR-1", from + 7 * DAY);

  wish.id = "XY-QR-3";
  g_assert_false (plt_key_store_rotate (fixture->office, &wish, from + DAY, &id, &request, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);

  g_assert_false (plt_key_store_certify (fixture->root, fixture->secret, request, PLT_KEY_PURPOSE_QR,
                                         from, 458, certificate, NULL));
  g_assert_false (plt_key_store_certify (fixture->root, fixture->secret, request, PLT_KEY_PURPOSE_QR,
                                         START - DAY, 10, certificate, NULL));
}

static void
test_specimen (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr (PltKeyRing) ring = open_ring (fixture);
  g_autoptr (PltKeyRing) bare = plt_key_ring_new ();
  const char *none[] = { NULL };
  const char *enrolled[] = { NULL, NULL };
  gboolean is_demo = g_str_equal (user_data, "UT");
  const PltKeyInfo *info = NULL;
  g_autoptr (PltIssuerKey) key = plt_key_ring_find (ring, is_demo ? "UT-QR-1" : "XY-QR-1", &info, NULL);
  g_autofree char *file = find_file (fixture->office, is_demo ? "UT-QR-1.key" : "XY-QR-1.key");

  enrolled[0] = info->root;
  g_assert_nonnull (enrolled[0]);
  g_assert_true (plt_key_ring_is_specimen (ring, NULL, START));
  g_assert_true (plt_key_ring_is_specimen (ring, none, START));
  g_assert_cmpint (plt_key_ring_is_specimen (ring, enrolled, START), ==, is_demo);
  for (int i = 0; i < PLT_KEY_PURPOSE_IACA; i++)
    plt_key_ring_add (bare, (PltKeyPurpose) i, "k", file, NULL, fixture->secret);
  g_assert_true (plt_key_ring_is_specimen (bare, enrolled, START));
}

#define ADD(path, test) g_test_add ("/iso/key-store/" path, Fixture, "XY", set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("profiles", test_profiles);
  ADD ("subject-key-id", test_subject_key_id);
  ADD ("modes", test_modes);
  ADD ("days", test_days);
  ADD ("rotation", test_rotation);
  ADD ("secrets", test_secrets);
  ADD ("imports-refused", test_imports_refused);
  ADD ("request", test_request);
  ADD ("specimen-of-nobody", test_specimen);
  ADD ("revoked-root", test_revoked_root);
  g_test_add ("/iso/key-store/specimen-of-demo", Fixture, "UT", set_up, test_specimen, tear_down);

  return g_test_run ();
}
