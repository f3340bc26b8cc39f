/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl application slip and resume: what an application still lacks, and asking again for
 * those that wait for a registry. */
#include "plt-ctl-person.h"
#include "plt-resumer.h"

#include <glib/gi18n-lib.h>

static PltCtlStatus
run_slip (PltCtl  *ctl,
          char   **arguments,
          GError **error)
{
  g_autoptr (PltCase) open_case = plt_ctl_open_case (ctl, arguments[0], error);
  g_autofree char *slip = NULL;

  if (open_case == NULL)
    return PLT_CTL_REFUSED;
  slip = plt_case_dup_slip (open_case);
  if (ctl->json)
    {
      g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), slip);
      plt_ctl_print (ctl, node);
    }
  else
    g_print ("%s", slip);
  return PLT_CTL_DONE;
}

static PltCtlStatus
run_resume (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (PltResumer) resumer = plt_resumer_new (ctl->office);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;
  guint n_asked;
  guint n_resumed;

  plt_resumer_run_async (resumer, NULL, plt_ctl_ready_cb, &result);
  if (!plt_resumer_run_finish (resumer, plt_ctl_await (&result), &n_asked, &n_resumed, error))
    return PLT_CTL_REFUSED;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "asked");
  json_builder_add_int_value (builder, n_asked);
  json_builder_set_member_name (builder, "resumed");
  json_builder_add_int_value (builder, n_resumed);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_application_slip = {
  .name = "application slip", .arguments = N_("APP"),
  .summary = N_("Print what is missing and what cures it, for the citizen"),
  .n_arguments = 1, .signed_in = TRUE, .run = run_slip,
};

const PltCtlCommand plt_ctl_application_resume = {
  .name = "application resume", .arguments = "",
  .summary = N_("Ask the registries again for what waits for them"),
  .signed_in = TRUE, .run = run_resume,
};
