/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in every format, depth and colour that people bring comes out the same; what lies, is
 * cut off, holds several pictures or is a bomb is refused in words. */
#include "picture-files.h"
#include "plt-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* As an APP1, an eXIf or an EXIF chunk holds it: one tag, "turn by 180°". */
static const guint8 upside_down[] = { 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0,
                                      3, 0, 0, 0, 0, 0, 0, 0 };

static void
assert_colour (GdkPixbuf *pixbuf, double v, guint colour, int slack)
{
  int x = gdk_pixbuf_get_width (pixbuf) / 2, y = (int) (v * gdk_pixbuf_get_height (pixbuf));
  const guchar *p = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
                    + x * gdk_pixbuf_get_n_channels (pixbuf);

  g_test_message ("%02x%02x%02x where %06x is due", p[0], p[1], p[2], colour);
  g_assert_cmpint (ABS (p[0] - (int) (colour >> 16 & 255)), <=, slack);
  g_assert_cmpint (ABS (p[1] - (int) (colour >> 8 & 255)), <=, slack);
  g_assert_cmpint (ABS (p[2] - (int) (colour & 255)), <=, slack);
}

static GdkPixbuf *
import (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) result = plt_picture_import (bytes, "scan", PLT_PICTURE_PORTRAIT, &error);
  g_autoptr (GInputStream) stream = NULL;
  GdkPixbuf *pixbuf;

  g_assert_no_error (error);
  stream = g_memory_input_stream_new_from_bytes (result);
  pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);
  g_assert_no_error (error);
  return pixbuf;
}

/* @bytes: taken */
static void
assert_halves (GBytes *bytes, guint upper, guint lower)
{
  g_autoptr (GBytes) file = bytes;
  g_autoptr (GdkPixbuf) pixbuf = import (file);

  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 480);
  assert_colour (pixbuf, 0.25, upper, 10);
  assert_colour (pixbuf, 0.75, lower, 10);
}

static void
assert_refused (GBytes *bytes, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) result = plt_picture_import (bytes, "scan.tif", PLT_PICTURE_PORTRAIT, &error);

  g_assert_null (result);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
  g_assert_nonnull (strstr (error->message, "scan.tif"));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
}

static void
test_jpeg (void)
{
  assert_halves (picture_file_jpeg_rgb (NULL), PICTURE_UPPER, PICTURE_LOWER);
}

static void
test_cmyk (void)
{
  assert_halves (picture_file_jpeg_cmyk (FALSE, NULL), PICTURE_UPPER, PICTURE_LOWER);
  assert_halves (picture_file_jpeg_cmyk (TRUE, NULL), PICTURE_UPPER, PICTURE_LOWER);
  assert_halves (picture_file_tiff (8, TRUE, 1, 1, FALSE), PICTURE_UPPER, PICTURE_LOWER);
}

/* L* of 100 × 224 ⁄ 255 and of 100 × 32 ⁄ 255, as sRGB's greys. */
static void
test_cmyk_profile (void)
{
  g_autoptr (GBytes) profile = picture_profile_ink ();

  assert_halves (picture_file_jpeg_cmyk (FALSE, profile), 0xdcdcdc, 0x212121);
  assert_halves (picture_file_jpeg_cmyk (TRUE, profile), 0xdcdcdc, 0x212121);
}

static void
test_profiles (void)
{
  g_autoptr (GBytes) swapped = picture_profile_swapped ();
  g_autoptr (GBytes) srgb = picture_profile_srgb ();
  g_autoptr (GBytes) nonsense = g_bytes_new_take (g_malloc0 (4000), 4000);

  assert_halves (picture_file_jpeg_rgb (swapped), 0x70e020, 0x4020c0);
  assert_halves (picture_file_jpeg_rgb (srgb), PICTURE_UPPER, PICTURE_LOWER);
  assert_halves (picture_file_jpeg_rgb (nonsense), PICTURE_UPPER, PICTURE_LOWER);
}

static void
test_depths (void)
{
  g_autoptr (GBytes) exif = g_bytes_new_static (upside_down, sizeof upside_down);

  assert_halves (picture_file_png (8, NULL), PICTURE_UPPER, PICTURE_LOWER);
  assert_halves (picture_file_png (16, NULL), PICTURE_UPPER, PICTURE_LOWER);
  assert_halves (picture_file_png (16, exif), PICTURE_LOWER, PICTURE_UPPER);
  assert_halves (picture_file_tiff (16, FALSE, 1, 1, FALSE), PICTURE_UPPER, PICTURE_LOWER);
  assert_halves (picture_file_tiff (16, FALSE, 3, 1, FALSE), PICTURE_LOWER, PICTURE_UPPER);
}

static void
test_tiff_pages (void)
{
  g_autoptr (GBytes) pages = picture_file_tiff (8, FALSE, 1, 3, FALSE);

  assert_refused (pages, "several pages");
  assert_halves (picture_file_tiff (8, FALSE, 1, 2, TRUE), PICTURE_UPPER, PICTURE_LOWER);
}

