/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stock by the books: blanks, ribbons and films, each by its serial, from the delivery to the
 * citizen or the shredder. The database keeps the books and decides who may; here are the words for it. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* What is done, and the words that it takes, in their order; [] may be NULL. */
typedef enum
{
  PLT_STOCK_LIST,
  PLT_STOCK_LIFE,    /* serial */
  PLT_STOCK_RECEIVE, /* first, last, lot, [delivery note], [cards that a ribbon or film makes] */
  PLT_STOCK_MOVE,    /* first, last, safe|custody|spoiled, [why] */
  PLT_STOCK_LOAD,    /* printer, first, last */
  PLT_STOCK_UNLOAD,  /* printer, first, last */
  PLT_STOCK_COUNT,   /* blank|ribbon|film, place, [printer or login], serials and runs of serials */
  PLT_STOCK_DESTROY, /* first, last, why: a proposal */
  PLT_STOCK_EXPLAIN, /* number of the count, books|count, why: a proposal */
  PLT_STOCK_CONFIRM, /* number of a colleague's proposal */
  PLT_STOCK_REFUSE,  /* number of the proposal */
  PLT_STOCK_LEFT,
} PltStockAct;

void   plt_stock_act_async      (PltOffice            *office,
                                 PltStockAct           act,
                                 const char *const    *words,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
/* Returns: (transfer full): JSON for people */
char  *plt_stock_act_finish     (GAsyncResult         *result,
                                 GError              **error);

G_END_DECLS
