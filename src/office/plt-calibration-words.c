/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says in words what was measured on a test card, and refuses what cannot be. */
#include "plt-calibration-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* A printer that is further off has a fault, and somebody who measures so has slipped. As the database has it. */
#define MOST_OFF_MM 3.0
/* The guides of a card printer hold a card straighter than this. */
#define MOST_TURN_MM 2.0
#define MM_PER_INCH 25.4
#define MM_PER_CM 10.0

static const char *const titles[PLT_N_MEASURES] = {
  [PLT_MEASURE_LEFT] = N_("From the left edge to the middle of A"),
  [PLT_MEASURE_TOP] = N_("From the top edge to the middle of A"),
  [PLT_MEASURE_LENGTH] = N_("From the middle of A to the middle of B"),
  [PLT_MEASURE_RIGHT_TOP] = N_("From the top edge to the middle of B"),
};

const char *
plt_calibration_get_title (PltMeasureNumber number)
{
  g_return_val_if_fail (number < PLT_N_MEASURES, NULL);

  return _(titles[number]);
}

double
plt_calibration_get_wanted (PltMeasureNumber number)
{
  return number == PLT_MEASURE_LENGTH ? PLT_PRINT_MEASURE_LENGTH_MM : PLT_PRINT_MEASURE_EDGE_MM;
}

static const char *
skip_digits (const char *text)
{
  while (g_ascii_isdigit (*text))
    text++;
  return text;
}

gboolean
plt_calibration_read_mm (const char  *text,
                         double      *mm,
                         GError     **error)
{
  g_autofree char *number = g_strstrip (g_strdup (text));
  const char *whole, *end;

  if (g_str_has_suffix (number, "mm"))
    number[strlen (number) - 2] = '\0';
  g_strchomp (number);
  g_strdelimit (number, ",", '.');
  whole = skip_digits (number);
  end = *whole == '.' ? skip_digits (whole + 1) : whole;
  if (whole == number || whole - number > 4 || *end != '\0' || end - whole > 3 || end - whole == 1)
    {
      if (*number == '\0')
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                             _("Type what you measured, in millimetres."));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                     _("“%s” is no number of millimetres. Write it with two decimals at the most, such as %.2f."),
                     text, 5.12);
      return FALSE;
    }
  *mm = g_ascii_strtod (number, NULL);
  return TRUE;
}

static double
get_value (const PltPrintMeasure *measure,
           PltMeasureNumber       number)
{
  const double values[] = { measure->left_mm, measure->top_mm, measure->length_mm,
                            measure->right_top_mm };

  return values[number];
}

static gboolean
is_near (double           value,
         PltMeasureNumber number)
{
  return fabs (value - plt_calibration_get_wanted (number)) <= MOST_OFF_MM + 1e-9;
}

/* Whether all four would do if each was multiplied by @factor. */
static gboolean
fits_in_unit (const PltPrintMeasure *measure,
              double                 factor)
{
  for (int number = 0; number < PLT_N_MEASURES; number++)
    if (!is_near (get_value (measure, number) * factor, number))
      return FALSE;
  return TRUE;
}

static char *
find_swap (const PltPrintMeasure *measure,
           PltMeasureNumber      *number)
{
  for (int i = 0; i < PLT_N_MEASURES; i++)
    if (i != PLT_MEASURE_LENGTH && is_near (get_value (measure, i), PLT_MEASURE_LENGTH)
        && is_near (measure->length_mm, i))
      {
        *number = i;
        return g_strdup_printf (_("Number %d is as long as number 3 should be, and number 3 as short as number %d. "
                                  "Type each in the other’s place."), i + 1, i + 1);
      }
  return NULL;
}

static char *
find_out_of_range (const PltPrintMeasure *measure,
                   PltMeasureNumber      *number)
{
  for (int i = 0; i < PLT_N_MEASURES; i++)
    {
      double wanted = plt_calibration_get_wanted (i);

      if (is_near (get_value (measure, i), i))
        continue;
      *number = i;
      return g_strdup_printf (_("Number %d is %.2f mm, and should be near %.2f mm. Measure again; a printer that is "
                                "off by more than %.0f mm is repaired, not calibrated."),
                              i + 1, get_value (measure, i), wanted, MOST_OFF_MM);
    }
  return NULL;
}

char *
plt_calibration_find_fault (const PltPrintMeasure *measure,
                            PltMeasureNumber      *number)
{
  char *fault;

  *number = PLT_N_MEASURES;
  if (fits_in_unit (measure, MM_PER_INCH))
    return g_strdup (_("The four numbers look like inches. Measure in millimetres."));
  if (fits_in_unit (measure, MM_PER_CM))
    return g_strdup (_("The four numbers look like centimetres. Type them in millimetres."));
  fault = find_swap (measure, number);
  if (fault == NULL)
    fault = find_out_of_range (measure, number);
  if (fault == NULL && fabs (measure->right_top_mm - measure->top_mm) > MOST_TURN_MM)
    {
      *number = PLT_MEASURE_RIGHT_TOP;
      fault = g_strdup_printf (_("Numbers 2 and 4 differ by %.2f mm: no card lies so askew in a printer. Measure "
                                 "both again, from the same edge."),
                               fabs (measure->right_top_mm - measure->top_mm));
    }
  return fault;
}

