/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print queue: what a spooler takes, keeps and ends, and what people do with the line. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

/* What a spooler has taken. With a @card_id the card is being made already, and is gone on with. */
typedef struct
{
  gint64 application_id;
  char *application_number;
  char *printer;
  gint64 card_id; /* 0: none yet */
} PltStorePrintOrder;

void                plt_store_print_order_free          (PltStorePrintOrder   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStorePrintOrder, plt_store_print_order_free)

/* @spooler: a UUID. @printers: which it may print on, the best first. */
void                plt_store_take_print_order_async    (PltStore             *self,
                                                         const char           *spooler,
                                                         const char *const    *printers,
                                                         int                   seconds,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
/* Returns: (transfer full) (nullable): the next one; %NULL without @error: there is none */
PltStorePrintOrder *plt_store_take_print_order_finish   (PltStore             *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

/* How many leases the spooler still has; -1 on failure. */
void                plt_store_keep_print_orders_async   (PltStore             *self,
                                                         const char           *spooler,
                                                         int                   seconds,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
int                 plt_store_keep_print_orders_finish  (PltStore             *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

/* @trouble: (nullable): why it failed; %NULL: it is done, or given back. The answer says whether the
 * lease was still the spooler's own. */
void                plt_store_end_print_order_async     (PltStore             *self,
                                                         const char           *spooler,
                                                         gint64                application_id,
                                                         const char           *trouble,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
gboolean            plt_store_end_print_order_finish    (PltStore             *self,
                                                         GAsyncResult         *result,
                                                         gboolean             *was_own,
                                                         GError              **error);

G_END_DECLS
