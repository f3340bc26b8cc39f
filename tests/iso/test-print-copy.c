/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves what a calibrated printer is sent: the drawing moved, and nothing but the drawing. */
#include "plt-card-file.h"
#include "plt-print-copy.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define POINTS_PER_MM (72 / 25.4)
#define DOTS_PER_MM (600 / 25.4)

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Two sides with a black square of 2 mm about 60 mm, 40 mm. */
static GBytes *
make_file (void)
{
  static const char text[] = "secret";
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  g_autoptr (GBytes) drawn = NULL;
  g_autoptr (GBytes) attached = g_bytes_new_static (text, strlen (text));
  PltCardFileAttachment attachment = { "inputs.json", "application/json", "Data", "inputs", attached };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, pdf, 85.6 * POINTS_PER_MM,
                                                                  53.98 * POINTS_PER_MM);
  cairo_t *cr = cairo_create (surface);
  GBytes *file;

  for (int side = 0; side < 2; side++)
    {
      cairo_rectangle (cr, 59 * POINTS_PER_MM, 39 * POINTS_PER_MM, 2 * POINTS_PER_MM,
                       2 * POINTS_PER_MM);
      cairo_fill (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  drawn = g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
  file = plt_card_file_finish (drawn, "Card", 1772323200, &attachment, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  return file;
}

/* The middle of what is black on a page, in mm; from a raster that another program made. */
static void
find_square (GBytes *pdf,
             int     page,
             double *x,
             double *y)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("pcXXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "copy.pdf", NULL);
  g_autofree char *command = g_strdup_printf ("pdftoppm -r 600 -gray -f %d -l %d %s", page, page, path);
  g_autofree char *pgm = NULL;
  double sum_x = 0, sum_y = 0, n = 0;
  int width = 0, height = 0, head = 0;
  char **words = NULL;
  gsize length = 0;
  int out = -1;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 part[65536];
  gssize got;

  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  g_shell_parse_argv (command, NULL, &words, &error);
  g_assert_no_error (error);
  g_spawn_async_with_pipes (NULL, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &out, NULL,
                            &error);
  g_assert_no_error (error);
  g_strfreev (words);
  while ((got = read (out, part, sizeof part)) > 0)
    g_byte_array_append (bytes, part, (guint) got);
  close (out);
  g_remove (path);
  g_rmdir (folder);
  length = bytes->len;
  pgm = (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
  g_assert_cmpint (sscanf (pgm, "P5 %d %d 255%n", &width, &height, &head), ==, 2);
  g_assert_cmpuint (length, ==, (gsize) head + 1 + (gsize) width * height);
  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++)
      {
        double ink = 255 - (guint8) pgm[head + 1 + row * width + column];

        sum_x += ink * (column + 0.5);
        sum_y += ink * (row + 0.5);
        n += ink;
      }
  g_assert_cmpfloat (n, >, 0);
  *x = sum_x / n / DOTS_PER_MM;
  *y = sum_y / n / DOTS_PER_MM;
}

static gboolean
contains (GBytes     *bytes,
          const char *word)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return memmem (data, length, word, strlen (word)) != NULL;
}

static void
test_moved (void)
{
  const PltPrintMeasure measure = { 5.62, 4.71, 75.3, 5.01 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = make_file ();
  g_autoptr (GBytes) copy = plt_print_copy_new (file, &measure, &error);
  double want_x = 60, want_y = 40;

  g_assert_no_error (error);
  plt_print_measure_correct (&measure, &want_x, &want_y);
  for (int page = 1; page <= 2; page++)
    {
      double x, y;

      find_square (file, page, &x, &y);
      g_assert_cmpfloat_with_epsilon (x, 60, 0.03);
      g_assert_cmpfloat_with_epsilon (y, 40, 0.03);
      find_square (copy, page, &x, &y);
      g_assert_cmpfloat_with_epsilon (x, want_x, 0.03);
      g_assert_cmpfloat_with_epsilon (y, want_y, 0.03);
    }
}

static void
test_drawing_alone (void)
{
  const PltPrintMeasure measure = { 5, 5, 75, 5.2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = make_file ();
  g_autoptr (GBytes) copy = plt_print_copy_new (file, &measure, &error);
  g_autoptr (GBytes) again = plt_print_copy_new (file, &measure, &error);

  g_assert_no_error (error);
  g_assert_true (contains (file, "inputs.json"));
  g_assert_false (contains (copy, "inputs.json"));
  g_assert_false (contains (copy, "/EmbeddedFile"));
  g_assert_true (g_bytes_equal (copy, again));
}

static void
test_no_pdf (void)
{
  const PltPrintMeasure measure = { 5, 5, 75, 5.2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_bytes_new_static ("%PDF-1.7\nno", 11);

  g_assert_null (plt_print_copy_new (file, &measure, &error));
  g_assert_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/iso/print-copy/moved", test_moved);
  g_test_add_func ("/iso/print-copy/drawing-alone", test_drawing_alone);
  g_test_add_func ("/iso/print-copy/no-pdf", test_no_pdf);
  return g_test_run ();
}
