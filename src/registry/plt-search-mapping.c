/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and checks `search` of an adapter file, and makes the address of a page. */
#include "plt-search-mapping.h"

#include "plt-field-mapping.h"
#include "plt-search-match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef char *(*MarkValue) (PltSearchLine *line);

static const char * const search_members[] = { "url", "query", "answer", NULL };
static const char * const answer_members[] = {
  "hits", "next", "id_number", "score", "matched", "fields", NULL
};
static const char * const matched_members[] = { "path", "map", NULL };

static char *
get_names (PltSearchLine *line)
{
  return g_strjoinv (" ", (char **) plt_search_line_get_names (line));
}

static char *
get_address (PltSearchLine *line)
{
  return g_strjoinv (" ", (char **) plt_search_line_get_address (line));
}

static char *
get_id_numbers (PltSearchLine *line)
{
  return g_strjoinv (",", (char **) plt_search_line_get_id_numbers (line));
}

static char *
get_id_prefix (PltSearchLine *line)
{
  return g_strdup (plt_search_line_get_id_prefix (line));
}

static char *
get_licence_number (PltSearchLine *line)
{
  return g_strdup (plt_search_line_get_licence_number (line));
}

/* The first day that may be meant, for registries that take one. */
static char *
get_birth_date (PltSearchLine *line)
{
  guint n_births;
  const PltDateSpan *births = plt_search_line_get_births (line, &n_births);

  for (guint i = 0; i < n_births; i++)
    {
      if (plt_date_compare (births[i].from, births[i].to) == 0)
        return plt_date_to_iso (births[i].from);
    }

  return NULL;
}

/* What of the line can stand in the address. */
static const struct
{
  const char *mark;
  MarkValue   get;
} marks[] = {
  { "{names}", get_names },
  { "{births}", plt_search_line_births_to_text },
  { "{birth_date}", get_birth_date },
  { "{address}", get_address },
  { "{id_numbers}", get_id_numbers },
  { "{id_prefix}", get_id_prefix },
  { "{licence_number}", get_licence_number },
};

