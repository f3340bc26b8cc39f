/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card file: made of a real cairo PDF, judged by poppler, qpdf, NSS and OpenSSL, and refused
 * when anything in it was changed. */
#include "issued-file.h"

#include "plt-test-keys.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_input_has_the_traps (IssuedFile    *fixture,
                          gconstpointer  user_data)
{
  /* Else the tests below would prove nothing. */
  g_assert_true (issued_file_contains (fixture->pdf, "/Interpolate true"));
  g_assert_true (issued_file_contains (fixture->pdf, "/CIDFontType2"));
  g_assert_false (issued_file_contains (fixture->pdf, "/CIDToGIDMap"));
}

static void
test_verifies (IssuedFile    *fixture,
               gconstpointer  user_data)
{
  g_autoptr (GBytes) file = issued_file_finish_signed (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *public_path = g_build_filename (fixture->folder, "public.pem", NULL);
  g_autoptr (PltIssuerKey) reader =
    plt_issuer_key_load (public_path, NULL, "UTO-FILE-1", NULL, NULL);

  g_assert_true (plt_card_file_verify (file, fixture->key, &error));
  g_assert_no_error (error);
  g_assert_true (plt_card_file_verify (file, reader, &error));
  g_assert_no_error (error);
  g_assert_true (issued_file_contains (file, "/CIDToGIDMap"));
  g_assert_false (issued_file_contains (file, "/Interpolate true"));
}

static void
test_same_inputs_same_bytes (IssuedFile    *fixture,
                             gconstpointer  user_data)
{
  g_autoptr (GBytes) redrawn = issued_file_draw (ISSUED_FILE_WIDTH, ISSUED_FILE_HEIGHT, 2);
  g_autofree char *first_hash = NULL;
  g_autofree char *second_hash = NULL;
  g_autofree char *signed_hash = NULL;
  g_autofree char *of_bytes = NULL;
  g_autoptr (GBytes) first = issued_file_finish (fixture, NULL, &first_hash, NULL);
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) signed_file = NULL;

  g_bytes_unref (fixture->pdf);
  fixture->pdf = g_bytes_ref (redrawn);
  second = issued_file_finish (fixture, NULL, &second_hash, NULL);
  signed_file = issued_file_finish (fixture, fixture->key, &signed_hash, NULL);
  of_bytes = plt_card_file_hash_unsigned (signed_file, NULL);

  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpstr (first_hash, ==, of_bytes);
  g_assert_cmpstr (first_hash, ==, second_hash);
  g_assert_cmpstr (first_hash, ==, signed_hash);
  g_assert_false (g_bytes_equal (first, signed_file));
}

static void
test_unsigned (IssuedFile    *fixture,
               gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = issued_file_finish (fixture, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (plt_card_file_verify (file, NULL, &error));
  g_assert_false (plt_card_file_verify (file, fixture->key, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
}

/* A changed byte is seen by the signature, or before it by the structure. Left out is the CMS message
 * itself, whose algorithm identifiers no signature covers; the zeros behind it are in. */
static void
test_every_changed_byte (IssuedFile    *fixture,
                         gconstpointer  user_data)
{
  g_autoptr (GBytes) file = issued_file_finish_signed (fixture);
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);
  const guint8 *contents = memmem (data, length, "/Contents <", 11);
  const guint8 *zeros = memmem (data, length, "00000000000000000000000000000000", 32);

  g_assert_true (contents != NULL && zeros > contents);
  for (gsize at = 0; at < length; at += at < 64 || at + 400 > length ? 1 : 61)
    {
      g_autofree guint8 *changed = g_memdup2 (data, length);
      g_autoptr (GBytes) message = NULL;

      if (data + at > contents + 10 && data + at < zeros)
        continue;
      changed[at] ^= 0x01;
      message = g_bytes_new (changed, length);
      g_assert_false (plt_card_file_verify (message, fixture->key, NULL));
    }
}

static void
test_appended_and_cut (IssuedFile    *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (GBytes) file = issued_file_finish_signed (fixture);
  gsize length = g_bytes_get_size (file);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) appended = NULL;
  static const char *tails[] = { "\n", "% a comment\n", "%%EOF\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_byte_array_set_size (longer, 0);
      g_byte_array_append (longer, g_bytes_get_data (file, NULL), (guint) length);
      g_byte_array_append (longer, (const guint8 *) tails[i], (guint) strlen (tails[i]));
      g_clear_pointer (&appended, g_bytes_unref);
      appended = g_bytes_new (longer->data, longer->len);
      g_assert_false (plt_card_file_verify (appended, fixture->key, NULL));
    }
  for (gsize cut = 1; cut < length; cut += cut < 64 ? 1 : 997)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (file, 0, length - cut);

      g_assert_false (plt_card_file_verify (part, fixture->key, NULL));
    }
}

