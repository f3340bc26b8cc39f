/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One side of a card as a picture with ID-1's rounded corners (ISO/IEC 7810), scaled evenly. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PLT_TYPE_CARD_VIEW (plt_card_view_get_type ())
G_DECLARE_FINAL_TYPE (PltCardView, plt_card_view, PLT, CARD_VIEW, GtkWidget)

/* Property "zoom": 0 fits the space there is, else a factor of real size at the screen's dots per
 * inch (1.0 is real size). */
void plt_card_view_show     (PltCardView *self,
                             GBytes      *png);
void plt_card_view_set_zoom (PltCardView *self,
                             double       zoom);

G_END_DECLS
