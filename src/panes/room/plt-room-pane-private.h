/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the print room's pane share. */
#pragma once

#include "plt-room-pane.h"

#include "plt-card-desk.h"
#include "plt-key-news-bar.h"
#include "plt-notice.h"
#include "plt-orders-page.h"
#include "plt-production.h"
#include "plt-recalls-page.h"
#include "plt-stock-page.h"

G_BEGIN_DECLS

struct _PltRoomPane
{
  AdwBin          parent_instance;

  PltOffice      *office;
  PltCardRoom    *cards;    /* NULL until first shown */
  PltPrinterList *printers; /* NULL while not shown */
  char           *wanted;   /* to be selected as soon as it is listed */
  char           *gone;     /* looked for, and not in flight any more */
  gboolean        resolving; /* one card after the other is asked about */
  GHashTable     *later;     /* numbers of those that somebody answers later */
  char           *scanned; /* to be compared as soon as the cards are listed, and the one before is found */
  char           *sought;  /* of which card this is the code is asked just now */
  char           *serial;  /* scanned behind the last of them */

  PltKeyNewsBar  *key_news;
  PltNotice      *notice;
  GtkWidget      *switcher;
  GtkStack       *pages;
  AdwBin         *orders_place;
  AdwBin         *stock_place;
  AdwBin         *recalls_place;
  PltOrdersPage  *orders;  /* NULL until first shown, as are the next two */
  PltStockPage   *stock;
  PltRecallsPage *recalls;
  GtkStack       *cards_stack;
  GtkListBox     *card_list;
  GtkLabel       *cards_failed;
  GtkStack       *printers_stack;
  GtkListBox     *printer_list;
  GtkLabel       *printers_failed;
  PltCardDesk    *desk;
};

void     plt_room_pane_show_page   (PltRoomPane    *self,
                                    const char     *page);
gboolean plt_room_pane_select_wanted
                                   (PltRoomPane    *self);
void     plt_room_pane_ask_next    (PltRoomPane    *self);
void     plt_room_pane_take_scan   (PltRoomPane    *self);
void     plt_room_pane_install_scan
                                   (GtkWidgetClass *widget_class);

G_END_DECLS
