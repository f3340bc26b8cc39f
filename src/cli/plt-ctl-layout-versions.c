/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl layout versions, history, sheets, sheet, propose, approve, refuse, retire; layout-rule …:
 * which layouts may be used, and which one an application gets. */
#include "plt-ctl.h"

#include "plt-layout-versions.h"

#include <glib/gi18n-lib.h>

static char *reason_option = NULL;
static char *output_option = NULL;
static char *proof_option = NULL;
static gboolean keep_option = FALSE;
static char *from_option = NULL;
static char *until_option = NULL;
static int version_option = 0;
static char *position_option = NULL;
static char *kind_option = NULL;
static char *office_option = NULL;
static char *min_age_option = NULL;
static char *max_age_option = NULL;

#define REASON_OPTION { "reason", 0, 0, G_OPTION_ARG_STRING, &reason_option, N_("Why"), N_("TEXT") }
#define DAY_OPTIONS \
  { "from", 0, 0, G_OPTION_ARG_STRING, &from_option, N_("The first day, as YYYY-MM-DD"), N_("DAY") }, \
  { "until", 0, 0, G_OPTION_ARG_STRING, &until_option, N_("The last day, as YYYY-MM-DD"), N_("DAY") }

static const GOptionEntry reason_options[] = {
  REASON_OPTION,
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry sheets_options[] = {
  { "keep", 0, 0, G_OPTION_ARG_NONE, &keep_option,
    N_("Keep those that are there already and of the same files"), NULL },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry sheet_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("Where to; - is standard output"),
    N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry propose_options[] = {
  { "version", 0, 0, G_OPTION_ARG_INT, &version_option, N_("Its version; else the newest"), N_("N") },
  { "proof", 0, 0, G_OPTION_ARG_FILENAME, &proof_option,
    N_("Its proof sheet; else one is made"), N_("FILE") },
  DAY_OPTIONS,
  REASON_OPTION,
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry rule_options[] = {
  { "position", 0, 0, G_OPTION_ARG_STRING, &position_option,
    N_("When it is asked, 1 to 9999; the first rule that fits chooses"), N_("N") },
  { "kind", 0, 0, G_OPTION_ARG_STRING, &kind_option,
    N_("Of which kind of applications, such as renewal; else all"),
    N_("KIND") },
  { "office", 0, 0, G_OPTION_ARG_STRING, &office_option, N_("Of which office; else all"), N_("CODE") },
  { "min-age", 0, 0, G_OPTION_ARG_STRING, &min_age_option,
    N_("From which age on the day of issue"), N_("YEARS") },
  { "max-age", 0, 0, G_OPTION_ARG_STRING, &max_age_option,
    N_("Up to which age on the day of issue"), N_("YEARS") },
  DAY_OPTIONS,
  REASON_OPTION,
  G_OPTION_ENTRY_NULL
};

static PltCtlStatus
ask (PltCtl              *ctl,
     PltLayoutsAct        act,
     const char * const  *arguments,
     GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *json = NULL;

  plt_layout_versions_run_async (ctl->office, act, arguments, NULL, plt_ctl_ready_cb, &result);
  json = plt_layout_versions_run_finish (plt_ctl_await (&result), error);

  return plt_ctl_print_text (ctl, json, error);
}

static gboolean
read_record (const char  *text,
             gint64      *id,
             GError     **error)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
               _("“%s” is no record number of “layout versions”."), text);

  return FALSE;
}

static PltCtlStatus
run_versions (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  return ask (ctl, PLT_LAYOUTS_VERSIONS, NULL, error);
}

static PltCtlStatus
run_history (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  gint64 id;

  return read_record (arguments[0], &id, error)
         ? ask (ctl, PLT_LAYOUTS_STEPS, (const char * const *) arguments, error) : PLT_CTL_USAGE;
}

static void
add_sheet (JsonBuilder            *builder,
           const PltLayoutVersion *version,
           const char             *folder)
{
  g_autofree char *name = g_strdup_printf ("%s-%d.pdf", version->layout, version->version);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "layout", version->layout);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, version->version);
  plt_ctl_add_string (builder, "digest", version->digest);
  plt_ctl_add_string (builder, "valid_from", version->valid_from);
  plt_ctl_add_string (builder, "valid_to", version->valid_to);
  plt_ctl_add_string (builder, "file", version->digest != NULL ? path : NULL);
  plt_ctl_add_string (builder, "trouble", version->reason);
  json_builder_end_object (builder);
}

