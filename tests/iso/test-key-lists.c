/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two roots of one name: each has its own revocation list, and only that of the root which
 * certified a key tells of it. */
#include "plt-issuer-key-private.h"
#include "plt-key-issue.h"
#include "plt-key-store.h"
#include "plt-verify-private.h"

#include <string.h>

#define START ((gint64) 1795219200) /* a midnight UTC, 2026-11-21 */

static char *folder;
static char *office;

static char *
in_office (const char *name)
{
  return g_build_filename (office, name, NULL);
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

static void
make_root (const char *where,
           const char *id)
{
  g_autofree char *made = NULL;
  g_autofree char *none = NULL;
  const PltKeyWish wish = {
    .purpose = PLT_KEY_PURPOSE_IACA, .id = id, .country = "XY", .organization = "Elbonia", .name = "Elbonian keys",
    .uri = "https://issuer.example", .crl = "https://issuer.example/crl.pem", .plain = TRUE, .from = START,
  };

  g_assert_true (plt_key_store_create (where, &wish, START, &made, &none, NULL));
}

static void
make_key (const char    *root,
          PltKeyPurpose  purpose,
          const char    *id)
{
  g_autofree char *of = g_build_filename (folder, root, NULL);
  g_autofree char *made = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GError) error = NULL;
  const PltKeyWish wish = { .purpose = purpose, .id = id, .plain = TRUE, .root = of, .from = START };

  plt_key_store_create (office, &wish, START, &made, &none, &error);
  g_assert_no_error (error);
}

static void
set_up (void)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  folder = g_dir_make_tmp ("plt-lists-XXXXXX", NULL);
  office = g_build_filename (folder, "office", NULL);
  one = g_build_filename (folder, "one", NULL);
  other = g_build_filename (folder, "other", NULL);
  make_root (one, "XY-IACA-1");
  make_root (other, "XY-IACA-2");
  make_key ("one", PLT_KEY_PURPOSE_DOCUMENT, "XY-DS-1");
  make_key ("one", PLT_KEY_PURPOSE_PDF, "XY-PDF-1");
  make_key ("other", PLT_KEY_PURPOSE_QR, "XY-QR-2");
}

/* Of @name's own list. */
static gboolean
lists (const char *name,
       const char *certificate)
{
  g_autofree char *list = in_office (name);
  g_autofree char *path = in_office (certificate);
  g_autofree char *text = run ("openssl", "crl", "-in", list, "-noout", "-text", NULL);
  g_autofree char *serial = run ("openssl", "x509", "-in", path, "-noout", "-serial", NULL);
  g_autofree char *number = g_strstrip (g_strdup (strchr (serial, '=') + 1));

  return strstr (text, number) != NULL;
}

