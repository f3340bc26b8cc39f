/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signature-scan.h"

#include <math.h>

/* A hand with a loop, crossings, a letter apart, a curved flourish and a dot. */
static const double hand[][9] = {
  { 1, 180, 330, 260, 60, 330, 40, 360, 120 }, { 0, 0, 0, 390, 200, 260, 360, 330, 380 },
  { 0, 0, 0, 420, 400, 520, 180, 450, 200 },   { 0, 0, 0, 390, 230, 470, 360, 540, 330 },
  { 0, 0, 0, 600, 300, 580, 220, 620, 230 },   { 0, 0, 0, 660, 250, 600, 370, 690, 320 },
  { 0, 0, 0, 760, 260, 760, 130, 730, 140 },   { 0, 0, 0, 690, 180, 740, 400, 860, 320 },
  { 1, 910, 220, 905, 260, 890, 310, 930, 330 }, { 0, 0, 0, 980, 350, 1010, 280, 1040, 240 },
  { 1, 330, 415, 500, 370, 700, 430, 1000, 395 },
};
#define DOT_X 925
#define DOT_Y 165

static void
trace_hand (cairo_t *cr)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hand); i++)
    {
      if (hand[i][0] > 0)
        cairo_move_to (cr, hand[i][1], hand[i][2]);
      cairo_curve_to (cr, hand[i][3], hand[i][4], hand[i][5], hand[i][6], hand[i][7], hand[i][8]);
    }
}

static void
set_colour (cairo_t *cr, guint32 colour)
{
  cairo_set_source_rgb (cr, (colour >> 16) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
}

static void
draw_pressed (cairo_t *cr, double pen)
{
  cairo_path_t *flat = cairo_copy_path_flat (cr);
  double x = 0, y = 0, way = 0;

  cairo_new_path (cr);
  for (int i = 0; i < flat->num_data; i += flat->data[i].header.length)
    {
      const cairo_path_data_t *to = &flat->data[i + 1];

      if (flat->data[i].header.type == CAIRO_PATH_LINE_TO)
        {
          cairo_set_line_width (cr, pen * (0.65 + 0.35 * sin (way / 60)));
          cairo_move_to (cr, x, y);
          cairo_line_to (cr, to->point.x, to->point.y);
          cairo_stroke (cr);
          way += hypot (to->point.x - x, to->point.y - y);
        }
      x = to->point.x;
      y = to->point.y;
    }
  cairo_path_destroy (flat);
}

static void
draw_form (cairo_t *cr, SignatureScene scene)
{
  static const double dots[] = { 3, 6 };

  cairo_set_source_rgb (cr, 0.2, 0.2, 0.2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, 3);
  if (scene & DOTTED)
    cairo_set_dash (cr, dots, 2, 0);
  if (scene & (RULE | DOTTED))
    {
      cairo_move_to (cr, 90, 344);
      cairo_line_to (cr, 1120, 352);
    }
  if (scene & FRAME)
    cairo_rectangle (cr, 40, 24, 1120, 440);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  for (int i = 0; scene & SPECKS && i < 60; i++)
    {
      cairo_arc (cr, (i * 733) % SCAN_WIDTH, (i * 389) % SCAN_HEIGHT, 1.2, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  if (scene & LID)
    {
      cairo_rectangle (cr, 0, 0, SCAN_WIDTH, 22);
      cairo_fill (cr);
    }
}

static void
light (guchar *p, int x, int y, SignatureScene scene, GRand *random)
{
  double light = 1;

  if (scene & SLOPE)
    light *= 1 - 0.55 * x / SCAN_WIDTH;
  if (scene & SHADOW && x + y / 3 > SCAN_WIDTH / 2)
    light *= 0.6;
  for (int c = 0; c < 3; c++)
    {
      double level = p[c] * light;

      if (scene & GRAIN)
        level += (g_rand_double (random) + g_rand_double (random) + g_rand_double (random) - 1.5) * 14;
      p[c] = (guchar) CLAMP (lround (level), 0, 255);
    }
}

GBytes *
signature_scan_save (GdkPixbuf *pixbuf)
{
  g_autoptr (GError) error = NULL;
  char *buffer = NULL;
  gsize size = 0;

  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, size);
}

static GBytes *
take_pixels (cairo_surface_t *surface, SignatureScene scene)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, SCAN_WIDTH, SCAN_HEIGHT);
  GRand *random = g_rand_new_with_seed (4711);

  for (int y = 0; y < SCAN_HEIGHT; y++)
    for (int x = 0; x < SCAN_WIDTH; x++)
      {
        guchar *p = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3;
        const guchar *from = cairo_image_surface_get_data (surface)
                             + y * cairo_image_surface_get_stride (surface) + x * 4;

        p[0] = from[2];
        p[1] = from[1];
        p[2] = from[0];
        light (p, x, y, scene, random);
      }
  g_rand_free (random);
  return signature_scan_save (pixbuf);
}

GBytes *
signature_scan_make (const SignatureScan *from)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SCAN_WIDTH, SCAN_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  GBytes *scan;

  set_colour (cr, from->paper);
  cairo_paint (cr);
  draw_form (cr, from->scene);
  set_colour (cr, from->ink);
  cairo_set_line_width (cr, from->pen);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  trace_hand (cr);
  if (from->scene & PRESSURE)
    draw_pressed (cr, from->pen);
  else
    cairo_stroke (cr);
  cairo_arc (cr, DOT_X, DOT_Y, from->pen * 0.7, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  scan = take_pixels (surface, from->scene);
  cairo_surface_destroy (surface);
  return scan;
}

cairo_surface_t *
signature_scan_draw_truth (double width)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SCAN_WIDTH, SCAN_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  trace_hand (cr);
  cairo_set_line_width (cr, width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_stroke (cr);
  cairo_arc (cr, DOT_X, DOT_Y, width / 2, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

PltStrokes *
signature_scan_write (void)
{
  PltStrokes *strokes = plt_strokes_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (hand); i++)
    {
      const double *from = hand[i][0] > 0 ? &hand[i][1] : &hand[i - 1][7], *by = &hand[i][3];

      if (hand[i][0] > 0)
        plt_strokes_begin (strokes);
      for (double t = 0; t <= 1; t += 0.05)
        {
          double u = 1 - t;

          plt_strokes_add (strokes,
                           u * u * u * from[0] + 3 * u * u * t * by[0] + 3 * u * t * t * by[2] + t * t * t * by[4],
                           u * u * u * from[1] + 3 * u * u * t * by[1] + 3 * u * t * t * by[3] + t * t * t * by[5]);
        }
    }
  plt_strokes_begin (strokes);
  plt_strokes_add (strokes, DOT_X, DOT_Y);
  return strokes;
}
