/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of a card: its picture with ID-1's rounded corners (ISO/IEC 7810), the card before it
 * underneath, and what is marked on it. */
#pragma once

#include "plt-card-picture.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_VIEW (plt_card_view_get_type ())
G_DECLARE_FINAL_TYPE (PltCardView, plt_card_view, PLT, CARD_VIEW, GtkWidget)

typedef enum
{
  PLT_CARD_MARK_ELEMENT,  /* something that stands there */
  PLT_CARD_MARK_CHANGED,  /* other than on the card before */
  PLT_CARD_MARK_FAULT,    /* cannot be drawn, or not whole */
  PLT_CARD_MARK_SELECTED,
} PltCardMarkKind;

typedef struct
{
  graphene_rect_t area; /* in millimetres */
  PltCardMarkKind kind;
} PltCardMark;

/* Signals "pressed" (double x, double y, in millimetres), "painted", "refused" (GError). */
GtkWidget *plt_card_view_new          (void);
void       plt_card_view_set_page     (PltCardView           *self,
                                       guint                  number,
                                       double                 width_mm,
                                       double                 height_mm,
                                       const char            *title);
void       plt_card_view_set_reading  (PltCardView           *self,
                                       const char            *text);
void       plt_card_view_set_card     (PltCardView           *self,
                                       PltLayout             *layout,
                                       PltCardInputs         *inputs);
void       plt_card_view_set_old_card (PltCardView           *self,
                                       PltLayout             *layout,
                                       PltCardInputs         *inputs);
void       plt_card_view_show_old     (PltCardView           *self,
                                       gboolean               old);
void       plt_card_view_set_layers   (PltCardView           *self,
                                       guint                  layers);
void       plt_card_view_set_guides   (PltCardView           *self,
                                       gboolean               shown,
                                       double                 bleed_mm,
                                       double                 safe_mm);
void       plt_card_view_set_marks    (PltCardView           *self,
                                       GArray                *marks);
/* Millimetres that are shown, with the bleed on each side while that is shown. */
void       plt_card_view_get_size     (PltCardView           *self,
                                       double                *width_mm,
                                       double                *height_mm);
void       plt_card_view_look_at      (PltCardView           *self,
                                       double                 scale,
                                       const graphene_rect_t *seen);
gboolean   plt_card_view_is_current   (PltCardView           *self);

G_END_DECLS
