/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an array of offences, driving tests or medical certificates into text: rows separated by |,
 * their values by ; in the order in which the rules of law read them. */
#include "plt-answer-value.h"

#include "plt-category.h"
#include "plt-date.h"
#include "plt-field-mapping.h"
#include "plt-json-text.h"

#include <string.h>

#define LONGEST_TEXT 60
#define MOST_ROWS 500

static const char * const parts[] = { "theory", "practical", NULL };
static const char * const results[] = { "passed", "failed", NULL };
static const char * const groups[] = { "1", "2", NULL };
static const char * const fitness[] = { "fit", "unfit", NULL };

static const PltRowColumn offences[] = {
  { "date", PLT_COLUMN_PAST_DATE, NULL, TRUE },
  { "points", PLT_COLUMN_NUMBER, NULL, TRUE },
  { "code", PLT_COLUMN_TEXT, NULL, FALSE },
  { NULL, PLT_COLUMN_TEXT, NULL, FALSE },
};

static const PltRowColumn tests[] = {
  { "code", PLT_COLUMN_CATEGORY, NULL, TRUE },
  { "kind", PLT_COLUMN_WORD, parts, TRUE },
  { "date", PLT_COLUMN_PAST_DATE, NULL, TRUE },
  { "result", PLT_COLUMN_WORD, results, TRUE },
  { "examiner", PLT_COLUMN_TEXT, NULL, FALSE },
  { NULL, PLT_COLUMN_TEXT, NULL, FALSE },
};

static const PltRowColumn medicals[] = {
  { "group", PLT_COLUMN_WORD, groups, TRUE },
  { "from", PLT_COLUMN_PAST_DATE, NULL, FALSE },
  { "to", PLT_COLUMN_DATE, NULL, TRUE },
  { "result", PLT_COLUMN_WORD, fitness, TRUE },
  { NULL, PLT_COLUMN_TEXT, NULL, FALSE },
};

/* (nullable): the columns of such a field, up to one without a name */
const PltRowColumn *
plt_answer_rows_columns (PltField field)
{
  switch (field)
    {
    case PLT_FIELD_OFFENCES:
      return offences;
    case PLT_FIELD_TESTS:
      return tests;
    case PLT_FIELD_MEDICALS:
      return medicals;
    default:
      return NULL;
    }
}

/* What separates values and rows cannot be in them, nor can what no text has. */
static PltValueFault
take_text (const char *text,
           GString    *row)
{
  if (strlen (text) > LONGEST_TEXT || strpbrk (text, ";|") != NULL)
    return PLT_VALUE_TEXT;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return PLT_VALUE_TEXT;
  g_string_append (row, text);

  return PLT_VALUE_OK;
}

/* What happened has happened; a day more, because elsewhere it may be tomorrow. */
static PltValueFault
take_date (const PltFieldMapping *mapping,
           const PltRowColumn    *column,
           const char            *text,
           GString               *row)
{
  g_autofree char *iso = NULL;
  PltDate date;
  PltValueFault fault = plt_answer_value_date (mapping->dates, text, &iso);

  if (fault != PLT_VALUE_OK)
    return fault;
  if (column->kind == PLT_COLUMN_PAST_DATE && plt_date_parse_iso (iso, &date) &&
      plt_date_compare (date, plt_date_add_days (plt_date_today (), 1)) > 0)
    return PLT_VALUE_FUTURE;
  g_string_append (row, iso);

  return PLT_VALUE_OK;
}

/* *@left_out is set for a category that the map leaves out. */
static PltValueFault
take_category (const char *text,
               GString    *row,
               gboolean   *left_out)
{
  PltCategory category;

  *left_out = *text == '\0';
  if (!*left_out && !plt_category_from_code (text, &category))
    return PLT_VALUE_WORD;
  g_string_append (row, text);

  return PLT_VALUE_OK;
}

