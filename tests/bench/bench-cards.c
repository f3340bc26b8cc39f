/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards drawn per second: both sides as one PDF each, in one thread and in several with the memory that
 * each card takes while it is drawn, as pictures, a side as a preview draws it, and the whole way to a
 * signed card file; bare cairo with the same content is the floor. The holders are those of
 * data/layouts/proof, whom bench-cards.py gives to gLabels too. */
#include "bare-card.h"
#include "plt-bench-card.h"
#include "plt-bench-series.h"
#include "plt-card-file.h"
#include "plt-card-renderer.h"

#include "plt-card-sample.h"

#include <cairo.h>
#include <malloc.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define N_CARDS 100
#define N_PICTURES 20
#define MOST_THREADS 8

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

static void
print_by_processor (double began)
{
  g_print ("%-44s %9.1f cards/s\n", "  by the time of the processor",
           N_CARDS / (get_seconds (CLOCK_THREAD_CPUTIME_ID) - began));
}

static void
bench_bare (GPtrArray *holders)
{
  g_autoptr (PltBenchSeries) series =
    plt_bench_series_new ("bare cairo, the same content (floor)", "cards");
  g_autoptr (BareCard) card = bare_card_new ();
  double began;

  g_bytes_unref (bare_card_draw (card,
                                 plt_card_sample_get_inputs (g_ptr_array_index (holders, 0))));
  began = get_seconds (CLOCK_THREAD_CPUTIME_ID);
  for (guint i = 0; i < N_CARDS; i++)
    {
      g_autoptr (GBytes) pdf = NULL;

      plt_bench_series_start (series);
      pdf = bare_card_draw (card, plt_card_sample_get_inputs (g_ptr_array_index (holders,
                                                                                 i % holders->len)));
      plt_bench_series_stop (series);
    }
  plt_bench_series_print (series);
  print_by_processor (began);
}

/* What one core does is told by the time that the thread had it: beside other programs the clock on
 * the wall says less. */
static void
bench_pdf (PltLayout *layout,
           GPtrArray *holders)
{
  g_autoptr (PltBenchSeries) series =
    plt_bench_series_new ("card as PDF, both sides, one file each", "cards");
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
  print_by_processor (began);
}

typedef struct
{
  PltLayout *layout;
  GPtrArray *holders;
} Job;

static gpointer
draw_cards (gpointer data)
{
  Job *job = data;

  for (guint i = 0; i < N_CARDS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = plt_card_render_pdf (
        job->layout, plt_card_sample_get_inputs (g_ptr_array_index (job->holders,
                                                                    i % job->holders->len)), &error);

      g_assert_no_error (error);
    }
  return NULL;
}

static gpointer
draw_sides (gpointer data)
{
  Job *job = data;

  for (guint i = 0; i < N_PICTURES; i++)
    {
      g_autoptr (GError) error = NULL;
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2022, 1275);
      cairo_t *cr = cairo_create (surface);

      cairo_scale (cr, 600 / 25.4, 600 / 25.4);
      plt_card_render (job->layout,
                       plt_card_sample_get_inputs (g_ptr_array_index (job->holders,
                                                                      i % job->holders->len)),
                       i % 2, cr, 600, &error);
      g_assert_no_error (error);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  return NULL;
}

/* Kilobytes, by its name in /proc/self/status. */
static double
read_memory (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, name) : NULL;
  return line != NULL ? g_ascii_strtod (line + strlen (name), NULL) : 0;
}

/* From here on the peak is counted anew; FALSE where the kernel does not let us. */
static gboolean
forget_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");
  gboolean ok = file != NULL && fputs ("5", file) >= 0;

  if (file != NULL)
    ok = fclose (file) == 0 && ok;
  return ok;
}

/* How much the program grew at most while so many threads each had one card in hand; what all cards of
 * the layout share is there before. */
