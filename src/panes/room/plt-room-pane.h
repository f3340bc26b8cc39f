/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print room: printers in words, cards in flight, read-back and hand-over. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_ROOM_PANE (plt_room_pane_get_type ())
G_DECLARE_FINAL_TYPE (PltRoomPane, plt_room_pane, PLT, ROOM_PANE, AdwBin)

GtkWidget *plt_room_pane_new    (PltOffice   *office);
/* @card: its number or the serial of its blank. */
void       plt_room_pane_select (PltRoomPane *self,
                                 const char  *card);
/* Whether a card is there whose code is to be read. */
gboolean   plt_room_pane_awaits_scan
                                (PltRoomPane *self);
/* The text of a card's code, for the selected card or the only one that awaits it. */
void       plt_room_pane_scan   (PltRoomPane *self,
                                 const char  *text);
/* The same of a scanned number; %FALSE where it is not the serial that the card at the desk awaits. */
gboolean   plt_room_pane_take_serial (PltRoomPane *self,
                                      const char  *text);

/* Asks about each doubtful card, one after the other. */
void       plt_room_pane_resolve     (PltRoomPane *self);

G_END_DECLS
