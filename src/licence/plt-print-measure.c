/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns the four numbers of a test card into what the printer does, and into its opposite. */
#include "plt-print-measure.h"

#include <math.h>

/* ID-1, ISO/IEC 7810. */
#define CARD_WIDTH_MM 85.6
#define CARD_HEIGHT_MM 53.98

void
plt_print_calibration_free (PltPrintCalibration *self)
{
  g_free (self->printer);
  g_free (self->lot);
  g_free (self->who);
  g_clear_pointer (&self->at, g_date_time_unref);
  g_free (self);
}

/* The angle by which the line from A to B falls to the right. */
static double
get_turn (const PltPrintMeasure *self)
{
  return asin (CLAMP ((self->right_top_mm - self->top_mm) / self->length_mm, -1, 1));
}

PltPrintOffset
plt_print_measure_get_offset (const PltPrintMeasure *self)
{
  return (PltPrintOffset) {
    .right_mm = self->left_mm - PLT_PRINT_MEASURE_EDGE_MM,
    .down_mm = self->top_mm - PLT_PRINT_MEASURE_EDGE_MM,
    .length_percent = self->length_mm / PLT_PRINT_MEASURE_LENGTH_MM * 100,
    .turn_degrees = get_turn (self) * 180 / G_PI,
  };
}

/* As the database demands: more is no drift but a fault, or a slip of the pen. */
gboolean
plt_print_measure_is_likely (const PltPrintMeasure *self)
{
  return self->left_mm >= 2 && self->left_mm <= 8 && self->top_mm >= 2 && self->top_mm <= 8
         && self->right_top_mm >= 2 && self->right_top_mm <= 8 && self->length_mm >= 72
         && self->length_mm <= 78;
}

/* Where on the page a thing must be put so that the printer prints it at @x_mm, @y_mm, from the left
 * and the top edge of the plastic. The printer puts A to where it was measured, makes the length
 * too long or too short the way the card runs through it, and turns about A; each is undone. Only
 * the length is: across, the dots of the print head are where they are. */
void
plt_print_measure_correct (const PltPrintMeasure *self,
                           double                *x_mm,
                           double                *y_mm)
{
  double turn = get_turn (self);
  double x = *x_mm - self->left_mm, y = *y_mm - self->top_mm;
  double along = x * cos (turn) + y * sin (turn);
  double across = y * cos (turn) - x * sin (turn);

  *x_mm = PLT_PRINT_MEASURE_EDGE_MM + along * PLT_PRINT_MEASURE_LENGTH_MM / self->length_mm;
  *y_mm = PLT_PRINT_MEASURE_EDGE_MM + across;
}

/* Where the printer puts what is sent for @x_mm, @y_mm: the opposite of the correction. */
static void
place (const PltPrintMeasure *self,
       double                *x_mm,
       double                *y_mm)
{
  double turn = get_turn (self);
  double along = (*x_mm - PLT_PRINT_MEASURE_EDGE_MM) * self->length_mm / PLT_PRINT_MEASURE_LENGTH_MM;
  double across = *y_mm - PLT_PRINT_MEASURE_EDGE_MM;

  *x_mm = self->left_mm + along * cos (turn) - across * sin (turn);
  *y_mm = self->top_mm + along * sin (turn) + across * cos (turn);
}

double
plt_print_measure_get_drift (const PltPrintMeasure *self,
                             const PltPrintMeasure *before)
{
  double most = 0;

  for (int corner = 0; corner < 4; corner++)
    {
      double x = corner % 2 * CARD_WIDTH_MM, y = corner / 2 * CARD_HEIGHT_MM;
      double old_x = x, old_y = y;

      place (self, &x, &y);
      place (before, &old_x, &old_y);
      most = MAX (most, hypot (x - old_x, y - old_y));
    }
  return most;
}
