/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever pen, paper and lamp: the picture of a signature is the same line, 0.25 … 0.35 mm wide on a card,
 * where the hand drew it and nowhere else. The scans are drawn; the widths are measured on the result. */
#include "plt-picture-strokes.h"
#include "plt-picture.h"
#include "signature-scan.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const SignatureScan cases[] = {
  { "ball-pen", 6, 0x101020, 0xffffff, FLAT },
  { "fine-pen", 2.5, 0x101020, 0xfafafa, FLAT },
  { "felt-pen", 22, 0x000000, 0xffffff, FLAT },
  { "marker", 34, 0x202020, 0xf4f4f4, BLOTS },
  { "pencil", 4, 0x8c8c8c, 0xf0f0f0, GRAIN },
  { "light-pencil", 5, 0xa8a8a8, 0xe8e8e8, FLAT },
  { "blue-ink", 5, 0x2a3fb0, 0xffffff, SLOPE },
  { "blue-on-yellow", 6, 0x3048c0, 0xf5e27a, GRAIN },
  { "blue-on-blue", 6, 0x1a2a80, 0x9fc0e8, FLAT },
  { "red-on-pink", 7, 0xb01020, 0xf0c0c8, SLOPE },
  { "dark-paper", 7, 0x080808, 0x707070, GRAIN },
  { "slope", 6, 0x151515, 0xffffff, SLOPE },
  { "shadow", 6, 0x151515, 0xf8f8f8, SHADOW },
  { "slope-grain", 5, 0x202030, 0xe0d8c8, SLOPE | GRAIN },
  { "shadow-grain-thick", 16, 0x202030, 0xe8e8e8, SHADOW | GRAIN },
  { "rule", 6, 0x101010, 0xffffff, RULE },
  { "rule-thin-pen", 3, 0x202060, 0xfcfcf4, RULE | SLOPE },
  { "dotted", 6, 0x101010, 0xffffff, DOTTED },
  { "frame", 6, 0x101010, 0xffffff, FRAME },
  { "specks", 6, 0x101010, 0xffffff, SPECKS | GRAIN },
  { "lid", 6, 0x101010, 0xf0f0f0, LID },
  { "pressure", 8, 0x101010, 0xffffff, PRESSURE },
  { "form-in-the-shadow", 5, 0x2030a0, 0xe8e0d0, RULE | SHADOW | SPECKS | GRAIN },
};

static GdkPixbuf *
to_pixbuf (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (gdk_pixbuf_get_has_alpha (pixbuf));
  return pixbuf;
}

static gboolean
is_ink (GdkPixbuf *pixbuf, double x, double y)
{
  int at_x = (int) floor (x), at_y = (int) floor (y);

  if (at_x < 0 || at_y < 0 || at_x >= gdk_pixbuf_get_width (pixbuf) || at_y >= gdk_pixbuf_get_height (pixbuf))
    return FALSE;
  return gdk_pixbuf_read_pixels (pixbuf)[at_y * gdk_pixbuf_get_rowstride (pixbuf) + at_x * 4 + 3] >= 128;
}

#define REACH 13

/* How far it is to the nearest pixel that is no ink. */
static double
measure_depth (GdkPixbuf *pixbuf, int x, int y)
{
  int nearest = REACH * REACH;

  for (int dy = -REACH; dy <= REACH; dy++)
    for (int dx = -REACH; dx <= REACH; dx++)
      if (dx * dx + dy * dy < nearest && !is_ink (pixbuf, x + dx, y + dy))
        nearest = dx * dx + dy * dy;
  return sqrt (nearest);
}

