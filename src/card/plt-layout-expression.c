/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluates the small expressions of layouts for one card. */
#include "plt-layout-expression-private.h"

#include "plt-card-fields.h"

#include <math.h>
#include <string.h>

void
plt_expression_free (PltExpression *self)
{
  plt_value_clear (&self->constant);
  g_free (self->field);
  g_clear_pointer (&self->arguments, g_ptr_array_unref);
  g_free (self);
}

PltValueType
plt_expression_get_value_type (PltExpression *self)
{
  return self->type;
}

static gboolean
is_any (const char *field,
        gpointer    data)
{
  return TRUE;
}

/* Returns: (transfer none) (nullable): the first value of the card that it asks for. */
const char *
plt_expression_get_field (PltExpression *self)
{
  return plt_expression_find_field (self, is_any, NULL);
}

/* Returns: (transfer none) (nullable): the first value that it asks for and for which @test holds. */
const char *
plt_expression_find_field (PltExpression *self,
                           gboolean     (*test) (const char *field, gpointer data),
                           gpointer       data)
{
  if (self->op == OP_FIELD && test (self->field, data))
    return self->field;
  for (guint i = 0; i < self->arguments->len; i++)
    {
      const char *field = plt_expression_find_field (g_ptr_array_index (self->arguments, i), test,
                                                     data);

      if (field != NULL)
        return field;
    }
  return NULL;
}

static void evaluate (PltExpression *self, PltCardInputs *inputs, PltValue *value);

static void
evaluate_field (PltExpression *self,
                PltCardInputs *inputs,
                PltValue      *value)
{
  value->text = plt_card_field_dup_value (self->field, inputs);
  if (value->text == NULL)
    value->text = g_strdup ("");
  if (self->type == PLT_VALUE_DATE && !plt_date_parse_iso (value->text, &value->date))
    value->date = (PltDate) { 0 };
}

static void
evaluate_call (PltExpression *self,
               PltCardInputs *inputs,
               PltValue      *value)
{
  PltValue arguments[PLT_FUNCTION_MOST_ARGUMENTS] = { 0 };

  for (guint i = 0; i < self->arguments->len; i++)
    evaluate (g_ptr_array_index (self->arguments, i), inputs, &arguments[i]);
  self->function->call (arguments, self->arguments->len, inputs, value);
  for (guint i = 0; i < self->arguments->len; i++)
    plt_value_clear (&arguments[i]);
}

/* Below, equal or above zero, as a compared with b; FALSE where one of them is not there. */
static gboolean
compare_values (const PltValue *a,
                const PltValue *b,
                int            *order)
{
  switch (a->type)
    {
    case PLT_VALUE_TEXT:
      *order = strcmp (a->text, b->text);
      return TRUE;
    case PLT_VALUE_NUMBER:
      *order = (a->number > b->number) - (a->number < b->number);
      return !isnan (a->number) && !isnan (b->number);
    case PLT_VALUE_DATE:
      *order = plt_date_compare (a->date, b->date);
      return plt_date_is_set (a->date) && plt_date_is_set (b->date);
    case PLT_VALUE_TRUTH:
    default:
      *order = (a->truth != 0) - (b->truth != 0);
      return TRUE;
    }
}

static gboolean
evaluate_comparison (PltExpression *self,
                     PltCardInputs *inputs)
{
  g_auto (PltValue) a = { 0 }, b = { 0 };
  int order = 0;

  evaluate (g_ptr_array_index (self->arguments, 0), inputs, &a);
  evaluate (g_ptr_array_index (self->arguments, 1), inputs, &b);
  if (!compare_values (&a, &b, &order))
    return self->op == OP_NOT_EQUAL;
  switch (self->op)
    {
    case OP_EQUAL: return order == 0;
    case OP_NOT_EQUAL: return order != 0;
    case OP_LESS: return order < 0;
    case OP_LESS_OR_EQUAL: return order <= 0;
    case OP_MORE: return order > 0;
    case OP_MORE_OR_EQUAL:
    case OP_CONSTANT:
    case OP_FIELD:
    case OP_CALL:
    case OP_OR:
    case OP_AND:
    case OP_NOT:
    default: return order >= 0;
    }
}

static gboolean
evaluate_truth (PltExpression *self,
                guint          index,
                PltCardInputs *inputs)
{
  g_auto (PltValue) value = { 0 };

  evaluate (g_ptr_array_index (self->arguments, index), inputs, &value);
  return value.truth;
}

static void
evaluate (PltExpression *self,
          PltCardInputs *inputs,
          PltValue      *value)
{
  value->type = self->type;
  switch (self->op)
    {
    case OP_CONSTANT:
      *value = self->constant;
      value->text = g_strdup (self->constant.text);
      break;
    case OP_FIELD: evaluate_field (self, inputs, value); break;
    case OP_CALL: evaluate_call (self, inputs, value); break;
    case OP_OR:
      value->truth = evaluate_truth (self, 0, inputs) || evaluate_truth (self, 1, inputs);
      break;
    case OP_AND:
      value->truth = evaluate_truth (self, 0, inputs) && evaluate_truth (self, 1, inputs);
      break;
    case OP_NOT: value->truth = !evaluate_truth (self, 0, inputs); break;
    case OP_EQUAL:
    case OP_NOT_EQUAL:
    case OP_LESS:
    case OP_LESS_OR_EQUAL:
    case OP_MORE:
    case OP_MORE_OR_EQUAL:
    default:
      value->truth = evaluate_comparison (self, inputs);
      break;
    }
}

/* Returns: (transfer full): as a card shows it; "" when there is nothing to show. */
char *
plt_expression_get_text (PltExpression *self,
                         PltCardInputs *inputs)
{
  g_auto (PltValue) value = { 0 };

  evaluate (self, inputs, &value);
  return plt_value_to_text (&value);
}

gboolean
plt_expression_get_truth (PltExpression *self,
                          PltCardInputs *inputs)
{
  g_auto (PltValue) value = { 0 };

  evaluate (self, inputs, &value);
  return plt_value_is_there (&value);
}
