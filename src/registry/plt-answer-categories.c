/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the array of a holder's categories into the text form of plt-category.h. */
#include "plt-answer-value.h"

#include "plt-category.h"
#include "plt-field-mapping.h"
#include "plt-json-text.h"

#include <string.h>

/* (nullable): no value; a fault if there is something that is no text. */
static PltValueFault
read_text_at (JsonNode    *element,
              const char  *pointer,
              char       **text)
{
  JsonNode *node = pointer != NULL ? plt_json_text_find (element, pointer) : NULL;

  *text = NULL;
  if (node == NULL)
    return PLT_VALUE_OK;
  *text = plt_answer_value_text (node);
  if (*text == NULL)
    return PLT_VALUE_TYPE;
  if (**text == '\0')
    g_clear_pointer (text, g_free);

  return PLT_VALUE_OK;
}

static PltValueFault
read_date_at (const PltFieldMapping *mapping,
              JsonNode              *element,
              const char            *pointer,
              PltDate               *date)
{
  g_autofree char *text = NULL;
  g_autofree char *iso = NULL;
  PltValueFault fault = read_text_at (element, pointer, &text);

  if (fault != PLT_VALUE_OK || text == NULL)
    return fault;
  if (mapping->none != NULL && g_strv_contains ((const char * const *) mapping->none, text))
    return PLT_VALUE_OK;
  fault = plt_answer_value_date (mapping->dates, text, &iso);
  if (fault == PLT_VALUE_OK)
    plt_date_parse_iso (iso, date);

  return fault;
}

/* "01,78", or an array of codes. */
static PltValueFault
read_restrictions (const PltFieldMapping *mapping,
                   JsonNode              *element,
                   char                 **restrictions)
{
  JsonNode *node = mapping->each_restrictions != NULL
                     ? plt_json_text_find (element, mapping->each_restrictions)
                     : NULL;
  g_autoptr (GString) codes = g_string_new (NULL);

  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    return read_text_at (element, mapping->each_restrictions, restrictions);

  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *code = plt_answer_value_text (json_array_get_element (array, i));

      if (code == NULL)
        return PLT_VALUE_TYPE;
      g_string_append_printf (codes, "%s%s", i > 0 ? "," : "", code);
    }
  *restrictions = g_strdup (codes->str);

  return PLT_VALUE_OK;
}

/* Restriction codes are written between ";" and "|": these must not be in them. */
static PltValueFault
check_restrictions (const char *restrictions)
{
  gboolean empty = TRUE;

  if (restrictions == NULL || *restrictions == '\0')
    return PLT_VALUE_OK;
  for (const char *at = restrictions; *at != '\0'; at++)
    {
      if (*at == ',' ? empty : !g_ascii_isgraph (*at) || *at == ';' || *at == '|')
        return PLT_VALUE_TEXT;
      empty = *at == ',';
    }

  return empty ? PLT_VALUE_TEXT : PLT_VALUE_OK;
}

/* *@entry stays NULL for a category that the map leaves out. */
static PltValueFault
read_entry (const PltFieldMapping  *mapping,
            JsonNode               *element,
            PltCategoryEntry      **entry)
{
  g_autofree char *raw = NULL;
  g_autofree char *restrictions = NULL;
  PltCategory category;
  PltDate from = { 0 };
  PltDate to = { 0 };
  PltValueFault fault = read_text_at (element, mapping->each_code, &raw);

  if (fault != PLT_VALUE_OK || raw == NULL)
    return fault != PLT_VALUE_OK ? fault : PLT_VALUE_MISSING;

  const char *code = mapping->map != NULL ? plt_field_mapping_look_up (mapping, raw) : raw;

  if (code != NULL && *code == '\0')
    return PLT_VALUE_OK;
  if (!plt_category_from_code (code, &category))
    return PLT_VALUE_WORD;
  if ((fault = read_date_at (mapping, element, mapping->each_from, &from)) != PLT_VALUE_OK ||
      (fault = read_date_at (mapping, element, mapping->each_to, &to)) != PLT_VALUE_OK ||
      (fault = read_restrictions (mapping, element, &restrictions)) != PLT_VALUE_OK ||
      (fault = check_restrictions (restrictions)) != PLT_VALUE_OK)
    return fault;
  if (plt_date_is_set (from) && plt_date_is_set (to) && plt_date_compare (to, from) < 0)
    return PLT_VALUE_ORDER;
  *entry = plt_category_entry_new (category, from, to, restrictions);

  return PLT_VALUE_OK;
}

/**
 * plt_answer_categories:
 * @mapping: the mapping of %PLT_FIELD_CATEGORIES
 * @node: what stands at its path
 * @value: (out) (nullable): the text form in the order of the enum; %NULL for none
 *
 * Returns: %PLT_VALUE_OK, or what is wrong with one of them
 */
PltValueFault
plt_answer_categories (const PltFieldMapping  *mapping,
                       JsonNode               *node,
                       char                  **value)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  PltCategoryEntry *entries[PLT_N_CATEGORIES] = { NULL };
  PltValueFault fault = PLT_VALUE_OK;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return PLT_VALUE_TYPE;

  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array) && fault == PLT_VALUE_OK; i++)
    {
      g_autoptr (PltCategoryEntry) entry = NULL;

      fault = read_entry (mapping, json_array_get_element (array, i), &entry);
      if (entry == NULL)
        continue;

      PltCategoryEntry **slot = &entries[entry->category];

      if (*slot != NULL)
        fault = PLT_VALUE_TWICE;
      else
        *slot = g_steal_pointer (&entry);
    }

  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    {
      if (entries[i] != NULL)
        g_ptr_array_add (sorted, entries[i]);
    }
  if (fault == PLT_VALUE_OK && sorted->len > 0)
    *value = plt_categories_to_text (sorted);
  g_ptr_array_set_free_func (sorted, (GDestroyNotify) plt_category_entry_free);

  return fault;
}
