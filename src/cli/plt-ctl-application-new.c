/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application new: looks the citizen up and starts an application from the answers. */
#include "plt-ctl-person.h"

#include <glib/gi18n-lib.h>

static char *type_option = NULL;
static char **category_option = NULL;

static const GOptionEntry options[] = {
  { "type", 't', 0, G_OPTION_ARG_STRING, &type_option,
    N_("new, renewal, replacement, correction or upgrade"), N_("TYPE") },
  { "category", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &category_option,
    N_("A category, as often as there are; without any: those held"), N_("CODE") },
  G_OPTION_ENTRY_NULL
};

static gboolean
parse_options (PltApplicationType  *type,
               GError             **error)
{
  PltCategory category;

  if (type_option == NULL || !plt_application_type_from_nick (type_option, type))
    {
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                   _("--type must be new, renewal, replacement, correction or upgrade."));
      return FALSE;
    }
  for (char **code = category_option; code != NULL && *code != NULL; code++)
    if (!plt_category_from_code (*code, &category))
      {
        g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                     _("There is no vehicle category “%s”. Nothing was started."), *code);
        return FALSE;
      }
  return TRUE;
}

static PltCtlStatus
run_new (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  g_autoptr (PltLookup) lookup = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltCase) open_case = NULL;
  PltApplicationType type;

  if (!parse_options (&type, error))
    return PLT_CTL_REFUSED;
  lookup = plt_ctl_look_up (ctl, arguments[0], error);
  if (lookup == NULL)
    return PLT_CTL_REFUSED;
  plt_case_start_async (ctl->office, lookup, type, (const char * const *) category_option,
                        NULL, plt_ctl_ready_cb, &result);
  open_case = plt_case_start_finish (plt_ctl_await (&result), error);
  if (open_case == NULL)
    return PLT_CTL_REFUSED;
  plt_ctl_print_case (ctl, open_case);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_application_new = {
  .name = "application new",
  .arguments = N_("ID"),
  .summary = N_("Start an application for a citizen"),
  .n_arguments = 1,
  .signed_in = TRUE,
  .options = options,
  .run = run_new,
};
