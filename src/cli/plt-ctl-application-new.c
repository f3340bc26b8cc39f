/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application new: looks the citizen up and starts an application from the answers. */
#include "plt-ctl-person.h"

#include <glib/gi18n-lib.h>

static char *type_option = NULL;
static char **category_option = NULL;

/* What it starts from, and what the database calls that. */
static struct
{
  const char *member;
  char *value;
} origin[] = {
  { "cause", NULL }, { "country", NULL }, { "number", NULL }, { "expiry", NULL }, { "ban_ended", NULL },
};

static const GOptionEntry options[] = {
  { "type", 't', 0, G_OPTION_ARG_STRING, &type_option,
    N_("Its kind, such as renewal; “application kinds” lists them"), N_("TYPE") },
  { "cause", 0, 0, G_OPTION_ARG_STRING, &origin[0].value,
    N_("Why a card is made again or corrected, such as lost"), N_("CAUSE") },
  { "country", 0, 0, G_OPTION_ARG_STRING, &origin[1].value,
    N_("The country of the foreign licence, three letters"), N_("COUNTRY") },
  { "licence", 0, 0, G_OPTION_ARG_STRING, &origin[2].value,
    N_("The number of the foreign licence"), N_("NUMBER") },
  { "licence-expiry", 0, 0, G_OPTION_ARG_STRING, &origin[3].value,
    N_("The last day of the foreign licence"), N_("DATE") },
  { "ban-ended", 0, 0, G_OPTION_ARG_STRING, &origin[4].value,
    N_("The last day of the ban"), N_("DATE") },
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
                   _("--type must be one of the kinds that “application kinds” lists."));
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

/* Returns: (nullable): NULL when nothing is said of it */
static char *
dup_origin (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  gboolean is_said = FALSE;

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (origin); i++)
    if (origin[i].value != NULL)
      {
        plt_ctl_add_string (builder, origin[i].member, origin[i].value);
        is_said = TRUE;
      }
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  return is_said ? json_to_string (node, FALSE) : NULL;
}

static PltCtlStatus
run_new (PltCtl  *ctl,
         char   **arguments,
         GError **error)
{
  g_autoptr (PltLookup) lookup = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PltCase) open_case = NULL;
  g_autofree char *from = dup_origin ();
  PltApplicationType type;

  if (!parse_options (&type, error))
    return PLT_CTL_REFUSED;
  lookup = plt_ctl_look_up (ctl, arguments[0], error);
  if (lookup == NULL)
    return PLT_CTL_REFUSED;
  plt_case_start_from_async (ctl->office, lookup, type, (const char * const *) category_option, from,
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