/* @depths: of the whole picture. The width of the line where the pixel is in its middle; 0 where it is not. */
static double
measure_at (const double *depths, int stride, int x, int y)
{
  static const int steps[8][2] = { { 0, -1 }, { 1, -1 }, { 1, 0 }, { 1, 1 }, { 0, 1 }, { -1, 1 }, { -1, 0 }, { -1, -1 } };
  double depth = depths[y * stride + x];

  for (int i = 0; i < 8; i++)
    if (depths[(y + steps[i][1]) * stride + x + steps[i][0]] > depth)
      return 0;
  return 2 * depth;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : *(const double *) a > *(const double *) b;
}

/* In pixels of the picture: nine tenths of the ink lie between @low and @high. */
static void
measure_width (GdkPixbuf *pixbuf, double *low, double *middle, double *high)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, FALSE, sizeof (double));
  int stride = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autofree double *depths = g_new0 (double, stride * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < stride; x++)
      if (is_ink (pixbuf, x, y))
        depths[y * stride + x] = measure_depth (pixbuf, x, y);
  for (int y = 1; y + 1 < height; y++)
    for (int x = 1; x + 1 < stride; x++)
      if (is_ink (pixbuf, x, y))
        {
          double width = measure_at (depths, stride, x, y);

          if (width > 0)
            g_array_append_val (widths, width);
        }
  g_assert_cmpuint (widths->len, >, 40);
  g_array_sort (widths, compare);
  *low = g_array_index (widths, double, widths->len / 20);
  *middle = g_array_index (widths, double, widths->len / 2);
  *high = g_array_index (widths, double, widths->len * 19 / 20);
}

/* How many millimetres a pixel is in a field of a card. */
static double
get_scale (GdkPixbuf *pixbuf, double width_mm, double height_mm)
{
  return MIN (width_mm / gdk_pixbuf_get_width (pixbuf), height_mm / gdk_pixbuf_get_height (pixbuf));
}

static void
assert_line (GdkPixbuf *pixbuf)
{
  /* The fields of the ID-1 layouts that ship. */
  static const double fields[][2] = { { 22.6, 5 }, { 22.6, 5.2 }, { 22.6, 6.6 }, { 24, 5 }, { 24.2, 6.8 }, { 28, 6.2 } };
  double low, middle, high;

  measure_width (pixbuf, &low, &middle, &high);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      double scale = get_scale (pixbuf, fields[i][0], fields[i][1]);

      g_test_message ("%.1f x %.1f mm: %.3f … %.3f … %.3f mm", fields[i][0], fields[i][1], low * scale, middle * scale,
                      high * scale);
      g_assert_cmpfloat (middle * scale, >=, 0.245);
      g_assert_cmpfloat (middle * scale, <=, 0.355);
    }
  g_assert_cmpfloat (low, >, middle * 0.8);
  g_assert_cmpfloat (high, <, middle * 1.5); /* a crossing is wider */
}

static gboolean
covers (cairo_surface_t *surface, double x, double y)
{
  int at_x = (int) floor (x), at_y = (int) floor (y);

  return at_x >= 0 && at_y >= 0 && at_x < SCAN_WIDTH && at_y < SCAN_HEIGHT
         && cairo_image_surface_get_data (surface)[at_y * cairo_image_surface_get_stride (surface) + at_x] >= 128;
}

typedef struct
{
  double scale, left, top;
} Place;

static void
find_place (GdkPixbuf *pixbuf, cairo_surface_t *line, Place *place)
{
  double truth[4] = { 1e9, 1e9, -1, -1 }, found[4] = { 1e9, 1e9, -1, -1 };

  for (int y = 0; y < SCAN_HEIGHT; y++)
    for (int x = 0; x < SCAN_WIDTH; x++)
      if (covers (line, x, y))
        {
          truth[0] = MIN (truth[0], x), truth[1] = MIN (truth[1], y);
          truth[2] = MAX (truth[2], x), truth[3] = MAX (truth[3], y);
        }
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      if (is_ink (pixbuf, x, y))
        {
          found[0] = MIN (found[0], x), found[1] = MIN (found[1], y);
          found[2] = MAX (found[2], x), found[3] = MAX (found[3], y);
        }
  place->scale = (truth[2] - truth[0]) / (found[2] - found[0] - 12);
  place->left = (truth[0] + truth[2]) / 2 - (found[0] + found[2]) / 2 * place->scale;
  place->top = (truth[1] + truth[3]) / 2 - (found[1] + found[3]) / 2 * place->scale;
}

