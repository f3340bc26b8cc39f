/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One card in the operator's hand: read back, spoil, answer a doubt, hand over. */
#pragma once

#include <gtk/gtk.h>

#include "plt-card.h"
#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_DESK (plt_card_desk_get_type ())
G_DECLARE_FINAL_TYPE (PltCardDesk, plt_card_desk, PLT, CARD_DESK, GtkWidget)

void plt_card_desk_set_office (PltCardDesk *self,
                               PltOffice   *office);
/* @card: (nullable) */
void plt_card_desk_set_card   (PltCardDesk *self,
                               PltCard     *card);
/* @text: of the card's QR code, as the scanner typed it. */
void plt_card_desk_scan       (PltCardDesk *self,
                               const char  *text);

G_END_DECLS