static gboolean
has_mark (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (text != NULL && strstr (text, marks[i].mark) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
asks_for_something (PltSearchMapping *self)
{
  GHashTableIter iter;
  gpointer value;

  if (self->query == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, self->query);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (has_mark (value))
        return TRUE;
    }

  return FALSE;
}

static void
check_request (PltSearchMapping *self,
               PltAdapterObject *search)
{
  g_autoptr (GUri) uri = self->url != NULL ? g_uri_parse (self->url, G_URI_FLAGS_ENCODED, NULL)
                                           : NULL;

  if (self->url != NULL &&
      (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 ||
       g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'))
    plt_adapter_object_fail (search, "url", _("must be an https address"));
  if (!asks_for_something (self))
    plt_adapter_object_fail (search, "query", _("must contain {names}, {births}, {birth_date}, "
                                                "{address}, {id_numbers}, {id_prefix} or "
                                                "{licence_number}"));
}

static void
read_matched (PltSearchMapping *self,
              PltAdapterObject *answer)
{
  if (!plt_adapter_object_has (answer, "matched"))
    return;

  g_auto (PltAdapterObject) matched = plt_adapter_object_open (answer, "matched");
  GHashTableIter iter;
  gpointer word;
  gpointer ours;

  plt_adapter_object_allow (&matched, matched_members);
  self->matched = plt_adapter_object_pointer (&matched, "path");
  self->matched_map = plt_adapter_object_map (&matched, "map");
  if (self->matched_map == NULL)
    return;
  g_hash_table_iter_init (&iter, self->matched_map);
  while (g_hash_table_iter_next (&iter, &word, &ours))
    {
      PltSearchMatch match;

      if (ours != NULL && !plt_search_match_from_text (ours, &match))
        plt_adapter_object_fail (&matched, "map", _("“%s” is no reason that Platen knows, such as "
                                                    "“family_name:similar”"), (const char *) ours);
    }
}

/**
 * plt_search_mapping_new:
 * @object: the member `search`; what is wrong is told through its reader
 * @codes: (nullable): the tables of the file, by name
 *
 * Returns: (transfer full): the mapping; of no use when the reader has an error
 */
PltSearchMapping *
plt_search_mapping_new (PltAdapterObject *object,
                        GHashTable       *codes)
{
  PltSearchMapping *self = g_new0 (PltSearchMapping, 1);

  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_field_mapping_free);
  plt_adapter_object_allow (object, search_members);
  self->url = plt_adapter_object_text (object, "url");
  self->query = plt_adapter_object_map (object, "query");
  check_request (self, object);

  g_auto (PltAdapterObject) answer = plt_adapter_object_open (object, "answer");

  plt_adapter_object_allow (&answer, answer_members);
  self->hits = plt_adapter_object_pointer (&answer, "hits");
  if (plt_adapter_object_has (&answer, "next"))
    self->next = plt_adapter_object_pointer (&answer, "next");
  self->id_path = plt_adapter_object_pointer (&answer, "id_number");
  if (plt_adapter_object_has (&answer, "score"))
    self->score = plt_adapter_object_pointer (&answer, "score");
  read_matched (self, &answer);
  plt_field_mappings_read (&answer, self->fields, codes);

  return self;
}

void
plt_search_mapping_free (PltSearchMapping *self)
{
  g_free (self->url);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_free (self->hits);
  g_free (self->next);
  g_free (self->id_path);
  g_free (self->score);
  g_free (self->matched);
  g_clear_pointer (&self->matched_map, g_hash_table_unref);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/* The value of one parameter; NULL where the line has nothing for any of its marks.
 * @asks: set when it has something that narrows the search */
static char *
fill_in (const char    *pattern,
         PltSearchLine *line,
         guint          limit,
         const char    *page,
         gboolean      *asks)
{
  g_autoptr (GString) value = g_string_new (pattern);
  g_autofree char *limit_text = g_strdup_printf ("%u", limit);
  gboolean empty = strstr (pattern, "{page}") != NULL && page == NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *text = NULL;

      if (strstr (pattern, marks[i].mark) == NULL)
        continue;
      text = marks[i].get (line);
      empty = text == NULL || *text == '\0';
      *asks = *asks || !empty;
      g_string_replace (value, marks[i].mark, text != NULL ? text : "", 0);
    }
  g_string_replace (value, "{limit}", limit_text, 0);
  g_string_replace (value, "{page}", page != NULL ? page : "", 0);

  return empty ? NULL : g_strdup (value->str);
}

/**
 * plt_search_mapping_make_uri:
 * @self: a mapping
 * @line: what is searched for
 * @limit: how many persons at most
 * @page: (nullable): the token that the page before gave
 *
 * Returns: (transfer full) (nullable): the address to get, %NULL when the registry cannot be
 *   searched by anything in @line; it holds personal data and must not be logged
 */
char *
plt_search_mapping_make_uri (PltSearchMapping *self,
                             PltSearchLine    *line,
                             guint             limit,
                             const char       *page)
{
  g_autoptr (GString) uri = g_string_new (self->url);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->query),
                                         (GCompareFunc) strcmp);
  gboolean asks = FALSE;

  for (GList *at = names; at != NULL; at = at->next)
    {
      g_autofree char *value = fill_in (g_hash_table_lookup (self->query, at->data), line, limit,
                                        page, &asks);

      if (value == NULL)
        continue;
      g_string_append_c (uri, strchr (uri->str, '?') != NULL ? '&' : '?');
      g_string_append_uri_escaped (uri, at->data, NULL, FALSE);
      g_string_append_c (uri, '=');
      g_string_append_uri_escaped (uri, value, NULL, FALSE);
    }

  return asks ? g_strdup (uri->str) : NULL;
}
