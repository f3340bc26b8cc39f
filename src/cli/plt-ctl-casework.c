/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application kinds and documents: what can be applied for, and what the citizen brings. */
#include "plt-casework.h"
#include "plt-ctl.h"

#include <glib/gi18n-lib.h>

static PltCtlStatus
act (PltCtl             *ctl,
     PltCaseworkAct      what,
     const char *const  *words,
     GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  plt_casework_act_async (ctl->office, what, words, NULL, plt_ctl_ready_cb, &result);
  json = plt_casework_act_finish (plt_ctl_await (&result), error);
  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_kinds (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return act (ctl, PLT_CASEWORK_KINDS, NULL, error);
}

static PltCtlStatus
run_documents (PltCtl  *ctl,
               char   **arguments,
               GError **error)
{
  return act (ctl, PLT_CASEWORK_DOCUMENTS, (const char *const *) arguments, error);
}

const PltCtlCommand plt_ctl_application_kinds = {
  .name = "application kinds", .arguments = "",
  .summary = N_("List the kinds of application"),
  .signed_in = TRUE, .run = run_kinds,
};

const PltCtlCommand plt_ctl_application_documents = {
  .name = "application documents", .arguments = N_("APP"),
  .summary = N_("List the documents that the citizen brings for it"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_documents,
};
