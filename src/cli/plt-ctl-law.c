/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl rule list, check, explain, simulate, propose, changes, preview, approve, refuse: the rules
 * of law and how they change. */
#include "plt-ctl-law.h"
#include "plt-ctl-rule-file.h"
#include "plt-office-error.h"

#include <glib/gi18n-lib.h>

static char *reason_option = NULL;
static gboolean all_option = FALSE;
static int most_option = 200;

static const GOptionEntry list_options[] = {
  { "all", 0, 0, G_OPTION_ARG_NONE, &all_option, N_("Also those that are over or still to come"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry most_options[] = {
  { "most", 0, 0, G_OPTION_ARG_INT, &most_option,
    N_("Look at so many of the newest open and past applications each, instead of 200"), N_("N") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry reason_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

PltCtlStatus
plt_ctl_law_ask (PltCtl              *ctl,
                 PltLawAct            act,
                 const char * const  *arguments,
                 GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  plt_law_ask_async (ctl->office, act, arguments, NULL, plt_ctl_ready_cb, &result);
  json = plt_law_ask_finish (plt_ctl_await (&result), error);

  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return plt_ctl_law_ask (ctl, PLT_LAW_LIST, (const char *[]) { all_option ? "true" : "false" }, error);
}

/* What is wrong is the answer, and a reason to fail. */
static PltCtlStatus
run_check (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autofree char *text = arguments[0] != NULL ? plt_ctl_rule_file_read (arguments[0], error) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  if (arguments[0] != NULL && text == NULL)
    return PLT_CTL_REFUSED;
  plt_law_ask_async (ctl->office, PLT_LAW_CHECK, (const char *[]) { text }, NULL, plt_ctl_ready_cb,
                     &result);
  json = plt_law_ask_finish (plt_ctl_await (&result), error);
  if (plt_ctl_print_text (ctl, json, error) != PLT_CTL_DONE)
    return PLT_CTL_REFUSED;
  if (g_str_equal (json, "[]"))
    return PLT_CTL_DONE;
  g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                       _("Something is wrong with the rules. Nothing was changed."));
  return PLT_CTL_REFUSED;
}

static PltCtlStatus
run_explain (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return plt_ctl_law_ask (ctl, PLT_LAW_EXPLAIN, (const char * const *) arguments, error);
}

static PltCtlStatus
ask_most (PltCtl      *ctl,
          PltLawAct    act,
          const char  *what,
          GError     **error)
{
  g_autofree char *most = g_strdup_printf ("%d", most_option);

  if (most_option < 1)
    {
      plt_ctl_usage_error (error, _("--most is a number above 0."));
      return PLT_CTL_USAGE;
    }
  return plt_ctl_law_ask (ctl, act, (const char *[]) { what, most }, error);
}

static PltCtlStatus
run_simulate (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  g_autofree char *text = plt_ctl_rule_file_read (arguments[0], error);

  return text != NULL ? ask_most (ctl, PLT_LAW_SIMULATE, text, error) : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_propose (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autofree char *text = plt_ctl_rule_file_read (arguments[0], error);

  return text != NULL ? plt_ctl_law_ask (ctl, PLT_LAW_PROPOSE, (const char *[]) { text }, error)
                      : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_changes (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return plt_ctl_law_ask (ctl, PLT_LAW_CHANGES, NULL, error);
}

/* Of a change; anything but a number names none. */
static gboolean
is_change (const char  *text,
           GError     **error)
{
  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, NULL, NULL) ||
         plt_ctl_usage_error (error, _("A change of rules is named by its number; “rule changes” shows it."));
}

static PltCtlStatus
run_preview (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return is_change (arguments[0], error) ? ask_most (ctl, PLT_LAW_PREVIEW, arguments[0], error)
                                         : PLT_CTL_USAGE;
}

static PltCtlStatus
run_approve (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  const char *all[] = { arguments[0], reason_option };

  return is_change (arguments[0], error) ? plt_ctl_law_ask (ctl, PLT_LAW_APPROVE, all, error) : PLT_CTL_USAGE;
}

static PltCtlStatus
run_refuse (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *all[] = { arguments[0], reason_option };

  return is_change (arguments[0], error) ? plt_ctl_law_ask (ctl, PLT_LAW_REFUSE, all, error) : PLT_CTL_USAGE;
}

const PltCtlCommand plt_ctl_rule_list = {
  .name = "rule list", .arguments = "",
  .summary = N_("The rules of law that are in force, with their parameters"),
  .signed_in = TRUE, .options = list_options, .run = run_list,
};

const PltCtlCommand plt_ctl_rule_check = {
  .name = "rule check", .arguments = N_("[FILE]"),
  .summary = N_("Say what is wrong with a file of proposed rules, or with those in force"),
  .n_optional = 1, .signed_in = TRUE, .run = run_check,
};

const PltCtlCommand plt_ctl_rule_explain = {
  .name = "rule explain", .arguments = N_("APP"),
  .summary = N_("Each rule of law, and what it says of an application"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_explain,
};

const PltCtlCommand plt_ctl_rule_simulate = {
  .name = "rule simulate", .arguments = N_("FILE"),
  .summary = N_("What a file of proposed rules would change, with nothing changed"),
  .n_arguments = 1, .signed_in = TRUE, .options = most_options, .run = run_simulate,
};

const PltCtlCommand plt_ctl_rule_propose = {
  .name = "rule propose", .arguments = N_("FILE"),
  .summary = N_("Propose a change of the rules of law"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_propose,
};

const PltCtlCommand plt_ctl_rule_changes = {
  .name = "rule changes", .arguments = "",
  .summary = N_("The changes of rules that were proposed, and what became of them"),
  .signed_in = TRUE, .run = run_changes,
};

const PltCtlCommand plt_ctl_rule_preview = {
  .name = "rule preview", .arguments = N_("CHANGE"),
  .summary = N_("What a proposed change would do to open and past applications"),
  .n_arguments = 1, .signed_in = TRUE, .options = most_options, .run = run_preview,
};

const PltCtlCommand plt_ctl_rule_approve = {
  .name = "rule approve", .arguments = N_("CHANGE"),
  .summary = N_("Approve a change that another person proposed and whose effect was seen"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_approve,
};

const PltCtlCommand plt_ctl_rule_refuse = {
  .name = "rule refuse", .arguments = N_("CHANGE"),
  .summary = N_("Refuse a change of rules; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_refuse,
};
