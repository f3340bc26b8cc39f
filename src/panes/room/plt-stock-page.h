/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stock in the print room: what is where, each printer's account, what takes a second person; and
 * the form in which it is moved. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_STOCK_PAGE (plt_stock_page_get_type ())
G_DECLARE_FINAL_TYPE (PltStockPage, plt_stock_page, PLT, STOCK_PAGE, AdwBin)

void plt_stock_page_set_office   (PltStockPage *self,
                                  PltOffice    *office);
void plt_stock_page_set_printers (PltStockPage *self,
                                  GListModel   *printers);

G_END_DECLS
