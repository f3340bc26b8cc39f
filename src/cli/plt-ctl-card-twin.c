/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl card twin: a card's record, file, codes and read-back beside each other. */
#include "plt-ctl.h"
#include "plt-twin.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static char *layouts_option = NULL;
static char *output_option = NULL;

static const GOptionEntry twin_options[] = {
  { "layouts", 0, 0, G_OPTION_ARG_FILENAME, &layouts_option,
    N_("Where the layouts of then are kept, as “layout keep” wrote them"), N_("FOLDER") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_option,
    N_("Folder for the card file, what is attached to it, the pictures of both sides and “twin.json”"), N_("FOLDER") },
  G_OPTION_ENTRY_NULL
};

static gboolean
write_one (const char  *name,
           GBytes      *bytes,
           GError     **error)
{
  /* Names come out of a file: none leads out of the folder. */
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *path = g_build_filename (output_option, base, NULL);

  return plt_ctl_write_file (path, bytes, error);
}

static gboolean
write_folder (const PltTwin  *twin,
              GError        **error)
{
  g_autoptr (GBytes) json = g_bytes_new (twin->json, strlen (twin->json));

  if (g_mkdir_with_parents (output_option, 0700) != 0)
    {
      g_autofree char *shown = g_filename_display_name (output_option);

      g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                   _("“%s” was not written: %s."), shown, g_strerror (errno));
      return FALSE;
    }
  for (guint i = 0; i < twin->files->len; i++)
    {
      const PltTwinFile *file = twin->files->pdata[i];

      if (!write_one (file->name, file->bytes, error))
        return FALSE;
    }
  return write_one ("twin.json", json, error);
}

static PltCtlStatus
run_twin (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltTwin) twin = NULL;

  plt_twin_async (ctl->office, arguments[0], layouts_option, NULL, plt_ctl_ready_cb, &result);
  twin = plt_twin_finish (plt_ctl_await (&result), error);
  if (twin == NULL || (output_option != NULL && !write_folder (twin, error)))
    return PLT_CTL_REFUSED;
  if (plt_ctl_print_text (ctl, twin->json, error) != PLT_CTL_DONE)
    return PLT_CTL_REFUSED;
  return twin->is_same ? PLT_CTL_DONE : PLT_CTL_REFUSED;
}

const PltCtlCommand plt_ctl_card_twin = {
  .name = "card twin", .arguments = N_("CARD"),
  .summary = N_("Lay a card’s record, file, codes and read-back beside each other"),
  .n_arguments = 1, .signed_in = TRUE, .options = twin_options, .run = run_twin,
};
