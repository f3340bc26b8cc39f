/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import of portraits and signatures: what is taken, what it becomes, and what hostile or unlucky
 * files get told. */
#include "plt-picture.h"
#include "sample-card.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

static GdkPixbuf *
to_pixbuf (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  return pixbuf;
}

static GBytes *
save (GdkPixbuf *pixbuf, const char *type)
{
  g_autoptr (GError) error = NULL;
  gchar *buffer = NULL;
  gsize size = 0;

  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, size);
}

static void
assert_refused (GBytes *bytes, PltPictureKind kind, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) result = plt_picture_import (bytes, "scan.jpg", kind, &error);

  g_assert_null (result);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "scan.jpg"));
  g_assert_nonnull (strstr (error->message, words));
}

/* APP1 with one tag, orientation, after SOI. */
static GBytes *
add_orientation (GBytes *jpeg, int orientation)
{
  guint8 app1[] = { 0xff, 0xe1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (guint8) orientation, 0, 0, 0, 0, 0, 0 };
  GByteArray *result = g_byte_array_new ();
  const guint8 *data = g_bytes_get_data (jpeg, NULL);

  g_byte_array_append (result, data, 2);
  g_byte_array_append (result, app1, sizeof app1);
  g_byte_array_append (result, data + 2, (guint) g_bytes_get_size (jpeg) - 2);
  return g_byte_array_free_to_bytes (result);
}

/* A picture whose corners are red, green, blue, white clockwise from the top left, stored turned
 * so that @orientation sets it upright. */
static guint
get_corner_colour (double u, double v)
{
  if (v < 0.5)
    return u < 0.5 ? 0xff0000 : 0x00ff00;
  return u < 0.5 ? 0xffffff : 0x0000ff;
}

static GBytes *
make_turned (int orientation)
{
  gboolean is_swapped = orientation >= 5;
  int width = is_swapped ? 900 : 700, height = is_swapped ? 700 : 900;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GBytes) jpeg = NULL;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double a = (x + 0.5) / width, b = (y + 0.5) / height;
        /* Upright place (u, v) of the stored place (a, b), by EXIF's definition. */
        const double places[8][2] = { { a, b }, { 1 - a, b }, { 1 - a, 1 - b }, { a, 1 - b },
                                      { b, a }, { 1 - b, a }, { 1 - b, 1 - a }, { b, 1 - a } };
        guint colour = get_corner_colour (places[orientation - 1][0], places[orientation - 1][1]);
        guchar *p = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3;

        p[0] = (guchar) (colour >> 16);
        p[1] = (guchar) (colour >> 8);
        p[2] = (guchar) colour;
      }
  jpeg = save (pixbuf, "jpeg");
  return add_orientation (jpeg, orientation);
}

static void
assert_near (GdkPixbuf *pixbuf, double u, double v, guint colour)
{
  int x = (int) (u * gdk_pixbuf_get_width (pixbuf)), y = (int) (v * gdk_pixbuf_get_height (pixbuf));
  const guchar *p = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
                    + x * gdk_pixbuf_get_n_channels (pixbuf);

  g_assert_cmpint (ABS (p[0] - (int) (colour >> 16 & 255)), <, 12);
  g_assert_cmpint (ABS (p[1] - (int) (colour >> 8 & 255)), <, 12);
  g_assert_cmpint (ABS (p[2] - (int) (colour & 255)), <, 12);
}

static void
test_orientation (void)
{
  for (int orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (GBytes) turned = make_turned (orientation);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) result = plt_picture_import (turned, "x", PLT_PICTURE_PORTRAIT, &error);
      g_autoptr (GdkPixbuf) pixbuf = NULL;

      g_assert_no_error (error);
      pixbuf = to_pixbuf (result);
      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 480);
      g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 617);
      assert_near (pixbuf, 0.25, 0.25, 0xff0000);
      assert_near (pixbuf, 0.75, 0.25, 0x00ff00);
      assert_near (pixbuf, 0.75, 0.75, 0x0000ff);
      assert_near (pixbuf, 0.25, 0.75, 0xffffff);
    }
}

static void
test_portrait (void)
{
  g_autoptr (GBytes) wide = sample_portrait_jpeg (2400, 1600);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) result = plt_picture_import (wide, "x", PLT_PICTURE_PORTRAIT, &error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const guint8 *data;

  g_assert_no_error (error);
  pixbuf = to_pixbuf (result);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 480);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 617);
  data = g_bytes_get_data (result, NULL);
  /* JFIF, density 300 × 300 dots per inch. */
  g_assert_cmpmem (data + 6, 5, "JFIF", 5);
  g_assert_cmpmem (data + 13, 5, "\x01\x01\x2c\x01\x2c", 5);
}

