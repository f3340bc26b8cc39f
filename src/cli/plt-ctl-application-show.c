/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application show and list. */
#include "plt-ctl-person.h"
#include "plt-layout-choice.h"
#include "plt-worklist.h"

#include <glib/gi18n-lib.h>

static char **state_option = NULL;
static char *text_option = NULL;
static gboolean all_option = FALSE;

static const GOptionEntry list_options[] = {
  { "state", 's', 0, G_OPTION_ARG_STRING_ARRAY, &state_option,
    N_("Only this state, as often as there are"), N_("STATE") },
  { "text", 0, 0, G_OPTION_ARG_STRING, &text_option,
    N_("Beginning of a number, ID number or name"), N_("TEXT") },
  { "all", 0, 0, G_OPTION_ARG_NONE, &all_option, N_("Every page, not only the first"), NULL },
  G_OPTION_ENTRY_NULL
};

/* Why the card gets its layout; a row for each sentence. */
static gboolean
add_choices (PltCtl       *ctl,
             JsonBuilder  *builder,
             PltCase      *open_case,
             GError      **error)
{
  PltLicenceApplication *application = plt_case_get_application (open_case);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) choices = NULL;

  plt_layout_choice_read_async (ctl->office, plt_licence_application_get_id (application), NULL,
                                plt_ctl_ready_cb, &result);
  choices = plt_layout_choice_read_finish (plt_ctl_await (&result), error);
  if (choices == NULL)
    return FALSE;
  json_builder_set_member_name (builder, "layout_choice");
  json_builder_begin_array (builder);
  for (guint i = 0; i < choices->len; i++)
    {
      const PltLayoutChoice *choice = choices->pdata[i];

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "decides");
      json_builder_add_boolean_value (builder, choice->chosen);
      plt_ctl_add_string (builder, "text", choice->text);
      plt_ctl_add_string (builder, "reason", choice->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return TRUE;
}

static PltCtlStatus
run_show (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (PltCase) open_case = plt_ctl_open_case (ctl, arguments[0], error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  if (open_case == NULL)
    return PLT_CTL_REFUSED;
  json_builder_begin_object (builder);
  plt_ctl_add_case (builder, open_case);
  if (!add_choices (ctl, builder, open_case, error))
    return PLT_CTL_REFUSED;
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

static gboolean
parse_states (guint   *states,
              GError **error)
{
  *states = 0;
  for (char **nick = state_option; nick != NULL && *nick != NULL; nick++)
    {
      PltApplicationState state;

      if (!plt_application_state_from_nick (*nick, &state))
        {
          g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_INVALID,
                       _("An application has no state “%s”."), *nick);
          return FALSE;
        }
      *states |= 1u << state;
    }
  return TRUE;
}

static gboolean
has_more (PltWorklist *worklist)
{
  gboolean more;

  g_object_get (worklist, "more", &more, NULL);
  return more;
}

/* Loads the first page, and with --all the others. */
static gboolean
load_pages (PltWorklist  *worklist,
            GError      **error)
{
  g_autoptr (GAsyncResult) first = NULL;

  plt_worklist_load_async (worklist, NULL, plt_ctl_ready_cb, &first);
  if (!plt_worklist_load_finish (worklist, plt_ctl_await (&first), error))
    return FALSE;
  while (all_option && has_more (worklist))
    {
      guint before = g_list_model_get_n_items (G_LIST_MODEL (worklist));

      plt_worklist_load_more (worklist);
      while (has_more (worklist)
             && plt_worklist_get_state (worklist) != PLT_WORKLIST_STATE_FAILED
             && g_list_model_get_n_items (G_LIST_MODEL (worklist)) == before)
        g_main_context_iteration (NULL, TRUE);
      if (plt_worklist_get_state (worklist) == PLT_WORKLIST_STATE_FAILED)
        {
          g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_OFFLINE,
                               plt_worklist_get_error (worklist));
          return FALSE;
        }
    }
  return TRUE;
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (PltWorklist) worklist = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;
  guint states;

  if (!parse_states (&states, error))
    return PLT_CTL_REFUSED;
  worklist = plt_worklist_new (ctl->office, states, text_option);
  if (!load_pages (worklist, error))
    return PLT_CTL_REFUSED;
  builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (worklist)); i++)
    {
      g_autoptr (PltLicenceApplication) application =
        g_list_model_get_item (G_LIST_MODEL (worklist), i);

      json_builder_begin_object (builder);
      plt_ctl_add_members (builder, application, "number", NULL);
      plt_ctl_add_string (builder, "type",
                          plt_application_type_to_nick (
                            plt_licence_application_get_type_ (application)));
      plt_ctl_add_string (builder, "state",
                          plt_application_state_to_nick (
                            plt_licence_application_get_state (application)));
      plt_ctl_add_members (builder, application, "id-number", "holder-name", "entered-by",
                           "changed-at", NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_application_show = {
  .name = "application show", .arguments = N_("APP"),
  .summary = N_("Show an application with findings, cards and history"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_show,
};

const PltCtlCommand plt_ctl_application_list = {
  .name = "application list", .arguments = "",
  .summary = N_("List the office’s applications, newest change first"),
  .signed_in = TRUE, .options = list_options, .run = run_list,
};
