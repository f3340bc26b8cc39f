/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings one field's value from a registry's own habit into the canonical form of plt-source.h. */
#include "plt-answer-value.h"

#include "plt-date.h"
#include "plt-field-mapping.h"
#include "plt-field-words.h"
#include "plt-json-text.h"

#include <math.h>
#include <string.h>

#define MAX_TEXT_CHARACTERS 500
#define MAX_AMOUNT (G_GINT64_CONSTANT (1000000000000))

/**
 * plt_answer_value_date:
 * @dates: how the registry writes dates
 * @text: what it wrote
 * @value: (out): YYYY-MM-DD; untouched on failure
 *
 * Returns: %PLT_VALUE_OK or %PLT_VALUE_DATE
 */
PltValueFault
plt_answer_value_date (const PltDatePattern  *dates,
                       const char            *text,
                       char                 **value)
{
  PltDate date;

  if (!plt_date_pattern_read (dates, text, &date))
    return PLT_VALUE_DATE;
  *value = plt_date_to_iso (date);

  return PLT_VALUE_OK;
}

/**
 * plt_answer_value_text:
 * @node: a node
 *
 * Returns: (transfer full) (nullable): text, whole number or truth as text; %NULL for anything else
 */
char *
plt_answer_value_text (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return g_strdup (json_node_get_string (node));
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      return NULL;
    }
}

static PltValueFault
append_text (GString    *text,
             const char *part,
             const char *join)
{
  if (part == NULL)
    return PLT_VALUE_TYPE;
  if (*part == '\0')
    return PLT_VALUE_OK;
  if (text->len > 0)
    g_string_append (text, join != NULL ? join : " ");
  g_string_append (text, part);

  return PLT_VALUE_OK;
}

/* A text, or with join an array of texts, added to what is there already. */
static PltValueFault
append_node (const PltFieldMapping *mapping,
             JsonNode              *node,
             GString               *text)
{
  PltValueFault fault = PLT_VALUE_OK;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autofree char *part = plt_answer_value_text (node);

      return append_text (text, part, mapping->join);
    }
  if (mapping->kind != PLT_FIELD_KIND_TEXT || mapping->join == NULL)
    return PLT_VALUE_TYPE;

  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array) && fault == PLT_VALUE_OK; i++)
    {
      g_autofree char *part = plt_answer_value_text (json_array_get_element (array, i));

      fault = append_text (text, part, mapping->join);
    }

  return fault;
}

/* NFC, no white space at the ends, one line; everything else stays as the registry writes it. */
static PltValueFault
read_text (const PltFieldMapping  *mapping,
           const char             *raw,
           char                  **value)
{
  g_autoptr (GString) lines = g_string_new (raw);

  g_string_replace (lines, "\r\n", "\n", 0);
  if (mapping->field == PLT_FIELD_ADDRESS)
    g_string_replace (lines, "\n", ", ", 0);

  g_autofree char *text = g_utf8_normalize (lines->str, -1, G_NORMALIZE_NFC);

  if (text == NULL || g_utf8_strlen (text, -1) > MAX_TEXT_CHARACTERS)
    return PLT_VALUE_TEXT;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (at));

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_SURROGATE ||
          type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED)
        return PLT_VALUE_TEXT;
    }
  *value = g_steal_pointer (&text);

  return PLT_VALUE_OK;
}

/* Digits, and for major units a point with one or two more: "12.5" is 1250 minor units. */
static gboolean
parse_amount (const char *text,
              gboolean    major_units,
              gint64     *amount)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", -1);
  guint n_parts = g_strv_length (parts);
  gint64 whole;

  if (n_parts == 0 || n_parts > (major_units ? 2 : 1) ||
      !g_ascii_string_to_signed (parts[0], 10, 0, MAX_AMOUNT, &whole, NULL) ||
      !g_ascii_isdigit (parts[0][0]))
    return FALSE;

  int cents = 0;

  if (n_parts == 2)
    {
      const char *decimals = parts[1];

      if (!g_ascii_isdigit (decimals[0]) ||
          (decimals[1] != '\0' && (!g_ascii_isdigit (decimals[1]) || decimals[2] != '\0')))
        return FALSE;
      cents = (decimals[0] - '0') * 10 + (decimals[1] != '\0' ? decimals[1] - '0' : 0);
    }
  *amount = major_units ? whole * 100 + cents : whole;

  return TRUE;
}

/* What the registry writes where it has no value, such as 9999-12-31 or "-". */
static gboolean
is_none_text (const PltFieldMapping *mapping,
              const char            *text)
{
  return mapping->none != NULL && text != NULL &&
         g_strv_contains ((const char * const *) mapping->none, text);
}

static gboolean
is_none (const PltFieldMapping *mapping,
         JsonNode              *node)
{
  g_autofree char *text = plt_answer_value_text (node);

  return is_none_text (mapping, text);
}

static gboolean
is_family_name (PltField field)
{
  return field == PLT_FIELD_FAMILY_NAME || field == PLT_FIELD_FAMILY_NAME_NATIVE;
}

static PltValueFault
read_part (const PltFieldMapping  *mapping,
           const char             *name,
           char                  **value)
{
  g_autofree char *family = NULL;
  g_autofree char *given = NULL;

  if (!plt_name_split (mapping->split, (const char * const *) mapping->particles, name, &family,
                       &given))
    return PLT_VALUE_NAME;

  const char *part = is_family_name (mapping->field) ? family : given;

  return *part != '\0' ? read_text (mapping, part, value) : PLT_VALUE_OK;
}

