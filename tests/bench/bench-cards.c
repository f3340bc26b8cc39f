/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards drawn per second: both sides as one PDF each, on one core and on all, as pictures, a side as
 * a preview draws it, and the whole way to a signed card file; a bare two-page cairo PDF with a
 * picture and text is the floor. The holders are those of data/layouts/proof, whom bench-cards.py
 * gives to gLabels too. */
#include "plt-bench-card.h"
#include "plt-bench-series.h"
#include "plt-card-file.h"
#include "plt-card-renderer.h"

#include "plt-card-sample.h"

#include <cairo-pdf.h>
#include <sys/resource.h>
#include <time.h>

#define N_CARDS 100
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

/* (element-type PltCardSample) (transfer full): those whom the layout can show. */
static GPtrArray *
load_holders (PltLayout *layout)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts",
                                              "proof", NULL);
  GPtrArray *holders = plt_card_samples_read (folder, &error);

  g_assert_no_error (error);
  for (guint i = holders->len; i-- > 0;)
    {
      g_autoptr (GBytes) pdf = plt_card_render_pdf (
        layout, plt_card_sample_get_inputs (g_ptr_array_index (holders, i)), NULL);

      if (pdf == NULL)
        g_ptr_array_remove_index (holders, i);
    }
  return holders;
}

static double
get_seconds (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static gpointer
draw_cards (gpointer data)
{
  gpointer *job = data;
  GPtrArray *holders = job[1];

  for (guint i = 0; i < N_CARDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = plt_card_render_pdf (
        job[0], plt_card_sample_get_inputs (g_ptr_array_index (holders, i % holders->len)), &error);

      g_assert_no_error (error);
    }
  return NULL;
}

/* What one core does is told by the time that the thread had it: beside other programs the clock on
 * the wall says less. */
static void
bench_pdf (PltLayout *layout)
{
  g_autoptr (GPtrArray) holders = load_holders (layout);
  g_autoptr (PltBenchSeries) series =
    plt_bench_series_new ("card as PDF, both sides, one file each", "cards");
  gpointer job[] = { layout, holders };
  guint n_threads = g_get_num_processors ();
  g_autofree GThread **threads = g_new0 (GThread *, n_threads);
  double began = get_seconds (CLOCK_THREAD_CPUTIME_ID);

  for (guint i = 0; i < N_CARDS; i++)
    {
      g_autoptr (GBytes) pdf = NULL;

      plt_bench_series_start (series);
      pdf = plt_card_render_pdf (
        layout, plt_card_sample_get_inputs (g_ptr_array_index (holders, i % holders->len)), NULL);
      plt_bench_series_stop (series);
    }
  plt_bench_series_print (series);
  g_print ("%-44s %9.1f cards/s\n", "  by the time of the processor",
           N_CARDS / (get_seconds (CLOCK_THREAD_CPUTIME_ID) - began));
  began = get_seconds (CLOCK_MONOTONIC);
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("draw", draw_cards, job);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_print ("  in %2u threads %41.1f cards/s\n", n_threads,
           n_threads * N_CARDS / (get_seconds (CLOCK_MONOTONIC) - began));
}

/* As the preview draws: what all cards share is there from the card before. */
static void
bench_side (PltLayout     *layout,
            PltCardInputs *inputs)
{
  g_autoptr (PltBenchSeries) series = plt_bench_series_new ("one side at 600 dpi, as dots", "sides");

  for (int i = 0; i < N_PICTURES + 2; i++)
    {
      g_autoptr (GError) error = NULL;
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2022, 1275);
      cairo_t *cr = cairo_create (surface);

      cairo_scale (cr, 600 / 25.4, 600 / 25.4);
      plt_bench_series_start (series);
      plt_card_render (layout, inputs, i % 2, cr, 600, &error);
      if (i >= 2)
        plt_bench_series_stop (series);
      g_assert_no_error (error);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
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
                                            "utopia-eu", "layout.json", NULL);
  g_autoptr (PltLayout) layout = plt_layout_new_from_file (path, &error);
  g_autoptr (PltCardInputs) inputs = plt_bench_card_make_inputs ();
  struct rusage usage;

  g_assert_no_error (error);
  bench_bare ();
  bench_pdf (layout);
  bench_side (layout, inputs);
  bench_pictures (layout, inputs);
  bench_file (layout, inputs);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("%-44s %9.1f MB\n", "most memory of all this", (double) usage.ru_maxrss / 1024);
  return 0;
}