static PltCtlStatus
run_sheets (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) made = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  plt_layout_versions_sheets_async (ctl->office, arguments[0], keep_option, NULL, plt_ctl_ready_cb,
                                    &result);
  made = plt_layout_versions_sheets_finish (plt_ctl_await (&result), error);
  if (made == NULL)
    return PLT_CTL_REFUSED;
  json_builder_begin_array (builder);
  for (guint i = 0; i < made->len; i++)
    add_sheet (builder, made->pdata[i], arguments[0]);
  json_builder_end_array (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);

  return PLT_CTL_DONE;
}

static PltCtlStatus
run_sheet (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) sheet = NULL;
  gint64 id;

  if (output_option == NULL)
    g_set_error_literal (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                         _("--output says where the proof sheet goes."));
  if (output_option == NULL || !read_record (arguments[0], &id, error))
    return PLT_CTL_USAGE;
  plt_layout_versions_proof_async (ctl->office, id, NULL, plt_ctl_ready_cb, &result);
  sheet = plt_layout_versions_proof_finish (plt_ctl_await (&result), error);
  if (sheet == NULL || !plt_ctl_write_file (output_option, sheet, error))
    return PLT_CTL_REFUSED;
  if (g_strcmp0 (output_option, "-") == 0)
    return PLT_CTL_DONE;

  plt_ctl_print_number (ctl, "bytes", (gint64) g_bytes_get_size (sheet));

  return PLT_CTL_DONE;
}

static PltCtlStatus
run_propose (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) proof = NULL;
  char *contents;
  gsize length;
  gint64 id;

  if (proof_option != NULL)
    {
      if (!g_file_get_contents (proof_option, &contents, &length, error))
        return PLT_CTL_REFUSED;
      proof = g_bytes_new_take (contents, length);
    }
  plt_layout_versions_propose_async (ctl->office, arguments[0], MAX (version_option, 0), proof,
                                     from_option, until_option, reason_option, NULL, plt_ctl_ready_cb,
                                     &result);
  id = plt_layout_versions_propose_finish (plt_ctl_await (&result), error);

  if (id < 0)
    return PLT_CTL_REFUSED;
  plt_ctl_print_number (ctl, "id", id);

  return PLT_CTL_DONE;
}

static PltCtlStatus
run_approve (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 id;

  if (!read_record (arguments[0], &id, error))
    return PLT_CTL_USAGE;
  plt_layout_versions_approve_async (ctl->office, id, reason_option, NULL, plt_ctl_ready_cb, &result);
  if (!plt_layout_versions_approve_finish (plt_ctl_await (&result), error))
    return PLT_CTL_REFUSED;

  plt_ctl_print_number (ctl, "id", id);

  return PLT_CTL_DONE;
}

static PltCtlStatus
end_version (PltCtl         *ctl,
             PltLayoutsAct   act,
             char          **arguments,
             GError        **error)
{
  gint64 id;

  return read_record (arguments[0], &id, error)
         ? ask (ctl, act, (const char *[]) { arguments[0], reason_option }, error) : PLT_CTL_USAGE;
}

static PltCtlStatus
run_refuse (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return end_version (ctl, PLT_LAYOUTS_REFUSE, arguments, error);
}

static PltCtlStatus
run_retire (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  return end_version (ctl, PLT_LAYOUTS_RETIRE, arguments, error);
}

