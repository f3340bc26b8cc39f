/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second person approves a card file: its bytes stay, others can judge both signatures, and any change of
 * either is refused. */
#include "issued-file.h"

#include "plt-test-keys.h"

#include <string.h>

typedef struct
{
  char         *folder;
  PltIssuerKey *key;
  GBytes       *file;
} Approved;

static Approved
approve (IssuedFile *fixture)
{
  g_autoptr (GBytes) file = issued_file_finish_signed (fixture);
  g_autoptr (GError) error = NULL;
  Approved self = { .folder = plt_test_keys_new () };

  self.key = plt_test_keys_load (self.folder, "UTO-APPROVE-1");
  self.file = plt_card_file_approve (file, fixture->key, "Boris Ülker (2)", ISSUED_FILE_CREATED_AT + 3600,
                                     self.key, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (file, NULL), g_bytes_get_size (file),
                   g_bytes_get_data (self.file, NULL), g_bytes_get_size (file));
  return self;
}

static void
approved_clear (Approved *self)
{
  g_bytes_unref (self->file);
  g_object_unref (self->key);
  plt_test_keys_remove (self->folder);
}

static void
test_approval (IssuedFile    *fixture,
               gconstpointer  user_data)
{
  Approved approved = approve (fixture);
  g_autofree char *path = issued_file_save (fixture, "approved.pdf", approved.file);
  const char *check[] = { "qpdf", "--check", path, NULL };
  const char *judge[] = { "pdfsig", "-nocert", path, NULL };
  g_autofree char *checked = issued_file_run (check);
  g_autofree char *said = issued_file_run (judge);
  const char *first = said != NULL ? strstr (said, "Signature #1") : NULL;
  const char *second = said != NULL ? strstr (said, "Signature #2") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = plt_card_file_approve (approved.file, fixture->key, "Chen", ISSUED_FILE_CREATED_AT,
                                                    approved.key, &error);

  g_assert_null (again);
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
  g_assert_null (strstr (checked, "WARNING"));
  g_assert_true (first != NULL && second != NULL);
  g_assert_true (strstr (first, "Not total document signed") < second);
  g_assert_null (strstr (second, "Not total document signed"));
  g_assert_nonnull (strstr (second, "Total document signed"));
  g_assert_true (strstr (first, "Signature is Valid.") < second);
  g_assert_nonnull (strstr (second, "Signature is Valid."));
  g_assert_nonnull (strstr (second, "ApprovalSignature"));
  approved_clear (&approved);
}

static gboolean
is_approved (IssuedFile *fixture,
             Approved *approved,
             GBytes   *file)
{
  return plt_card_file_verify_approved (file, fixture->key, approved->key, NULL);
}

/* Left out are the two CMS messages, and of the issuer's part all but blanks: the test of its changed
 * bytes has the rest. */
static void
test_approval_changed (IssuedFile    *fixture,
                       gconstpointer  user_data)
{
  Approved approved = approve (fixture);
  g_autoptr (GBytes) base = issued_file_finish_signed (fixture);
  gsize length;
  const guint8 *data = g_bytes_get_data (approved.file, &length);
  gsize start = g_bytes_get_size (base);
  const guint8 *contents = memmem (data + start, length - start, "/Contents <", 11);
  const guint8 *behind = memchr (contents, '>', (gsize) (data + length - contents));
  const guint8 *words = memmem (data + start, length - start, " /M (", 5);
  const guint8 *words_end = memmem (data + start, length - start, " /Reason ", 9);
  static const char *tails[] = { "\n", "%%EOF\n", "9 0 obj\n<< >>\nendobj\n" };

  g_assert_true (is_approved (fixture, &approved, approved.file));
  g_assert_true (plt_card_file_is_approval (approved.file));
  g_assert_false (plt_card_file_is_approval (base));
  g_assert_false (is_approved (fixture, &approved, base));
  g_assert_false (plt_card_file_verify (approved.file, fixture->key, NULL));
  g_assert_false (plt_card_file_verify_approved (approved.file, approved.key, fixture->key, NULL));
  for (gsize at = 0; at < length; at += at < start ? 4001 : 37)
    {
      g_autofree guint8 *changed = g_memdup2 (data, length);
      g_autoptr (GBytes) message = NULL;

      if ((at >= start && data + at > contents + 10 && data + at < behind) ||
          (at < start && data[at] != ' '))
        continue;
      changed[at] ^= 0x01;
      message = g_bytes_new (changed, length);
      g_assert_false (is_approved (fixture, &approved, message));
      /* Whoever would sign it anew; who they are and when it was is theirs to say. */
      if (at >= start && (data + at < words || data + at > words_end))
        g_assert_false (plt_card_file_is_approval (message));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autoptr (GByteArray) longer = g_byte_array_new ();
      g_autoptr (GBytes) message = NULL;

      g_byte_array_append (longer, data, (guint) length);
      g_byte_array_append (longer, (const guint8 *) tails[i], (guint) strlen (tails[i]));
      message = g_bytes_new (longer->data, longer->len);
      g_assert_false (is_approved (fixture, &approved, message));
    }
  approved_clear (&approved);
}

static void
test_own_approval (IssuedFile    *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GBytes) file = issued_file_finish_signed (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_card_file_approve (file, fixture->key, "Anna", ISSUED_FILE_CREATED_AT, fixture->key, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

#define ADD(path, test) g_test_add (path, IssuedFile, NULL, issued_file_set_up, test, issued_file_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/iso/card-file-approval/judged", test_approval);
  ADD ("/iso/card-file-approval/changed", test_approval_changed);
  ADD ("/iso/card-file-approval/is-another-persons", test_own_approval);

  return g_test_run ();
}
