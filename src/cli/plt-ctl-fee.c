/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl fee: what an application costs, payments and receipts, and what takes a second person. */
#include "plt-card-letter.h"
#include "plt-ctl-fee-answer.h"
#include "plt-fee-receipt.h"
#include "plt-office-error.h"

#include <glib/gi18n-lib.h>

static char *estimate[7];
static char *key_option = NULL;
static char *amount_option = NULL;
static char *reference_option = NULL;
static char *tendered_option = NULL;
static char *language_option = NULL;
static char *reason_option = NULL;
static char *method_option = NULL;
static char *seen_option = NULL;
static gboolean not_option = FALSE;
static char *output_option = NULL;
static char *printer_option = NULL;

static const GOptionEntry quote_options[] = {
  { "kind", 0, 0, G_OPTION_ARG_STRING, &estimate[0],
    N_("Without an application: its kind, renewal, new, replacement …"), N_("KIND") },
  { "cause", 0, 0, G_OPTION_ARG_STRING, &estimate[1], N_("Why: lost, stolen, damaged …"), N_("CAUSE") },
  { "categories", 0, 0, G_OPTION_ARG_STRING, &estimate[2], N_("Categories with commas"), N_("LIST") },
  { "born", 0, 0, G_OPTION_ARG_STRING, &estimate[3], N_("The citizen’s date of birth"), N_("DAY") },
  { "ends", 0, 0, G_OPTION_ARG_STRING, &estimate[4], N_("When the licence that is held ends"), N_("DAY") },
  { "proof", 0, 0, G_OPTION_ARG_STRING, &estimate[5], N_("What is shown, with commas"), N_("LIST") },
  { "on", 0, 0, G_OPTION_ARG_STRING, &estimate[6], N_("As if it were that day"), N_("DAY") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry pay_options[] = {
  { "amount", 0, 0, G_OPTION_ARG_STRING, &amount_option, N_("Only so much of what is due"), N_("AMOUNT") },
  { "reference", 0, 0, G_OPTION_ARG_STRING, &reference_option,
    N_("What the slip of the terminal or the bank says"), N_("TEXT") },
  { "tendered", 0, 0, G_OPTION_ARG_STRING, &tendered_option, N_("So much cash was handed over"),
    N_("AMOUNT") },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language_option, N_("The citizen’s language, en or fr"),
    N_("CODE") },
  { "key", 0, 0, G_OPTION_ARG_STRING, &key_option,
    N_("The key of a payment whose fate is unknown: it is made once, however often it is asked for"), N_("UUID") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry proof_options[] = {
  { "seen", 0, 0, G_OPTION_ARG_STRING, &seen_option, N_("Which document, and how its number ends"), N_("TEXT") },
  { "not", 0, 0, G_OPTION_ARG_NONE, &not_option, N_("It was none after all"), NULL },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry waive_options[] = {
  { "amount", 0, 0, G_OPTION_ARG_STRING, &amount_option, N_("Only so much of what is due"), N_("AMOUNT") },
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry reason_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry refund_options[] = {
  { "amount", 0, 0, G_OPTION_ARG_STRING, &amount_option, N_("Only so much of it"), N_("AMOUNT") },
  { "method", 0, 0, G_OPTION_ARG_STRING, &method_option, N_("Not as it was paid"), N_("cash|card|bank") },
  { "reference", 0, 0, G_OPTION_ARG_STRING, &reference_option,
    N_("What the slip of the terminal or the bank says"), N_("TEXT") },
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry receipt_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("Write it there, a PDF of A4"), N_("FILE") },
  { "printer", 0, 0, G_OPTION_ARG_STRING, &printer_option, N_("Print it on this printer"), N_("DEST") },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language_option, N_("Not the citizen’s language, but this one"),
    N_("CODE") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
run_quote (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  if ((arguments[0] == NULL) == (estimate[0] == NULL))
    {
      plt_ctl_usage_error (error, _("Name an application, or say with --kind what it would be."));
      return PLT_CTL_USAGE;
    }
  return arguments[0] != NULL ? plt_ctl_fee_act (ctl, PLT_FEE_QUOTE, (const char *const *) arguments, error)
                              : plt_ctl_fee_act (ctl, PLT_FEE_ESTIMATE, (const char *const *) estimate, error);
}

/* A connection that was lost leaves it open whether money was booked; the key answers that, and takes nothing twice. */
static void
say_key (const char  *key,
         const char  *application,
         GError     **error)
{
  if (error == NULL || !g_error_matches (*error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE))
    return;
  g_prefix_error (error, _("Nobody knows whether the payment for application %s was made. Take no more money; run the "
                           "same command again with --key %s, which finds it or makes it once. "), application, key);
}

static PltCtlStatus
run_pay (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  g_autofree char *key = key_option != NULL ? g_strdup (key_option) : g_uuid_string_random ();
  const char *words[] = { arguments[0], key, arguments[1], amount_option, reference_option, tendered_option,
                          language_option };
  g_autofree char *json = NULL;

  if (!g_uuid_string_is_valid (key))
    {
      plt_ctl_usage_error (error, _("The key of a payment is a UUID, as the command said it before."));
      return PLT_CTL_USAGE;
    }
  json = plt_ctl_fee_ask (ctl, PLT_FEE_PAY, words, error);
  if (json == NULL)
    say_key (key, arguments[0], error);
  return plt_ctl_fee_print (ctl, json, error);
}

static PltCtlStatus
run_proof (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  const char *words[] = { arguments[0], arguments[1], not_option ? "false" : "true", seen_option };

  return plt_ctl_fee_act (ctl, PLT_FEE_PROOF, words, error);
}

static PltCtlStatus
run_waive (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  const char *words[] = { arguments[0], amount_option, reason_option };

  return plt_ctl_fee_act (ctl, PLT_FEE_WAIVE, words, error);
}

static PltCtlStatus
run_void (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  const char *words[] = { arguments[0], reason_option };

  return plt_ctl_fee_act (ctl, PLT_FEE_VOID, words, error);
}

static PltCtlStatus
run_refund (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  const char *words[] = { arguments[0], amount_option, method_option, reference_option, reason_option };

  return plt_ctl_fee_act (ctl, PLT_FEE_REFUND, words, error);
}

static PltCtlStatus
act_on_proposal (PltCtl     *ctl,
                 PltFeeAct   what,
                 char      **arguments,
                 GError    **error)
{
  if (!g_ascii_string_to_unsigned (arguments[0], 10, 1, G_MAXINT64, NULL, NULL))
    {
      plt_ctl_usage_error (error, _("A proposal has a number, which “fee list” shows."));
      return PLT_CTL_USAGE;
    }
  return plt_ctl_fee_act (ctl, what, (const char *const *) arguments, error);
}

static PltCtlStatus
run_approve (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  return act_on_proposal (ctl, PLT_FEE_APPROVE, arguments, error);
}

static PltCtlStatus
run_refuse (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return act_on_proposal (ctl, PLT_FEE_REFUSE, arguments, error);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  return plt_ctl_fee_act (ctl, PLT_FEE_LIST, (const char *const *) arguments, error);
}

static gboolean
put_receipt (PltCtl      *ctl,
             const char  *number,
             const char  *json,
             GError     **error)
{
  g_autoptr (GBytes) sheet = plt_fee_receipt_draw (json, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (sheet == NULL || (output_option != NULL && !plt_ctl_write_file (output_option, sheet, error)))
    return FALSE;
  if (printer_option == NULL)
    return TRUE;
  plt_card_letter_print_async (ctl->office, printer_option, number, sheet, NULL, plt_ctl_ready_cb, &result);
  return plt_card_letter_print_finish (plt_ctl_await (&result), error) != 0;
}

static PltCtlStatus
run_receipt (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  const char *words[] = { arguments[0], language_option };
  g_autofree char *json = plt_ctl_fee_ask (ctl, PLT_FEE_RECEIPT, words, error);
  g_autofree char *text = NULL;

  if (json == NULL || ((output_option != NULL || printer_option != NULL) && !put_receipt (ctl, arguments[0], json, error)))
    return PLT_CTL_REFUSED;
  /* Where the sheet went nothing else goes. */
  if (g_strcmp0 (output_option, "-") == 0)
    return PLT_CTL_DONE;
  if (ctl->json)
    return plt_ctl_print_text (ctl, json, error);
  text = plt_fee_receipt_text (json, error);
  if (text == NULL)
    return PLT_CTL_REFUSED;
  g_print ("%s", text);
  return PLT_CTL_DONE;
}

static PltCtlStatus
run_check (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autofree char *json = plt_ctl_fee_ask (ctl, PLT_FEE_CHECK, (const char *const *) arguments, error);
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, error) : NULL;
  PltCtlStatus status = plt_ctl_fee_print (ctl, json, error);
  const char *standing;

  if (status != PLT_CTL_DONE || node == NULL)
    return PLT_CTL_REFUSED;
  standing = json_object_get_string_member (json_node_get_object (node), "standing");
  if (!g_str_equal (standing, "altered") && !g_str_equal (standing, "unknown"))
    return PLT_CTL_DONE;
  g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                       _("This is no receipt that an office wrote. Keep the paper and tell a supervisor."));
  return PLT_CTL_REFUSED;
}

const PltCtlCommand plt_ctl_fee_quote = {
  .name = "fee quote", .arguments = N_("[APP]"),
  .summary = N_("Say what an application costs or would cost, line by line"),
  .n_optional = 1, .signed_in = TRUE, .options = quote_options, .run = run_quote,
};

const PltCtlCommand plt_ctl_fee_pay = {
  .name = "fee pay", .arguments = N_("APP cash|card|bank"),
  .summary = N_("Take a payment and write its receipt"),
  .n_arguments = 2, .signed_in = TRUE, .options = pay_options, .run = run_pay,
};

const PltCtlCommand plt_ctl_fee_proof = {
  .name = "fee proof", .arguments = N_("APP PROOF"),
  .summary = N_("Note what a citizen showed for a reduction"),
  .n_arguments = 2, .signed_in = TRUE, .options = proof_options, .run = run_proof,
};

const PltCtlCommand plt_ctl_fee_waive = {
  .name = "fee waive", .arguments = N_("APP"),
  .summary = N_("Ask a supervisor to waive what is due"),
  .n_arguments = 1, .signed_in = TRUE, .options = waive_options, .run = run_waive,
};

const PltCtlCommand plt_ctl_fee_void = {
  .name = "fee void", .arguments = N_("RECEIPT"),
  .summary = N_("Ask a supervisor to undo a payment of this shift"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_void,
};

const PltCtlCommand plt_ctl_fee_refund = {
  .name = "fee refund", .arguments = N_("RECEIPT"),
  .summary = N_("Ask a supervisor to give money back"),
  .n_arguments = 1, .signed_in = TRUE, .options = refund_options, .run = run_refund,
};

const PltCtlCommand plt_ctl_fee_approve = {
  .name = "fee approve", .arguments = N_("PROPOSAL"),
  .summary = N_("Approve as the second person what a colleague proposed"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_approve,
};

const PltCtlCommand plt_ctl_fee_refuse = {
  .name = "fee refuse", .arguments = N_("PROPOSAL"),
  .summary = N_("Refuse it, or take one’s own proposal back"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_refuse,
};

const PltCtlCommand plt_ctl_fee_list = {
  .name = "fee list", .arguments = N_("[APP]"),
  .summary = N_("List receipts of today or of an application, and what waits for a second person"),
  .n_optional = 1, .signed_in = TRUE, .run = run_list,
};

const PltCtlCommand plt_ctl_fee_receipt = {
  .name = "fee receipt", .arguments = N_("RECEIPT"),
  .summary = N_("Show, keep or print a receipt in the citizen’s language"),
  .n_arguments = 1, .signed_in = TRUE, .options = receipt_options, .run = run_receipt,
};

const PltCtlCommand plt_ctl_fee_check = {
  .name = "fee check", .arguments = N_("TEXT"),
  .summary = N_("Say what a receipt is worth by what its code carries"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_check,
};
