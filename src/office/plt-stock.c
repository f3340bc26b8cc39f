/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database for what is done with the stock. */
#include "plt-stock.h"

#include "plt-office-ask.h"

static const PltOfficeAsk acts[] = {
  [PLT_STOCK_LIST] = { "stock-list", 0 },
  [PLT_STOCK_LIFE] = { "stock-life", 1 },
  [PLT_STOCK_RECEIVE] = { "stock-receive", 5 },
  [PLT_STOCK_MOVE] = { "stock-move", 4 },
  [PLT_STOCK_LOAD] = { "stock-load", 3 },
  [PLT_STOCK_UNLOAD] = { "stock-unload", 3 },
  [PLT_STOCK_COUNT] = { "stock-count", 4 },
  [PLT_STOCK_DESTROY] = { "stock-destroy", 3 },
  [PLT_STOCK_EXPLAIN] = { "stock-explain", 3 },
  [PLT_STOCK_CONFIRM] = { "stock-confirm", 1 },
  [PLT_STOCK_REFUSE] = { "stock-refuse", 1 },
  [PLT_STOCK_LEFT] = { "stock-left", 0 },
};

void
plt_stock_act_async (PltOffice           *office,
                     PltStockAct          act,
                     const char *const   *words,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (act < G_N_ELEMENTS (acts));

  plt_office_ask_async (office, &acts[act], words, cancellable, callback, user_data);
}

char *
plt_stock_act_finish (GAsyncResult  *result,
                      GError       **error)
{
  return plt_office_ask_finish (result, error);
}
