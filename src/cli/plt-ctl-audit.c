/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl audit: seals the audit log, and compares it with an older seal. */
#include "plt-ctl.h"

#include "plt-audit-seal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *output_option = NULL;

static const GOptionEntry sign_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("Write the seal to this file"),
    N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
run_sign (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  g_autofree char *seal = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (output_option == NULL)
    {
      plt_ctl_usage_error (error, _("--output says where the seal goes."));
      return PLT_CTL_USAGE;
    }
  plt_audit_seal_async (ctl->office, NULL, plt_ctl_ready_cb, &ready);
  seal = plt_audit_seal_finish (plt_ctl_await (&ready), error);
  if (seal == NULL)
    return PLT_CTL_REFUSED;
  line = g_strconcat (seal, "\n", NULL);
  bytes = g_bytes_new (line, strlen (line));

  return plt_ctl_write_file (output_option, bytes, error) ? PLT_CTL_DONE : PLT_CTL_REFUSED;
}

/* Whoever goes by the exit status goes by the verdict. */
static PltCtlStatus
run_check (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  g_autofree char *seal = NULL;
  g_autofree char *json = NULL;
  gboolean holds = FALSE;

  if (!g_file_get_contents (arguments[0], &seal, NULL, error))
    return PLT_CTL_REFUSED;
  plt_audit_check_async (ctl->office, seal, NULL, plt_ctl_ready_cb, &ready);
  json = plt_audit_check_finish (plt_ctl_await (&ready), &holds, error);
  if (plt_ctl_print_text (ctl, json, error) != PLT_CTL_DONE)
    return PLT_CTL_REFUSED;
  if (holds)
    return PLT_CTL_DONE;
  g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_RULE,
                       _("The audit log is not as it was sealed: entries were changed or cut off. "
                         "Keep the database as it is, and compare it with its backups."));
  return PLT_CTL_REFUSED;
}

const PltCtlCommand plt_ctl_audit_sign = {
  "audit sign", "", N_("Sign where the audit log ends today, to be kept outside of the database"),
  0, 0, TRUE, NULL, sign_options, run_sign,
};
const PltCtlCommand plt_ctl_audit_check = {
  "audit check", N_("FILE"), N_("Compare the audit log with what was signed before"), 1, 0, TRUE,
  NULL, NULL, run_check,
};
