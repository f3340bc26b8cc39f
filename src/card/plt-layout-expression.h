/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small expressions by which a layout binds to a card's data, such as
 * "age(birth_date, issue_date) < 18 and not category('B')". Every value has a type that is known
 * when the layout is loaded, so a wrong expression is refused there and none fails on a card. */
#pragma once

#include "plt-card-inputs.h"

G_BEGIN_DECLS

/**
 * PltValueType:
 * @PLT_VALUE_TEXT: a text; one that the card does not have is empty
 * @PLT_VALUE_NUMBER: a number; one that cannot be told is unlike every other
 * @PLT_VALUE_DATE: a day; one that the card does not have is unlike every other
 * @PLT_VALUE_TRUTH: yes or no
 */
typedef enum
{
  PLT_VALUE_TEXT,
  PLT_VALUE_NUMBER,
  PLT_VALUE_DATE,
  PLT_VALUE_TRUTH,
} PltValueType;

typedef struct _PltExpression PltExpression;

PltExpression *plt_expression_parse           (const char     *source,
                                               char          **problem);
PltExpression *plt_expression_parse_start     (const char     *source,
                                               const char    **end,
                                               char          **problem);
void           plt_expression_free            (PltExpression  *self);
PltValueType   plt_expression_get_value_type  (PltExpression  *self);
const char    *plt_expression_get_field       (PltExpression  *self);
const char    *plt_expression_find_field      (PltExpression  *self,
                                               gboolean      (*test) (const char *field, gpointer data),
                                               gpointer        data);
char          *plt_expression_get_text        (PltExpression  *self,
                                               PltCardInputs  *inputs);
gboolean       plt_expression_get_truth       (PltExpression  *self,
                                               PltCardInputs  *inputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltExpression, plt_expression_free)

G_END_DECLS
