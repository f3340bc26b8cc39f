/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What verifies card files: whole, approved, with each of their bits turned over, cut short, added to, and packed. */
#include "issued-file.h"
#include "plt-test-keys.h"
#include "verify-claims.h"

#include <string.h>

typedef struct
{
  char          *folder;
  PltVerifyKeys *keys;
  GBytes        *file;
} CardFile;

static void
set_up_card_file (CardFile      *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (PltIssuerKey) key = NULL;
  g_autofree char *path = NULL;
  char *pem;
  gsize length;
  g_autoptr (GBytes) certificate = NULL;

  fixture->folder = plt_test_keys_new ();
  key = plt_test_keys_load (fixture->folder, "UTO-FILE-1");
  fixture->file = issued_file_of_example (key);
  path = g_build_filename (fixture->folder, "certificate.pem", NULL);
  g_assert_true (g_file_get_contents (path, &pem, &length, NULL));
  certificate = g_bytes_new_take (pem, length);
  fixture->keys = plt_verify_keys_new ();
  g_assert_true (plt_verify_keys_add_file (fixture->keys, certificate, "certificate.pem", NULL));
}

static void
tear_down_card_file (CardFile      *fixture,
                     gconstpointer  user_data)
{
  plt_verify_keys_unref (fixture->keys);
  g_bytes_unref (fixture->file);
  plt_test_keys_remove (fixture->folder);
}

static GBytes *
append (GBytes     *file,
        const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file));
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
test_card_file (CardFile      *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GPtrArray) findings = plt_verify_read (fixture->file, fixture->keys, NULL);
  g_autoptr (GBytes) longer = append (fixture->file, "\n");
  g_autoptr (GBytes) updated = append (fixture->file, "1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n0\n%%EOF\n");

  g_assert_cmpint (verify_claims_get_first (findings)->form, ==, PLT_VERIFY_FORM_CARD_FILE);
  verify_claims_assert_genuine (verify_claims_get_first (findings));
  g_assert_cmpstr (verify_claims_get_first (findings)->signer, ==, "UTO Document Signer TEST");
  g_assert_false (verify_claims_are_genuine (longer, fixture->keys));
  g_assert_false (verify_claims_are_genuine (updated, fixture->keys));
}

/* Both signatures are told, and neither key does the other's work. */
static void
test_card_file_approved (CardFile      *fixture,
                         gconstpointer  user_data)
{
  char *folder = plt_test_keys_new ();
  g_autoptr (PltIssuerKey) issuer = plt_test_keys_load (fixture->folder, "UTO-FILE-1");
  g_autoptr (PltIssuerKey) approver = plt_test_keys_load (folder, "UTO-APPROVAL-1");
  g_autoptr (GBytes) approved = plt_card_file_approve (fixture->file, issuer, "Boris", 1772359200, approver, NULL);
  g_autoptr (GBytes) alone = issued_file_of_example (approver);
  g_autoptr (PltVerifyKeys) right = plt_verify_keys_new ();
  g_autoptr (PltVerifyKeys) swapped = plt_verify_keys_new ();
  g_autoptr (GPtrArray) findings = NULL;

  plt_verify_keys_add_issuer (right, issuer, PLT_VERIFY_PURPOSE_FILE);
  plt_verify_keys_add_issuer (right, approver, PLT_VERIFY_PURPOSE_APPROVAL);
  plt_verify_keys_add_issuer (swapped, issuer, PLT_VERIFY_PURPOSE_APPROVAL);
  plt_verify_keys_add_issuer (swapped, approver, PLT_VERIFY_PURPOSE_FILE);
  findings = plt_verify_read (approved, right, NULL);

  verify_claims_assert_genuine (verify_claims_get_first (findings));
  g_assert_cmpstr (verify_claims_get_first (findings)->signer, ==, "UTO Document Signer TEST; UTO Document Signer TEST");
  g_assert_true (verify_claims_are_genuine (fixture->file, right));
  g_assert_false (verify_claims_are_genuine (approved, swapped));
  g_assert_false (verify_claims_are_genuine (approved, fixture->keys));
  g_assert_false (verify_claims_are_genuine (alone, right));
  plt_test_keys_remove (folder);
}

static void
test_card_file_bits (CardFile      *fixture,
                     gconstpointer  user_data)
{
  verify_claims_assert_each_bit (fixture->file, fixture->keys, g_test_slow () ? 1 : 211);
  verify_claims_assert_no_beginning (fixture->file, fixture->keys, 499);
}

/* Compressed objects could unpack to any size, and so could what hides behind escapes. */
static void
test_card_file_bomb (CardFile      *fixture,
                     gconstpointer  user_data)
{
  static const char *const hidden[] = { "/ObjStm", "/Obj#53tm", "/#58Ref", "/Encrypt" };

  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      g_autoptr (GBytes) file = append (fixture->file, hidden[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_verify_read (file, fixture->keys, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

#define ADD(path, test) g_test_add (path, CardFile, NULL, set_up_card_file, test, tear_down_card_file)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/verify-card-file/whole", test_card_file);
  ADD ("/verify-card-file/approved", test_card_file_approved);
  ADD ("/verify-card-file/each-bit-counts", test_card_file_bits);
  ADD ("/verify-card-file/is-not-unpacked-without-end", test_card_file_bomb);
  return g_test_run ();
}
