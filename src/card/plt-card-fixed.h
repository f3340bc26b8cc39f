/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is the same on every card of a layout: grounds, guilloche, micro-text, fixed words, the
 * frame of the category table and its pictograms. It is drawn once, by the code that would draw it
 * on each card, and kept: for files as forms that are only copied, for pictures as dots. Private to
 * this folder. */
#pragma once

#include "plt-card-drawing.h"

G_BEGIN_DECLS

/* A piece is a number of elements that follow each other, or one variant of a part of an element. */
#define PLT_CARD_WHOLE (-1)

PltCardFixed *plt_card_fixed_new       (void);
void          plt_card_fixed_free      (PltCardFixed      *self);
PltCardForms *plt_card_fixed_get_forms (PltLayout         *layout,
                                        PltCardInputs     *inputs);
const guint  *plt_card_fixed_get_order (const PltCardDrawing *drawing);
void          plt_card_begin_page      (PltCardDrawing    *drawing,
                                        cairo_surface_t   *surface);
guint         plt_card_fixed_count     (PltCardDrawing    *drawing,
                                        guint              first);
gboolean      plt_card_fixed_draw      (PltCardDrawing    *drawing,
                                        guint              first,
                                        guint              n,
                                        int                variant,
                                        GError           **error);
void          plt_card_fixed_end       (PltCardDrawing    *drawing);

G_END_DECLS
