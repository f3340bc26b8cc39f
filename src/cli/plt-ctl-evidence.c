/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application evidence, keep-fit; evidence kinds, record, withdraw: papers that prove what
 * no registry knows, as they are recorded at the desk. */
#include "plt-ctl-law.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *reason_option = NULL;
static char *dated_option = NULL;
static char *authority_option = NULL;
static char *reference_option = NULL;
static char **said_option = NULL;

static const GOptionEntry record_options[] = {
  { "dated", 0, 0, G_OPTION_ARG_STRING, &dated_option, N_("The paper’s day, as YYYY-MM-DD"), N_("DAY") },
  { "authority", 0, 0, G_OPTION_ARG_STRING, &authority_option, N_("Who made it"), N_("TEXT") },
  { "reference", 0, 0, G_OPTION_ARG_STRING, &reference_option, N_("Its number or reference"), N_("TEXT") },
  { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &said_option,
    N_("What it says; “evidence kinds” shows what each paper can say"), N_("NAME=VALUE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry reason_options[] = {
  { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") },
  G_OPTION_ENTRY_NULL
};

/* (nullable): what --set says, as JSON */
static char *
dup_said (GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  for (char **said = said_option; said != NULL && *said != NULL; said++)
    {
      const char *value = strchr (*said, '=');

      if (value == NULL || value == *said)
        {
          plt_ctl_usage_error (error, _("--set needs a name, “=” and a value."));
          return NULL;
        }

      g_autofree char *name = g_strndup (*said, (gsize) (value - *said));

      plt_ctl_add_string (builder, name, value + 1);
    }
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);

  return json_to_string (node, FALSE);
}

static PltCtlStatus
run_evidence (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  return plt_ctl_law_ask (ctl, PLT_LAW_EVIDENCE, (const char * const *) arguments, error);
}

static PltCtlStatus
run_keep_fit (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  return plt_ctl_law_ask (ctl, PLT_LAW_KEEP_FIT, (const char * const *) arguments, error);
}

static PltCtlStatus
run_kinds (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return plt_ctl_law_ask (ctl, PLT_LAW_EVIDENCE_KINDS, NULL, error);
}

static PltCtlStatus
run_record (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autofree char *said = dup_said (error);
  const char *all[] = { arguments[0], arguments[1], dated_option, authority_option, reference_option, said };

  return said != NULL ? plt_ctl_law_ask (ctl, PLT_LAW_RECORD_EVIDENCE, all, error) : PLT_CTL_USAGE;
}

static PltCtlStatus
run_withdraw (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  const char *all[] = { arguments[0], arguments[1], reason_option };

  return plt_ctl_law_ask (ctl, PLT_LAW_WITHDRAW_EVIDENCE, all, error);
}

const PltCtlCommand plt_ctl_application_evidence = {
  .name = "application evidence", .arguments = N_("APP"),
  .summary = N_("The papers recorded for an application"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_evidence,
};

const PltCtlCommand plt_ctl_application_keep_fit = {
  .name = "application keep-fit", .arguments = N_("APP"),
  .summary = N_("Go on without the categories that need another medical certificate"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_keep_fit,
};

const PltCtlCommand plt_ctl_evidence_kinds = {
  .name = "evidence kinds", .arguments = "",
  .summary = N_("The papers that can be recorded, and what each says"),
  .signed_in = TRUE, .run = run_kinds,
};

const PltCtlCommand plt_ctl_evidence_record = {
  .name = "evidence record", .arguments = N_("APP KIND"),
  .summary = N_("Record a paper for an application; needs --dated, --authority and --reference"),
  .n_arguments = 2, .signed_in = TRUE, .options = record_options, .run = run_record,
};

const PltCtlCommand plt_ctl_evidence_withdraw = {
  .name = "evidence withdraw", .arguments = N_("APP PAPER"),
  .summary = N_("Take a paper back; needs --reason"),
  .n_arguments = 2, .signed_in = TRUE, .options = reason_options, .run = run_withdraw,
};
