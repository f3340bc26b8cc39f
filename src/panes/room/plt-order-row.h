/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order of the print queue as a row that is used again for others. */
#pragma once

#include <gtk/gtk.h>

#include "plt-print-order.h"

G_BEGIN_DECLS

#define PLT_TYPE_ORDER_ROW (plt_order_row_get_type ())
G_DECLARE_FINAL_TYPE (PltOrderRow, plt_order_row, PLT, ORDER_ROW, GtkWidget)

GtkWidget     *plt_order_row_new       (void);
/* @order: (nullable) */
void           plt_order_row_set_order (PltOrderRow   *self,
                                        PltPrintOrder *order);
PltPrintOrder *plt_order_row_get_order (PltOrderRow   *self);

G_END_DECLS