/* Nearly all of the line is there, and nearly nothing else. */
static void
assert_same_hand (GdkPixbuf *pixbuf)
{
  cairo_surface_t *line = signature_scan_draw_truth (1.5), *around = signature_scan_draw_truth (40);
  int n_line = 0, n_missed = 0, n_ink = 0, n_beside = 0;
  Place place;

  find_place (pixbuf, line, &place);
  for (int y = 0; y < SCAN_HEIGHT; y++)
    for (int x = 0; x < SCAN_WIDTH; x++)
      if (covers (line, x, y))
        {
          gboolean is_there = FALSE;

          for (int dy = -10; dy <= 10 && !is_there; dy += 2)
            for (int dx = -10; dx <= 10 && !is_there; dx += 2)
              is_there = is_ink (pixbuf, (x + dx - place.left) / place.scale, (y + dy - place.top) / place.scale);
          n_line++;
          n_missed += !is_there;
        }
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      if (is_ink (pixbuf, x, y))
        {
          n_ink++;
          n_beside += !covers (around, x * place.scale + place.left, y * place.scale + place.top);
        }
  g_test_message ("missed %.2f %%, beside %.2f %%", 100.0 * n_missed / n_line, 100.0 * n_beside / n_ink);
  g_assert_cmpfloat ((double) n_missed / n_line, <, 0.02);
  g_assert_cmpfloat ((double) n_beside / n_ink, <, 0.02);
  cairo_surface_destroy (line);
  cairo_surface_destroy (around);
}

static void
keep_for_the_eye (const char *name, GBytes *scan, GBytes *picture)
{
  const char *folder = g_getenv ("PLT_TEST_PICTURES");
  g_autofree char *before = folder != NULL ? g_strdup_printf ("%s/%s-scan.png", folder, name) : NULL;
  g_autofree char *after = folder != NULL ? g_strdup_printf ("%s/%s.png", folder, name) : NULL;

  if (folder == NULL)
    return;
  g_file_set_contents (before, g_bytes_get_data (scan, NULL), (gssize) g_bytes_get_size (scan), NULL);
  g_file_set_contents (after, g_bytes_get_data (picture, NULL), (gssize) g_bytes_get_size (picture), NULL);
}

static void
test_scan (gconstpointer data)
{
  const SignatureScan *from = data;
  g_autoptr (GBytes) scan = signature_scan_make (from);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = plt_picture_import (scan, from->name, PLT_PICTURE_SIGNATURE, &error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  g_assert_no_error (error);
  keep_for_the_eye (from->name, scan, picture);
  pixbuf = to_pixbuf (picture);
  assert_line (pixbuf);
  if (!(from->scene & BLOTS))
    assert_same_hand (pixbuf);
}

/* A tablet's lines become the same picture as a scan of them. */
static void
test_strokes (void)
{
  g_autoptr (PltStrokes) strokes = signature_scan_write ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = plt_strokes_draw (strokes, "pad", &error);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GBytes) scan = signature_scan_make (&cases[0]);
  g_autoptr (GBytes) scanned = plt_picture_import (scan, "x", PLT_PICTURE_SIGNATURE, NULL);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) other = NULL;

  g_assert_no_error (error);
  keep_for_the_eye ("strokes", picture, picture);
  pixbuf = to_pixbuf (picture);
  other = to_pixbuf (scanned);
  assert_line (pixbuf);
  assert_same_hand (pixbuf);
  g_assert_cmpint (ABS (gdk_pixbuf_get_width (pixbuf) - gdk_pixbuf_get_width (other)), <=, 12);
  g_assert_cmpint (ABS (gdk_pixbuf_get_height (pixbuf) - gdk_pixbuf_get_height (other)), <=, 12);
  /* The same lines, the same bytes: a card can be drawn again. */
  again = plt_strokes_draw (strokes, "pad", NULL);
  g_assert_true (g_bytes_equal (picture, again));
}

