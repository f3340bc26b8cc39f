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
} PltValueFault;

PltValueFault plt_answer_value_read  (const PltFieldMapping  *mapping,
                                      JsonNode               *root,
                                      char                  **value,
                                      const char            **path);
PltValueFault plt_answer_value_date  (const PltDatePattern   *dates,
                                      const char             *text,
                                      char                  **value);
char         *plt_answer_value_text  (JsonNode               *node);
/* In plt-answer-categories.c and plt-answer-codes.c. */
PltValueFault plt_answer_categories  (const PltFieldMapping  *mapping,
                                      JsonNode               *node,
                                      char                  **value);
PltValueFault plt_answer_codes       (const PltFieldMapping  *mapping,
                                      JsonNode               *node,
                                      char                  **value);

G_END_DECLS