static PltCtlStatus
run_rules (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  return ask (ctl, PLT_LAYOUTS_RULES, NULL, error);
}

static PltCtlStatus
run_propose_rule (PltCtl  *ctl,
                  char   **arguments,
                  GError **error)
{
  const char *all[] = { position_option, kind_option, office_option, min_age_option, max_age_option,
                        arguments[0], from_option, until_option, reason_option };

  return ask (ctl, PLT_LAYOUTS_PROPOSE_RULE, all, error);
}

static PltCtlStatus
run_approve_rule (PltCtl  *ctl,
                  char   **arguments,
                  GError **error)
{
  return ask (ctl, PLT_LAYOUTS_APPROVE_RULE, (const char *[]) { arguments[0], reason_option }, error);
}

static PltCtlStatus
run_end_rule (PltCtl  *ctl,
              char   **arguments,
              GError **error)
{
  return ask (ctl, PLT_LAYOUTS_END_RULE, (const char *[]) { arguments[0], reason_option }, error);
}

const PltCtlCommand plt_ctl_layout_versions = {
  .name = "layout versions", .arguments = "",
  .summary = N_("The versions of layouts that were proposed, and what became of them"),
  .signed_in = TRUE, .run = run_versions,
};

const PltCtlCommand plt_ctl_layout_history = {
  .name = "layout history", .arguments = N_("RECORD"),
  .summary = N_("Who proposed, approved, refused or retired a version of a layout"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_history,
};

const PltCtlCommand plt_ctl_layout_sheets = {
  .name = "layout sheets", .arguments = N_("FOLDER"),
  .summary = N_("Make the proof sheets of all layouts that are installed"),
  .n_arguments = 1, .options = sheets_options, .run = run_sheets,
};

const PltCtlCommand plt_ctl_layout_sheet = {
  .name = "layout sheet", .arguments = N_("RECORD"),
  .summary = N_("Open the proof sheet of a proposed version; needs --output"),
  .n_arguments = 1, .signed_in = TRUE, .options = sheet_options, .run = run_sheet,
};

const PltCtlCommand plt_ctl_layout_propose = {
  .name = "layout propose", .arguments = N_("LAYOUT"),
  .summary = N_("Ask for a layout to be let in; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = propose_options, .run = run_propose,
};

const PltCtlCommand plt_ctl_layout_approve = {
  .name = "layout approve", .arguments = N_("RECORD"),
  .summary = N_("Let in a version that another person proposed, its proof sheet having been opened"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_approve,
};

const PltCtlCommand plt_ctl_layout_refuse = {
  .name = "layout refuse", .arguments = N_("RECORD"),
  .summary = N_("Refuse a proposed version, or take one’s own back; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_refuse,
};

const PltCtlCommand plt_ctl_layout_retire = {
  .name = "layout retire", .arguments = N_("RECORD"),
  .summary = N_("End the use of an approved version at once; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_retire,
};

const PltCtlCommand plt_ctl_layout_rules = {
  .name = "layout-rule list", .arguments = "",
  .summary = N_("The rules that say which layout an application gets"),
  .signed_in = TRUE, .run = run_rules,
};

const PltCtlCommand plt_ctl_layout_rule_propose = {
  .name = "layout-rule propose", .arguments = N_("LAYOUT"),
  .summary = N_("Propose such a rule; needs --position and --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = rule_options, .run = run_propose_rule,
};

const PltCtlCommand plt_ctl_layout_rule_approve = {
  .name = "layout-rule approve", .arguments = N_("RULE"),
  .summary = N_("Let in a rule that another person proposed"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_approve_rule,
};

const PltCtlCommand plt_ctl_layout_rule_end = {
  .name = "layout-rule end", .arguments = N_("RULE"),
  .summary = N_("Refuse the proposal of a rule, or end one; needs --reason"),
  .n_arguments = 1, .signed_in = TRUE, .options = reason_options, .run = run_end_rule,
};
