/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card file: made of a real cairo PDF, judged by poppler, qpdf, NSS and OpenSSL, and refused
 * when anything in it was changed. */
#include "plt-card-file.h"

#include "plt-test-keys.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <pango/pangocairo.h>
#include <string.h>

#define CARD_WIDTH (85.60 / 25.4 * 72)
#define CARD_HEIGHT (53.98 / 25.4 * 72)
#define CREATED_AT 1772359200 /* 2026-03-01 10:00:00 UTC */

static const char title[] = "Driving licence <UC-26-C000017> & Müller";

typedef struct
{
  char         *folder;
  PltIssuerKey *key;
  GBytes       *pdf;
} Fixture;

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

/* What trips PDF/A: text of several scripts, so that a font comes out as CIDFontType2, and a small
 * picture scaled up with the default filter. */
static void
draw_side (cairo_t    *cr,
           const char *text)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 4, 4);
  cairo_t *inner = cairo_create (picture);

  cairo_set_source_rgba (inner, 0.8, 0.2, 0.1, 0.5);
  cairo_paint (inner);
  cairo_destroy (inner);

  cairo_save (cr);
  cairo_translate (cr, 10, 40);
  cairo_scale (cr, 16, 16);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (picture);

  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, 90, 30);
  pango_layout_set_text (layout, text, -1);
  pango_cairo_show_layout (cr, layout);
  cairo_show_page (cr);
}

static GBytes *
draw_card (double width,
           double height,
           int    n_pages)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                  "2026-03-01T10:00:00Z");
  for (int i = 0; i < n_pages; i++)
    draw_side (cr, i == 0 ? "UTOPIA\n1. Müller\n2. Ana Sofía\nสมชาย\nИван" : "9. AM A1 B\n✓ Ω");
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (bytes);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = plt_test_keys_new ();
  fixture->key = plt_test_keys_load (fixture->folder, "UTO-FILE-1");
  fixture->pdf = draw_card (CARD_WIDTH, CARD_HEIGHT, 2);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_bytes_unref (fixture->pdf);
  g_clear_object (&fixture->key);
  plt_test_keys_remove (fixture->folder);
}

static GBytes *
finish (Fixture       *fixture,
        PltIssuerKey  *key,
        char         **sha256,
        GError       **error)
{
  static const char json[] = "{\"specimen\": true}";
  g_autoptr (GBytes) licence = g_bytes_new_static (json, strlen (json));
  g_autoptr (GBytes) dg1 = g_bytes_new_static ("\x61\x00", 2);
  const PltCardFileAttachment attachments[] = {
    { "licence.json", "application/json", "Data", "The printed values (SPECIMEN)", licence },
    { "dg1.bin", "application/octet-stream", "Data", NULL, dg1 },
  };

  return plt_card_file_finish (fixture->pdf, title, CREATED_AT, attachments,
                               G_N_ELEMENTS (attachments), key, sha256, error);
}

static GBytes *
finish_signed (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = finish (fixture, fixture->key, NULL, &error);

  g_assert_no_error (error);

  return file;
}

static char *
save (Fixture    *fixture,
      const char *name,
      GBytes     *bytes)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));

  return path;
}

/* Runs a tool that must be there and succeed, and returns its output. */
static char *
run (const char * const *argv)
{
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors,
                &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s said: %s%s", argv[0], output, errors);
  g_assert_cmpint (status, ==, 0);

  return g_strconcat (output, errors, NULL);
}

static gboolean
contains (GBytes     *bytes,
          const char *text)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text,
                 strlen (text)) != NULL;
}

static void
test_input_has_the_traps (Fixture       *fixture,
                          gconstpointer  user_data)
{
  /* Else the tests below would prove nothing. */
  g_assert_true (contains (fixture->pdf, "/Interpolate true"));
  g_assert_true (contains (fixture->pdf, "/CIDFontType2"));
  g_assert_false (contains (fixture->pdf, "/CIDToGIDMap"));
}

static void
test_verifies (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr (GBytes) file = finish_signed (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *public_path = g_build_filename (fixture->folder, "public.pem", NULL);
  g_autoptr (PltIssuerKey) reader =
    plt_issuer_key_load (public_path, NULL, "UTO-FILE-1", NULL, NULL);

  g_assert_true (plt_card_file_verify (file, fixture->key, &error));
  g_assert_no_error (error);
  g_assert_true (plt_card_file_verify (file, reader, &error));
  g_assert_no_error (error);
  g_assert_true (contains (file, "/CIDToGIDMap"));
  g_assert_false (contains (file, "/Interpolate true"));
}

static void
test_same_inputs_same_bytes (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr (GBytes) redrawn = draw_card (CARD_WIDTH, CARD_HEIGHT, 2);
  g_autofree char *first_hash = NULL;
  g_autofree char *second_hash = NULL;
  g_autofree char *signed_hash = NULL;
  g_autofree char *of_bytes = NULL;
  g_autoptr (GBytes) first = finish (fixture, NULL, &first_hash, NULL);
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) signed_file = NULL;

  g_bytes_unref (fixture->pdf);
  fixture->pdf = g_bytes_ref (redrawn);
  second = finish (fixture, NULL, &second_hash, NULL);
  signed_file = finish (fixture, fixture->key, &signed_hash, NULL);
  of_bytes = plt_card_file_hash_unsigned (signed_file, NULL);

  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpstr (first_hash, ==, of_bytes);
  g_assert_cmpstr (first_hash, ==, second_hash);
  g_assert_cmpstr (first_hash, ==, signed_hash);
  g_assert_false (g_bytes_equal (first, signed_file));
}

