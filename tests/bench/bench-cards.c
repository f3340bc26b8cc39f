/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards drawn per second: both sides as one PDF, as two pictures, and the whole way to a signed
 * card file; a bare two-page cairo PDF with a picture and text is the floor. */
#include "plt-bench-card.h"
#include "plt-bench-series.h"
#include "plt-card-file.h"
#include "plt-card-renderer.h"

#include <cairo-pdf.h>

#define N_CARDS 60
#define N_PICTURES 20

static cairo_status_t
discard (void                *closure,
         const unsigned char *data,
         unsigned int         length)
{
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_bare_page (cairo_t         *cr,
                cairo_surface_t *portrait)
{
  cairo_set_source_surface (cr, portrait, 20, 20);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int line = 0; line < 12; line++)
    {
      cairo_move_to (cr, 90, 20 + 9 * line);
      cairo_show_text (cr, "PLATEN 0123456789");
    }
  cairo_show_page (cr);
}

static void
draw_bare_card (cairo_surface_t *portrait)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (discard, NULL, 242.645669,
                                                                  153.014173);
  cairo_t *cr = cairo_create (surface);

  draw_bare_page (cr, portrait);
  draw_bare_page (cr, portrait);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
bench_bare (void)
{
  g_autoptr (PltBenchSeries) series =
    plt_bench_series_new ("bare cairo PDF, two pages (floor)", "cards");
  cairo_surface_t *portrait = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 283, 364);

  for (int i = 0; i < N_CARDS; i++)
    {
      plt_bench_series_start (series);
      draw_bare_card (portrait);
      plt_bench_series_stop (series);
    }
  cairo_surface_destroy (portrait);
  plt_bench_series_print (series);
}

static void
bench_pdf (PltLayout     *layout,
           PltCardInputs *inputs)
{
  g_autoptr (PltBenchSeries) series = plt_bench_series_new ("card as PDF, both sides", "cards");

  for (int i = 0; i < N_CARDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = NULL;

      plt_bench_series_start (series);
      pdf = plt_card_render_pdf (layout, inputs, &error);
      plt_bench_series_stop (series);
      g_assert_no_error (error);
    }
  plt_bench_series_print (series);
}

static void
bench_pictures (PltLayout     *layout,
                PltCardInputs *inputs)
{
  g_autoptr (PltBenchSeries) series =
    plt_bench_series_new ("card as PNG at 300 dpi, both sides", "cards");

  for (int i = 0; i < N_PICTURES; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) front = NULL;
      g_autoptr (GBytes) back = NULL;

      plt_bench_series_start (series);
      front = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_FRONT, 300, &error);
      g_assert_no_error (error);
      back = plt_card_render_png (layout, inputs, PLT_CARD_SIDE_BACK, 300, &error);
      plt_bench_series_stop (series);
      g_assert_no_error (error);
    }
  plt_bench_series_print (series);
}

static void
bench_file (PltLayout     *layout,
            PltCardInputs *inputs)
{
  g_autoptr (PltBenchSeries) series = plt_bench_series_new ("signed card file, PDF/A-3b", "cards");
  g_autoptr (PltIssuerKey) key = plt_bench_card_make_key ();

  for (int i = 0; i < N_CARDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = NULL;
      g_autoptr (GBytes) file = NULL;
      g_autofree char *hash = NULL;

      plt_bench_series_start (series);
      pdf = plt_card_render_pdf (layout, inputs, &error);
      g_assert_no_error (error);
      file = plt_card_file_finish (pdf, "Driving licence", 1772323200, NULL, 0, key, &hash, &error);
      plt_bench_series_stop (series);
      g_assert_no_error (error);
    }
  plt_bench_series_print (series);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts",
                                            "utopia-iso", "layout.json", NULL);
  g_autoptr (PltLayout) layout = plt_layout_new_from_file (path, &error);
  g_autoptr (PltCardInputs) inputs = plt_bench_card_make_inputs ();

  g_assert_no_error (error);
  bench_bare ();
  bench_pdf (layout, inputs);
  bench_pictures (layout, inputs);
  bench_file (layout, inputs);
  return 0;
}
