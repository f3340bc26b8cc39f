/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one page of a card looks like, as sharp as it is seen: an older picture is scaled until the one
 * that is wanted has been painted, and of many wishes only the last one is. */
#pragma once

#include "plt-card-paint.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_PICTURE (plt_card_picture_get_type ())
G_DECLARE_FINAL_TYPE (PltCardPicture, plt_card_picture, PLT, CARD_PICTURE, GObject)

/* Signals "painted", and "refused" (GError): the card cannot be drawn; the older picture stays. */
PltCardPicture *plt_card_picture_new        (void);
void            plt_card_picture_set_card   (PltCardPicture        *self,
                                             PltLayout             *layout,
                                             PltCardInputs         *inputs,
                                             guint                  page);
void            plt_card_picture_set_layers (PltCardPicture        *self,
                                             guint                  layers);
void            plt_card_picture_look_at    (PltCardPicture        *self,
                                             const graphene_rect_t *page,
                                             const graphene_rect_t *seen,
                                             double                 scale);
void            plt_card_picture_snapshot   (PltCardPicture        *self,
                                             GtkSnapshot           *snapshot,
                                             double                 points_per_mm);
gboolean        plt_card_picture_is_empty   (PltCardPicture        *self);
gboolean        plt_card_picture_is_current (PltCardPicture        *self);

G_END_DECLS
