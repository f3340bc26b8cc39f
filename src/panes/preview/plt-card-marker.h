/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a list of elements and the board on which they lie together: what is chosen in one is chosen in
 * the other, and each is marked where it stands. */
#pragma once

#include <gtk/gtk.h>

#include "plt-card-board.h"
#include "plt-card-list.h"

G_BEGIN_DECLS

/* Whether an element that is not chosen is marked, and as what. */
typedef gboolean (*PltCardMarkFunc) (const PltCardListed *listed,
                                     PltCardMarkKind     *kind,
                                     gpointer             user_data);

#define PLT_TYPE_CARD_MARKER (plt_card_marker_get_type ())
G_DECLARE_FINAL_TYPE (PltCardMarker, plt_card_marker, PLT, CARD_MARKER, GObject)

PltCardMarker       *plt_card_marker_new          (GtkListBox      *list,
                                                   PltCardMarkFunc  func,
                                                   gpointer         user_data);
void                 plt_card_marker_set_board    (PltCardMarker   *self,
                                                   PltCardBoard    *board);
void                 plt_card_marker_set_rows     (PltCardMarker   *self,
                                                   PltLayout       *layout,
                                                   GPtrArray       *rows);
void                 plt_card_marker_set_readings (PltCardMarker   *self,
                                                   GPtrArray       *list);
void                 plt_card_marker_update       (PltCardMarker   *self);
void                 plt_card_marker_step         (PltCardMarker   *self,
                                                   int              step);

G_END_DECLS
