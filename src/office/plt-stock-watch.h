/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stock meets the queue, live: how many cards this office can still make, and how many people wait. */
#pragma once

#include "plt-office.h"
#include "plt-stock-book.h"

G_BEGIN_DECLS

#define PLT_TYPE_STOCK_WATCH (plt_stock_watch_get_type ())
G_DECLARE_FINAL_TYPE (PltStockWatch, plt_stock_watch, PLT, STOCK_WATCH, GObject)

/* Signal "changed": it was read again. */
PltStockWatch      *plt_stock_watch_new      (PltOffice     *office);
/* Returns: (transfer none) (nullable): NULL while it is not known */
const PltStockLeft *plt_stock_watch_get_left (PltStockWatch *self);

G_END_DECLS
