/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "plt-registry-adapter.h"

G_BEGIN_DECLS

/* What can be wrong with a value, so that the message can say it without the value. */
typedef enum
{
  PLT_VALUE_OK,
  PLT_VALUE_MISSING,  /* it must be there */
  PLT_VALUE_TYPE,     /* a number where there must be text, … */
  PLT_VALUE_PART,     /* “take” finds nothing in it */
  PLT_VALUE_NAME,     /* a joined name that does not follow the adapter's rule */
  PLT_VALUE_DATE,     /* no date, or not in the adapter's format */
  PLT_VALUE_WORD,     /* not one of the words that are allowed */
  PLT_VALUE_TEXT,     /* control characters, or too long */
  PLT_VALUE_NUMBER,   /* out of range */
  PLT_VALUE_TWICE,    /* a category stands twice */
  PLT_VALUE_ORDER,    /* it ends before it begins */
  PLT_VALUE_FUTURE,   /* a day on which something happened is still to come */
  PLT_VALUE_MANY,     /* more rows than anybody has */
} PltValueFault;

PltValueFault plt_answer_value_read  (const PltFieldMapping  *mapping,
                                      JsonNode               *root,
                                      char                  **value,
                                      const char            **path);
PltValueFault plt_answer_value_date  (const PltDatePattern   *dates,
                                      const char             *text,
                                      char                  **value);
char         *plt_answer_value_text  (JsonNode               *node);
/* The values of a row. */
typedef enum
{
  PLT_COLUMN_DATE,
  PLT_COLUMN_PAST_DATE, /* on which something happened */
  PLT_COLUMN_NUMBER,
  PLT_COLUMN_WORD,     /* one of some, after the map */
  PLT_COLUMN_CATEGORY, /* after the map; one that it leaves out leaves the row out */
  PLT_COLUMN_TEXT,
} PltColumnKind;

typedef struct
{
  const char         *name; /* in “each” */
  PltColumnKind       kind;
  const char * const *words;
  gboolean            required;
} PltRowColumn;

const PltRowColumn *plt_answer_rows_columns (PltField field);

/* In plt-answer-categories.c, plt-answer-codes.c and plt-answer-rows.c. */
PltValueFault plt_answer_categories  (const PltFieldMapping  *mapping,
                                      JsonNode               *node,
                                      char                  **value);
PltValueFault plt_answer_rows        (const PltFieldMapping  *mapping,
                                      JsonNode               *node,
                                      char                  **value);
PltValueFault plt_answer_codes       (const PltFieldMapping  *mapping,
                                      JsonNode               *node,
                                      char                  **value);

G_END_DECLS
