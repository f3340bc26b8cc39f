/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database for what is done with money. */
#include "plt-fees.h"

#include "plt-office-ask.h"

static const PltOfficeAsk acts[] = {
  [PLT_FEE_QUOTE] = { "fee-quote", 1 },
  [PLT_FEE_ESTIMATE] = { "fee-estimate", 7 },
  [PLT_FEE_PAY] = { "fee-pay", 7 },
  [PLT_FEE_FIND] = { "fee-find", 1 },
  [PLT_FEE_PROOF] = { "fee-proof", 4 },
  [PLT_FEE_WAIVE] = { "fee-waive", 3 },
  [PLT_FEE_VOID] = { "fee-void", 2 },
  [PLT_FEE_REFUND] = { "fee-refund", 5 },
  [PLT_FEE_APPROVE] = { "fee-approve", 1 },
  [PLT_FEE_REFUSE] = { "fee-refuse", 1 },
  [PLT_FEE_LIST] = { "fee-list", 1 },
  [PLT_FEE_RECEIPT] = { "fee-receipt", 2 },
  [PLT_FEE_CHECK] = { "fee-check", 1 },
  [PLT_FEE_SHIFT_OPEN] = { "fee-shift-open", 1 },
  [PLT_FEE_SHIFT_COUNT] = { "fee-shift-count", 3 },
  [PLT_FEE_SHIFT_CLOSE] = { "fee-shift-close", 1 },
  [PLT_FEE_SHIFT_RECOUNT] = { "fee-shift-recount", 2 },
  [PLT_FEE_SHIFT_SHOW] = { "fee-shift-show", 1 },
  [PLT_FEE_RULES] = { "fee-rules", 1 },
  [PLT_FEE_RULE_PROPOSE] = { "fee-rule-propose", 2 },
  [PLT_FEE_RULE_PREVIEW] = { "fee-rule-preview", 2 },
  [PLT_FEE_RULE_APPROVE] = { "fee-rule-approve", 1 },
  [PLT_FEE_RULE_REFUSE] = { "fee-rule-refuse", 1 },
  [PLT_FEE_REPORT] = { "fee-report", 3 },
  [PLT_FEE_RECONCILE] = { "fee-reconcile", 2 },
  [PLT_FEE_CURRENCY] = { "fee-currency", 2 },
};

void
plt_fees_act_async (PltOffice           *office,
                    PltFeeAct            act,
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
plt_fees_act_finish (GAsyncResult  *result,
                     GError       **error)
{
  return plt_office_ask_finish (result, error);
}
