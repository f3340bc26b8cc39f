/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is measured on a printer's test card, and how that moves what is sent to the printer. The
 * card carries a cross A, 5 mm from its left edge and 5 mm from its top edge, and a cross B 75 mm
 * to the right of A, for a printer that hits its places. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PLT_PRINT_MEASURE_EDGE_MM 5.0
#define PLT_PRINT_MEASURE_LENGTH_MM 75.0

/**
 * PltPrintMeasure:
 * @left_mm: from the left edge of the plastic to the middle of cross A
 * @top_mm: from the top edge to the middle of cross A
 * @length_mm: from the middle of cross A to the middle of cross B
 * @right_top_mm: from the top edge to the middle of cross B
 *
 * On the front as it came out, lying so that its writing is upright.
 */
typedef struct
{
  double left_mm, top_mm, length_mm, right_top_mm;
} PltPrintMeasure;

/* One calibration as it is kept. */
typedef struct
{
  char            *printer;
  char            *lot; /* "": every lot without its own */
  char            *who;
  GDateTime       *at;
  PltPrintMeasure  measure;
} PltPrintCalibration;

void     plt_print_calibration_free (PltPrintCalibration    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintCalibration, plt_print_calibration_free)

/* What the printer does: mm too far to the right and down, the length in per cent of what it should
 * be, the turn clockwise in degrees. */
typedef struct
{
  double right_mm, down_mm, length_percent, turn_degrees;
} PltPrintOffset;

PltPrintOffset plt_print_measure_get_offset (const PltPrintMeasure *self);
void           plt_print_measure_correct    (const PltPrintMeasure *self,
                                             double                *x_mm,
                                             double                *y_mm);
gboolean       plt_print_measure_is_likely  (const PltPrintMeasure *self);
/* How far apart the two put a corner of the card, in mm: of the four corners the one where it is most. */
double         plt_print_measure_get_drift  (const PltPrintMeasure *self,
                                             const PltPrintMeasure *before);

G_END_DECLS
