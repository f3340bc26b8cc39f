/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card on which is measured how far a printer prints beside the place. */
#pragma once

#include "plt-layout.h"

#include <cairo.h>

G_BEGIN_DECLS

/* Two pages of ID-1: on the front the crosses A and B of plt-print-measure.h with rulers along the
 * edges, on the back the same, to see that both sides agree. @words: what stands in the middle, such
 * as the printer's name and the date; may be NULL. Needs no layout and no font of one. */
GBytes *plt_test_card_render_pdf (const char  *words,
                                  GError     **error);

/* Its front, in millimetres, on the current point of origin: for a picture that shows where to measure. */
void    plt_test_card_draw_front (cairo_t     *cr,
                                  const char  *words);

G_END_DECLS
