/* SPDX-License-Identifier: GPL-3.0-or-later */
/* platenctl search: persons by whatever is known of them, here and in the registries. */
#include "plt-ctl.h"

#include "plt-person-search.h"

#include <glib/gi18n-lib.h>

static int limit_option = 20;
static char *after_option;

static const GOptionEntry options[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit_option,
    N_("How many persons each place is asked for (20)"), N_("NUMBER") },
  { "after", 0, 0, G_OPTION_ARG_STRING, &after_option,
    N_("The page after the one that gave this key"), N_("KEY") },
  { NULL }
};

static const struct
{
  const char *name;
  PltField    field;
} members[] = {
  { "family_name", PLT_FIELD_FAMILY_NAME },
  { "given_names", PLT_FIELD_GIVEN_NAMES },
  { "family_name_native", PLT_FIELD_FAMILY_NAME_NATIVE },
  { "given_names_native", PLT_FIELD_GIVEN_NAMES_NATIVE },
  { "birth_date", PLT_FIELD_BIRTH_DATE },
  { "death_date", PLT_FIELD_DEATH_DATE },
  { "address", PLT_FIELD_ADDRESS },
  { "licence_number", PLT_FIELD_LICENCE_NUMBER },
};

static void
add_places (JsonBuilder  *builder,
            PltPersonHit *hit)
{
  json_builder_set_member_name (builder, "found_in");
  json_builder_begin_array (builder);
  for (PltSource source = 0; source < plt_source_get_count (); source++)
    {
      if (plt_person_hit_has_source (hit, source))
        json_builder_add_string_value (builder, plt_source_to_nick (source));
    }
  if (plt_person_hit_get_application (hit) != NULL)
    json_builder_add_string_value (builder, "office");
  json_builder_end_array (builder);
}

static void
add_matches (JsonBuilder  *builder,
             PltPersonHit *hit)
{
  guint n_matches;
  const PltSearchMatch *matches = plt_person_hit_get_matches (hit, &n_matches);

  json_builder_set_member_name (builder, "matched");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_matches; i++)
    {
      g_autofree char *text = plt_search_match_to_text (matches[i]);

      json_builder_add_string_value (builder, text);
    }
  json_builder_end_array (builder);
}

static void
add_person (JsonBuilder  *builder,
            PltPersonHit *hit)
{
  g_autofree char *reasons = plt_person_hit_dup_reasons (hit);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "id_number", plt_person_hit_get_id_number (hit));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = plt_person_hit_get_field (hit, members[i].field);

      if (value != NULL)
        plt_ctl_add_string (builder, members[i].name, value);
    }
  if (plt_person_hit_get_application (hit) != NULL)
    plt_ctl_add_string (builder, "application", plt_person_hit_get_application (hit));
  json_builder_set_member_name (builder, "score");
  json_builder_add_int_value (builder, (gint64) (plt_person_hit_get_score (hit) * 100 + 0.5));
  add_places (builder, hit);
  add_matches (builder, hit);
  plt_ctl_add_string (builder, "matched_because", reasons);
  json_builder_end_object (builder);
}

static JsonNode *
build_result (PltPersonSearch *search)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *understood = plt_search_line_describe (plt_person_search_get_line (search));
  g_autofree char *key = plt_person_search_dup_key (search);
  GPtrArray *troubles = plt_person_search_get_troubles (search);

  json_builder_begin_object (builder);
  plt_ctl_add_string (builder, "understood", understood);
  json_builder_set_member_name (builder, "persons");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (search)); i++)
    {
      g_autoptr (PltPersonHit) hit = g_list_model_get_item (G_LIST_MODEL (search), i);

      add_person (builder, hit);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "troubles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < troubles->len; i++)
    json_builder_add_string_value (builder, troubles->pdata[i]);
  json_builder_end_array (builder);
  if (key != NULL)
    plt_ctl_add_string (builder, "next", key);
  json_builder_end_object (builder);

  return plt_ctl_finish (builder);
}

static PltCtlStatus
run_search (PltCtl  *ctl,
            char   **arguments,
            GError **error)
{
  g_autoptr (PltPersonSearch) search = plt_person_search_new (ctl->office);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (limit_option < 1 || limit_option > 100)
    {
      g_set_error (error, PLT_CTL_ERROR, PLT_CTL_ERROR_USAGE,
                   _("“%d” is no number of persons. Give one from 1 to 100."), limit_option);
      return PLT_CTL_USAGE;
    }
  plt_person_search_set_page_size (search, (guint) limit_option);
  plt_person_search_run_async (search, arguments[0], after_option, NULL, plt_ctl_ready_cb,
                               &result);
  if (!plt_person_search_run_finish (search, plt_ctl_await (&result), error))
    return PLT_CTL_REFUSED;

  node = build_result (search);
  plt_ctl_print (ctl, node);

  return PLT_CTL_DONE;
}

const PltCtlCommand plt_ctl_search = {
  .name = "search",
  .arguments = "TEXT",
  .summary = N_("Find persons by name, birth date, address or number"),
  .n_arguments = 1,
  .signed_in = TRUE,
  .options = options,
  .run = run_search,
};
