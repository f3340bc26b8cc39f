/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print queue in the print room: the line, what holds it, and what is done with it. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_ORDERS_PAGE (plt_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (PltOrdersPage, plt_orders_page, PLT, ORDERS_PAGE, AdwBin)

void plt_orders_page_set_office   (PltOrdersPage *self,
                                   PltOffice     *office);
/* @printers: (nullable): while somebody looks */
void plt_orders_page_set_printers (PltOrdersPage *self,
                                   GListModel    *printers);

G_END_DECLS
