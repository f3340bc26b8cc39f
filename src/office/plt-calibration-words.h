/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was measured on a test card, in words: whether it can be, what it says about the printer, and how
 * far that has moved. */
#pragma once

#include "plt-print-measure.h"

G_BEGIN_DECLS

/* Further than this a printer has not drifted by itself: somebody looks at it. In mm, at the corner of the
 * card where it is most; half of what a layout leaves between neighbours. */
#define PLT_CALIBRATION_DRIFT_MM 0.30

/* In the order in which they stand on the test card. */
typedef enum
{
  PLT_MEASURE_LEFT,
  PLT_MEASURE_TOP,
  PLT_MEASURE_LENGTH,
  PLT_MEASURE_RIGHT_TOP,
  PLT_N_MEASURES,
} PltMeasureNumber;

/* “From the left edge to the middle of A”, without a full stop. */
const char *plt_calibration_get_title    (PltMeasureNumber        number);
/* What it is where the printer hits its places, in mm. */
double      plt_calibration_get_wanted   (PltMeasureNumber        number);

/* Reads millimetres as people write them in any language: digits, a comma or a point, two decimals at the
 * most, “mm” behind them or not. FALSE with a sentence. */
gboolean    plt_calibration_read_mm      (const char             *text,
                                          double                 *mm,
                                          GError                **error);
/* A sentence where the four cannot be of one test card, else NULL. @number: (out): which it is about;
 * PLT_N_MEASURES where it is all. */
char       *plt_calibration_find_fault   (const PltPrintMeasure  *measure,
                                          PltMeasureNumber       *number);

/* “right +0.80 mm, down −0.40 mm, length 100.53 %, turned +0.15°” */
char       *plt_calibration_dup_offset   (const PltPrintMeasure  *measure);

/* @calibrations: newest first, as plt_calibration_list_finish() gives them. */

/* How far the printer moved between number @index and the one before it of the same printer and lot.
 * Negative where there is none before. */
double      plt_calibration_get_drift    (GPtrArray              *calibrations,
                                          guint                   index);
/* The same in a whole sentence, with what to do where it is too much; empty where there is none before. */
char       *plt_calibration_dup_drift    (GPtrArray              *calibrations,
                                          guint                   index);
/* Whether a newest one of @destination and a lot shows too much. */
gboolean    plt_calibration_has_drifted  (GPtrArray              *calibrations,
                                          const char             *destination);
/* Whole sentences: what the newest of @calibrations says about @destination, how old it is, how far the
 * printer has moved since the one before of the same lot, and which other lot shows too much. NULL where it
 * has none. */
char       *plt_calibration_describe     (GPtrArray              *calibrations,
                                          const char             *destination);

G_END_DECLS
