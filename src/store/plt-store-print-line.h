/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of the print queue for a screen: who stands in it, and what is seen of those who are looked at. */
#pragma once

#include "plt-print-order.h"
#include "plt-store.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *orders;                            /* PltPrintOrder of which nothing is known, in line */
  int        n_orders;                          /* in the whole queue */
  int        counts[PLT_N_PRINT_ORDER_STATES];  /* of the whole queue */
} PltStorePrintLine;

void                plt_store_print_line_free           (PltStorePrintLine    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStorePrintLine, plt_store_print_line_free)

/* @text: (nullable): part of what is seen. @state: (nullable): the nick of one state */
void                plt_store_read_print_line_async     (PltStore             *self,
                                                         const char           *text,
                                                         const char           *state,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
PltStorePrintLine  *plt_store_read_print_line_finish    (PltStore             *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

/* @ids: applications, with spaces between */
void                plt_store_read_print_orders_async   (PltStore             *self,
                                                         const char           *ids,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
/* Returns: (transfer full): PltPrintOrder with their facts */
GPtrArray          *plt_store_read_print_orders_finish  (PltStore             *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

void                plt_store_list_print_pauses_async   (PltStore             *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
/* Returns: (transfer full): PltPrintPause */
GPtrArray          *plt_store_list_print_pauses_finish  (PltStore             *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

G_END_DECLS
