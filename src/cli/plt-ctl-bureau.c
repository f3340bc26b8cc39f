/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl bureau: cards that a central bureau makes. */
#include "plt-bureau.h"
#include "plt-ctl.h"

#include <glib/gi18n-lib.h>

static char *output_option = NULL;
static char *name_option = NULL;
static char *certificate_option = NULL;
static char *fingerprint_option = NULL;
static char *reason_option = NULL;

static const GOptionEntry write_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("Where the package goes, a ZIP archive"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry enrol_options[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, &name_option, N_("What people call it"), N_("TEXT") },
  { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &certificate_option, N_("The certificate with which it signs its receipts"),
    N_("FILE") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry approve_options[] = {
  { "fingerprint", 0, 0, G_OPTION_ARG_STRING, &fingerprint_option, N_("SHA-256 of the certificate, as the bureau says it"),
    N_("HEX") },
  G_OPTION_ENTRY_NULL
};
static const GOptionEntry reason_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
finish (PltCtl        *ctl,
        GAsyncResult **result,
        GError       **error)
{
  g_autofree char *json = plt_bureau_finish (plt_ctl_await (result), error);

  return plt_ctl_print_text (ctl, json, error);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_bureau_list_async (ctl->office, NULL, plt_ctl_ready_cb, &result);
  return finish (ctl, &result, error);
}

static PltCtlStatus
run_enrol (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (name_option == NULL || certificate_option == NULL)
    {
      plt_ctl_usage_error (error, _("--name says what people call the bureau, and --certificate with what it signs its receipts."));
      return PLT_CTL_USAGE;
    }
  plt_bureau_enrol_async (ctl->office, arguments[0], name_option, certificate_option,
                          plt_ctl_ready_cb, &result);
  return finish (ctl, &result, error);
}

static PltCtlStatus
decide (PltCtl      *ctl,
        const char  *typed,
        const char  *fingerprint,
        GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint64 bureau;

  if (!g_ascii_string_to_unsigned (typed, 10, 1, G_MAXINT64, &bureau, NULL))
    {
      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                   _("“%s” is no number of a bureau. “platenctl bureau list” has them."), typed);
      return PLT_CTL_REFUSED;
    }
  plt_bureau_decide_async (ctl->office, (gint64) bureau, fingerprint, plt_ctl_ready_cb, &result);
  return finish (ctl, &result, error);
}

static PltCtlStatus
run_approve (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  if (fingerprint_option != NULL)
    return decide (ctl, arguments[0], fingerprint_option, error);
  plt_ctl_usage_error (error, _("--fingerprint is the SHA-256 of the certificate, as the bureau says it by telephone."));
  return PLT_CTL_USAGE;
}

static PltCtlStatus
run_retire (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return decide (ctl, arguments[0], NULL, error);
}

static gboolean
has_output (GError **error)
{
  return output_option != NULL ||
         plt_ctl_usage_error (error, _("--output says where the package goes."));
}

static PltCtlStatus
run_send (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!has_output (error))
    return PLT_CTL_USAGE;
  plt_bureau_send_async (ctl->office, arguments[0], (const char *const *) arguments + 1,
                         output_option, plt_ctl_ready_cb, &result);
  return finish (ctl, &result, error);
}

static PltCtlStatus
run_write (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!has_output (error))
    return PLT_CTL_USAGE;
  plt_bureau_write_async (ctl->office, arguments[0], output_option, plt_ctl_ready_cb, &result);
  return finish (ctl, &result, error);
}

static PltCtlStatus
run_cancel (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_bureau_cancel_async (ctl->office, arguments[0], reason_option, plt_ctl_ready_cb, &result);
  return finish (ctl, &result, error);
}

static PltCtlStatus
run_receive (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_bureau_receive_async (ctl->office, arguments[0], plt_ctl_ready_cb, &result);
  return finish (ctl, &result, error);
}

const PltCtlCommand plt_ctl_bureau_list = {
  .name = "bureau list", .arguments = "",
  .summary = N_("List the bureaus that make cards, and the batches that they have or had"),
  .signed_in = TRUE, .run = run_list,
};

const PltCtlCommand plt_ctl_bureau_enrol = {
  .name = "bureau enrol", .arguments = N_("CODE"),
  .summary = N_("Propose a bureau with the certificate of its receipts"),
  .n_arguments = 1, .signed_in = TRUE, .options = enrol_options, .run = run_enrol,
};

const PltCtlCommand plt_ctl_bureau_approve = {
  .name = "bureau approve", .arguments = N_("NUMBER"),
  .summary = N_("Approve a bureau that somebody else proposed"),
  .n_arguments = 1, .signed_in = TRUE, .options = approve_options, .run = run_approve,
};

const PltCtlCommand plt_ctl_bureau_retire = {
  .name = "bureau retire", .arguments = N_("NUMBER"),
  .summary = N_("Retire the certificate of a bureau"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_retire,
};

const PltCtlCommand plt_ctl_bureau_send = {
  .name = "bureau send", .arguments = N_("BUREAU APP…"),
  .summary = N_("Have a bureau make the cards of approved applications"),
  .n_arguments = 2, .n_optional = 4999, .signed_in = TRUE, .options = write_options, .run = run_send,
};

const PltCtlCommand plt_ctl_bureau_write = {
  .name = "bureau write", .arguments = N_("BATCH"),
  .summary = N_("Write the package of a batch again, or finish one that was interrupted"),
  .n_arguments = 1, .signed_in = TRUE, .options = write_options, .run = run_write,
};

const PltCtlCommand plt_ctl_bureau_cancel = {
  .name = "bureau cancel", .arguments = N_("BATCH"),
  .summary = N_("Give a batch up that is open, or lost"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_cancel,
};

const PltCtlCommand plt_ctl_bureau_receive = {
  .name = "bureau receive", .arguments = N_("FILE"),
  .summary = N_("Take a bureau’s signed receipt and match it with what was sent"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_receive,
};
