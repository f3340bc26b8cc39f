/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A receipt on paper, as the office database words it in the citizen's language: title, office, rows, lines of the
 * quote, sums, a foot, and what its QR code carries. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * plt_receipt_sheet_render:
 * @json: what api.fee_receipt_sheet() answers
 * @error: %PLT_CARD_ERROR_DOES_NOT_FIT where a receipt has more lines than a sheet
 *
 * A sheet of A4, the receipt in its upper half, where it can be cut off. Nothing is left out: what does not fit is
 * refused.
 *
 * Returns: (transfer full): a PDF of one page
 */
GBytes *plt_receipt_sheet_render (const char  *json,
                                  GError     **error);

/* The same on a page of A4 that is printed: @cr in points, from the corner of the sheet. */
gboolean plt_receipt_sheet_draw  (cairo_t     *cr,
                                  const char  *json,
                                  GError     **error);

/**
 * plt_receipt_sheet_text:
 * @json: the same
 *
 * For printers of receipts and for reading aloud: 42 columns, the code's text at the end.
 *
 * Returns: (transfer full)
 */
char   *plt_receipt_sheet_text   (const char  *json,
                                  GError     **error);

G_END_DECLS
