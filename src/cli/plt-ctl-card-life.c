/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card freeze, unfreeze, reasons, limits, allow, recall, returned: what becomes of a
 * card beside its printing. */
#include "plt-card-life.h"
#include "plt-ctl.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *reason_option = NULL;
static gboolean returned_option = FALSE;
static char *again_option = NULL;
static char *by_operator_option = NULL;

static const GOptionEntry reason_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry recall_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  { "returned", 0, 0, G_OPTION_ARG_NONE, &returned_option,
    N_("The holder has brought it back"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry limits_options[] = {
  { "again", 0, 0, G_OPTION_ARG_STRING, &again_option,
    N_("How many cards of one application are made again without a supervisor"), N_("N") },
  { "by-operator", 0, 0, G_OPTION_ARG_STRING, &by_operator_option,
    N_("How many one person makes again in a day, or none for no limit"), N_("N") },
  G_OPTION_ENTRY_NULL
};

static char *
ask (PltCtl             *ctl,
     PltCardLifeAct      what,
     const char *const  *words,
     GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_card_life_act_async (ctl->office, what, words, NULL, plt_ctl_ready_cb, &result);
  return plt_card_life_act_finish (plt_ctl_await (&result), error);
}

static PltCtlStatus
act (PltCtl             *ctl,
     PltCardLifeAct      what,
     const char *const  *words,
     GError            **error)
{
  g_autofree char *json = ask (ctl, what, words, error);

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

static PltCtlStatus
run_reasons (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return act (ctl, PLT_CARD_LIFE_REASONS, NULL, error);
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strlen (text) < 8 && strspn (text, "0123456789") == strlen (text);
}

static PltCtlStatus
run_limits (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *words[] = { again_option, by_operator_option };
  g_autofree char *done = NULL;

  if (again_option == NULL && by_operator_option == NULL)
    return act (ctl, PLT_CARD_LIFE_LIMITS, NULL, error);
  if (g_strcmp0 (by_operator_option, "none") == 0)
    words[1] = "-1";
  else if (by_operator_option != NULL && !is_number (by_operator_option))
    words[1] = NULL;
  if ((again_option != NULL && !is_number (again_option))
      || (by_operator_option != NULL && words[1] == NULL))
    {
      plt_ctl_usage_error (error,
                           _("--again and --by-operator are numbers; --by-operator may be none."));
      return PLT_CTL_USAGE;
    }
  /* Shown are those that hold now, also the one that was left as it was. */
  done = ask (ctl, PLT_CARD_LIFE_SET_LIMITS, words, error);
  return done != NULL ? act (ctl, PLT_CARD_LIFE_LIMITS, NULL, error) : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_allow (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  const char *words[] = { arguments[0], reason_option };

  return act (ctl, PLT_CARD_LIFE_ALLOW, words, error);
}

static PltCtlStatus
run_recall (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *words[] = { arguments[0], reason_option, returned_option ? "yes" : NULL };

  return act (ctl, PLT_CARD_LIFE_RECALL, words, error);
}

static PltCtlStatus
run_returned (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  const char *words[] = { arguments[0], reason_option };

  return act (ctl, PLT_CARD_LIFE_RETURNED, words, error);
}

const PltCtlCommand plt_ctl_card_reasons = {
  .name = "card reasons", .arguments = "",
  .summary = N_("List why a card can be spoiled"),
  .signed_in = TRUE, .run = run_reasons,
};

const PltCtlCommand plt_ctl_card_limits = {
  .name = "card limits", .arguments = "",
  .summary = N_("Show or set how often a card is made again without a supervisor"),
  .signed_in = TRUE, .options = limits_options, .run = run_limits,
};

const PltCtlCommand plt_ctl_card_allow = {
  .name = "card allow", .arguments = N_("APPLICATION"),
  .summary = N_("Allow another card beyond the limit, or after a recall; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_allow,
};

const PltCtlCommand plt_ctl_card_recall = {
  .name = "card recall", .arguments = N_("CARD"),
  .summary = N_("Recall a card that was handed over; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = recall_options, .run = run_recall,
};

const PltCtlCommand plt_ctl_card_returned = {
  .name = "card returned", .arguments = N_("CARD"),
  .summary = N_("Note that a recalled card was brought back"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_returned,
};

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
