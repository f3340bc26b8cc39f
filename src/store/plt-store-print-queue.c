/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes, keeps and ends print orders, and asks for what people do with the print queue. */
#include "plt-store-print-queue.h"

#include "plt-store-private.h"

void
plt_store_print_order_free (PltStorePrintOrder *self)
{
  g_free (self->application_number);
  g_free (self->printer);
  g_free (self);
}

void
plt_store_take_print_order_async (PltStore            *self,
                                  const char          *spooler,
                                  const char *const   *printers,
                                  int                  seconds,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, spooler);
  plt_pg_params_text_array (params, printers);
  plt_pg_params_int (params, seconds);
  plt_store_run_async (self, "print-order-take", params, cancellable, callback, user_data);
}

PltStorePrintOrder *
plt_store_take_print_order_finish (PltStore      *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  PltStorePrintOrder *order;

  if (rows == NULL || plt_pg_result_get_n_rows (rows) == 0)
    return NULL;
  order = g_new0 (PltStorePrintOrder, 1);
  order->application_id = plt_store_int (rows, 0, "application_id");
  order->application_number = g_strdup (plt_store_text (rows, 0, "application_number"));
  order->printer = g_strdup (plt_store_text (rows, 0, "printer"));
  order->card_id = plt_store_int (rows, 0, "card_id");
  return order;
}

void
plt_store_keep_print_orders_async (PltStore            *self,
                                   const char          *spooler,
                                   int                  seconds,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, spooler);
  plt_pg_params_int (params, seconds);
  plt_store_run_async (self, "print-order-keep", params, cancellable, callback, user_data);
}

int
plt_store_keep_print_orders_finish (PltStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return (int) plt_store_run_finish_int (self, result, "kept", error);
}

void
plt_store_end_print_order_async (PltStore            *self,
                                 const char          *spooler,
                                 gint64               application_id,
                                 const char          *trouble,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, spooler);
  plt_pg_params_int (params, application_id);
  plt_pg_params_text (params, trouble);
  plt_store_run_async (self, "print-order-end", params, cancellable, callback, user_data);
}

gboolean
plt_store_end_print_order_finish (PltStore      *self,
                                  GAsyncResult  *result,
                                  gboolean      *was_own,
                                  GError       **error)
{
  gint64 own = plt_store_run_finish_int (self, result, "own", error);

  if (own >= 0 && was_own != NULL)
    *was_own = own != 0;
  return own >= 0;
}
