/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed after a test card was measured: what is taken, what is refused and in which words, and from
 * which drift on somebody is warned. */
#include "plt-calibration-words.h"

#include <string.h>

static void
test_reads_millimetres (void)
{
  static const struct { const char *text; double mm; } cases[] = {
    { "5", 5 }, { "5.1", 5.1 }, { "5,12", 5.12 }, { " 75.60 mm ", 75.6 }, { "75,6mm", 75.6 }, { "0.5", 0.5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      double mm = 0;

      g_assert_true (plt_calibration_read_mm (cases[i].text, &mm, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (mm, cases[i].mm, 1e-9);
    }
}

static void
test_reads_nothing_else (void)
{
  static const char *const cases[] = {
    "", "  ", "mm", "5.1x", "5.123", "5..1", "5,1,2", "-5", "+5", "5.", ".5", "1e1", "0x5", "nan", "inf", "5 1",
    "12345", "٥", "5cm", "5.1 mm mm",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      double mm = 42;

      g_assert_false (plt_calibration_read_mm (cases[i], &mm, &error));
      g_assert_nonnull (error);
      g_assert_cmpfloat (mm, ==, 42);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

static void
test_refuses_in_words (void)
{
  static const struct
  {
    PltPrintMeasure measure;
    int number;
    const char *word; /* NULL: nothing is wrong */
  } cases[] = {
    { { 5, 5, 75, 5 }, PLT_N_MEASURES, NULL },
    { { 2, 8, 72, 7 }, PLT_N_MEASURES, NULL }, /* as far off as may be */
    { { 75.2, 4.9, 5.1, 5 }, PLT_MEASURE_LEFT, "other’s place" },
    { { 5, 75, 5, 5 }, PLT_MEASURE_TOP, "other’s place" },
    { { 5, 5, 5.2, 74.8 }, PLT_MEASURE_RIGHT_TOP, "other’s place" },
    { { 0.2, 0.2, 2.95, 0.2 }, PLT_N_MEASURES, "inches" },
    { { 0.5, 0.49, 7.52, 0.5 }, PLT_N_MEASURES, "centimetres" },
    { { 8.01, 5, 75, 5 }, PLT_MEASURE_LEFT, "8.01" },
    { { 5, 1.99, 75, 5 }, PLT_MEASURE_TOP, "1.99" },
    { { 5, 5, 78.2, 5 }, PLT_MEASURE_LENGTH, "75.00" },
    { { 5, 5, 75, 50 }, PLT_MEASURE_RIGHT_TOP, "50.00" },
    { { 5, 3.5, 75, 5.6 }, PLT_MEASURE_RIGHT_TOP, "askew" },
    { { 0, 0, 0, 0 }, PLT_MEASURE_LEFT, "0.00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PltMeasureNumber number;
      g_autofree char *fault = plt_calibration_find_fault (&cases[i].measure, &number);

      g_assert_cmpint (fault == NULL, ==, cases[i].word == NULL);
      if (fault == NULL)
        g_assert_true (plt_print_measure_is_likely (&cases[i].measure));
      else
        g_assert_nonnull (strstr (fault, cases[i].word));
      g_assert_cmpint (number, ==, cases[i].number);
    }
}

static void
add (GPtrArray  *calibrations,
     const char *printer,
     const char *lot,
     int         day,
     double      left,
     double      right_top)
{
  PltPrintCalibration *new = g_new0 (PltPrintCalibration, 1);

  new->printer = g_strdup (printer);
  new->lot = g_strdup (lot);
  new->who = g_strdup ("Chen Lin");
  new->at = g_date_time_new_utc (2026, 3, day, 12, 0, 0);
  new->measure = (PltPrintMeasure) { left, 5, 75, right_top };
  g_ptr_array_insert (calibrations, 0, new);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plt_print_calibration_free);
}

static void
test_warns_of_drift (void)
{
  g_autoptr (GPtrArray) list = new_list ();
  g_autofree char *first = NULL, *within = NULL, *beyond = NULL;

  g_assert_null (plt_calibration_describe (list, "press"));
  add (list, "press", "", 1, 5.10, 5);
  first = plt_calibration_describe (list, "press");
  g_assert_null (strstr (first, "moved"));
  add (list, "other", "", 2, 7, 5);
  add (list, "press", "", 3, 5.40, 5);
  within = plt_calibration_describe (list, "press");
  g_assert_nonnull (strstr (within, "up to 0.30 mm since 03/01/26."));
  g_assert_false (plt_calibration_has_drifted (list, "press"));
  add (list, "press", "", 4, 5.71, 5);
  beyond = plt_calibration_describe (list, "press");
  g_assert_nonnull (strstr (beyond, "up to 0.31 mm since 03/03/26, more than 0.30 mm"));
  g_assert_true (plt_calibration_has_drifted (list, "press"));
  g_assert_false (plt_calibration_has_drifted (list, "other"));
}

/* Turned by a little, a card is off most at the far corner, and nowhere near A. */
static void
test_warns_of_a_turn (void)
{
  g_autoptr (GPtrArray) list = new_list ();

  add (list, "press", "", 1, 5, 5);
  add (list, "press", "", 2, 5, 5.30);
  g_assert_cmpfloat (plt_calibration_get_drift (list, 0), >, 0.30);
  g_assert_true (plt_calibration_has_drifted (list, "press"));
}

/* Each lot against its own: blanks of two lots may differ by more than a printer drifts. */
static void
test_each_lot_by_itself (void)
{
  g_autoptr (GPtrArray) list = new_list ();
  g_autofree char *text = NULL;

  add (list, "press", "", 1, 5, 5);
  add (list, "press", "N1", 2, 6, 5);
  g_assert_false (plt_calibration_has_drifted (list, "press"));
  add (list, "press", "N1", 3, 6.5, 5);
  add (list, "press", "", 4, 5.1, 5);
  g_assert_true (plt_calibration_has_drifted (list, "press"));
  text = plt_calibration_describe (list, "press");
  g_assert_nonnull (strstr (text, "up to 0.10 mm since"));
  g_assert_nonnull (strstr (text, "for lot N1"));
  g_assert_nonnull (strstr (text, "up to 0.50 mm since"));
  add (list, "press", "N1", 5, 6.4, 5);
  g_assert_false (plt_calibration_has_drifted (list, "press"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/calibration/reads-millimetres", test_reads_millimetres);
  g_test_add_func ("/office/calibration/reads-nothing-else", test_reads_nothing_else);
  g_test_add_func ("/office/calibration/refuses-in-words", test_refuses_in_words);
  g_test_add_func ("/office/calibration/warns-of-drift", test_warns_of_drift);
  g_test_add_func ("/office/calibration/warns-of-a-turn", test_warns_of_a_turn);
  g_test_add_func ("/office/calibration/each-lot-by-itself", test_each_lot_by_itself);
  return g_test_run ();
}
