/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "issued-file.h"

#include "iso-vectors.h"
#include "plt-lds.h"
#include "plt-test-keys.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

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

GBytes *
issued_file_draw (double width,
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

void
issued_file_set_up (IssuedFile    *fixture,
                    gconstpointer  user_data)
{
  fixture->folder = plt_test_keys_new ();
  fixture->key = plt_test_keys_load (fixture->folder, "UTO-FILE-1");
  fixture->pdf = issued_file_draw (ISSUED_FILE_WIDTH, ISSUED_FILE_HEIGHT, 2);
}

void
issued_file_tear_down (IssuedFile    *fixture,
                       gconstpointer  user_data)
{
  g_bytes_unref (fixture->pdf);
  g_clear_object (&fixture->key);
  plt_test_keys_remove (fixture->folder);
}

GBytes *
issued_file_finish (IssuedFile    *fixture,
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

  return plt_card_file_finish (fixture->pdf, ISSUED_FILE_TITLE, ISSUED_FILE_CREATED_AT, attachments,
                               G_N_ELEMENTS (attachments), key, sha256, error);
}

GBytes *
issued_file_finish_signed (IssuedFile *fixture)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = issued_file_finish (fixture, fixture->key, NULL, &error);

  g_assert_no_error (error);

  return file;
}

char *
issued_file_save (IssuedFile *fixture,
                  const char *name,
                  GBytes     *bytes)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));

  return path;
}

/* Runs a tool that must be there and succeed, and returns its output. */
char *
issued_file_run (const char * const *argv)
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

gboolean
issued_file_contains (GBytes     *bytes,
                      const char *text)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text,
                 strlen (text)) != NULL;
}

GBytes *
issued_file_of_example (PltIssuerKey *key)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, pdf, ISSUED_FILE_WIDTH, ISSUED_FILE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PltLicenceData) licence = iso_example_licence ();
  g_autoptr (GBytes) dg1 = NULL;
  g_autoptr (GBytes) drawn = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) error = NULL;
  PltCardFileAttachment attachments[] = { { "dg1.bin", "application/octet-stream", "Data", "DG1", NULL } };
  GBytes *file;

  /* The test's certificate is made now. */
  licence->issue_date = plt_date_today ();
  attachments[0].bytes = dg1 = plt_lds_build_dg1 (licence, NULL);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-03-01T10:00:00Z");
  for (int i = 0; i < 2; i++)
    {
      cairo_rectangle (cr, 10, 10, 20, 20);
      cairo_fill (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  drawn = g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
  file = plt_card_file_finish (drawn, "Driving licence", ISSUED_FILE_CREATED_AT, attachments, 1, key, &sha256, &error);
  g_assert_no_error (error);
  return file;
}
