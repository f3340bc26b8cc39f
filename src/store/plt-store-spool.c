/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what a spooler looks at all the time. */
#include "plt-store-spool.h"

#include "plt-store-private.h"
#include "plt-store-readers.h"

void
plt_store_spool_card_free (PltStoreSpoolCard *self)
{
  g_object_unref (self->card);
  g_free (self);
}

void
plt_store_spool_cards_async (PltStore            *self,
                             int                  lease_seconds,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, lease_seconds);
  plt_store_run_async (self, "spool-cards", params, cancellable, callback, user_data);
}

GPtrArray *
plt_store_spool_cards_finish (PltStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  g_autoptr (GPtrArray) cards = rows != NULL ? plt_store_read_cards (rows, error) : NULL;
  GPtrArray *found;

  if (cards == NULL)
    return NULL;
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_store_spool_card_free);
  for (guint i = 0; i < cards->len; i++)
    {
      PltStoreSpoolCard *card = g_new0 (PltStoreSpoolCard, 1);

      card->card = g_object_ref (g_ptr_array_index (cards, i));
      card->left = g_str_equal (plt_store_text (rows, (int) i, "is_left"), "t");
      g_ptr_array_add (found, card);
    }
  return found;
}

void
plt_store_spool_stock_free (PltStoreSpoolStock *self)
{
  g_free (self->printer);
  g_free (self);
}

void
plt_store_spool_stock_async (PltStore            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  plt_store_run_async (self, "spool-stock", NULL, cancellable, callback, user_data);
}

GPtrArray *
plt_store_spool_stock_finish (PltStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  GPtrArray *stock;

  if (rows == NULL)
    return NULL;
  stock = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_store_spool_stock_free);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      PltStoreSpoolStock *one = g_new0 (PltStoreSpoolStock, 1);

      one->printer = g_strdup (plt_store_text (rows, row, "printer"));
      one->blanks = (int) plt_store_int (rows, row, "blanks");
      one->ribbon = (int) plt_store_int (rows, row, "ribbon");
      one->film = (int) plt_store_int (rows, row, "film");
      g_ptr_array_add (stock, one);
    }
  return stock;
}
