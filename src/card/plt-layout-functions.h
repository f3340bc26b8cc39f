/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of expressions in layouts, and the functions that may be called there. */
#pragma once

#include "plt-date.h"
#include "plt-layout-expression.h"

G_BEGIN_DECLS

#define PLT_FUNCTION_MOST_ARGUMENTS 8

typedef struct
{
  PltValueType  type;
  char         *text;   /* of a text; of a date that is none, as it was given */
  double        number; /* NAN: cannot be told */
  PltDate       date;
  gboolean      truth;
} PltValue;

typedef void (*PltFunctionCall) (const PltValue  *arguments,
                                 guint            n,
                                 PltCardInputs   *inputs,
                                 PltValue        *result);

/* @arguments: one letter each: t text, n number, d date, b truth, * any; the last may be repeated
 * where @repeats. A result of "*" has the type of the last argument. */
typedef struct
{
  const char      *name;
  const char      *arguments;
  gboolean         repeats;
  char             result;
  PltFunctionCall  call;
} PltFunction;

const PltFunction *plt_function_find        (const char      *name);
char              *plt_functions_dup_names  (void);
gboolean           plt_date_format_is_valid (const char      *format);
char              *plt_date_to_format       (PltDate          date,
                                             const char      *format);
void               plt_value_clear          (PltValue        *value);
char              *plt_value_to_text        (const PltValue  *value);
gboolean           plt_value_is_there       (const PltValue  *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PltValue, plt_value_clear)

G_END_DECLS