static void
test_unsigned (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = finish (fixture, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (plt_card_file_verify (file, NULL, &error));
  g_assert_false (plt_card_file_verify (file, fixture->key, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
}

/* A changed byte is seen by the signature, or before it by the structure. Left out is the CMS message
 * itself, whose algorithm identifiers no signature covers; the zeros behind it are in. */
static void
test_every_changed_byte (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr (GBytes) file = finish_signed (fixture);
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
test_appended_and_cut (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autoptr (GBytes) file = finish_signed (fixture);
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
test_other_key (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GBytes) file = finish_signed (fixture);
  g_autofree char *path = g_build_filename (fixture->folder, "other.pem", NULL);
  g_autoptr (PltIssuerKey) other = plt_issuer_key_load (path, NULL, "UTO-FILE-1", NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (plt_card_file_verify (file, other, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
}

static void
test_needs_certificate (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "key.pem", NULL);
  g_autoptr (PltIssuerKey) key = plt_issuer_key_load (path, NULL, "UTO-FILE-1", NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (finish (fixture, key, NULL, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_KEY);
}

static void
test_refuses_input (Fixture       *fixture,
                    gconstpointer  user_data)
{
  GBytes *inputs[] = {
    draw_card (CARD_WIDTH, CARD_HEIGHT, 1), draw_card (CARD_WIDTH, CARD_HEIGHT, 3),
    draw_card (595, 842, 2), draw_card (CARD_WIDTH, CARD_WIDTH, 2),
    g_bytes_new_static ("", 0), g_bytes_new_static ("%PDF-1.7\n%%EOF\n", 15),
    g_bytes_new_from_bytes (fixture->pdf, 0, g_bytes_get_size (fixture->pdf) / 2),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (plt_card_file_finish (inputs[i], title, CREATED_AT, NULL, 0, fixture->key,
                                           NULL, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
      g_bytes_unref (inputs[i]);
    }
}

static void
test_refuses_attachments (Fixture       *fixture,
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

      g_assert_null (plt_card_file_finish (fixture->pdf, title, CREATED_AT, cases[i], 2, NULL,
                                           NULL, &error));
      g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
    }
}

/* The vertical cards of the young. */
static void
test_upright (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GBytes) pdf = draw_card (CARD_HEIGHT, CARD_WIDTH, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file =
    plt_card_file_finish (pdf, title, CREATED_AT, NULL, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
}

static void
test_bleed (Fixture       *fixture,
            gconstpointer  user_data)
{
  double bleed = 2.0 / 25.4 * 72;
  g_autoptr (GBytes) pdf = draw_card (CARD_WIDTH + bleed, CARD_HEIGHT + bleed, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file =
    plt_card_file_finish (pdf, title, CREATED_AT, NULL, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (contains (file, "/TrimBox [ 2.83464"));
}

static void
test_tools_read_it (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (GBytes) file = finish_signed (fixture);
  g_autofree char *path = save (fixture, "card.pdf", file);
  g_autofree char *extracted = g_build_filename (fixture->folder, "licence.json", NULL);
  const char *check[] = { "qpdf", "--check", path, NULL };
  const char *info[] = { "pdfinfo", "-box", path, NULL };
  const char *meta[] = { "pdfinfo", "-meta", path, NULL };
  const char *fonts[] = { "pdffonts", path, NULL };
  const char *images[] = { "pdfimages", "-list", path, NULL };
  const char *detach[] = { "pdfdetach", "-savefile", "licence.json", "-o", extracted, path, NULL };
  g_autofree char *checked = run (check);
  g_autofree char *boxes = run (info);
  g_autofree char *xmp = run (meta);
  g_autofree char *font_list = run (fonts);
  g_autofree char *image_list = run (images);
  g_autofree char *detached = run (detach);
  g_autofree char *json = NULL;

  g_assert_null (strstr (checked, "WARNING"));
  g_assert_nonnull (strstr (boxes, "PDF version:     1.7"));
  g_assert_nonnull (strstr (boxes, "Pages:           2"));
  g_assert_nonnull (strstr (boxes, "TrimBox:             0.00     0.00   242.65   153.01"));
  g_assert_nonnull (strstr (boxes, "BleedBox:            0.00     0.00   242.65   153.01"));
  g_assert_nonnull (strstr (boxes, title));
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
test_pdfsig (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GBytes) file = finish_signed (fixture);
  g_autofree char *path = save (fixture, "card.pdf", file);
  g_autofree char *certificate = g_build_filename (fixture->folder, "certificate.pem", NULL);
  g_autofree char *nss = g_dir_make_tmp ("plt-nss-XXXXXX", NULL);
  g_autofree char *database = g_strconcat ("sql:", nss, NULL);
  const char *create[] = { "certutil", "-N", "-d", database, "--empty-password", NULL };
  const char *add[] = {
    "certutil", "-A", "-d", database, "-n", "ca", "-t", "CT,C,C", "-i", certificate, NULL,
  };
  const char *judge[] = { "pdfsig", "-nssdir", database, path, NULL };
  g_autofree char *created = run (create);
  g_autofree char *added = run (add);
  g_autofree char *said = run (judge);

  if (said != NULL)
    {
      g_assert_nonnull (strstr (said, "Signature is Valid."));
      g_assert_nonnull (strstr (said, "Certificate is Trusted."));
      g_assert_nonnull (strstr (said, "Total document signed"));
      g_assert_null (strstr (said, "Not total document signed"));
      g_assert_nonnull (strstr (said, "ETSI.CAdES.detached"));
      g_assert_nonnull (strstr (said, "Mar 01 2026"));
    }
  remove_nss (nss);
}

/* The parts of a signed file as OpenSSL wants them, found without the code under test. */
static void
save_parts (Fixture  *fixture,
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
  *cms_path = save (fixture, "card.p7s", cms);
  *data_path = save (fixture, "card.signed", content);
}

static void
test_openssl (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GBytes) file = finish_signed (fixture);
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
  g_autofree char *verified = run (verify);
  g_autofree char *printed = run (print);

  g_assert_nonnull (strstr (verified, "successful"));
  g_assert_nonnull (strstr (printed, "id-smime-aa-signingCertificateV2"));
  g_assert_nonnull (strstr (printed, "messageDigest"));
  g_assert_nonnull (strstr (printed, "contentType"));
  g_assert_null (strstr (printed, "signingTime"));
}

typedef struct
{
  char         *folder;
  PltIssuerKey *key;
  GBytes       *file;
} Approved;

static Approved
approve (Fixture *fixture)
{
  g_autoptr (GBytes) file = finish_signed (fixture);
  g_autoptr (GError) error = NULL;
  Approved self = { .folder = plt_test_keys_new () };

  self.key = plt_test_keys_load (self.folder, "UTO-APPROVE-1");
  self.file = plt_card_file_approve (file, fixture->key, "Boris Ülker (2)", CREATED_AT + 3600,
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
test_approval (Fixture       *fixture,
               gconstpointer  user_data)
{
  Approved approved = approve (fixture);
  g_autofree char *path = save (fixture, "approved.pdf", approved.file);
  const char *check[] = { "qpdf", "--check", path, NULL };
  const char *judge[] = { "pdfsig", "-nocert", path, NULL };
  g_autofree char *checked = run (check);
  g_autofree char *said = run (judge);
  const char *first = said != NULL ? strstr (said, "Signature #1") : NULL;
  const char *second = said != NULL ? strstr (said, "Signature #2") : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = plt_card_file_approve (approved.file, fixture->key, "Chen", CREATED_AT,
                                                    approved.key, &error);

  g_assert_null (again);
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_SIGNATURE);
  g_assert_null (strstr (checked, "WARNING"));
  if (said != NULL)
    {
      g_assert_true (first != NULL && second != NULL);
      g_assert_true (strstr (first, "Not total document signed") < second);
      g_assert_null (strstr (second, "Not total document signed"));
      g_assert_nonnull (strstr (second, "Total document signed"));
      g_assert_true (strstr (first, "Signature is Valid.") < second);
      g_assert_nonnull (strstr (second, "Signature is Valid."));
      g_assert_nonnull (strstr (second, "ApprovalSignature"));
    }
  approved_clear (&approved);
}

static gboolean
is_approved (Fixture  *fixture,
             Approved *approved,
             GBytes   *file)
{
  return plt_card_file_verify_approved (file, fixture->key, approved->key, NULL);
}

/* Left out are the two CMS messages, and of the issuer's part all but blanks: the test of its changed
 * bytes has the rest. */
static void
test_approval_changed (Fixture       *fixture,
                       gconstpointer  user_data)
{
  Approved approved = approve (fixture);
  g_autoptr (GBytes) base = finish_signed (fixture);
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
test_own_approval (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GBytes) file = finish_signed (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_null (plt_card_file_approve (file, fixture->key, "Anna", CREATED_AT, fixture->key, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

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
  ADD ("/iso/card-file/approval", test_approval);
  ADD ("/iso/card-file/approval-changed", test_approval_changed);
  ADD ("/iso/card-file/approval-is-another-persons", test_own_approval);

  return g_test_run ();
}
