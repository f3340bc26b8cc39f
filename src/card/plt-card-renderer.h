/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one renderer: screen, PNG and PDF come from here. */
#pragma once

#include <cairo.h>

#include "plt-card-inputs.h"
#include "plt-layout.h"

G_BEGIN_DECLS

/* ISO/IEC 7810 ID-1, nominal. */
#define PLT_CARD_WIDTH_MM 85.60
#define PLT_CARD_HEIGHT_MM 53.98
#define PLT_CARD_CORNER_RADIUS_MM 3.18

typedef enum
{
  PLT_CARD_SIDE_FRONT,
  PLT_CARD_SIDE_BACK,
} PltCardSide;

/**
 * PltCardLayers:
 * @PLT_CARD_LAYER_COLOUR: dye or ink
 * @PLT_CARD_LAYER_BLACK: the black (K) panel of a ribbon: values and codes
 * @PLT_CARD_LAYER_OVERLAY: the protective overlay
 * @PLT_CARD_LAYER_UV: ink that only ultraviolet light shows
 * @PLT_CARD_LAYER_MAGNETIC: the magnetic stripe and what is written to it
 * @PLT_CARD_LAYER_CHIP: the contacts of a chip
 * @PLT_CARD_LAYER_PRINTED: what a printer without special panels prints
 * @PLT_CARD_LAYER_ALL: all of them
 */
typedef enum
{
  PLT_CARD_LAYER_COLOUR = 1,
  PLT_CARD_LAYER_BLACK = 2,
  PLT_CARD_LAYER_OVERLAY = 4,
  PLT_CARD_LAYER_UV = 8,
  PLT_CARD_LAYER_MAGNETIC = 16,
  PLT_CARD_LAYER_CHIP = 32,
  PLT_CARD_LAYER_PRINTED = PLT_CARD_LAYER_COLOUR | PLT_CARD_LAYER_BLACK,
  PLT_CARD_LAYER_ALL = 63,
} PltCardLayers;

/* Draws those elements of a page that are on one of @layers, as plt_card_render(). */
gboolean   plt_card_render_layers    (PltLayout      *layout,
                                      PltCardInputs  *inputs,
                                      guint           page,
                                      PltCardLayers   layers,
                                      cairo_t        *cr,
                                      double          device_dpi,
                                      GError        **error);

/* Draws what is printed of one page with its trimmed corner at the origin of @cr, whose unit must
 * be one millimetre; @side may be the number of any page. Fails with PLT_CARD_ERROR_DOES_NOT_FIT
 * naming the field: nothing is ever clipped. @device_dpi snaps the modules of bar codes to whole
 * device dots; 0 for vector output. */
gboolean   plt_card_render           (PltLayout      *layout,
                                      PltCardInputs  *inputs,
                                      PltCardSide     side,
                                      cairo_t        *cr,
                                      double          device_dpi,
                                      GError        **error);

/* A PNG of the page's width x dpi/25.4 pixels, rounded: ID-1 is 1011 x 638 at 300 dpi.
 * @dpi 72 … 1200. */
GBytes    *plt_card_render_png       (PltLayout      *layout,
                                      PltCardInputs  *inputs,
                                      PltCardSide     side,
                                      int             dpi,
                                      GError        **error);

/* All pages of the layout, each of exactly its trimmed size (a card: front and back of ID-1), or with
 * the bleed around it that the layout shows; fonts embedded; fixed creation date. Not yet PDF/A: see iso/plt-card-file.h. */
GBytes    *plt_card_render_pdf       (PltLayout      *layout,
                                      PltCardInputs  *inputs,
                                      GError        **error);

/* A card drawn for a file that another part of the program finishes. Its PDF is small: what the layout
 * has ready, and the card's pictures, are held back and put in at the end, so that they need not
 * be read and written again for every card. */
typedef struct _PltCardDrawn PltCardDrawn;

PltCardDrawn *plt_card_drawn_new      (PltLayout      *layout,
                                       PltCardInputs  *inputs,
                                       GError        **error);
void          plt_card_drawn_free     (PltCardDrawn   *self);
/* With marks, each a picture of one dot, where something is held back; PDF 1.4. */
GBytes       *plt_card_drawn_get_pdf  (PltCardDrawn   *self);
/* @pdf: the same with other objects changed or added, as libqpdf writes it without object streams.
 * (transfer full) (nullable): with everything put in; NULL when @pdf is no such file. */
GBytes       *plt_card_drawn_join     (PltCardDrawn   *self,
                                       GBytes         *pdf);
/* (transfer full) (nullable): all that page @side of a whole drawing shows, wherever in the file it
 * stands: the same bytes for the same drawing. */
GBytes       *plt_card_drawn_get_side (GBytes         *whole,
                                       PltCardSide     side);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCardDrawn, plt_card_drawn_free)

/* Thread-safe: may be run in worker threads on different inputs. */

G_END_DECLS