static PltValueFault
read_amount (const PltFieldMapping  *mapping,
             JsonNode               *node,
             char                  **value)
{
  g_autofree char *text = NULL;
  gint64 amount;

  if (is_none (mapping, node))
    return PLT_VALUE_OK;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      double major = json_node_get_double (node);
      double minor = round (major * 100);

      /* 0.29 is 28.999… hundredths as a double, so it is rounded, and checked to be near. */
      if (!mapping->major_units || !(major >= 0) || !(minor <= (double) MAX_AMOUNT) ||
          fabs (minor - major * 100) > 1e-4)
        return PLT_VALUE_NUMBER;
      *value = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) minor);
      return PLT_VALUE_OK;
    }

  text = plt_answer_value_text (node);
  if (text == NULL || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return PLT_VALUE_TYPE;
  if (*text == '\0')
    return PLT_VALUE_OK;
  if (json_node_get_value_type (node) == G_TYPE_STRING && !mapping->as_text)
    return PLT_VALUE_TYPE;
  if (!parse_amount (text, mapping->major_units, &amount))
    return PLT_VALUE_NUMBER;
  *value = g_strdup_printf ("%" G_GINT64_FORMAT, amount);

  return PLT_VALUE_OK;
}

/* (transfer full) (nullable): the group that matched, or the whole match; NULL if there is none. */
static char *
take_part (GRegex     *take,
           const char *raw)
{
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (take, raw, 0, &match))
    return NULL;

  return g_match_info_fetch (match, g_match_info_get_match_count (match) > 1 ? 1 : 0);
}

/* Nobody has lived here since tomorrow; a day more, because elsewhere it may be that day. */
static PltValueFault
read_date (const PltFieldMapping  *mapping,
           const char             *text,
           char                  **value)
{
  g_autofree char *iso = NULL;
  PltDate date;
  PltValueFault fault = plt_answer_value_date (mapping->dates, text, &iso);

  if (fault != PLT_VALUE_OK)
    return fault;
  if (mapping->field == PLT_FIELD_RESIDENT_SINCE && plt_date_parse_iso (iso, &date) &&
      plt_date_compare (date, plt_date_add_days (plt_date_today (), 1)) > 0)
    return PLT_VALUE_FUTURE;
  *value = g_steal_pointer (&iso);

  return PLT_VALUE_OK;
}

static PltValueFault
read_canonical (const PltFieldMapping  *mapping,
                const char             *raw,
                char                  **value)
{
  g_autofree char *part = NULL;
  const char *mapped = raw;

  if (is_none_text (mapping, raw))
    return PLT_VALUE_OK;
  if (mapping->take != NULL)
    {
      mapped = raw = part = take_part (mapping->take, raw);
      if (raw == NULL)
        return PLT_VALUE_PART;
    }
  if (mapping->map != NULL)
    {
      mapped = plt_field_mapping_look_up (mapping, raw);
      if (mapped == NULL)
        return PLT_VALUE_WORD;
      if (*mapped == '\0')
        return PLT_VALUE_OK;
    }
  if (mapping->kind == PLT_FIELD_KIND_DATE)
    return read_date (mapping, mapped, value);
  if (mapping->is_split)
    return read_part (mapping, mapped, value);
  if (mapping->kind == PLT_FIELD_KIND_TEXT)
    return read_text (mapping, mapped, value);

  if (!plt_field_words_has (mapping->kind, mapped))
    return PLT_VALUE_WORD;
  *value = g_strdup (mapped);

  return PLT_VALUE_OK;
}

/* All kinds that are written as text, possibly in several places. */
static PltValueFault
read_texts (const PltFieldMapping  *mapping,
            JsonNode               *root,
            char                  **value,
            const char            **path)
{
  g_autoptr (GString) raw = g_string_new (NULL);

  for (char **at = mapping->paths; *at != NULL; at++)
    {
      JsonNode *node = plt_json_text_find (root, *at);
      PltValueFault fault = node != NULL ? append_node (mapping, node, raw) : PLT_VALUE_OK;

      *path = *at;
      if (fault != PLT_VALUE_OK)
        return fault;
    }

  g_autofree char *stripped = g_strstrip (g_strdup (raw->str));

  return *stripped != '\0' ? read_canonical (mapping, stripped, value) : PLT_VALUE_OK;
}

/**
 * plt_answer_value_read:
 * @mapping: where the field stands and how it is written
 * @root: (nullable): the person's node
 * @value: (out) (nullable): the canonical value, or %NULL if the registry has none
 * @path: (out): the pointer at which a fault was found
 *
 * Returns: %PLT_VALUE_OK, or what is wrong
 */
PltValueFault
plt_answer_value_read (const PltFieldMapping  *mapping,
                       JsonNode               *root,
                       char                  **value,
                       const char            **path)
{
  JsonNode *node = plt_json_text_find (root, mapping->paths[0]);
  PltValueFault fault = PLT_VALUE_OK;

  *value = NULL;
  *path = mapping->paths[0];
  switch (mapping->kind)
    {
    case PLT_FIELD_KIND_CATEGORIES:
      if (node != NULL)
        fault = plt_answer_categories (mapping, node, value);
      break;
    case PLT_FIELD_KIND_CODES:
      if (node != NULL)
        fault = plt_answer_codes (mapping, node, value);
      break;
    case PLT_FIELD_KIND_ROWS:
      if (node != NULL)
        fault = plt_answer_rows (mapping, node, value);
      break;
    case PLT_FIELD_KIND_COUNT:
    case PLT_FIELD_KIND_MONEY:
      if (node != NULL)
        fault = read_amount (mapping, node, value);
      break;
    default:
      fault = read_texts (mapping, root, value, path);
    }
  if (fault == PLT_VALUE_OK && mapping->required && *value == NULL)
    return PLT_VALUE_MISSING;

  return fault;
}
