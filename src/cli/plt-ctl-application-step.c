/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application submit, approve, return, reject, withdraw, wait, continue: the steps of its
 * life. */
#include "plt-ctl-person.h"

#include <glib/gi18n-lib.h>

static char *reason_option = NULL;

static const GOptionEntry options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
run_step (PltCtl       *ctl,
          const char   *number,
          PltCaseStep   step,
          GError      **error)
{
  g_autoptr (PltCase) open_case = plt_ctl_open_case (ctl, number, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (open_case == NULL)
    return PLT_CTL_REFUSED;
  plt_case_step_async (open_case, step, reason_option, NULL, plt_ctl_ready_cb, &result);
  if (!plt_case_step_finish (open_case, plt_ctl_await (&result), error))
    return PLT_CTL_REFUSED;
  plt_ctl_print_case (ctl, open_case);
  return PLT_CTL_DONE;
}

static PltCtlStatus
run_submit (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return run_step (ctl, arguments[0], PLT_CASE_STEP_SUBMIT, error);
}

static PltCtlStatus
run_approve (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return run_step (ctl, arguments[0], PLT_CASE_STEP_APPROVE, error);
}

static PltCtlStatus
run_return (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return run_step (ctl, arguments[0], PLT_CASE_STEP_RETURN, error);
}

static PltCtlStatus
run_reject (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return run_step (ctl, arguments[0], PLT_CASE_STEP_REJECT, error);
}

static PltCtlStatus
run_withdraw (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  return run_step (ctl, arguments[0], PLT_CASE_STEP_WITHDRAW, error);
}

static PltCtlStatus
run_wait (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return run_step (ctl, arguments[0], PLT_CASE_STEP_WAIT, error);
}

static PltCtlStatus
run_continue (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  return run_step (ctl, arguments[0], PLT_CASE_STEP_CONTINUE, error);
}

const PltCtlCommand plt_ctl_application_submit = {
  .name = "application submit", .arguments = N_("APP"),
  .summary = N_("Hand a draft to a second person"),
  .n_arguments = 1, .signed_in = TRUE, .options = options, .run = run_submit,
};

const PltCtlCommand plt_ctl_application_approve = {
  .name = "application approve", .arguments = N_("APP"),
  .summary = N_("Approve what another person entered"),
  .n_arguments = 1, .signed_in = TRUE, .options = options, .run = run_approve,
};

const PltCtlCommand plt_ctl_application_return = {
  .name = "application return", .arguments = N_("APP"),
  .summary = N_("Send it back to the clerk; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = options, .run = run_return,
};

const PltCtlCommand plt_ctl_application_reject = {
  .name = "application reject", .arguments = N_("APP"),
  .summary = N_("Reject it for good; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = options, .run = run_reject,
};

const PltCtlCommand plt_ctl_application_withdraw = {
  .name = "application withdraw", .arguments = N_("APP"),
  .summary = N_("The citizen takes it back; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = options, .run = run_withdraw,
};

const PltCtlCommand plt_ctl_application_wait = {
  .name = "application wait", .arguments = N_("APP"),
  .summary = N_("Let it wait for the registry that did not answer"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_wait,
};

const PltCtlCommand plt_ctl_application_continue = {
  .name = "application continue", .arguments = N_("APP"),
  .summary = N_("Take up again what waits"),
  .n_arguments = 1, .signed_in = TRUE, .options = options, .run = run_continue,
};
