/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database about the rules of law. */
#include "plt-law.h"

#include "plt-office-ask.h"

static const PltOfficeAsk acts[] = {
  [PLT_LAW_LIST] = { "law-list", 1 },
  [PLT_LAW_CHECK] = { "law-check", 1 },
  [PLT_LAW_EXPLAIN] = { "law-explain", 1 },
  [PLT_LAW_SIMULATE] = { "law-simulate", 2 },
  [PLT_LAW_PROPOSE] = { "law-propose", 1 },
  [PLT_LAW_CHANGES] = { "law-changes", 0 },
  [PLT_LAW_PREVIEW] = { "law-preview", 2 },
  [PLT_LAW_APPROVE] = { "law-approve", 2 },
  [PLT_LAW_REFUSE] = { "law-refuse", 2 },
  [PLT_LAW_EVIDENCE] = { "evidence-list", 1 },
  [PLT_LAW_EVIDENCE_KINDS] = { "evidence-kinds", 0 },
  [PLT_LAW_RECORD_EVIDENCE] = { "evidence-record", 6 },
  [PLT_LAW_WITHDRAW_EVIDENCE] = { "evidence-withdraw", 3 },
  [PLT_LAW_KEEP_FIT] = { "application-keep-fit", 1 },
};

void
plt_law_ask_async (PltOffice            *office,
                   PltLawAct             act,
                   const char * const   *arguments,
                   GCancellable         *cancellable,
                   GAsyncReadyCallback   callback,
                   gpointer              user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail ((int) act >= 0 && act < G_N_ELEMENTS (acts));

  plt_office_ask_async (office, &acts[act], arguments, cancellable, callback, user_data);
}

char *
plt_law_ask_finish (GAsyncResult  *result,
                    GError       **error)
{
  return plt_office_ask_finish (result, error);
}