static void
test_webp (void)
{
  g_autoptr (GBytes) animated = picture_file_webp_animated ();

  assert_halves (picture_file_webp (TRUE), PICTURE_UPPER, PICTURE_LOWER);
  assert_halves (picture_file_webp (FALSE), PICTURE_UPPER, PICTURE_LOWER);
  assert_refused (animated, "animated");
}

/* @bytes: taken. However it is cut, it is refused; as what, depends on where. */
static void
assert_no_part_taken (GBytes *bytes)
{
  g_autoptr (GBytes) file = bytes;

  for (gsize i = 1; i < 40; i++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) * i / 40);

      assert_refused (part, g_bytes_get_size (part) < 12 ? "not a picture" : "scan it again");
    }
}

static void
test_cut (void)
{
  assert_no_part_taken (picture_file_tiff (8, FALSE, 1, 1, FALSE));
  assert_no_part_taken (picture_file_webp (FALSE));
  assert_no_part_taken (picture_file_webp (TRUE));
  assert_no_part_taken (picture_file_jpeg_cmyk (TRUE, NULL));
}

/* @bytes: taken. Every so many bytes changed: taken or refused, never a crash (the sanitizers look). */
static void
bend (GBytes *bytes)
{
  g_autoptr (GBytes) file = bytes;
  gsize size = g_bytes_get_size (file);

  for (gsize at = 0; at < size; at += at < 64 ? 1 : MAX (1, size / 60))
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (file, NULL), size);
      g_autoptr (GBytes) bent = NULL;
      g_autoptr (GBytes) result = NULL;
      g_autoptr (GError) error = NULL;

      copy[at] ^= 0x5a;
      bent = g_bytes_new_take (copy, size);
      result = plt_picture_import (bent, "bent", PLT_PICTURE_PORTRAIT, &error);
      g_assert_true ((result == NULL) == (error != NULL));
    }
}

static void
test_bent (void)
{
  bend (picture_file_tiff (16, FALSE, 1, 1, FALSE));
  bend (picture_file_webp (FALSE));
  bend (picture_file_jpeg_cmyk (TRUE, NULL));
}

/* A TIFF of some bytes whose head claims 10 000 × 10 000, and a WebP of the largest size there is. */
static void
test_bombs (void)
{
  static const guint8 tiff[] = { 'I', 'I', 42, 0, 8, 0, 0, 0, 5, 0,
                                 0x00, 1, 4, 0, 1, 0, 0, 0, 0x10, 0x27, 0, 0,
                                 0x01, 1, 4, 0, 1, 0, 0, 0, 0x10, 0x27, 0, 0,
                                 0x06, 1, 3, 0, 1, 0, 0, 0, 2, 0, 0, 0,
                                 0x11, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0,
                                 0x17, 1, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0 };
  static const guint8 webp[] = { 'R', 'I', 'F', 'F', 26, 0, 0, 0, 'W', 'E', 'B', 'P',
                                 'V', 'P', '8', 'L', 13, 0, 0, 0, 0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0,
                                 0, 0, 0, 0, 0, 0 };
  g_autoptr (GBytes) first = g_bytes_new_static (tiff, sizeof tiff);
  g_autoptr (GBytes) second = g_bytes_new_static (webp, sizeof webp);
  gint64 start = g_get_monotonic_time ();

  assert_refused (first, "10000 × 10000");
  assert_refused (second, "16384 × 16384");
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
}

/* The frame's head says 500 × 640, a second one 60 000 × 60 000: believed is what is decoded. */
static void
test_lying_head (void)
{
  g_autoptr (GBytes) honest = picture_file_jpeg_rgb (NULL);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (honest, &size);
  const guint8 *frame = memmem (data, size, "\xff\xc0", 2);
  guint8 *copy = g_memdup2 (data, size);
  g_autoptr (GBytes) liar = NULL;

  g_assert_nonnull (frame);
  memcpy (copy + (frame - data) + 5, "\xff\xff\x00\x10", 4);
  liar = g_bytes_new_take (copy, size);
  assert_refused (liar, "scan it again");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/picture/format/jpeg", test_jpeg);
  g_test_add_func ("/card/picture/format/cmyk", test_cmyk);
  g_test_add_func ("/card/picture/format/cmyk-with-profile", test_cmyk_profile);
  g_test_add_func ("/card/picture/format/profiles", test_profiles);
  g_test_add_func ("/card/picture/format/16-bit-and-turned", test_depths);
  g_test_add_func ("/card/picture/format/tiff-pages", test_tiff_pages);
  g_test_add_func ("/card/picture/format/webp", test_webp);
  g_test_add_func ("/card/picture/refuses/cut", test_cut);
  g_test_add_func ("/card/picture/refuses/bombs", test_bombs);
  g_test_add_func ("/card/picture/refuses/lying-head", test_lying_head);
  g_test_add_func ("/card/picture/format/survives-bent-bytes", test_bent);
  return g_test_run ();
}
