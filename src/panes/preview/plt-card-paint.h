/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paints a part of one page for the screen, in threads of its own: they keep warm what the renderer
 * prepares once, and the main loop never draws a card. */
#pragma once

#include <gtk/gtk.h>

#include "plt-card-inputs.h"
#include "plt-layout.h"

G_BEGIN_DECLS

/* Longest side of one texture; what is larger is painted as tiles (every GL has at least 4,096). */
#define PLT_CARD_TILE_PX 2048

/* One texture and where it lies on the page, in millimetres. */
typedef struct
{
  GdkTexture      *texture;
  graphene_rect_t  area;
} PltCardTile;

/**
 * PltCardAsk:
 * @layers: PltCardLayers
 * @scale: pixels of the screen per millimetre
 * @area: of the page, in millimetres; may reach over its edges
 */
typedef struct
{
  PltLayout       *layout;
  PltCardInputs   *inputs;
  guint            page;
  guint            layers;
  double           scale;
  graphene_rect_t  area;
} PltCardAsk;

void       plt_card_paint_async  (const PltCardAsk     *ask,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
GPtrArray *plt_card_paint_finish (GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
