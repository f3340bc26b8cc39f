/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database for what becomes of a card beside its printing. */
#include "plt-card-life.h"

#include "plt-office-private.h"
#include "plt-store-stock.h"

static const struct
{
  const char *statement;
  guint n_words;
} acts[] = {
  [PLT_CARD_LIFE_FREEZE] = { "card-freeze", 2 },
  [PLT_CARD_LIFE_UNFREEZE] = { "card-unfreeze", 2 },
  [PLT_CARD_LIFE_REASONS] = { "card-reasons", 0 },
  [PLT_CARD_LIFE_LIMITS] = { "card-limits", 0 },
  [PLT_CARD_LIFE_SET_LIMITS] = { "card-set-limits", 2 },
  [PLT_CARD_LIFE_ALLOW] = { "card-allow", 2 },
  [PLT_CARD_LIFE_RECALL] = { "card-recall", 3 },
  [PLT_CARD_LIFE_RETURNED] = { "card-returned", 2 },
  [PLT_RECALL_PREVIEW] = { "recall-preview", 1 },
  [PLT_RECALL_NEW] = { "recall-new", 2 },
  [PLT_RECALL_LIST] = { "recall-list", 0 },
  [PLT_RECALL_SHOW] = { "recall-show", 1 },
  [PLT_RECALL_CONFIRM] = { "recall-confirm", 1 },
  [PLT_RECALL_REFUSE] = { "recall-refuse", 1 },
  [PLT_RECALL_DONE] = { "recall-done", 4 },
};

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *json = plt_store_stock_finish (PLT_STORE (source), result, &error);

  if (error == NULL)
    g_task_return_pointer (task, json, g_free);
  else
    plt_office_fail (g_task_get_source_object (task), task, error);
}

void
plt_card_life_act_async (PltOffice           *office,
                         PltCardLifeAct       act,
                         const char *const   *words,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (act < G_N_ELEMENTS (acts));

  plt_store_stock_async (plt_office_get_store (office), acts[act].statement, words,
                         acts[act].n_words, cancellable, done_cb,
                         g_task_new (office, cancellable, callback, user_data));
}

char *
plt_card_life_act_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
