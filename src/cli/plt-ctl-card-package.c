/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card package: what an encoder needs for one card. */
#include "plt-card-package.h"
#include "plt-ctl.h"

#include <glib/gi18n-lib.h>

static char *output_option = NULL;

static const GOptionEntry options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option, N_("Where the package goes, a ZIP archive"), N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static void
add_blank (JsonBuilder *builder,
           int          track,
           const char  *why)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "track");
  json_builder_add_int_value (builder, track);
  plt_ctl_add_string (builder, "why_blank", why);
  json_builder_end_object (builder);
}

static void
print_package (PltCtl               *ctl,
               const PltCardPackage *package)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *shown = g_filename_display_name (output_option);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "card", package->card);
  plt_ctl_add_string (builder, "serial", package->serial);
  plt_ctl_add_string (builder, "file", shown);
  plt_ctl_add_string (builder, "sha256", package->sha256);
  json_builder_set_member_name (builder, "contents");
  json_builder_begin_array (builder);
  for (guint i = 0; package->files[i] != NULL; i++)
    json_builder_add_string_value (builder, package->files[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "blank_tracks");
  json_builder_begin_array (builder);
  for (int i = 0; i < (int) G_N_ELEMENTS (package->blanks); i++)
    if (package->blanks[i] != NULL)
      add_blank (builder, i + 1, package->blanks[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_package (PltCtl  *ctl,
             char   **arguments,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltCardPackage) package = NULL;

  if (output_option == NULL)
    {
      plt_ctl_usage_error (error, _("--output says where the package goes."));
      return PLT_CTL_USAGE;
    }
  plt_card_package_async (ctl->office, arguments[0], output_option, NULL, plt_ctl_ready_cb, &result);
  package = plt_card_package_finish (plt_ctl_await (&result), error);
  if (package == NULL)
    return PLT_CTL_REFUSED;
  print_package (ctl, package);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_card_package = {
  .name = "card package", .arguments = N_("CARD"),
  .summary = N_("Write what an encoder needs for a card: chip, stripe and card file, with a signed list"),
  .n_arguments = 1, .signed_in = TRUE, .options = options, .run = run_package,
};
