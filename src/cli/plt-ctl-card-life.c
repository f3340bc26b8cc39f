/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card freeze, unfreeze: a card that is being made and must go no further. */
#include "plt-card-life.h"
#include "plt-ctl.h"

#include <glib/gi18n-lib.h>

static char *reason_option = NULL;

static const GOptionEntry reason_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
act (PltCtl             *ctl,
     PltCardLifeAct      what,
     const char *const  *words,
     GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  plt_card_life_act_async (ctl->office, what, words, NULL, plt_ctl_ready_cb, &result);
  json = plt_card_life_act_finish (plt_ctl_await (&result), error);
  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_freeze (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *words[] = { arguments[0], reason_option };

  return act (ctl, PLT_CARD_LIFE_FREEZE, words, error);
}

static PltCtlStatus
run_unfreeze (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  const char *words[] = { arguments[0], reason_option };

  return act (ctl, PLT_CARD_LIFE_UNFREEZE, words, error);
}

const PltCtlCommand plt_ctl_card_freeze = {
  .name = "card freeze", .arguments = N_("CARD"),
  .summary = N_("Stop a card that is being made; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_freeze,
};

const PltCtlCommand plt_ctl_card_unfreeze = {
  .name = "card unfreeze", .arguments = N_("CARD"),
  .summary = N_("Lift what people said against a card; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_unfreeze,
};
