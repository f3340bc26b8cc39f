/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proves that a printer which misses its places hits them with the correction. */
#include "plt-print-measure.h"

#include <math.h>

/* The printer of the model: longer or shorter the way the card runs, turned, beside the place. */
typedef struct
{
  double right, down, length, turn; /* mm, mm, 1 as designed, radians */
} Printer;

static void
print (const Printer *printer,
       double        *x,
       double        *y)
{
  double along = (*x - 5) * printer->length, across = *y - 5;

  *x = 5 + printer->right + along * cos (printer->turn) - across * sin (printer->turn);
  *y = 5 + printer->down + along * sin (printer->turn) + across * cos (printer->turn);
}

/* As a person measures the test card. */
static PltPrintMeasure
measure (const Printer *printer)
{
  double ax = 5, ay = 5, bx = 80, by = 5;

  print (printer, &ax, &ay);
  print (printer, &bx, &by);
  return (PltPrintMeasure) { ax, ay, hypot (bx - ax, by - ay), by };
}

static void
test_corrects (gconstpointer data)
{
  const Printer *printer = data;
  PltPrintMeasure measured = measure (printer);
  static const double places[][2] = { { 0, 0 }, { 5, 5 }, { 80, 5 }, { 85.6, 53.98 }, { 0, 53.98 },
                                      { 42.8, 27 } };

  g_assert_true (plt_print_measure_is_likely (&measured));
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      double x = places[i][0], y = places[i][1];

      plt_print_measure_correct (&measured, &x, &y);
      print (printer, &x, &y);
      g_assert_cmpfloat_with_epsilon (x, places[i][0], 1e-6);
      g_assert_cmpfloat_with_epsilon (y, places[i][1], 1e-6);
    }
}

static void
test_tells_what_the_printer_does (void)
{
  const Printer printer = { 0.4, -0.25, 1.01, 0.01 };
  PltPrintMeasure measured = measure (&printer);
  PltPrintOffset offset = plt_print_measure_get_offset (&measured);

  g_assert_cmpfloat_with_epsilon (offset.right_mm, 0.4, 1e-9);
  g_assert_cmpfloat_with_epsilon (offset.down_mm, -0.25, 1e-9);
  g_assert_cmpfloat_with_epsilon (offset.length_percent, 101, 1e-9);
  g_assert_cmpfloat_with_epsilon (offset.turn_degrees, 0.01 * 180 / G_PI, 1e-9);
}

static void
test_refuses_what_no_card_shows (void)
{
  static const PltPrintMeasure unlikely[] = {
    { 0, 0, 0, 0 }, { 5, 5, 7.5, 5 }, { 50, 5, 75, 5 }, { 5, 5, 75, NAN }, { 5, -5, 75, 5 },
    { 5, 5, 750, 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (unlikely); i++)
    g_assert_false (plt_print_measure_is_likely (&unlikely[i]));
}

int
main (int    argc,
      char **argv)
{
  static const struct { const char *name; Printer printer; } cases[] = {
    { "exact", { 0, 0, 1, 0 } },
    { "beside", { 0.7, -1.3, 1, 0 } },
    { "long", { 0, 0, 1.02, 0 } },
    { "short", { 0, 0, 0.98, 0 } },
    { "turned", { 0, 0, 1, 0.02 } },
    { "turned-back", { 0, 0, 1, -0.02 } },
    { "all", { -0.6, 0.35, 1.013, 0.012 } },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/licence/print-measure/corrects/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i].printer, test_corrects);
    }
  g_test_add_func ("/licence/print-measure/tells-what-the-printer-does",
                   test_tells_what_the_printer_does);
  g_test_add_func ("/licence/print-measure/refuses-what-no-card-shows",
                   test_refuses_what_no_card_shows);
  return g_test_run ();
}
