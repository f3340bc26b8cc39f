/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A found person in a list: who, where, why. */
#pragma once

#include <adwaita.h>

#include "plt-person-hit.h"

G_BEGIN_DECLS

#define PLT_TYPE_HIT_ROW (plt_hit_row_get_type ())
G_DECLARE_FINAL_TYPE (PltHitRow, plt_hit_row, PLT, HIT_ROW, GtkListBoxRow)

/* For gtk_list_box_bind_model(): @item is a PltPersonHit. */
GtkWidget    *plt_hit_row_new     (gpointer   item,
                                   gpointer   user_data);
PltPersonHit *plt_hit_row_get_hit (PltHitRow *self);

G_END_DECLS
