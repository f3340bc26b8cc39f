/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes a page of a registry's search by its adapter. Pure: any thread, no I/O. */
#include "plt-search-decoder.h"

#include "plt-answer-value.h"
#include "plt-field-mapping.h"
#include "plt-id-number.h"
#include "plt-json-text.h"
#include "plt-registry-client.h"
#include "plt-search-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A registry that sends more than was asked for is not believed further. */
#define MAX_HITS 200
#define MAX_REASONS 20
#define MAX_TOKEN_BYTES 1000

/* Returns: (transfer full) (nullable): the 11 digits, or what stands there if it is not too odd; a
 * registry may hold numbers that are wrong */
static char *
read_id_number (PltSearchMapping *mapping,
                JsonNode         *person)
{
  JsonNode *node = plt_json_text_find (person, mapping->id_path);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) > 0)
    return g_strdup_printf ("%0*" G_GINT64_FORMAT, PLT_ID_NUMBER_DIGITS, json_node_get_int (node));
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  const char *text = json_node_get_string (node);
  char *normal = plt_id_number_normalise (text, NULL);

  if (normal == NULL && strlen (text) == PLT_ID_NUMBER_DIGITS &&
      strspn (text, "0123456789") == PLT_ID_NUMBER_DIGITS)
    normal = g_strdup (text);

  return normal;
}

static gboolean
read_fields (PltSearchMapping *mapping,
             JsonNode         *person,
             PltPersonHit     *hit)
{
  for (guint i = 0; i < mapping->fields->len; i++)
    {
      const PltFieldMapping *field = mapping->fields->pdata[i];
      g_autofree char *value = NULL;
      const char *path = NULL;

      if (plt_answer_value_read (field, person, &value, &path) != PLT_VALUE_OK)
        return FALSE;
      plt_person_hit_set_field (hit, field->field, value);
    }

  return TRUE;
}

static void
read_score (PltSearchMapping *mapping,
            JsonNode         *person,
            PltPersonHit     *hit)
{
  JsonNode *node = mapping->score != NULL ? plt_json_text_find (person, mapping->score) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      (json_node_get_value_type (node) == G_TYPE_DOUBLE ||
       json_node_get_value_type (node) == G_TYPE_INT64))
    plt_person_hit_set_score (hit, json_node_get_double (node));
  else
    plt_person_hit_set_score (hit, 0.5);
}

/* A reason that the adapter does not name is left out: that somebody was found is what matters. */
static void
read_matched (PltSearchMapping *mapping,
              JsonNode         *person,
              PltPersonHit     *hit)
{
  JsonNode *node = mapping->matched != NULL ? plt_json_text_find (person, mapping->matched) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;

  JsonArray *words = json_node_get_array (node);

  for (guint i = 0; i < MIN (json_array_get_length (words), MAX_REASONS); i++)
    {
      JsonNode *element = json_array_get_element (words, i);
      const char *word = json_node_get_value_type (element) == G_TYPE_STRING
                           ? json_node_get_string (element) : NULL;
      PltSearchMatch match;

      if (word != NULL && mapping->matched_map != NULL)
        word = g_hash_table_lookup (mapping->matched_map, word);
      if (plt_search_match_from_text (word, &match))
        plt_person_hit_add_match (hit, match);
    }
}

static PltPersonHit *
read_hit (PltRegistryAdapter *adapter,
          JsonNode           *person)
{
  PltSearchMapping *mapping = adapter->search;
  g_autofree char *id_number = read_id_number (mapping, person);
  g_autoptr (PltPersonHit) hit = id_number != NULL ? plt_person_hit_new (id_number) : NULL;

  if (hit == NULL || !read_fields (mapping, person, hit))
    return NULL;

  read_score (mapping, person, hit);
  read_matched (mapping, person, hit);
  plt_person_hit_add_source (hit, adapter->source);

  return g_steal_pointer (&hit);
}

static char *
read_next (PltSearchMapping *mapping,
           JsonNode         *root)
{
  JsonNode *node = mapping->next != NULL ? plt_json_text_find (root, mapping->next) : NULL;
  g_autofree char *token = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                             ? plt_answer_value_text (node) : NULL;

  if (token == NULL || *token == '\0' || strlen (token) > MAX_TOKEN_BYTES)
    return NULL;

  return g_steal_pointer (&token);
}

static void
set_nonsense (GError             **error,
              PltRegistryAdapter  *adapter,
              const char          *what)
{
  g_set_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_SEARCH,
               /* Translators: title of a registry, then what is wrong. */
               _("What “%s” found cannot be shown: %s. Go on with what others found, and tell the "
                 "people who run that registry."), adapter->title, what);
}

/**
 * plt_search_decode:
 * @adapter: how the registry writes; it has a search
 * @text: the body of its answer, from outside
 * @length: its length
 * @error: %PLT_REGISTRY_ERROR_SEARCH with a sentence that names no value
 *
 * A person that cannot be read is left out and counted.
 *
 * Returns: (transfer full) (nullable): the page
 */
PltSearchPage *
plt_search_decode (PltRegistryAdapter  *adapter,
                   const char          *text,
                   gsize                length,
                   GError             **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (JsonNode) root = plt_json_text_parse (text, length, &fault);

  if (root == NULL)
    {
      set_nonsense (error, adapter, fault->message);
      return NULL;
    }

  JsonNode *hits = plt_json_text_find (root, adapter->search->hits);

  if (hits == NULL || !JSON_NODE_HOLDS_ARRAY (hits))
    {
      set_nonsense (error, adapter, _("it is no list"));
      return NULL;
    }

  g_autoptr (PltSearchPage) page = plt_search_page_new ();
  JsonArray *persons = json_node_get_array (hits);

  for (guint i = 0; i < MIN (json_array_get_length (persons), MAX_HITS); i++)
    {
      PltPersonHit *hit = read_hit (adapter, json_array_get_element (persons, i));

      if (hit != NULL)
        g_ptr_array_add (page->hits, hit);
      else
        page->n_unusable++;
    }
  page->next = read_next (adapter->search, root);

  return g_steal_pointer (&page);
}
