/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table on which a card lies: one page of it or two, in any size, to be moved about. */
#pragma once

#include "plt-card-view.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_BOARD (plt_card_board_get_type ())
G_DECLARE_FINAL_TYPE (PltCardBoard, plt_card_board, PLT, CARD_BOARD, GtkWidget)

#define PLT_CARD_MAX_ZOOM 16.0

/* A GtkScrollable. Signals "pressed" (uint page, double x, double y, in millimetres), "painted" (what
 * is seen is the last card, sharp), "refused" (GError), "looked" (zoom or pages changed). */
void     plt_card_board_set_settings  (PltCardBoard  *self,
                                       GSettings     *settings);
void     plt_card_board_set_card      (PltCardBoard  *self,
                                       PltLayout     *layout,
                                       PltCardInputs *inputs);
void     plt_card_board_set_old_card  (PltCardBoard  *self,
                                       PltLayout     *layout,
                                       PltCardInputs *inputs);
void     plt_card_board_show_old      (PltCardBoard  *self,
                                       gboolean       old);

void     plt_card_board_set_zoom      (PltCardBoard  *self,
                                       double         zoom);
double   plt_card_board_get_zoom      (PltCardBoard  *self);
double   plt_card_board_get_real_zoom (PltCardBoard  *self);
void     plt_card_board_step_zoom     (PltCardBoard  *self,
                                       int            steps);
void     plt_card_board_measure_again (PltCardBoard  *self);

void     plt_card_board_set_both      (PltCardBoard  *self,
                                       gboolean       both);
gboolean plt_card_board_get_both      (PltCardBoard  *self);
void     plt_card_board_turn          (PltCardBoard  *self);
void     plt_card_board_turn_back     (PltCardBoard  *self);
char    *plt_card_board_dup_place     (PltCardBoard  *self);
guint    plt_card_board_get_page      (PltCardBoard  *self);
void     plt_card_board_show_page     (PltCardBoard  *self,
                                       guint          page);

void     plt_card_board_set_layers    (PltCardBoard  *self,
                                       guint          layers);
void     plt_card_board_set_guides    (PltCardBoard  *self,
                                       gboolean       shown);
void     plt_card_board_set_marks     (PltCardBoard  *self,
                                       guint          page,
                                       GArray        *marks);
void     plt_card_board_set_reading   (PltCardBoard  *self,
                                       guint          page,
                                       const char    *text);
gboolean plt_card_board_is_current    (PltCardBoard  *self);

/* How a page is called: “Front of the card”, “Page 3”. */
char    *plt_card_board_dup_title     (PltLayout     *layout,
                                       guint          page);

G_END_DECLS
