/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a signature: a capital, a run of letters that gets lazier, and a flourish. */
#include "plt-demo-signature.h"

#include "plt-demo-random.h"

#include <cairo.h>
#include <glib/gi18n-lib.h>

#define WIDTH 900
#define HEIGHT 300
#define BASE_Y 190.0

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static double
vary (PltDemoRandom *random,
      double         middle,
      double         spread)
{
  return middle + (plt_demo_random_unit (random) * 2 - 1) * spread;
}

static void
trace_capital (cairo_t       *cr,
               PltDemoRandom *random)
{
  double height = vary (random, 130, 25);

  cairo_move_to (cr, 95, BASE_Y + vary (random, 10, 15));
  cairo_curve_to (cr, 120, BASE_Y - height * 0.6, 150, BASE_Y - height * 1.2, 172,
                  BASE_Y - height);
  cairo_curve_to (cr, 200, BASE_Y - height * 0.7, 130, BASE_Y + 30, 160, BASE_Y + 18);
  cairo_curve_to (cr, 200, BASE_Y, 240, BASE_Y - height * 0.8, 205, BASE_Y - height * 0.5);
  cairo_curve_to (cr, 180, BASE_Y - 10, 220, BASE_Y + 14, 246, BASE_Y - 10);
}

static void
trace_letters (cairo_t       *cr,
               PltDemoRandom *random)
{
  double x = 246;
  double size = vary (random, 46, 8);
  int n_letters = plt_demo_random_range (random, 5, 9);

  for (int i = 0; i < n_letters; i++)
    {
      double tall = plt_demo_random_chance (random, 0.25) ? 2.1 : 1;
      double width = vary (random, 44, 12);

      cairo_curve_to (cr, x + width * 0.5, BASE_Y - size * 0.4, x + width * 0.9,
                      BASE_Y - size * tall, x + width * 0.45, BASE_Y - size * tall);
      cairo_curve_to (cr, x + width * 0.1, BASE_Y - size * 0.6, x + width * 0.3, BASE_Y + 8,
                      x + width, BASE_Y - 8);
      x += width;
      size *= 0.93;
    }
  cairo_curve_to (cr, x + 90, BASE_Y - 20, x + 130, BASE_Y - 60, x + 150,
                  BASE_Y - vary (random, 40, 20));
}

GBytes *
plt_demo_signature_draw (const char  *id_number,
                         GError     **error)
{
  PltDemoRandom random = plt_demo_random_new (g_ascii_strtoull (id_number, NULL, 10), 7);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GByteArray) png = g_byte_array_new ();
  cairo_status_t status;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.05, 0.05, 0.15);
  cairo_set_line_width (cr, vary (&random, 5.5, 1));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  trace_capital (cr, &random);
  trace_letters (cr, &random);
  cairo_stroke (cr);
  if (plt_demo_random_chance (&random, 0.5))
    {
      cairo_move_to (cr, 140, BASE_Y + 52);
      cairo_curve_to (cr, 320, BASE_Y + 20, 520, BASE_Y + 24, 700, BASE_Y + 36);
      cairo_stroke (cr);
    }
  status = cairo_surface_write_to_png_stream (surface, append_cb, png);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&png));

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("The signature was not drawn: %s."), cairo_status_to_string (status));

  return NULL;
}
