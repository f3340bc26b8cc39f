/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings the rows of a live list up to date with as little movement as possible. */
#include "plt-live-rows.h"

#include "plt-application.h"
#include "plt-card.h"

const PltLiveRowsType plt_live_rows_applications = {
  (gint64 (*) (gpointer)) plt_licence_application_get_id,
  (void (*) (gpointer, gpointer)) plt_licence_application_update,
};

const PltLiveRowsType plt_live_rows_cards = {
  (gint64 (*) (gpointer)) plt_card_get_id,
  (void (*) (gpointer, gpointer)) plt_card_update,
};

static GPtrArray *
merge (GPtrArray             *old,
       GPtrArray             *read,
       const PltLiveRowsType *type)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *ids = g_new (gint64, old->len + 1);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < old->len; i++)
    {
      ids[i] = type->get_id (g_ptr_array_index (old, i));
      g_hash_table_insert (shown, &ids[i], g_ptr_array_index (old, i));
    }
  for (guint i = 0; i < read->len; i++)
    {
      gpointer newer = g_ptr_array_index (read, i);
      gint64 id = type->get_id (newer);
      gpointer row = g_hash_table_lookup (shown, &id);
      if (row != NULL)
        type->update (row, newer);
      g_ptr_array_add (rows, g_object_ref (row != NULL ? row : newer));
    }
  return rows;
}

void
plt_live_rows_replace (GListModel             *list,
                       GPtrArray             **rows,
                       GPtrArray              *read,
                       const PltLiveRowsType  *type)
{
  g_autoptr (GPtrArray) old = *rows;
  GPtrArray *new = merge (old, read, type);
  guint head = 0;
  guint tail = 0;

  *rows = new;
  while (head < old->len && head < new->len && old->pdata[head] == new->pdata[head])
    head++;
  while (tail < old->len - head && tail < new->len - head
         && old->pdata[old->len - 1 - tail] == new->pdata[new->len - 1 - tail])
    tail++;
  if (old->len - head - tail > 0 || new->len - head - tail > 0)
    g_list_model_items_changed (list, head, old->len - head - tail, new->len - head - tail);
}