/* Nothing of the original's metadata survives. */
static void
test_metadata_dropped (void)
{
  g_autoptr (GBytes) turned = make_turned (6);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) result = plt_picture_import (turned, "x", PLT_PICTURE_PORTRAIT, &error);

  g_assert_no_error (error);
  g_assert_null (memmem (g_bytes_get_data (result, NULL), g_bytes_get_size (result), "Exif", 4));
}

static void
test_small_portrait (void)
{
  g_autoptr (GBytes) small = sample_portrait_jpeg (412, 531);

  assert_refused (small, PLT_PICTURE_PORTRAIT, "412 × 530");
}

static void
test_alpha_on_white (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 500, 650);
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GdkPixbuf) portrait = NULL;

  gdk_pixbuf_fill (pixbuf, 0x00000000);
  png = save (pixbuf, "png");
  result = plt_picture_import (png, "x", PLT_PICTURE_PORTRAIT, &error);
  g_assert_no_error (error);
  portrait = to_pixbuf (result);

  assert_near (portrait, 0.5, 0.5, 0xffffff);
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) jpeg = sample_portrait_jpeg (700, 900);
  g_autoptr (GdkPixbuf) pixbuf = to_pixbuf (jpeg);
  g_autoptr (GBytes) png = save (pixbuf, "png");
  GBytes *const files[] = { jpeg, png };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    for (int part = 1; part < 20; part++)
      {
        gsize size = g_bytes_get_size (files[i]);
        g_autoptr (GBytes) cut = g_bytes_new_from_bytes (files[i], 0, MAX (40, size * part / 20));

        assert_refused (cut, PLT_PICTURE_PORTRAIT, "ends too early");
      }
}

/* Every byte changed in turn over the head, some over the rest: refused or taken, never a crash. */
static void
test_bent (void)
{
  g_autoptr (GBytes) jpeg = sample_portrait_jpeg (420, 540);
  g_autoptr (GdkPixbuf) pixbuf = to_pixbuf (jpeg);
  g_autoptr (GBytes) png = save (pixbuf, "png");
  GBytes *const files[] = { jpeg, png };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    for (gsize at = 0; at < g_bytes_get_size (files[i]); at += at < 48 ? 1 : 997)
      {
        gsize size = 0;
        guint8 *copy = g_memdup2 (g_bytes_get_data (files[i], &size), g_bytes_get_size (files[i]));
        g_autoptr (GBytes) bent = NULL;
        g_autoptr (GBytes) result = NULL;
        g_autoptr (GError) error = NULL;

        copy[at] ^= 0x55;
        bent = g_bytes_new_take (copy, size);
        result = plt_picture_import (bent, "bent", PLT_PICTURE_PORTRAIT, &error);
        g_assert_true ((result == NULL) == (error != NULL));
      }
}

static void
test_bomb (void)
{
  static const guint8 head[] = { 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                                 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0, 0, 0, 0, 0,
                                 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82 };
  g_autoptr (GBytes) bomb = g_bytes_new_static (head, sizeof head);

  assert_refused (bomb, PLT_PICTURE_PORTRAIT, "30000 × 30000");
}

static void
test_too_many_bytes (void)
{
  guint8 *data = g_malloc0 (PLT_PICTURE_MAX_BYTES + 1);
  g_autoptr (GBytes) bytes = NULL;

  memcpy (data, "\xff\xd8\xff", 3);
  bytes = g_bytes_new_take (data, PLT_PICTURE_MAX_BYTES + 1);
  assert_refused (bytes, PLT_PICTURE_PORTRAIT, "20 MB");
}

static void
test_animated (void)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                                0, 0, 2, 0x58, 0, 0, 3, 0x20, 8, 2, 0, 0, 0, 0, 0, 0, 0,
                                0, 0, 0, 8, 'a', 'c', 'T', 'L', 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (png, sizeof png);

  assert_refused (bytes, PLT_PICTURE_PORTRAIT, "animated");
}

static void
test_no_picture (void)
{
  static const struct { const char *data; gsize size; const char *words; } files[] = {
    { "", 0, "is empty" },
    { "Dear Sir or Madam", 17, "is not a picture" },
    { "\xff\xd8", 2, "is not a picture" },
    { "\xff\xd8\xff", 3, "ends too early" },
    { "GIF89a", 6, "GIF" },
    { "II*\0....", 8, "is damaged" },
    { "RIFF....WEBPVP8 ", 16, "ends too early" },
    { "%PDF-1.7", 8, "PDF" },
    { "\0\0\0\x18" "ftypheic", 12, "HEIC" },
    { "\0\0\0\x0cjP  \r\n\x87\n", 12, "JPEG 2000" },
    { "\0\0\0\x18" "ftypavif", 12, "format is AVIF" },
    { "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 63, "format is SVG" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (files[i].data, files[i].size);

      assert_refused (bytes, PLT_PICTURE_PORTRAIT, files[i].words);
    }
}

/* A pen's line of @width on a sheet of @size × @size / 3, in @ink on @paper. */
static GBytes *
make_scan (int size, double width, double ink, double paper)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, size, size / 3);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, size, size / 3);

  cairo_set_source_rgb (cr, paper, paper, paper);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, ink, ink, ink);
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, size * 0.2, size * 0.25);
  cairo_curve_to (cr, size * 0.4, -size * 0.1, size * 0.6, size * 0.5, size * 0.8, size * 0.08);
  cairo_stroke (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < size / 3; y++)
    for (int x = 0; x < size; x++)
      memset (gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3,
              cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + x * 4],
              3);
  cairo_surface_destroy (surface);
  return save (pixbuf, "png");
}

