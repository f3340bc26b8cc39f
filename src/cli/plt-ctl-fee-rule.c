/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl fee rule, report, currency: what is asked for, by which law, and what came of it. */
#include "plt-ctl-fee-answer.h"
#include "plt-ctl-rule-file.h"
#include "plt-office-error.h"

#include <glib/gi18n-lib.h>

#define MAX_DAYS 3660

static char *reason_option = NULL;
static gboolean all_option = FALSE;
static int days_option = 90;
static char *from_option = NULL;
static char *to_option = NULL;
static char *by_option = NULL;
static gboolean csv_option = FALSE;
static gboolean check_option = FALSE;
static char *coins_option = NULL;

static const GOptionEntry list_options[] = {
  { "all", 0, 0, G_OPTION_ARG_NONE, &all_option, N_("Those of before, too"), NULL },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry propose_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry preview_options[] = {
  { "days", 0, 0, G_OPTION_ARG_INT, &days_option, N_("Also what was issued in the last so many days (90)"), N_("N") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry report_options[] = {
  { "from", 0, 0, G_OPTION_ARG_STRING, &from_option, N_("First day (today)"), N_("DAY") },
  { "to", 0, 0, G_OPTION_ARG_STRING, &to_option, N_("Last day (today)"), N_("DAY") },
  { "by", 0, 0, G_OPTION_ARG_STRING, &by_option, N_("A line for each"), N_("day|shift|kind|method|rule") },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &csv_option, N_("Write CSV, amounts in the smallest unit"), NULL },
  { "check", 0, 0, G_OPTION_ARG_NONE, &check_option, N_("Only look whether the books are as they must be"), NULL },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry currency_options[] = {
  { "coins", 0, 0, G_OPTION_ARG_STRING, &coins_option,
    N_("Coins and notes in the smallest unit, with commas"), N_("LIST") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
act_on_rule (PltCtl             *ctl,
             PltFeeAct           what,
             const char *const  *words,
             GError            **error)
{
  if (!g_ascii_string_to_unsigned (words[0], 10, 1, G_MAXINT64, NULL, NULL))
    {
      plt_ctl_usage_error (error, _("A fee rule has a number, which “fee rule list” shows."));
      return PLT_CTL_USAGE;
    }
  return plt_ctl_fee_act (ctl, what, words, error);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  const char *words[] = { all_option ? "true" : "false" };

  return plt_ctl_fee_act (ctl, PLT_FEE_RULES, words, error);
}

static PltCtlStatus
run_propose (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autofree char *text = plt_ctl_rule_file_read (arguments[0], error);
  const char *words[] = { text, reason_option };

  return text != NULL ? plt_ctl_fee_act (ctl, PLT_FEE_RULE_PROPOSE, words, error) : PLT_CTL_REFUSED;
}

static PltCtlStatus
run_preview (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autofree char *days = g_strdup_printf ("%d", days_option);
  const char *words[] = { arguments[0], days };

  if (days_option < 0 || days_option > MAX_DAYS)
    {
      plt_ctl_usage_error (error, _("--days is a number from 0 to 3660."));
      return PLT_CTL_USAGE;
    }
  return act_on_rule (ctl, PLT_FEE_RULE_PREVIEW, words, error);
}

static PltCtlStatus
run_approve (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return act_on_rule (ctl, PLT_FEE_RULE_APPROVE, (const char *const *) arguments, error);
}

static PltCtlStatus
run_refuse (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return act_on_rule (ctl, PLT_FEE_RULE_REFUSE, (const char *const *) arguments, error);
}

/* RFC 4180: the columns in the order of the report; words of ours need no quotes, a number none either. */
static void
print_csv (JsonArray *lines)
{
  static const char *const columns[] = { "office", "currency", "part", "receipts", "paid", "voided", "refunded", "waived",
                                         "cash", "card", "bank", "net" };

  for (gsize column = 0; column < G_N_ELEMENTS (columns); column++)
    g_print ("%s%s", column > 0 ? "," : "", columns[column]);
  g_print ("\r\n");
  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);

      for (gsize column = 0; column < G_N_ELEMENTS (columns); column++)
        {
          JsonNode *value = json_object_get_member (line, columns[column]);

          g_print ("%s", column > 0 ? "," : "");
          if (value == NULL || JSON_NODE_HOLDS_NULL (value))
            continue;
          if (json_node_get_value_type (value) == G_TYPE_STRING)
            g_print ("%s", json_node_get_string (value));
          else
            g_print ("%" G_GINT64_FORMAT, json_node_get_int (value));
        }
      g_print ("\r\n");
    }
}

static PltCtlStatus
run_check (PltCtl  *ctl,
           GError **error)
{
  const char *words[] = { from_option, to_option };
  g_autofree char *json = plt_ctl_fee_ask (ctl, PLT_FEE_RECONCILE, words, error);
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, error) : NULL;

  if (plt_ctl_fee_print (ctl, json, error) != PLT_CTL_DONE || node == NULL)
    return PLT_CTL_REFUSED;
  if (json_object_get_boolean_member (json_node_get_object (node), "holds"))
    return PLT_CTL_DONE;
  g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                       _("The books of the fees are not as they must be. Look at the lines that do not hold."));
  return PLT_CTL_REFUSED;
}

static PltCtlStatus
run_report (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *words[] = { from_option, to_option, by_option };
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (check_option)
    return run_check (ctl, error);
  json = plt_ctl_fee_ask (ctl, PLT_FEE_REPORT, words, error);
  if (json == NULL || !csv_option)
    return plt_ctl_fee_print (ctl, json, error);
  node = json_from_string (json, error);
  if (node == NULL)
    return PLT_CTL_REFUSED;
  print_csv (json_node_get_array (node));
  return PLT_CTL_DONE;
}

static PltCtlStatus
run_currency (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  const char *words[] = { arguments[0], coins_option };

  return plt_ctl_fee_act (ctl, PLT_FEE_CURRENCY, words, error);
}

const PltCtlCommand plt_ctl_fee_rule_list = {
  .name = "fee rule list", .arguments = "",
  .summary = N_("List the fee rules that hold and those that are proposed"),
  .signed_in = TRUE, .options = list_options, .run = run_list,
};

const PltCtlCommand plt_ctl_fee_rule_propose = {
  .name = "fee rule propose", .arguments = N_("FILE"),
  .summary = N_("Propose a version of a fee rule, a JSON object"),
  .n_arguments = 1, .signed_in = TRUE, .options = propose_options, .run = run_propose,
};

const PltCtlCommand plt_ctl_fee_rule_preview = {
  .name = "fee rule preview", .arguments = N_("RULE"),
  .summary = N_("Show what it would do to real applications"),
  .n_arguments = 1, .signed_in = TRUE, .options = preview_options, .run = run_preview,
};

const PltCtlCommand plt_ctl_fee_rule_approve = {
  .name = "fee rule approve", .arguments = N_("RULE"),
  .summary = N_("Approve as the second person what a colleague proposed"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_approve,
};

const PltCtlCommand plt_ctl_fee_rule_refuse = {
  .name = "fee rule refuse", .arguments = N_("RULE"),
  .summary = N_("Refuse it, or take one’s own proposal back"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_refuse,
};

const PltCtlCommand plt_ctl_fee_report = {
  .name = "fee report", .arguments = "",
  .summary = N_("Say what came in and went out, and whether the books balance"),
  .signed_in = TRUE, .options = report_options, .run = run_report,
};

const PltCtlCommand plt_ctl_fee_currency = {
  .name = "fee currency", .arguments = N_("CODE"),
  .summary = N_("Set the office’s currency and its coins and notes"),
  .n_arguments = 1, .signed_in = TRUE, .options = currency_options, .run = run_currency,
};
