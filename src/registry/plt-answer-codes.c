/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads which categories were withdrawn: codes in a text, in an array, or in an array of objects. */
#include "plt-answer-value.h"

#include "plt-category.h"
#include "plt-field-mapping.h"
#include "plt-field-words.h"
#include "plt-json-text.h"

#include <string.h>

typedef struct
{
  gboolean all;
  gboolean has[PLT_N_CATEGORIES];
} Codes;

static PltValueFault
add_code (const PltFieldMapping *mapping,
          const char            *raw,
          Codes                 *codes)
{
  const char *code = mapping->map != NULL ? plt_field_mapping_look_up (mapping, raw) : raw;
  PltCategory category;

  if (mapping->none != NULL && g_strv_contains ((const char * const *) mapping->none, raw))
    return PLT_VALUE_OK;
  if (code != NULL && *code == '\0')
    return PLT_VALUE_OK;
  if (g_strcmp0 (code, PLT_FIELD_WORD_ALL) == 0)
    codes->all = TRUE;
  else if (plt_category_from_code (code, &category))
    codes->has[category] = TRUE;
  else
    return PLT_VALUE_WORD;

  return PLT_VALUE_OK;
}

/* "B, CE": as people write lists. */
static PltValueFault
add_text (const PltFieldMapping *mapping,
          JsonNode              *node,
          Codes                 *codes)
{
  g_autofree char *text = plt_answer_value_text (node);
  g_auto (GStrv) words = text != NULL ? g_strsplit_set (text, ",;| ", -1) : NULL;
  PltValueFault fault = PLT_VALUE_OK;

  if (text == NULL || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return PLT_VALUE_TYPE;
  for (char **word = words; *word != NULL && fault == PLT_VALUE_OK; word++)
    if (**word != '\0')
      fault = add_code (mapping, *word, codes);

  return fault;
}

static PltValueFault
add_element (const PltFieldMapping *mapping,
             JsonNode              *element,
             Codes                 *codes)
{
  JsonNode *node = mapping->each_code != NULL ? plt_json_text_find (element, mapping->each_code)
                                              : element;

  if (node == NULL)
    return PLT_VALUE_MISSING;

  return add_text (mapping, node, codes);
}

static char *
to_text (const Codes *codes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (codes->all)
    return g_strdup (PLT_FIELD_WORD_ALL);
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    if (codes->has[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                              plt_category_to_code ((PltCategory) i));

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/**
 * plt_answer_codes:
 * @mapping: the mapping of %PLT_FIELD_WITHDRAWN
 * @node: what stands at its path
 * @value: (out) (nullable): codes in the order of the enum with commas between them, each once, or
 *   ALL; %NULL for none
 *
 * One category may have been withdrawn more than once, so that a code may stand there twice.
 *
 * Returns: %PLT_VALUE_OK, or what is wrong with one of them
 */
PltValueFault
plt_answer_codes (const PltFieldMapping  *mapping,
                  JsonNode               *node,
                  char                  **value)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  Codes codes = { FALSE, { FALSE } };
  PltValueFault fault = PLT_VALUE_OK;

  if (array == NULL && mapping->each_code != NULL)
    return PLT_VALUE_TYPE;
  if (array == NULL)
    fault = add_text (mapping, node, &codes);
  for (guint i = 0; array != NULL && i < json_array_get_length (array) && fault == PLT_VALUE_OK; i++)
    fault = add_element (mapping, json_array_get_element (array, i), &codes);
  if (fault == PLT_VALUE_OK)
    *value = to_text (&codes);

  return fault;
}
