/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the print room: printers in words, cards in flight, lines of a read-back. */
#pragma once

#include "plt-text-row.h"

#include "plt-card.h"

G_BEGIN_DECLS

#define PLT_TYPE_CARD_ROW (plt_card_row_get_type ())
G_DECLARE_FINAL_TYPE (PltCardRow, plt_card_row, PLT, CARD_ROW, PltTextRow)

/* GtkListBoxCreateWidgetFuncs. @user_data: of printers the PltOffice, of others nothing. */
GtkWidget *plt_card_row_new      (gpointer    item,
                                  gpointer    user_data);
GtkWidget *plt_printer_row_new   (gpointer    item,
                                  gpointer    user_data);
GtkWidget *plt_readback_row_new  (gpointer    item,
                                  gpointer    user_data);

PltCard   *plt_card_row_get_card (PltCardRow *self);

G_END_DECLS