/* "+0.30": a minus sign is not a hyphen. */
static char *
format_signed (double value)
{
  double hundredths = round (value * 100);
  g_autofree char *number = g_strdup_printf ("%.2f", fabs (hundredths / 100));

  return g_strconcat (hundredths < 0 ? "−" : hundredths > 0 ? "+" : "", number, NULL);
}

char *
plt_calibration_dup_offset (const PltPrintMeasure *measure)
{
  PltPrintOffset off = plt_print_measure_get_offset (measure);
  g_autofree char *right = format_signed (off.right_mm);
  g_autofree char *down = format_signed (off.down_mm);
  g_autofree char *turn = format_signed (off.turn_degrees);

  /* Translators: how a printer misses: mm to the right, mm down, length in per cent, degrees. */
  return g_strdup_printf (_("right %s mm, down %s mm, length %.2f %%, turned %s°"), right, down,
                          off.length_percent, turn);
}

/* ---- over time ---- */

/* The newest of @destination from @first on, and of @lot where one is given. */
static const PltPrintCalibration *
find_newest (GPtrArray  *calibrations,
             guint       first,
             const char *destination,
             const char *lot,
             guint      *index)
{
  for (guint i = first; i < calibrations->len; i++)
    {
      const PltPrintCalibration *found = g_ptr_array_index (calibrations, i);

      if (!g_str_equal (found->printer, destination)
          || (lot != NULL && !g_str_equal (found->lot, lot)))
        continue;
      if (index != NULL)
        *index = i;
      return found;
    }
  return NULL;
}

static const PltPrintCalibration *
find_before (GPtrArray *calibrations,
             guint      index)
{
  const PltPrintCalibration *this = g_ptr_array_index (calibrations, index);

  return find_newest (calibrations, index + 1, this->printer, this->lot, NULL);
}

static char *
format_day (GDateTime *at)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (at);

  return g_date_time_format (local, "%x");
}

double
plt_calibration_get_drift (GPtrArray *calibrations,
                           guint      index)
{
  const PltPrintCalibration *this = g_ptr_array_index (calibrations, index);
  const PltPrintCalibration *before = find_before (calibrations, index);

  return before != NULL ? plt_print_measure_get_drift (&this->measure, &before->measure) : -1;
}

/* Rounded as it is said: what is told as 0.30 mm is not more than 0.30 mm. */
static gboolean
is_too_much (double drift)
{
  return round (drift * 100) > round (PLT_CALIBRATION_DRIFT_MM * 100);
}

char *
plt_calibration_dup_drift (GPtrArray *calibrations,
                           guint      index)
{
  double drift = plt_calibration_get_drift (calibrations, index);
  g_autofree char *day = NULL;

  if (drift < 0)
    return g_strdup ("");
  day = format_day (find_before (calibrations, index)->at);
  if (is_too_much (drift))
    return g_strdup_printf (_("It moved by up to %.2f mm since %s, more than %.2f mm: have it cleaned and its "
                              "guides looked at, then measure another test card."),
                            drift, day, PLT_CALIBRATION_DRIFT_MM);
  return g_strdup_printf (_("It moved by up to %.2f mm since %s."), drift, day);
}

/* Whether number @index is the newest of its printer and lot. */
static gboolean
is_newest (GPtrArray *calibrations,
           guint      index)
{
  const PltPrintCalibration *this = g_ptr_array_index (calibrations, index);

  return find_newest (calibrations, 0, this->printer, this->lot, NULL) == this;
}

static gboolean
shows_too_much (GPtrArray  *calibrations,
                guint       index,
                const char *destination)
{
  const PltPrintCalibration *this = g_ptr_array_index (calibrations, index);

  return g_str_equal (this->printer, destination) && is_newest (calibrations, index)
         && is_too_much (plt_calibration_get_drift (calibrations, index));
}

gboolean
plt_calibration_has_drifted (GPtrArray  *calibrations,
                             const char *destination)
{
  for (guint i = 0; i < calibrations->len; i++)
    if (shows_too_much (calibrations, i, destination))
      return TRUE;
  return FALSE;
}

static char *
describe_one (GPtrArray *calibrations,
              guint      index)
{
  const PltPrintCalibration *this = g_ptr_array_index (calibrations, index);
  g_autofree char *day = format_day (this->at);
  g_autofree char *off = plt_calibration_dup_offset (&this->measure);
  g_autofree char *drift = plt_calibration_dup_drift (calibrations, index);
  g_autofree char *text = *this->lot != '\0'
    /* Translators: day, person, lot of blanks, what is corrected. */
    ? g_strdup_printf (_("Calibrated on %s by %s for lot %s: %s."), day, this->who, this->lot, off)
    : g_strdup_printf (_("Calibrated on %s by %s: %s."), day, this->who, off);

  return *drift != '\0' ? g_strjoin (" ", text, drift, NULL) : g_steal_pointer (&text);
}

char *
plt_calibration_describe (GPtrArray  *calibrations,
                          const char *destination)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  guint newest = 0;

  if (find_newest (calibrations, 0, destination, NULL, &newest) == NULL)
    return NULL;
  g_ptr_array_add (sentences, describe_one (calibrations, newest));
  for (guint i = newest + 1; i < calibrations->len; i++)
    if (shows_too_much (calibrations, i, destination))
      g_ptr_array_add (sentences, describe_one (calibrations, i));
  g_ptr_array_add (sentences, NULL);
  return g_strjoinv ("\n", (char **) sentences->pdata);
}