static void
test_other_key (IssuedFile    *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GBytes) file = issued_file_finish_signed (fixture);
  g_autofree char *path = g_build_filename (fixture->folder, "other.pem", NULL);
  g_autoptr (PltIssuerKey) other = plt_issuer_key_load (path, NULL, "UTO-FILE-1", NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (plt_card_file_verify (file, other, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
}

static void
test_needs_certificate (IssuedFile    *fixture,
                        gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "key.pem", NULL);
  g_autoptr (PltIssuerKey) key = plt_issuer_key_load (path, NULL, "UTO-FILE-1", NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (issued_file_finish (fixture, key, NULL, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
}

static void
test_refuses_input (IssuedFile    *fixture,
                    gconstpointer  user_data)
{
  GBytes *inputs[] = {
    issued_file_draw (ISSUED_FILE_WIDTH, ISSUED_FILE_HEIGHT, 1), issued_file_draw (ISSUED_FILE_WIDTH, ISSUED_FILE_HEIGHT, 3),
    issued_file_draw (595, 842, 2), issued_file_draw (ISSUED_FILE_WIDTH, ISSUED_FILE_WIDTH, 2),
    g_bytes_new_static ("", 0), g_bytes_new_static ("%PDF-1.7\n%%EOF\n", 15),
    g_bytes_new_from_bytes (fixture->pdf, 0, g_bytes_get_size (fixture->pdf) / 2),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_card_file_finish (inputs[i], ISSUED_FILE_TITLE, ISSUED_FILE_CREATED_AT, NULL, 0, fixture->key,
                                           NULL, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
      g_bytes_unref (inputs[i]);
    }
}

static void
test_refuses_attachments (IssuedFile    *fixture,
                          gconstpointer  user_data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  const PltCardFileAttachment cases[][2] = {
    { { "a", "text/plain", "Data", "", bytes }, { "a", "text/plain", "Data", "", bytes } },
    { { "a", "text", "Data", "", bytes }, { "b", "text/plain", "Data", "", bytes } },
    { { "a", "text/plain", "Dat", "", bytes }, { "b", "text/plain", "Data", "", bytes } },
    { { "../a", "text/plain", "Data", "", bytes }, { "b", "text/plain", "Data", "", bytes } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_card_file_finish (fixture->pdf, ISSUED_FILE_TITLE, ISSUED_FILE_CREATED_AT, cases[i], 2, NULL,
                                           NULL, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

/* The vertical cards of the young. */
static void
test_upright (IssuedFile    *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GBytes) pdf = issued_file_draw (ISSUED_FILE_HEIGHT, ISSUED_FILE_WIDTH, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file =
    plt_card_file_finish (pdf, ISSUED_FILE_TITLE, ISSUED_FILE_CREATED_AT, NULL, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
}

static void
test_bleed (IssuedFile    *fixture,
            gconstpointer  user_data)
{
  double bleed = 2.0 / 25.4 * 72;
  g_autoptr (GBytes) pdf = issued_file_draw (ISSUED_FILE_WIDTH + bleed, ISSUED_FILE_HEIGHT + bleed, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file =
    plt_card_file_finish (pdf, ISSUED_FILE_TITLE, ISSUED_FILE_CREATED_AT, NULL, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (issued_file_contains (file, "/TrimBox [ 2.83464"));
}

static void
test_tools_read_it (IssuedFile    *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (GBytes) file = issued_file_finish_signed (fixture);
  g_autofree char *path = issued_file_save (fixture, "card.pdf", file);
  g_autofree char *extracted = g_build_filename (fixture->folder, "licence.json", NULL);
  const char *check[] = { "qpdf", "--check", path, NULL };
  const char *info[] = { "pdfinfo", "-box", path, NULL };
  const char *meta[] = { "pdfinfo", "-meta", path, NULL };
  const char *fonts[] = { "pdffonts", path, NULL };
  const char *images[] = { "pdfimages", "-list", path, NULL };
  const char *detach[] = { "pdfdetach", "-savefile", "licence.json", "-o", extracted, path, NULL };
  g_autofree char *checked = issued_file_run (check);
  g_autofree char *boxes = issued_file_run (info);
  g_autofree char *xmp = issued_file_run (meta);
  g_autofree char *font_list = issued_file_run (fonts);
  g_autofree char *image_list = issued_file_run (images);
  g_autofree char *detached = issued_file_run (detach);
  g_autofree char *json = NULL;

  g_assert_null (strstr (checked, "WARNING"));
  g_assert_nonnull (strstr (boxes, "PDF version:     1.7"));
  g_assert_nonnull (strstr (boxes, "Pages:           2"));
  g_assert_nonnull (strstr (boxes, "TrimBox:             0.00     0.00   242.65   153.01"));
  g_assert_nonnull (strstr (boxes, "BleedBox:            0.00     0.00   242.65   153.01"));
  g_assert_nonnull (strstr (boxes, ISSUED_FILE_TITLE));
  g_assert_nonnull (strstr (boxes, "2026"));
  g_assert_nonnull (strstr (xmp, "<pdfaid:part>3</pdfaid:part>"));
  g_assert_nonnull (strstr (xmp, "&lt;UC-26-C000017&gt; &amp; Müller"));
  g_assert_null (strstr (font_list, " no "));
  g_assert_nonnull (strstr (font_list, "yes yes"));
  g_assert_null (strstr (image_list, "cmyk"));
  g_assert_true (g_file_get_contents (extracted, &json, NULL, NULL));
  g_assert_cmpstr (json, ==, "{\"specimen\": true}");
}

static void
remove_nss (const char *folder)
{
  plt_test_keys_remove (g_strdup (folder));
}

static void
test_pdfsig (IssuedFile    *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GBytes) file = issued_file_finish_signed (fixture);
  g_autofree char *path = issued_file_save (fixture, "card.pdf", file);
  g_autofree char *certificate = g_build_filename (fixture->folder, "certificate.pem", NULL);
  g_autofree char *nss = g_dir_make_tmp ("plt-nss-XXXXXX", NULL);
  g_autofree char *database = g_strconcat ("sql:", nss, NULL);
  const char *create[] = { "certutil", "-N", "-d", database, "--empty-password", NULL };
  const char *add[] = {
    "certutil", "-A", "-d", database, "-n", "ca", "-t", "CT,C,C", "-i", certificate, NULL,
  };
  const char *judge[] = { "pdfsig", "-nssdir", database, path, NULL };
  g_autofree char *created = issued_file_run (create);
  g_autofree char *added = issued_file_run (add);
  g_autofree char *said = issued_file_run (judge);

  g_assert_nonnull (strstr (said, "Signature is Valid."));
  g_assert_nonnull (strstr (said, "Certificate is Trusted."));
  g_assert_nonnull (strstr (said, "Total document signed"));
  g_assert_null (strstr (said, "Not total document signed"));
  g_assert_nonnull (strstr (said, "ETSI.CAdES.detached"));
  g_assert_nonnull (strstr (said, "Mar 01 2026"));
  remove_nss (nss);
}

/* The parts of a signed file as OpenSSL wants them, found without the code under test. */
static void
save_parts (IssuedFile *fixture,
            GBytes   *file,
            char    **cms_path,
            char    **data_path)
{
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  const char *start;
  const char *end;
  g_autoptr (GByteArray) around = g_byte_array_new ();
  g_autofree char *hex = NULL;
  g_autoptr (GBytes) padded = NULL;
  g_autoptr (GBytes) cms = NULL;
  g_autoptr (GBytes) content = NULL;
  const guint8 *der;

  start = memmem (data, length, "/Contents <", 11);
  g_assert_nonnull (start);
  start += strlen ("/Contents ");
  end = strchr (start, '>') + 1;
  hex = g_strndup (start + 1, (gsize) (end - start) - 2);
  padded = plt_test_bytes_from_hex (hex);
  der = g_bytes_get_data (padded, NULL);
  cms = g_bytes_new_from_bytes (padded, 0, 4 + ((gsize) der[2] << 8) + der[3]);

  g_assert_cmphex (der[1], ==, 0x82);
  g_byte_array_append (around, (const guint8 *) data, (guint) (start - data));
  g_byte_array_append (around, (const guint8 *) end, (guint) (data + length - end));
  content = g_byte_array_free_to_bytes (g_steal_pointer (&around));
  *cms_path = issued_file_save (fixture, "card.p7s", cms);
  *data_path = issued_file_save (fixture, "card.signed", content);
}

static void
test_openssl (IssuedFile    *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GBytes) file = issued_file_finish_signed (fixture);
  g_autofree char *certificate = g_build_filename (fixture->folder, "certificate.pem", NULL);
  g_autofree char *cms = NULL;
  g_autofree char *data = NULL;

  save_parts (fixture, file, &cms, &data);

  const char *verify[] = {
    "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", cms, "-content",
    data, "-CAfile", certificate, "-purpose", "any", "-out", "/dev/null", NULL,
  };
  const char *print[] = {
    "openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", cms, NULL,
  };
  g_autofree char *verified = issued_file_run (verify);
  g_autofree char *printed = issued_file_run (print);

  g_assert_nonnull (strstr (verified, "successful"));
  g_assert_nonnull (strstr (printed, "id-smime-aa-signingCertificateV2"));
  g_assert_nonnull (strstr (printed, "messageDigest"));
  g_assert_nonnull (strstr (printed, "contentType"));
  g_assert_null (strstr (printed, "signingTime"));
}

#define ADD(path, test) g_test_add (path, IssuedFile, NULL, issued_file_set_up, test, issued_file_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/iso/card-file/input-has-the-traps", test_input_has_the_traps);
  ADD ("/iso/card-file/verifies", test_verifies);
  ADD ("/iso/card-file/same-inputs-same-bytes", test_same_inputs_same_bytes);
  ADD ("/iso/card-file/unsigned", test_unsigned);
  ADD ("/iso/card-file/changed-bytes-refused", test_every_changed_byte);
  ADD ("/iso/card-file/appended-and-cut-refused", test_appended_and_cut);
  ADD ("/iso/card-file/other-key-refused", test_other_key);
  ADD ("/iso/card-file/key-needs-certificate", test_needs_certificate);
  ADD ("/iso/card-file/input-refused", test_refuses_input);
  ADD ("/iso/card-file/attachments-refused", test_refuses_attachments);
  ADD ("/iso/card-file/bleed", test_bleed);
  ADD ("/iso/card-file/a-side-may-stand-upright", test_upright);
  ADD ("/iso/card-file/tools-read-it", test_tools_read_it);
  ADD ("/iso/card-file/pdfsig", test_pdfsig);
  ADD ("/iso/card-file/openssl", test_openssl);

  return g_test_run ();
}
