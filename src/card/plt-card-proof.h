/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The proof sheet of a layout: the hardest records drawn with it in real size, with what was
 * shortened, made smaller, or could not be drawn. One PDF, for the person who lets the layout in. */
#pragma once

#include "plt-layout.h"

G_BEGIN_DECLS

/**
 * plt_card_proof_sheet:
 * @layout: the layout
 * @samples: (element-type PltCardSample): on whom it is tried
 * @error: %PLT_CARD_ERROR_LAYOUT where the sheet itself cannot be written
 *
 * What a record cannot have drawn is no error here but a line of the sheet. The layout's digest
 * stands in the document information as the subject, so that a sheet is known to be of these very
 * files.
 *
 * Returns: (transfer full): a PDF of A4 pages
 */
GBytes *plt_card_proof_sheet (PltLayout  *layout,
                              GPtrArray  *samples,
                              GError    **error);

G_END_DECLS