static void
test_undo (void)
{
  g_autoptr (PltStrokes) strokes = signature_scan_write ();
  guint n = plt_strokes_get_n (strokes), n_points = 0;
  g_autoptr (PltStrokes) copy = plt_strokes_copy (strokes);

  g_assert_true (plt_strokes_undo (strokes));
  g_assert_cmpuint (plt_strokes_get_n (strokes), ==, n - 1);
  g_assert_cmpuint (plt_strokes_get_n (copy), ==, n);
  plt_strokes_get_points (copy, n - 1, &n_points);
  g_assert_cmpuint (n_points, ==, 1);
  plt_strokes_clear (strokes);
  g_assert_cmpuint (plt_strokes_get_n (strokes), ==, 0);
  g_assert_false (plt_strokes_undo (strokes));
}

static void
assert_strokes_refused (PltStrokes *strokes, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = plt_strokes_draw (strokes, "pad", &error);

  g_assert_null (picture);
  g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_no_line (void)
{
  g_autoptr (PltStrokes) strokes = plt_strokes_new ();
  g_autoptr (GBytes) dash = NULL;
  g_autoptr (GError) error = NULL;

  assert_strokes_refused (strokes, "nothing on it");
  plt_strokes_begin (strokes);
  plt_strokes_add (strokes, 40, 40);
  plt_strokes_add (strokes, 40, 40);
  plt_strokes_add (strokes, NAN, 7);
  plt_strokes_add (strokes, INFINITY, 7);
  assert_strokes_refused (strokes, "nothing on it");
  /* A mark is a signature, however plain. */
  plt_strokes_add (strokes, 90, 40);
  dash = plt_strokes_draw (strokes, "pad", &error);
  g_assert_no_error (error);
  /* A scribble that fills the field is none. */
  plt_strokes_clear (strokes);
  plt_strokes_begin (strokes);
  for (int i = 0; i < 400; i++)
    plt_strokes_add (strokes, i % 2 * 200, i * 0.2); /* straight to and fro */
  assert_strokes_refused (strokes, "at most 45 %");
}

/* Neither a photograph nor a page of print is a signature; and none of them takes long. */
static void
test_no_signature (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 900, 900);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gint64 begin = g_get_monotonic_time ();

  for (int turn = 0; turn < 3; turn++)
    {
      g_autoptr (GBytes) file = NULL;
      g_autoptr (GBytes) picture = NULL;
      g_autoptr (GError) error = NULL;

      for (int y = 0; y < 900; y++)
        for (int x = 0; x < 900; x++)
          {
            guchar *p = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3;

            p[0] = p[1] = p[2] = turn == 0 ? (guchar) g_rand_int_range (random, 0, 256)
                                 : turn == 1 ? (guchar) ((x / 40 + y / 40) % 2 * 255)
                                             : (guchar) ((x + y) / 12);
          }
      file = signature_scan_save (pixbuf);
      picture = plt_picture_import (file, "no signature", PLT_PICTURE_SIGNATURE, &error);
      if (picture != NULL)
        keep_for_the_eye ("none", file, picture);
      g_assert_null (picture);
      g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE);
      g_test_message ("%s", error->message);
    }
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 60 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/card/signature/scan/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_scan);
    }
  g_test_add_func ("/card/signature/strokes/same-picture", test_strokes);
  g_test_add_func ("/card/signature/strokes/undo", test_undo);
  g_test_add_func ("/card/signature/strokes/no-line", test_no_line);
  g_test_add_func ("/card/signature/no-signature", test_no_signature);
  return g_test_run ();
}
