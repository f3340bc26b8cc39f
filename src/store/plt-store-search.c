/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns rows of api.search_persons and api.recent_persons into found persons. */
#include "plt-store-search.h"

#include "plt-store-private.h"

static const struct
{
  PltField    field;
  const char *column;
} columns[] = {
  { PLT_FIELD_FAMILY_NAME, "family_name" },
  { PLT_FIELD_GIVEN_NAMES, "given_names" },
  { PLT_FIELD_FAMILY_NAME_NATIVE, "family_name_native" },
  { PLT_FIELD_GIVEN_NAMES_NATIVE, "given_names_native" },
  { PLT_FIELD_BIRTH_DATE, "birth_date" },
  { PLT_FIELD_ADDRESS, "address" },
  { PLT_FIELD_LICENCE_NUMBER, "licence_number" },
};

static PltPersonHit *
read_person (PltPgResult *rows,
             int          row)
{
  PltPersonHit *hit = plt_person_hit_new (plt_store_text (rows, row, "id_number"));

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    plt_person_hit_set_field (hit, columns[i].field, plt_store_text (rows, row, columns[i].column));
  /* An application without an answer of the registries may know the name as one. */
  if (plt_person_hit_get_field (hit, PLT_FIELD_FAMILY_NAME) == NULL)
    plt_person_hit_set_field (hit, PLT_FIELD_FAMILY_NAME,
                              plt_store_text (rows, row, "holder_name"));
  plt_person_hit_set_application (hit, plt_store_text (rows, row, "application_number"));

  return hit;
}

static PltPersonHit *
read_hit (PltPgResult *rows,
          int          row)
{
  PltPersonHit *hit = read_person (rows, row);
  g_auto (GStrv) matched
    = plt_pg_result_dup_array (rows, row, plt_pg_result_column (rows, "matched"));

  plt_person_hit_set_score (hit, g_ascii_strtod (plt_store_text (rows, row, "score"), NULL));
  for (int i = 0; matched[i] != NULL; i++)
    {
      PltSearchMatch match;

      if (plt_search_match_from_text (matched[i], &match))
        plt_person_hit_add_match (hit, match);
    }

  return hit;
}

/**
 * plt_store_search_async:
 * @self: a store
 * @line: what is searched for
 * @sources: (array zero-terminated=1): nicks of the registries that are asked too, for the log
 * @purpose: for the log
 * @limit: how many persons at most
 * @after: (nullable): the token of the page before; only a first page is written to the log
 * @cancellable: (nullable): stops the query in the server
 * @callback: when it has ended
 * @user_data: for @callback
 */
void
plt_store_search_async (PltStore            *self,
                        PltSearchLine       *line,
                        const char * const  *sources,
                        const char          *purpose,
                        guint                limit,
                        const char          *after,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();
  g_autofree char *births = plt_search_line_births_to_text (line);

  plt_pg_params_text (params, plt_search_line_get_text (line));
  plt_pg_params_text_array (params, sources);
  plt_pg_params_text (params, purpose);
  plt_pg_params_text_array (params, plt_search_line_get_id_numbers (line));
  plt_pg_params_text (params, plt_search_line_get_id_prefix (line));
  plt_pg_params_text (params, plt_search_line_get_licence_number (line));
  plt_pg_params_text (params, plt_search_line_get_record_number (line));
  plt_pg_params_text_array (params, plt_search_line_get_names (line));
  plt_pg_params_text (params, births);
  plt_pg_params_text_array (params, plt_search_line_get_address (line));
  plt_pg_params_text (params, after);
  plt_pg_params_int (params, limit);
  plt_store_run_async (self, "search-persons", params, cancellable, callback, user_data);
}

/**
 * plt_store_search_finish:
 * @self: a store
 * @result: what the callback got
 * @error: as the database has it
 *
 * Returns: (transfer full) (nullable): the page; its token may give an empty one
 */
PltSearchPage *
plt_store_search_finish (PltStore      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;

  PltSearchPage *page = plt_search_page_new ();
  int n_rows = plt_pg_result_get_n_rows (rows);

  for (int row = 0; row < n_rows; row++)
    g_ptr_array_add (page->hits, read_hit (rows, row));
  if (n_rows > 0)
    page->next = g_strdup (plt_store_text (rows, n_rows - 1, "page_key"));

  return page;
}

void
plt_store_recent_async (PltStore            *self,
                        guint                limit,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, limit);
  plt_store_run_async (self, "search-recent", params, cancellable, callback, user_data);
}

GPtrArray *
plt_store_recent_finish (PltStore      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;

  GPtrArray *persons = g_ptr_array_new_with_free_func (g_object_unref);

  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    g_ptr_array_add (persons, read_person (rows, row));

  return persons;
}