static PltValueFault
take_value (const PltFieldMapping *mapping,
            const PltRowColumn    *column,
            const char            *raw,
            GString               *row,
            gboolean              *left_out)
{
  gboolean has_words = column->kind == PLT_COLUMN_WORD || column->kind == PLT_COLUMN_CATEGORY;
  const char *text = has_words && mapping->map != NULL ? plt_field_mapping_look_up (mapping, raw) : raw;
  guint64 number;

  if (text == NULL)
    return PLT_VALUE_WORD;
  switch (column->kind)
    {
    case PLT_COLUMN_DATE:
    case PLT_COLUMN_PAST_DATE:
      return take_date (mapping, column, raw, row);
    case PLT_COLUMN_NUMBER:
      if (!g_ascii_string_to_unsigned (raw, 10, 0, 999, &number, NULL))
        return PLT_VALUE_NUMBER;
      g_string_append_printf (row, "%" G_GUINT64_FORMAT, number);
      return PLT_VALUE_OK;
    case PLT_COLUMN_WORD:
      if (!g_strv_contains (column->words, text))
        return PLT_VALUE_WORD;
      g_string_append (row, text);
      return PLT_VALUE_OK;
    case PLT_COLUMN_CATEGORY:
      return take_category (text, row, left_out);
    default:
      return take_text (text, row);
    }
}

static gboolean
is_none (const PltFieldMapping *mapping,
         const char            *raw)
{
  return raw == NULL || *raw == '\0' ||
         (mapping->none != NULL && g_strv_contains ((const char * const *) mapping->none, raw));
}

/* A medical certificate that ends before it was made is none. */
static PltValueFault
check_order (const PltFieldMapping *mapping,
             const char            *row)
{
  g_auto (GStrv) values = g_strsplit (row, ";", -1);

  return mapping->field == PLT_FIELD_MEDICALS && *values[1] != '\0' &&
                 strcmp (values[2], values[1]) < 0
           ? PLT_VALUE_ORDER
           : PLT_VALUE_OK;
}

static PltValueFault
read_row (const PltFieldMapping *mapping,
          JsonNode              *element,
          GString               *row,
          gboolean              *left_out)
{
  const PltRowColumn *columns = plt_answer_rows_columns (mapping->field);

  for (int i = 0; columns[i].name != NULL; i++)
    {
      const char *pointer = mapping->each_columns[i];
      JsonNode *node = pointer != NULL ? plt_json_text_find (element, pointer) : NULL;
      g_autofree char *raw = node != NULL ? plt_answer_value_text (node) : NULL;
      gboolean out = FALSE;

      if (i > 0)
        g_string_append_c (row, ';');
      if (node != NULL && raw == NULL)
        return PLT_VALUE_TYPE;
      if (is_none (mapping, raw))
        {
          if (columns[i].required)
            return PLT_VALUE_MISSING;
          continue;
        }

      PltValueFault fault = take_value (mapping, &columns[i], raw, row, &out);

      if (fault != PLT_VALUE_OK)
        return fault;
      *left_out = *left_out || out;
    }

  return check_order (mapping, row->str);
}

/**
 * plt_answer_rows:
 * @mapping: the mapping of a field of rows
 * @node: what stands at its path
 * @value: (out) (nullable): the text form; %NULL for none
 *
 * Returns: %PLT_VALUE_OK, or what is wrong with one of them
 */
PltValueFault
plt_answer_rows (const PltFieldMapping  *mapping,
                 JsonNode               *node,
                 char                  **value)
{
  g_autoptr (GString) rows = g_string_new (NULL);

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return PLT_VALUE_TYPE;

  JsonArray *array = json_node_get_array (node);

  if (json_array_get_length (array) > MOST_ROWS)
    return PLT_VALUE_MANY;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (GString) row = g_string_new (NULL);
      gboolean left_out = FALSE;
      PltValueFault fault = read_row (mapping, json_array_get_element (array, i), row, &left_out);

      if (fault != PLT_VALUE_OK)
        return fault;
      if (!left_out)
        g_string_append_printf (rows, "%s%s", rows->len > 0 ? "|" : "", row->str);
    }
  if (rows->len > 0)
    *value = g_string_free (g_steal_pointer (&rows), FALSE);

  return PLT_VALUE_OK;
}
