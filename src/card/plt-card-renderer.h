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

/* Draws one side at the origin of @cr, whose unit must be one millimetre. Fails with
 * PLT_CARD_ERROR_DOES_NOT_FIT naming the field: nothing is ever clipped. @device_dpi snaps the
 * modules of bar codes to whole device dots; 0 for vector output. */
gboolean   plt_card_render           (PltLayout      *layout,
                                      PltCardInputs  *inputs,
                                      PltCardSide     side,
                                      cairo_t        *cr,
                                      double          device_dpi,
                                      GError        **error);

/* A PNG of @width_mm x dpi/25.4 pixels, rounded: 1011 x 638 at 300 dpi. @dpi 72 … 1200. */
GBytes    *plt_card_render_png       (PltLayout      *layout,
                                      PltCardInputs  *inputs,
                                      PltCardSide     side,
                                      int             dpi,
                                      GError        **error);

/* Two pages, front and back, of exactly ID-1; fonts embedded; fixed creation date. Not yet PDF/A:
 * see iso/plt-card-file.h. */
GBytes    *plt_card_render_pdf       (PltLayout      *layout,
                                      PltCardInputs  *inputs,
                                      GError        **error);

/* Thread-safe: may be run in worker threads on different inputs. */

G_END_DECLS
