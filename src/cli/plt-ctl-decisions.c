/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application park, decide, undo, decisions; rule …; person link …: what people decide
 * where the registries differ, and what comes of it. */
#include "plt-ctl-person.h"

#include "plt-decisions.h"

#include <glib/gi18n-lib.h>

static char *reason_option = NULL;
static char *value_option = NULL;
static char *until_option = NULL;

static const GOptionEntry settle_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  { "value", 0, 0, G_OPTION_ARG_STRING, &value_option, N_("The value that is right"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry accept_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  { "until", 0, 0, G_OPTION_ARG_STRING, &until_option, N_("The rule’s last day, as YYYY-MM-DD"),
    N_("DAY") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
settle (PltCtl         *ctl,
        PltCaseSettle   how,
        char          **arguments,
        GError        **error)
{
  g_autoptr (PltCase) open_case = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  PltField field;

  if (!plt_field_from_nick (arguments[1], &field))
    {
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                   _("“%s” is no field of “application show”."), arguments[1]);
      return PLT_CTL_USAGE;
    }
  open_case = plt_ctl_open_case (ctl, arguments[0], error);
  if (open_case == NULL)
    return PLT_CTL_REFUSED;
  plt_case_settle_async (open_case, how, field, value_option, reason_option, NULL,
                         plt_ctl_ready_cb, &result);
  if (!plt_case_settle_finish (open_case, plt_ctl_await (&result), error))
    return PLT_CTL_REFUSED;
  plt_ctl_print_case (ctl, open_case);

  return PLT_CTL_DONE;
}

static PltCtlStatus
run_park (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return settle (ctl, PLT_CASE_SETTLE_PARK, arguments, error);
}

static PltCtlStatus
run_decide (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return settle (ctl, PLT_CASE_SETTLE_DECIDE, arguments, error);
}

static PltCtlStatus
run_undo (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return settle (ctl, PLT_CASE_SETTLE_UNDO, arguments, error);
}

static PltCtlStatus
ask (PltCtl              *ctl,
     PltDecisionsAct      act,
     const char * const  *arguments,
     GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  plt_decisions_run_async (ctl->office, act, arguments, NULL, plt_ctl_ready_cb, &result);
  json = plt_decisions_run_finish (plt_ctl_await (&result), error);

  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_decisions (PltCtl  *ctl,
               char   **arguments,
               GError **error)
{
  return ask (ctl, PLT_DECISIONS_OF_APPLICATION, (const char * const *) arguments, error);
}

static PltCtlStatus
run_rules (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return ask (ctl, PLT_DECISIONS_RULES, NULL, error);
}

static PltCtlStatus
run_proposals (PltCtl  *ctl,
               char   **arguments,
               GError **error)
{
  return ask (ctl, PLT_DECISIONS_PROPOSALS, NULL, error);
}

static PltCtlStatus
run_accept (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *all[] = { arguments[0], arguments[1], arguments[2], until_option, reason_option };

  return ask (ctl, PLT_DECISIONS_ACCEPT_RULE, all, error);
}

static PltCtlStatus
run_end (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  return ask (ctl, PLT_DECISIONS_END_RULE, (const char *[]) { arguments[0], reason_option }, error);
}

static PltCtlStatus
run_links (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return ask (ctl, PLT_DECISIONS_LINKS, (const char * const *) arguments, error);
}

static PltCtlStatus
run_link (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  const char *all[] = { arguments[0], arguments[1], reason_option };

  return ask (ctl, PLT_DECISIONS_LINK, all, error);
}

static PltCtlStatus
run_part (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return ask (ctl, PLT_DECISIONS_PART, (const char *[]) { arguments[0], reason_option }, error);
}

static PltCtlStatus
run_agree (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  const char *all[] = { arguments[0], "true", reason_option };

  return ask (ctl, PLT_DECISIONS_ANSWER_LINK, all, error);
}

static PltCtlStatus
run_refuse (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *all[] = { arguments[0], "false", reason_option };

  return ask (ctl, PLT_DECISIONS_ANSWER_LINK, all, error);
}

const PltCtlCommand plt_ctl_application_park = {
  .name = "application park", .arguments = N_("APP FIELD"),
  .summary = N_("Set a field aside for a supervisor; needs --reason"),
  .n_arguments = 2, .signed_in = TRUE, .options = settle_options, .run = run_park,
};

const PltCtlCommand plt_ctl_application_decide = {
  .name = "application decide", .arguments = N_("APP FIELD"),
  .summary = N_("A supervisor’s decision on a field; needs --value and --reason"),
  .n_arguments = 2, .signed_in = TRUE, .options = settle_options, .run = run_decide,
};

const PltCtlCommand plt_ctl_application_undo = {
  .name = "application undo", .arguments = N_("APP FIELD"),
  .summary = N_("Put back what stood before the last decision on a field"),
  .n_arguments = 2, .signed_in = TRUE, .options = settle_options, .run = run_undo,
};

const PltCtlCommand plt_ctl_application_decisions = {
  .name = "application decisions", .arguments = N_("APP"),
  .summary = N_("What people decided where the registries differ"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_decisions,
};

const PltCtlCommand plt_ctl_rule_learned = {
  .name = "rule learned", .arguments = "",
  .summary = N_("The rules by which differences are resolved"),
  .signed_in = TRUE, .run = run_rules,
};

const PltCtlCommand plt_ctl_rule_proposals = {
  .name = "rule proposals", .arguments = "",
  .summary = N_("What was always decided the same way and could become a rule"),
  .signed_in = TRUE, .run = run_proposals,
};

const PltCtlCommand plt_ctl_rule_accept = {
  .name = "rule accept", .arguments = N_("KIND FIELD SOURCE"),
  .summary = N_("Make a rule of a proposal; needs --until and --reason"),
  .n_arguments = 3, .signed_in = TRUE, .options = accept_options, .run = run_accept,
};

const PltCtlCommand plt_ctl_rule_end = {
  .name = "rule end", .arguments = N_("RULE"),
  .summary = N_("End a rule of this office; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = settle_options, .run = run_end,
};

const PltCtlCommand plt_ctl_person_links = {
  .name = "person links", .arguments = N_("ID"),
  .summary = N_("The ID numbers that are linked with one, and their history"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_links,
};

const PltCtlCommand plt_ctl_person_link = {
  .name = "person link", .arguments = N_("ID OTHER"),
  .summary = N_("Ask for two ID numbers to be one person; needs --reason"),
  .n_arguments = 2, .signed_in = TRUE, .options = settle_options, .run = run_link,
};

const PltCtlCommand plt_ctl_person_part = {
  .name = "person part", .arguments = N_("LINK"),
  .summary = N_("Ask for two linked ID numbers to be taken apart; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = settle_options, .run = run_part,
};

const PltCtlCommand plt_ctl_person_agree = {
  .name = "person agree", .arguments = N_("LINK"),
  .summary = N_("Grant what another person asked for; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = settle_options, .run = run_agree,
};

const PltCtlCommand plt_ctl_person_refuse = {
  .name = "person refuse", .arguments = N_("LINK"),
  .summary = N_("Refuse what another person asked for; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = settle_options, .run = run_refuse,
};
