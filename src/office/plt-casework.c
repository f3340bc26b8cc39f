/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks the database for the work on applications beside the case itself. */
#include "plt-casework.h"

#include "plt-office-ask.h"

static const PltOfficeAsk acts[] = {
  [PLT_CASEWORK_KINDS] = { "kind-list", 0 },
  [PLT_CASEWORK_DOCUMENTS] = { "application-documents", 1 },
};

void
plt_casework_act_async (PltOffice           *office,
                        PltCaseworkAct       act,
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
plt_casework_act_finish (GAsyncResult  *result,
                         GError       **error)
{
  return plt_office_ask_finish (result, error);
}