static void
test_signature (void)
{
  g_autoptr (GBytes) scan = make_scan (900, 6, 0.2, 0.93);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) result = plt_picture_import (scan, "x", PLT_PICTURE_SIGNATURE, &error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const guchar *p;
  int opaque = 0;

  g_assert_no_error (error);
  pixbuf = to_pixbuf (result);
  g_assert_true (gdk_pixbuf_get_has_alpha (pixbuf));
  /* The field of 24 × 6 mm at 40 dots per millimetre, filled by the longer side. */
  g_assert_true (gdk_pixbuf_get_width (pixbuf) == 960 || gdk_pixbuf_get_height (pixbuf) == 240);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), <=, 960);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), <=, 240);
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      {
        p = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 4;
        g_assert_true (p[0] == 0 && p[1] == 0 && p[2] == 0);
        opaque += p[3] == 255;
      }
  g_assert_cmpint (opaque, >, 2000);
  g_assert_cmpint (gdk_pixbuf_read_pixels (pixbuf)[3], ==, 0);
}

static void
test_no_signature (void)
{
  g_autoptr (GBytes) empty = make_scan (900, 6, 0.93, 0.93);
  g_autoptr (GBytes) faint = make_scan (900, 6, 0.85, 0.93);
  g_autoptr (GBytes) scribble = make_scan (900, 150, 0.1, 0.93);
  g_autoptr (GBytes) tiny = make_scan (200, 3, 0.1, 0.93);

  assert_refused (empty, PLT_PICTURE_SIGNATURE, "no ink");
  assert_refused (faint, PLT_PICTURE_SIGNATURE, "no ink");
  assert_refused (scribble, PLT_PICTURE_SIGNATURE, "at most 45 %");
  assert_refused (tiny, PLT_PICTURE_SIGNATURE, "longer side needs 150");
}

typedef struct
{
  GBytes *result;
  GError *error;
  gboolean is_done;
} Imported;

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Imported *imported = user_data;

  imported->result = plt_picture_import_finish (result, &imported->error);
  imported->is_done = TRUE;
}

static void
test_async (gconstpointer data)
{
  gboolean is_cancelled = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) jpeg = sample_portrait_jpeg (700, 900);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Imported imported = { 0 };

  if (is_cancelled)
    g_cancellable_cancel (cancellable);
  plt_picture_import_async (jpeg, "x", PLT_PICTURE_PORTRAIT, cancellable, imported_cb, &imported);
  g_assert_false (imported.is_done);
  while (!imported.is_done)
    g_main_context_iteration (NULL, TRUE);

  if (is_cancelled)
    g_assert_error (imported.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_no_error (imported.error);
  g_assert_true ((imported.result == NULL) == is_cancelled);
  g_clear_pointer (&imported.result, g_bytes_unref);
  g_clear_error (&imported.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/picture/portrait/cropped-and-scaled", test_portrait);
  g_test_add_func ("/card/picture/portrait/every-exif-orientation", test_orientation);
  g_test_add_func ("/card/picture/portrait/metadata-dropped", test_metadata_dropped);
  g_test_add_func ("/card/picture/portrait/alpha-on-white", test_alpha_on_white);
  g_test_add_func ("/card/picture/portrait/refuses-too-small", test_small_portrait);
  g_test_add_func ("/card/picture/refuses/truncated", test_truncated);
  g_test_add_func ("/card/picture/refuses/too-many-pixels", test_bomb);
  g_test_add_func ("/card/picture/refuses/too-many-bytes", test_too_many_bytes);
  g_test_add_func ("/card/picture/refuses/animated", test_animated);
  g_test_add_func ("/card/picture/refuses/no-picture", test_no_picture);
  g_test_add_func ("/card/picture/survives-bent-bytes", test_bent);
  g_test_add_func ("/card/picture/signature/becomes-ink", test_signature);
  g_test_add_func ("/card/picture/signature/refuses", test_no_signature);
  g_test_add_data_func ("/card/picture/async/taken", GINT_TO_POINTER (FALSE), test_async);
  g_test_add_data_func ("/card/picture/async/cancelled", GINT_TO_POINTER (TRUE), test_async);
  return g_test_run ();
}