static void
test_each_its_own (void)
{
  g_autofree char *one = g_build_filename (folder, "one", NULL);
  g_autofree char *other = g_build_filename (folder, "other", NULL);
  g_autoptr (GError) error = NULL;

  /* Where its own root is not, it is revoked without a list. */
  g_assert_false (plt_key_store_revoke (office, "XY-QR-2", "lost", one, NULL, START, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
  g_clear_error (&error);
  g_assert_true (plt_key_store_revoke (office, "XY-QR-2", "lost", other, NULL, START, &error));
  g_assert_true (plt_key_store_revoke (office, "XY-DS-1", "lost", one, NULL, START, &error));
  g_assert_no_error (error);

  g_assert_true (lists ("XY-IACA-2.crl.pem", "XY-QR-2.pem"));
  g_assert_false (lists ("XY-IACA-1.crl.pem", "XY-QR-2.pem"));
  g_assert_true (lists ("XY-IACA-1.crl.pem", "XY-DS-1.pem"));
  g_assert_false (lists ("XY-IACA-2.crl.pem", "XY-DS-1.pem"));
}

static void
trust (PltVerifyKeys *keys,
       const char    *name)
{
  g_autofree char *path = in_office (name);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  bytes = g_bytes_new (text, length);
  g_assert_true (plt_verify_keys_add_file (keys, bytes, name, &error));
  g_assert_no_error (error);
}

static PltVerifyFinding *
find (PltVerifyKeys    *keys,
      const char       *name,
      PltVerifyPurpose  purpose)
{
  g_autofree char *path = in_office (name);
  g_autoptr (PltIssuerKey) key = plt_issuer_key_new_for_certificate (path, "signer", NULL);
  PltVerifyFinding *finding = plt_verify_finding_new (PLT_VERIFY_FORM_CARD_FILE, "a file");
  gnutls_x509_crt_t *chain;
  guint n = plt_issuer_key_get_chain (key, &chain);

  plt_verify_judge_signer (finding, keys, chain, n, purpose, START);
  return finding;
}

static PltVerifySeal
judge (PltVerifyKeys    *keys,
       const char       *name,
       PltVerifyPurpose  purpose)
{
  g_autoptr (PltVerifyFinding) finding = find (keys, name, purpose);

  return finding->seal;
}

/* Of the two each has revoked one key; a third of that name, whom nobody trusts, has revoked a
 * key of the first. */
static void
test_verified (void)
{
  g_autofree char *other = g_build_filename (folder, "stranger", NULL);
  g_autofree char *own = g_build_filename (other, "XY-IACA-3.pem", NULL);
  g_autofree char *own_key = g_build_filename (other, "XY-IACA-3.key", NULL);
  g_autofree char *path = in_office ("XY-PDF-1.pem");
  g_autofree char *list = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) revoked = g_ptr_array_new ();
  g_autoptr (PltIssuerKey) pdf = plt_issuer_key_new_for_certificate (path, "pdf", NULL);
  g_autoptr (PltIssuerKey) stranger = NULL;
  g_autoptr (PltVerifyKeys) keys = plt_verify_keys_new ();
  g_autoptr (GBytes) bytes = NULL;
  const gint64 start = START;

  make_root (other, "XY-IACA-3");
  stranger = plt_issuer_key_load (own_key, own, "stranger", NULL, &error);
  g_ptr_array_add (revoked, pdf);
  list = plt_key_issue_crl (stranger, revoked, &start, START, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (list, strlen (list));
  g_assert_true (plt_verify_keys_add_file (keys, bytes, "list.pem", &error));
  trust (keys, "XY-IACA-1.pem");
  trust (keys, "XY-IACA-2.pem");

  g_assert_cmpint (judge (keys, "XY-PDF-1.pem", PLT_VERIFY_PURPOSE_FILE), ==, PLT_VERIFY_SEAL_HOLDS);
  g_assert_cmpint (judge (keys, "XY-DS-1.pem", PLT_VERIFY_PURPOSE_DOCUMENT), ==, PLT_VERIFY_SEAL_HOLDS);
  trust (keys, "XY-IACA-2.crl.pem");
  g_assert_cmpint (judge (keys, "XY-DS-1.pem", PLT_VERIFY_PURPOSE_DOCUMENT), ==, PLT_VERIFY_SEAL_HOLDS);
  trust (keys, "XY-IACA-1.crl.pem");
  g_assert_cmpint (judge (keys, "XY-DS-1.pem", PLT_VERIFY_PURPOSE_DOCUMENT), ==, PLT_VERIFY_SEAL_BROKEN);
  g_assert_cmpint (judge (keys, "XY-PDF-1.pem", PLT_VERIFY_PURPOSE_FILE), ==, PLT_VERIFY_SEAL_HOLDS);
}

/* A list of the first root that names one key, signed @days_ago. */
static void
trust_list (PltVerifyKeys *keys,
            int            days_ago)
{
  g_autofree char *certificate = g_build_filename (folder, "one", "XY-IACA-1.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "one", "XY-IACA-1.key", NULL);
  g_autoptr (PltIssuerKey) root = plt_issuer_key_load (key, certificate, "root", NULL, NULL);
  g_autofree char *of_key = in_office ("XY-DS-1.pem");
  g_autoptr (PltIssuerKey) revoked = plt_issuer_key_new_for_certificate (of_key, "revoked", NULL);
  g_autoptr (GPtrArray) keys_of_list = g_ptr_array_new ();
  const gint64 start = START;
  g_autofree char *list = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_ptr_array_add (keys_of_list, revoked);
  list = plt_key_issue_crl (root, keys_of_list, &start, g_get_real_time () / G_USEC_PER_SEC - days_ago * 86400, NULL);
  bytes = g_bytes_new (list, strlen (list));
  g_assert_true (plt_verify_keys_add_file (keys, bytes, "list.pem", NULL));
}

/* They are good for thirty days; the newest counts. Who is named in an old one is revoked nevertheless. */
static void
test_age_is_told (void)
{
  const struct
  {
    int days_ago[2];
    const char *says; /* NULL: nothing */
  } cases[] = {
    { { 0, 0 }, NULL },
    { { 22, 22 }, NULL },
    { { 24, 24 }, "is good until" },
    { { 31, 40 }, "was good until" },
    { { 40, 1 }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PltVerifyKeys) keys = plt_verify_keys_new ();
      g_autoptr (PltVerifyFinding) finding = NULL;

      trust (keys, "XY-IACA-1.pem");
      trust_list (keys, cases[i].days_ago[0]);
      trust_list (keys, cases[i].days_ago[1]);
      finding = find (keys, "XY-PDF-1.pem", PLT_VERIFY_PURPOSE_FILE);

      g_assert_cmpint (finding->seal, ==, PLT_VERIFY_SEAL_HOLDS);
      g_assert_cmpint (judge (keys, "XY-DS-1.pem", PLT_VERIFY_PURPOSE_DOCUMENT), ==, PLT_VERIFY_SEAL_BROKEN);
      g_assert_cmpuint (finding->remarks->len, ==, cases[i].says != NULL);
      if (cases[i].says != NULL)
        g_assert_nonnull (strstr (finding->remarks->pdata[0], cases[i].says));
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  set_up ();
  g_test_add_func ("/iso/key-lists/each-its-own", test_each_its_own);
  g_test_add_func ("/iso/key-lists/verified", test_verified);
  g_test_add_func ("/iso/key-lists/age-is-told", test_age_is_told);
  status = g_test_run ();
  g_free (run ("rm", "-r", folder, NULL));
  g_free (folder);
  g_free (office);

  return status;
}
