/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a spooler looks at all the time: what is in flight, and what the printers have left. */
#pragma once

#include "plt-card.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* A card between its blank and the tray, or in doubt. */
typedef struct
{
  PltCard  *card;
  gboolean  left; /* nobody has moved it for longer than a lease, and it has not been sent */
} PltStoreSpoolCard;

void                plt_store_spool_card_free         (PltStoreSpoolCard    *self);

/* (element-type PltStoreSpoolCard) (transfer full) */
void                plt_store_spool_cards_async       (PltStore             *self,
                                                       int                   lease_seconds,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
GPtrArray          *plt_store_spool_cards_finish      (PltStore             *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

/* What one printer has left by the books; -1: they do not know. */
typedef struct
{
  char *printer; /* "": those that are not loaded by the books */
  int   blanks;
  int   ribbon;
  int   film;
} PltStoreSpoolStock;

void                plt_store_spool_stock_free        (PltStoreSpoolStock   *self);

/* (element-type PltStoreSpoolStock) (transfer full) */
void                plt_store_spool_stock_async       (PltStore             *self,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
GPtrArray          *plt_store_spool_stock_finish      (PltStore             *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS
