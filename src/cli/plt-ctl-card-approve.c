/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card approve-file: a second person's signature behind the issuer's. */
#include "plt-ctl.h"
#include "plt-file-approval.h"

#include <glib/gi18n-lib.h>

static char *output_option = NULL;

static const GOptionEntry approve_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option,
    N_("Where the approved file goes as well; - is standard output"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static void
print_approval (PltCtl                *ctl,
                const PltFileApproval *approval)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "card", approval->card);
  plt_ctl_add_string (builder, "approved_by", approval->approver);
  plt_ctl_add_string (builder, "key_id", approval->key_id);
  plt_ctl_add_string (builder, "certificate_sha256", approval->certificate_sha256);
  plt_ctl_add_string (builder, "file_sha256", approval->base_sha256);
  plt_ctl_add_string (builder, "approved_sha256", approval->approved_sha256);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_approve (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltFileApproval) approval = NULL;

  plt_file_approval_async (ctl->office, arguments[0], NULL, plt_ctl_ready_cb, &result);
  approval = plt_file_approval_finish (plt_ctl_await (&result), error);
  if (approval == NULL
      || (output_option != NULL && !plt_ctl_write_file (output_option, approval->file, error)))
    return PLT_CTL_REFUSED;
  if (g_strcmp0 (output_option, "-") != 0)
    print_approval (ctl, approval);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_card_approve_file = {
  .name = "card approve-file", .arguments = N_("CARD"),
  .summary = N_("Sign the file of a card that others made, as a second person"),
  .n_arguments = 1, .signed_in = TRUE, .options = approve_options, .run = run_approve,
};
