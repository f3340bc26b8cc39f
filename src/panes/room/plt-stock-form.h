/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with the stock, as a form: serials typed or scanned, what is wrong said at the field. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"
#include "plt-stock.h"
#include "plt-stock-book.h"

G_BEGIN_DECLS

#define PLT_TYPE_STOCK_FORM (plt_stock_form_get_type ())
G_DECLARE_FINAL_TYPE (PltStockForm, plt_stock_form, PLT, STOCK_FORM, AdwBin)

/* Actions "stock.do" and "stock.leave". Signals "done": the stock was changed, as was said in a toast;
 * "left": the person wants back to the list. */
void        plt_stock_form_set_office   (PltStockForm        *self,
                                         PltOffice           *office);
void        plt_stock_form_set_places   (PltStockForm        *self,
                                         GPtrArray           *entries);
void        plt_stock_form_set_printers (PltStockForm        *self,
                                         GListModel          *printers);
void        plt_stock_form_show         (PltStockForm        *self,
                                         PltStockAct          act,
                                         const PltStockEntry *entry);

G_END_DECLS
