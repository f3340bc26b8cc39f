/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes what fuzzing the readers of PDF begins with, into the folder that is named: a drawing of two
 * pages, the signed card file that is made of it, and a personalisation package. */
#include "fuzz-key.h"
#include "plt-card-file.h"
#include "plt-package-file.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <string.h>

#define CARD_WIDTH (85.60 / 25.4 * 72)
#define CARD_HEIGHT (53.98 / 25.4 * 72)

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_card (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (append_cb, bytes, CARD_WIDTH, CARD_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-03-01T10:00:00Z");
  for (int i = 0; i < 2; i++)
    {
      cairo_set_source_rgba (cr, 0.8, 0.2, 0.1, 0.5);
      cairo_rectangle (cr, 10, 10, 40, 40);
      cairo_fill (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
finish (GBytes *drawing)
{
  static const char json[] = "{\"specimen\": true}";
  g_autoptr (GBytes) licence = g_bytes_new_static (json, strlen (json));
  const PltCardFileAttachment attachment = {
    "licence.json", "application/json", "Data", "The printed values (SPECIMEN)", licence
  };
  g_autoptr (GError) error = NULL;
  GBytes *file = plt_card_file_finish (drawing, "Driving licence", 1772359200, &attachment, 1,
                                       fuzz_key_get (), NULL, &error);

  g_assert_no_error (error);

  return file;
}

static void
save (const char *folder,
      const char *name,
      GBytes     *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

static void
save_package (const char *folder,
              GBytes     *file)
{
  static const guint8 com[] = { 0x60, 0x0A, 0x5F, 0x01, 0x04, '0', '1', '0', '0', 0x5C, 0x01, 0x61 };
  g_autofree char *path = g_build_filename (folder, "package.zip", NULL);
  g_autoptr (PltPackage) package = plt_package_new ("UC", NULL, NULL);
  PltPackageJob *job = plt_package_job_new ("UC-26-C000001", "B00000001", "utopia-iso", 1, NULL);
  g_autoptr (GBytes) list = g_bytes_new_static (com, sizeof com);
  g_autoptr (GBytes) track = g_bytes_new_static ("636000", 6);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (PltPackageWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *manifest = NULL;
  g_autofree char *sha256 = NULL;

  plt_package_job_add (job, PLT_PACKAGE_CARD_FILE, 0, file);
  plt_package_job_add (job, PLT_PACKAGE_CHIP, 0, list);
  plt_package_job_add (job, PLT_PACKAGE_TRACK, 2, track);
  g_ptr_array_add (package->jobs, job);
  manifest = plt_package_to_json (package);
  signature = plt_package_sign (manifest, fuzz_key_get (), &error);
  g_assert_no_error (error);
  writer = plt_package_writer_new (path, manifest, signature, &error);
  g_assert_no_error (error);
  g_assert_true (plt_package_writer_add (writer, job, &error) && plt_package_writer_end (writer, &sha256, &error) &&
                 plt_package_writer_keep (writer, &error));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GBytes) drawing = draw_card ();
  g_autoptr (GBytes) file = finish (drawing);

  g_assert_cmpint (argc, ==, 2);
  g_assert_cmpint (g_mkdir_with_parents (argv[1], 0755), ==, 0);
  save (argv[1], "drawing.pdf", drawing);
  save (argv[1], "card-file.pdf", file);
  save_package (argv[1], file);

  return 0;
}