static void
bench_threads (const char  *title,
               const char  *unit,
               Job         *job,
               GThreadFunc  draw,
               guint        n_cards)
{
  draw (job);
  for (guint n = 1; n <= MOST_THREADS; n *= 2)
    {
      GThread *threads[MOST_THREADS];
      gboolean is_counted;
      double before, began;

      malloc_trim (0);
      is_counted = forget_peak ();
      before = read_memory ("VmRSS:");
      began = get_seconds (CLOCK_MONOTONIC);
      for (guint i = 0; i < n; i++)
        threads[i] = g_thread_new ("draw", draw, job);
      for (guint i = 0; i < n; i++)
        g_thread_join (threads[i]);
      g_print ("%s, %u in flight %*s %9.1f %s/s", title, n, (int) (32 - strlen (title)), "",
               n * n_cards / (get_seconds (CLOCK_MONOTONIC) - began), unit);
      if (is_counted)
        g_print ("   memory %.1f MB each", (read_memory ("VmHWM:") - before) / 1024 / n);
      g_print ("\n");
    }
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

static GBytes *
join_cb (GBytes   *pdf,
         gpointer  user_data)
{
  return plt_card_drawn_join (user_data, pdf);
}

/* The card file as the press makes it of what is drawn: the sides' hashes, every finishing, the
 * signature, and the result opened again. The signed data of chip and mobile licence are not in it. */
static gsize
make_file (PltLayout     *layout,
           PltCardInputs *inputs,
           PltIssuerKey  *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCardDrawn) drawn = plt_card_drawn_new (layout, inputs, &error);
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *hash = NULL;
  PltCardFileContent content = {
    .title = "Driving licence",
    .created_at = 1772323200,
    .layout = plt_layout_get_id (layout),
    .layout_version = plt_layout_get_version (layout),
    .join = join_cb,
    .join_data = drawn,
  };

  g_assert_no_error (error);
  whole = plt_card_drawn_join (drawn, plt_card_drawn_get_pdf (drawn));
  for (guint side = 0; side < 2; side++)
    {
      g_autoptr (GBytes) page = plt_card_drawn_get_side (whole, (PltCardSide) side);
      g_autofree char *of_side = plt_card_file_hash (page);

      g_assert_nonnull (of_side);
    }
  file = plt_card_file_make (plt_card_drawn_get_pdf (drawn), &content, key, &hash, &error);
  g_assert_no_error (error);
  return g_bytes_get_size (file);
}

static void
bench_file (PltLayout *layout,
            GPtrArray *holders)
{
  g_autoptr (PltBenchSeries) series = plt_bench_series_new ("signed card file, PDF/A-3b", "cards");
  g_autoptr (PltIssuerKey) key = plt_bench_card_make_key ();
  gsize least = G_MAXSIZE, most = 0;
  double began = get_seconds (CLOCK_THREAD_CPUTIME_ID);

  for (guint i = 0; i < N_CARDS; i++)
    {
      PltCardSample *sample = g_ptr_array_index (holders, i % holders->len);
      gsize length;

      plt_bench_series_start (series);
      length = make_file (layout, plt_card_sample_get_inputs (sample), key);
      plt_bench_series_stop (series);
      least = MIN (least, length);
      most = MAX (most, length);
    }
  plt_bench_series_print (series);
  print_by_processor (began);
  g_print ("%-44s %9" G_GSIZE_FORMAT " to %" G_GSIZE_FORMAT " bytes\n", "  size", least, most);
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
  g_autoptr (GPtrArray) holders = NULL;
  Job job;
  struct rusage usage;

  g_assert_no_error (error);
  holders = load_holders (layout);
  job = (Job) { layout, holders };
  bench_bare (holders);
  bench_pdf (layout, holders);
  bench_file (layout, holders);
  bench_threads ("card as PDF", "cards", &job, draw_cards, N_CARDS);
  bench_threads ("side at 600 dpi", "sides", &job, draw_sides, N_PICTURES);
  bench_side (layout, inputs);
  bench_pictures (layout, inputs);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("%-44s %9.1f MB\n", "most memory of all this", (double) usage.ru_maxrss / 1024);
  return 0;
}
