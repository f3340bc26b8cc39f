/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends what a person decided in a list. */
#include "plt-decision-step.h"

#include "plt-decisions.h"
#include "plt-reason-dialog.h"

gboolean
plt_decision_step_finish (GtkWidget     *view,
                          PltNotice     *notice,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_autofree char *json = plt_decisions_run_finish (result, error);

  if (json == NULL)
    return FALSE;
  plt_reason_dialog_forget (view);
  plt_notice_clear (notice);

  return TRUE;
}
