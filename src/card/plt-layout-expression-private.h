/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An expression as it was read: a tree. Private to the two files that read and evaluate it. */
#pragma once

#include "plt-layout-expression.h"
#include "plt-layout-functions.h"

G_BEGIN_DECLS

typedef enum
{
  OP_CONSTANT,
  OP_FIELD,
  OP_CALL,
  OP_OR,
  OP_AND,
  OP_NOT,
  OP_EQUAL,
  OP_NOT_EQUAL,
  OP_LESS,
  OP_LESS_OR_EQUAL,
  OP_MORE,
  OP_MORE_OR_EQUAL,
} Op;

struct _PltExpression
{
  Op                 op;
  PltValueType       type;
  PltValue           constant;
  char              *field;
  const PltFunction *function;
  GPtrArray         *arguments; /* of PltExpression */
};

G_END_DECLS
