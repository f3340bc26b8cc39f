/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchanges only those rows of a list of reconciled fields that differ. */
#include "plt-field-list.h"

#include "plt-reconciliation.h"

static gboolean
is_same_field (PltReconciledField *a,
               PltReconciledField *b)
{
  for (PltSource i = 0; i < PLT_N_SOURCES; i++)
    if (g_strcmp0 (plt_reconciled_field_get_source_value (a, i),
                   plt_reconciled_field_get_source_value (b, i)) != 0)
      return FALSE;
  return plt_reconciled_field_get_field (a) == plt_reconciled_field_get_field (b)
         && plt_reconciled_field_get_choice (a) == plt_reconciled_field_get_choice (b)
         && g_strcmp0 (plt_reconciled_field_get_value (a), plt_reconciled_field_get_value (b)) == 0
         && g_strcmp0 (plt_reconciled_field_get_reason (a), plt_reconciled_field_get_reason (b)) == 0;
}

void
plt_field_list_update (GListStore *list,
                       GPtrArray  *fields)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (list));

  if (n_shown != fields->len)
    {
      g_list_store_splice (list, 0, n_shown, fields->pdata, fields->len);
      return;
    }
  for (guint i = 0; i < fields->len; i++)
    {
      g_autoptr (PltReconciledField) shown = g_list_model_get_item (G_LIST_MODEL (list), i);
      if (!is_same_field (shown, g_ptr_array_index (fields, i)))
        g_list_store_splice (list, i, 1, &fields->pdata[i], 1);
    }
}
