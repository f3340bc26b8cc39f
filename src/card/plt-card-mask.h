/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of one bit a dot, as the black panel of a card printer has it: signatures and the modules
 * of bar codes. Private to this folder. */
#pragma once

#include "plt-card-drawing.h"
#include "plt-card-ink.h"

G_BEGIN_DECLS

typedef struct
{
  int     width, height;
  gsize   stride; /* bytes of a row */
  guint8 *bits;   /* the leftmost dot is the highest bit of its byte, as in PNG and PDF */
} PltCardMask;

void             plt_card_mask_init         (PltCardMask      *self,
                                             int               width,
                                             int               height);
void             plt_card_mask_clear        (PltCardMask      *self);
void             plt_card_mask_set          (PltCardMask      *self,
                                             int               x,
                                             int               y);
void             plt_card_mask_take_ink     (PltCardMask      *self,
                                             int               y,
                                             const guint8     *ink);
guint8           plt_card_get_ink           (const guint8     *p,
                                             int               channels);
cairo_surface_t *plt_card_mask_make_surface (const PltCardMask *self);
void             plt_card_mask_use          (const PltCardMask *self,
                                             PltCardDrawing   *drawing,
                                             const PltColour  *colour);

/* plt-card-ink.c */
gboolean         plt_card_read_ink          (GBytes           *png,
                                             PltCardMask      *mask);
const PltCardMask *plt_card_ink_get_mask    (PltCardInk       *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PltCardMask, plt_card_mask_clear)

G_END_DECLS
