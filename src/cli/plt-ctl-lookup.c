/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl lookup: one citizen in all registries, and where they disagree. */
#include "plt-ctl-person.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gboolean  done;
  GError   *error;
} LookupWait;

static void
lookup_done_cb (PltLookup  *lookup,
                LookupWait *wait)
{
  wait->done = TRUE;
}

static void
lookup_failed_cb (PltLookup  *lookup,
                  GError     *error,
                  LookupWait *wait)
{
  wait->done = TRUE;
  wait->error = g_error_copy (error);
}

/**
 * plt_ctl_look_up:
 * @id_number: as typed
 *
 * Asks all registries and waits until each has ended.
 *
 * Returns: (transfer full): the look-up, or %NULL with @error set
 */
PltLookup *
plt_ctl_look_up (PltCtl      *ctl,
                 const char  *id_number,
                 GError     **error)
{
  g_autoptr (PltLookup) lookup = plt_lookup_new (ctl->office, id_number, error);
  LookupWait wait = { FALSE, NULL };

  if (lookup == NULL)
    return NULL;
  g_signal_connect (lookup, "done", G_CALLBACK (lookup_done_cb), &wait);
  g_signal_connect (lookup, "failed", G_CALLBACK (lookup_failed_cb), &wait);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (lookup, &wait);
  if (wait.error != NULL)
    {
      g_propagate_error (error, wait.error);
      return NULL;
    }
  return g_steal_pointer (&lookup);
}

static void
add_differences (JsonBuilder *builder,
                 PltLookup   *lookup)
{
  g_autoptr (GArray) differences = plt_lookup_list_differences (lookup);

  json_builder_set_member_name (builder, "differences");
  json_builder_begin_array (builder);
  for (guint i = 0; i < differences->len; i++)
    {
      PltDifference difference = g_array_index (differences, PltDifference, i);

      json_builder_begin_object (builder);
      plt_ctl_add_string (builder, "kind", plt_difference_to_nick (difference));
      plt_ctl_add_string (builder, "outcome",
                          plt_outcome_to_nick (plt_difference_get_outcome (difference)));
      plt_ctl_add_string (builder, "why", plt_difference_get_why (difference));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static PltCtlStatus
run_lookup (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (PltLookup) lookup = plt_ctl_look_up (ctl, arguments[0], error);
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (lookup == NULL)
    return PLT_CTL_REFUSED;
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "id_number", plt_lookup_get_id_number (lookup));
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  for (PltSource i = 0; i < plt_source_get_count (); i++)
    {
      if (plt_lookup_get_answer (lookup, i) != NULL)
        plt_ctl_add_answer (builder, plt_lookup_get_answer (lookup, i));
    }
  json_builder_end_array (builder);
  plt_ctl_add_list (builder, "fields", plt_lookup_get_fields (lookup), plt_ctl_add_field);
  add_differences (builder, lookup);
  plt_ctl_add_list (builder, "applications", plt_lookup_get_applications (lookup),
                    plt_ctl_add_application);
  json_builder_end_object (builder);
  node = plt_ctl_finish (builder);
  plt_ctl_print (ctl, node);
  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_lookup = {
  .name = "lookup",
  .arguments = N_("ID"),
  .summary = N_("Look a citizen up in all registries"),
  .n_arguments = 1,
  .signed_in = TRUE,
  .run = run_lookup,
};
