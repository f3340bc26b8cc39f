/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database for what becomes of a card beside its printing. */
#include "plt-card-life.h"

#include "plt-office-ask.h"

static const PltOfficeAsk acts[] = {
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
  [PLT_CARD_LIFE_SHELVE] = { "card-shelve", 2 },
  [PLT_CARD_LIFE_PLACE] = { "card-place", 1 },
  [PLT_CARD_LIFE_GIVE] = { "card-give", 2 },
  [PLT_CARD_LIFE_TAKE] = { "card-take", 1 },
  [PLT_CARD_LIFE_HAND_OVER] = { "card-hand-over", 5 },
  [PLT_CARD_LIFE_LETTER] = { "card-letter", 1 },
  [PLT_CARD_LIFE_POST] = { "card-post", 3 },
  [PLT_HANDOVER_RULES] = { "handover-rules", 0 },
  [PLT_HANDOVER_SET_RULES] = { "handover-set-rules", 4 },
};

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

  plt_office_ask_async (office, &acts[act], words, cancellable, callback, user_data);
}

char *
plt_card_life_act_finish (GAsyncResult  *result,
                          GError       **error)
{
  return plt_office_ask_finish (result, error);
}
