/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl registry: what is attached, whether a file is right, whether a registry answers. */
#include "plt-ctl.h"
#include "plt-registry-state.h"

#include <glib/gi18n-lib.h>

static void
add_time (JsonBuilder *builder,
          GObject     *state,
          const char  *property,
          const char  *name)
{
  g_autoptr (GDateTime) at = NULL;

  g_object_get (state, property, &at, NULL);
  g_autofree char *text = at != NULL ? g_date_time_format_iso8601 (at) : NULL;
  plt_ctl_add_string (builder, name, text);
}

static void
add_state (JsonBuilder *builder,
           GObject     *state)
{
  json_builder_begin_object (builder);
  plt_ctl_add_members (builder, state, "source", "title", "host", "file", "budget-ms", "condition",
                       "breaker", "answers", "failures", "p50-ms", "p95-ms", "error", "hop", NULL);
  add_time (builder, state, "answered-at", "answered_at");
  add_time (builder, state, "failed-at", "failed_at");
  json_builder_end_object (builder);
}

static void
print_states (PltCtl     *ctl,
              GListModel *states,
              const char *source)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (states); i++)
    {
      g_autoptr (GObject) state = g_list_model_get_item (states, i);
      g_autofree char *nick = NULL;

      g_object_get (state, "source", &nick, NULL);
      if (source == NULL || g_str_equal (nick, source))
        add_state (builder, state);
    }
  json_builder_end_array (builder);

  g_autoptr (JsonNode) node = plt_ctl_finish (builder);

  plt_ctl_print (ctl, node);
}

static PltCtlStatus
run_list (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (GListModel) states = plt_registry_state_list (ctl->office, error);

  if (states == NULL)
    return PLT_CTL_REFUSED;
  print_states (ctl, states, NULL);

  return PLT_CTL_DONE;
}

static void
add_fault (JsonBuilder            *builder,
           const PltRegistryFault *fault)
{
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "path", fault->path);
  plt_ctl_add_string (builder, "fault", fault->words);
  json_builder_end_object (builder);
}

/* As compilers write it, so that editors find the place. */
static void
tell_fault (const char             *file,
            const PltRegistryFault *fault)
{
  if (*fault->path != '\0')
    g_printerr ("%s: %s: %s\n", file, fault->path, fault->words);
  else
    g_printerr ("%s: %s\n", file, fault->words);
}

static void
print_faults (PltCtl     *ctl,
              const char *file,
              const char *title,
              GPtrArray  *faults)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "file", file);
  plt_ctl_add_string (builder, "title", title);
  json_builder_set_member_name (builder, "faults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < faults->len; i++)
    add_fault (builder, faults->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = plt_ctl_finish (builder);

  plt_ctl_print (ctl, node);
}

/* All faults: in JSON, or in a line each. */
static PltCtlStatus
run_check (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) faults = plt_registry_state_check_file (arguments[0], &title);

  if (ctl->json || faults->len == 0)
    print_faults (ctl, arguments[0], title, faults);
  else
    for (guint i = 0; i < faults->len; i++)
      tell_fault (arguments[0], faults->pdata[i]);

  return faults->len > 0 ? PLT_CTL_REFUSED : PLT_CTL_DONE;
}

typedef struct
{
  int n_waiting;
  int n_failed;
} Probes;

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Probes *probes = user_data;

  /* What is wrong stands in the state that is printed. */
  if (!plt_registry_state_probe_finish (PLT_REGISTRY_STATE (source), result, NULL))
    probes->n_failed++;
  probes->n_waiting--;
}

static gboolean
start_probes (GListModel *states,
              const char *source,
              Probes     *probes)
{
  for (guint i = 0; i < g_list_model_get_n_items (states); i++)
    {
      g_autoptr (PltRegistryState) state = g_list_model_get_item (states, i);
      g_autofree char *nick = NULL;

      g_object_get (state, "source", &nick, NULL);
      if (source != NULL && !g_str_equal (nick, source))
        continue;
      probes->n_waiting++;
      plt_registry_state_probe_async (state, NULL, probed_cb, probes);
    }

  return probes->n_waiting > 0;
}

static PltCtlStatus
run_probe (PltCtl  *ctl,
           char   **arguments,
           GError **error)
{
  g_autoptr (GListModel) states = plt_registry_state_list (ctl->office, error);
  Probes probes = { 0, 0 };

  if (states == NULL)
    return PLT_CTL_REFUSED;
  if (!start_probes (states, arguments[0], &probes))
    {
      if (arguments[0] != NULL)
        g_set_error (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND,
                     _("No registry “%s” is attached. “platenctl registry list” lists them."),
                     arguments[0]);
      else
        g_set_error_literal (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_NOT_FOUND,
                             _("No registry is attached. Put its adapter file into the folder that "
                               "the configuration names."));
      return PLT_CTL_REFUSED;
    }
  while (probes.n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  print_states (ctl, states, arguments[0]);

  return probes.n_failed > 0 ? PLT_CTL_REFUSED : PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_registry_list = {
  .name = "registry list",
  .arguments = "",
  .summary = N_("List the registries that are attached"),
  .run = run_list,
};

const PltCtlCommand plt_ctl_registry_check = {
  .name = "registry check",
  .arguments = "FILE",
  .summary = N_("Check an adapter file"),
  .n_arguments = 1,
  .run = run_check,
};

const PltCtlCommand plt_ctl_registry_probe = {
  .name = "registry probe",
  .arguments = "[SOURCE]",
  .summary = N_("See whether the registries answer, without asking for anybody"),
  .n_optional = 1,
  .run = run_probe,
};
