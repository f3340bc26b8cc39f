/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and moves the stock of blanks, ribbons and films. */
#include "plt-store-stock.h"

#include "plt-store-private.h"

void
plt_store_count_blanks_async (PltStore            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  plt_store_run_async (self, "stock-blanks", NULL, cancellable, callback, user_data);
}

GHashTable *
plt_store_count_blanks_finish (PltStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  g_autoptr (GHashTable) counted = NULL;

  if (rows == NULL)
    return NULL;
  counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    g_hash_table_insert (counted, g_strdup (plt_store_text (rows, row, "printer")),
                         GINT_TO_POINTER ((int) plt_store_int (rows, row, "blanks")));
  return g_steal_pointer (&counted);
}

int
plt_store_blanks_of (GHashTable *counted,
                     const char *printer)
{
  gpointer blanks;

  if (counted == NULL)
    return -1;
  if (!g_hash_table_lookup_extended (counted, printer, NULL, &blanks))
    blanks = g_hash_table_lookup (counted, "");
  return GPOINTER_TO_INT (blanks);
}
