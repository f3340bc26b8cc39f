/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application fetch: makes a draft of what was prepared at home. */
#include "plt-ctl-person.h"
#include "plt-prepared.h"

#include <glib/gi18n-lib.h>

static PltCtlStatus
run_fetch (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autoptr (PltPreparedFetched) fetched = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltCase) open_case = NULL;

  plt_prepared_fetch_async (ctl->office, arguments[0], NULL, plt_ctl_ready_cb, &result);
  fetched = plt_prepared_fetch_finish (plt_ctl_await (&result), error);
  if (fetched == NULL)
    return PLT_CTL_REFUSED;
  if (!fetched->is_new)
    g_printerr (_("It was fetched before; this is that application.\n"));
  if (fetched->remark != NULL)
    g_printerr ("%s\n", fetched->remark);
  open_case = plt_ctl_open_case (ctl, fetched->number, error);
  if (open_case == NULL)
    return PLT_CTL_REFUSED;
  plt_ctl_print_case (ctl, open_case);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_application_fetch = {
  .name = "application fetch", .arguments = N_("CODE"),
  .summary = N_("Make a draft of what was prepared at home"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_fetch,
};
