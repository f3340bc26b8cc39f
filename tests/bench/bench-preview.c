/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card on the screen: how long until it is seen sharp when it is the first of a session, its layout
 * read too, in a fresh process each time (--first); when another is opened, after a letter is typed, and
 * after each step of zooming; how long the main loop stood still meanwhile. A bare render of the same two
 * sides at the same size stands beside it as the floor. */
#include "plt-bench-series.h"
#include "plt-card-board.h"
#include "plt-card-renderer.h"
#include "plt-card-sample.h"
#include "plt-layout-shelf.h"
#include "plt-panes.h"

#include <adwaita.h>

#define N_FIRST 7
#define N_OPENED 30
#define N_LETTERS 120
#define N_ZOOMS 40

typedef struct
{
  PltCardBoard *board;
  gint64        longest_us; /* between two turns of the main loop */
} Bench;

static PltCardInputs *
read_inputs (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data/layouts/proof", name,
                                            NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCardSample) sample = plt_card_sample_new_from_file (path, &error);

  if (sample == NULL)
    g_error ("%s", error->message);
  return plt_card_inputs_ref (plt_card_sample_get_inputs (sample));
}

/* Until the card is seen as it should be. */
static void
await_card (Bench *bench)
{
  while (!plt_card_board_is_current (bench->board))
    {
      gint64 begun = g_get_monotonic_time ();

      g_main_context_iteration (NULL, FALSE);
      bench->longest_us = MAX (bench->longest_us, g_get_monotonic_time () - begun);
    }
}

static void
bench_floor (PltLayout     *layout,
             PltCardInputs *inputs)
{
  g_autoptr (PltBenchSeries) series = plt_bench_series_new ("bare render of two sides, 128 dpi", "cards");

  for (guint i = 0; i < N_OPENED; i++)
    {
      plt_bench_series_start (series);
      for (PltCardSide side = PLT_CARD_SIDE_FRONT; side <= PLT_CARD_SIDE_BACK; side++)
        {
          cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 432, 273);
          cairo_t *cr = cairo_create (surface);

          cairo_scale (cr, 128 / 25.4, 128 / 25.4);
          if (!plt_card_render (layout, inputs, side, cr, 128, NULL))
            g_error ("The sample cannot be drawn");
          cairo_destroy (cr);
          cairo_surface_destroy (surface);
        }
      plt_bench_series_stop (series);
    }
  plt_bench_series_print (series);
}

static PltLayout *
read_layout (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data/layouts", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (PltLayoutShelf) shelf = plt_layout_shelf_new_for (folders, "utopia-eu");
  g_autoptr (GError) error = NULL;
  PltLayout *layout = plt_layout_shelf_find (shelf, "utopia-eu", 0, NULL, &error);

  if (layout == NULL)
    g_error ("%s", error->message);
  return layout;
}

/* Prints the microseconds for bench_first() of the process that started this one. */
static void
open_first (Bench *bench)
{
  g_autoptr (PltCardInputs) inputs = read_inputs ("01-everyday.json");
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (PltLayout) layout = read_layout ();

  plt_card_board_set_card (bench->board, layout, inputs);
  await_card (bench);
  g_print ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - begun);
}

static void
bench_first (const char *program)
{
  const char *argv[] = { program, "--first", NULL };
  g_autoptr (PltBenchSeries) series =
    plt_bench_series_new ("first of the session, layout read too", "cards");

  for (guint i = 0; i < N_FIRST; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *output = NULL;
      int status = 0;

      if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status,
                         &error)
          || !g_spawn_check_wait_status (status, &error))
        g_error ("%s", error->message);
      plt_bench_series_add (series, g_ascii_strtoll (output, NULL, 10));
    }
  plt_bench_series_print (series);
}

static void
bench_open (Bench     *bench,
            PltLayout *layout)
{
  static const char * const samples[] = { "01-everyday.json", "02-longest-names.json",
                                          "06-every-category.json" };
  g_autoptr (PltBenchSeries) series = plt_bench_series_new ("opened, both sides sharp", "cards");

  for (guint i = 0; i < N_OPENED; i++)
    {
      g_autoptr (PltCardInputs) inputs = read_inputs (samples[i % G_N_ELEMENTS (samples)]);

      plt_card_board_set_card (bench->board, NULL, NULL);
      plt_bench_series_start (series);
      plt_card_board_set_card (bench->board, layout, inputs);
      await_card (bench);
      plt_bench_series_stop (series);
    }
  plt_bench_series_print (series);
}

static void
bench_follow (Bench     *bench,
              PltLayout *layout)
{
  g_autoptr (PltBenchSeries) series = plt_bench_series_new ("a letter typed, both sides sharp", "letters");
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < N_LETTERS; i++)
    {
      g_autoptr (PltCardInputs) inputs = read_inputs ("01-everyday.json");

      if (name->len >= 16)
        g_string_truncate (name, 0);
      g_string_append_c (name, (char) ('a' + i % 26));
      plt_card_inputs_set_value (inputs, "family_name", name->str);
      plt_bench_series_start (series);
      plt_card_board_set_card (bench->board, layout, inputs);
      await_card (bench);
      plt_bench_series_stop (series);
    }
  plt_bench_series_print (series);
}

static void
bench_zoom (Bench     *bench,
            GtkWidget *window)
{
  g_autoptr (PltBenchSeries) series = plt_bench_series_new ("one step of zooming, sharp again", "steps");
  int direction = 1;

  plt_card_board_set_zoom (bench->board, 1);
  await_card (bench);
  for (guint i = 0; i < N_ZOOMS; i++)
    {
      double before = plt_card_board_get_zoom (bench->board);

      plt_bench_series_start (series);
      plt_card_board_step_zoom (bench->board, direction);
      gtk_test_widget_wait_for_draw (window);
      await_card (bench);
      plt_bench_series_stop (series);
      if (plt_card_board_get_zoom (bench->board) == before || plt_card_board_get_zoom (bench->board) >= 16)
        direction = -direction;
    }
  plt_bench_series_print (series);
}

static void
tell_standstill (Bench      *bench,
                 const char *during)
{
  g_print ("%-44s %.1f ms\n", during, (double) bench->longest_us / 1000);
  bench->longest_us = 0;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PltLayout) layout = NULL;
  g_autoptr (PltCardInputs) inputs = NULL;
  GtkWidget *window;
  GtkWidget *scrolled;
  Bench bench = { 0 };

  adw_init ();
  plt_panes_init ();
  window = gtk_window_new ();
  scrolled = gtk_scrolled_window_new ();
  bench.board = g_object_new (PLT_TYPE_CARD_BOARD, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (bench.board));
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 960, 640);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  if (argc > 1 && g_str_equal (argv[1], "--first"))
    {
      open_first (&bench);
      gtk_window_destroy (GTK_WINDOW (window));
      return 0;
    }
  bench_first (argv[0]);
  layout = read_layout ();
  inputs = read_inputs ("01-everyday.json");
  bench_floor (layout, inputs);
  bench_open (&bench, layout);
  tell_standstill (&bench, "longest turn of the main loop, opening");
  bench_follow (&bench, layout);
  tell_standstill (&bench, "longest turn of the main loop, typing");
  bench_zoom (&bench, window);
  tell_standstill (&bench, "longest turn of the main loop, zooming");
  gtk_window_destroy (GTK_WINDOW (window));

  return 0;
}
