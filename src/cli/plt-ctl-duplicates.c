/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl registry duplicates: other records that may be of one person. */
#include "plt-ctl-person.h"

#include "plt-duplicates.h"

#include <glib/gi18n-lib.h>

static void
done_cb (PltDuplicates *duplicates,
         gboolean      *done)
{
  *done = TRUE;
}

static void
add_find (JsonBuilder *builder,
          gpointer     find)
{
  json_builder_begin_object (builder);
  plt_ctl_add_members (builder, find, "id-number", "level", "score", "reason", "name", "birth-date",
                       "address", "link", NULL);
  json_builder_end_object (builder);
}

static JsonNode *
build_finds (PltLookup     *lookup,
             PltDuplicates *duplicates)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GPtrArray *troubles = plt_duplicates_get_troubles (duplicates);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "id_number", plt_lookup_get_id_number (lookup));
  plt_ctl_add_list (builder, "duplicates", G_LIST_MODEL (duplicates), add_find);
  json_builder_set_member_name (builder, "troubles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < troubles->len; i++)
    json_builder_add_string_value (builder, troubles->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return plt_ctl_finish (builder);
}

static PltCtlStatus
run_duplicates (PltCtl  *ctl,
                char   **arguments,
                GError **error)
{
  g_autoptr (PltLookup) lookup = plt_ctl_look_up (ctl, arguments[0], error);
  g_autoptr (PltDuplicates) duplicates = NULL;
  gboolean done = FALSE;

  if (lookup == NULL)
    return PLT_CTL_REFUSED;
  duplicates = plt_duplicates_new (lookup);
  g_signal_connect (duplicates, "done", G_CALLBACK (done_cb), &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);

  g_autoptr (JsonNode) node = build_finds (lookup, duplicates);

  plt_ctl_print (ctl, node);

  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_registry_duplicates = {
  .name = "registry duplicates",
  .arguments = N_("ID"),
  .summary = N_("Find other records that may be of the same person"),
  .n_arguments = 1,
  .signed_in = TRUE,
  .run = run_duplicates,
};
