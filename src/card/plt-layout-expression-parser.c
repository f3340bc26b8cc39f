/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the small expressions of layouts:
 *
 *   either     = both { "or" both }
 *   both       = not { "and" not }
 *   not        = "not" not | compared
 *   compared   = plain [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) plain ]
 *   plain      = 'text' | number | "yes" | "no" | value | function "(" [ either { "," either } ] ")"
 *              | "(" either ")"
 *
 * A quote in a text stands twice. A text next to a date is read as a day, '2026-03-31'. */
#include "plt-layout-expression-private.h"

#include "plt-card-fields.h"
#include "plt-layout-members.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_BYTES 1000
#define MOST_DEPTH 24

typedef struct
{
  const char *source;
  const char *at;
  int         depth;
  char       *problem;
} Parser;

static PltExpression *parse_either (Parser *parser);

static PltExpression *
expression_new (Op           op,
                PltValueType type)
{
  PltExpression *self = g_new0 (PltExpression, 1);

  self->op = op;
  self->type = type;
  self->constant.type = type;
  self->arguments = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_expression_free);
  return self;
}

/* Returns: NULL, always. The first problem stays: what follows comes from it. */
static gpointer fail (Parser *parser, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gpointer
fail (Parser     *parser,
      const char *format,
      ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  if (parser->problem == NULL)
    /* Translators: what is wrong in an expression, and at which of its characters. */
    parser->problem = g_strdup_printf (_("%s (at character %ld)"), what,
                                       g_utf8_pointer_to_offset (parser->source, parser->at) + 1);
  return NULL;
}

static void
skip_space (Parser *parser)
{
  while (*parser->at == ' ')
    parser->at++;
}

static gboolean
take (Parser     *parser,
      const char *sign)
{
  skip_space (parser);
  if (!g_str_has_prefix (parser->at, sign))
    return FALSE;
  parser->at += strlen (sign);
  return TRUE;
}

static gsize
count_word (const char *at)
{
  gsize n = 0;

  if (!g_ascii_isalpha (*at))
    return 0;
  while (g_ascii_isalnum (at[n]) || at[n] == '_')
    n++;
  return n;
}

static gboolean
take_word (Parser     *parser,
           const char *word)
{
  skip_space (parser);
  if (count_word (parser->at) != strlen (word) || !g_str_has_prefix (parser->at, word))
    return FALSE;
  parser->at += strlen (word);
  return TRUE;
}

static PltExpression *
parse_text (Parser *parser)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PltExpression *self;
  const char *p = parser->at + 1;

  for (; *p != '\0'; p++)
    {
      if (*p == '\'' && p[1] != '\'')
        break;
      if (*p == '\'')
        p++;
      g_string_append_c (text, *p);
    }
  if (*p == '\0')
    return fail (parser, _("a text has no second “'”"));
  parser->at = p + 1;
  self = expression_new (OP_CONSTANT, PLT_VALUE_TEXT);
  self->constant.text = g_string_free (g_steal_pointer (&text), FALSE);
  return self;
}

static PltExpression *
parse_number (Parser *parser)
{
  char *end = NULL;
  double number = g_ascii_strtod (parser->at, &end);
  PltExpression *self;

  if (end == parser->at || !isfinite (number) || fabs (number) > 1e9
      || strspn (parser->at, "0123456789.-") != (gsize) (end - parser->at))
    return fail (parser, _("this is not a number"));
  parser->at = end;
  self = expression_new (OP_CONSTANT, PLT_VALUE_NUMBER);
  self->constant.number = number;
  return self;
}

static PltExpression *
make_truth (gboolean truth)
{
  PltExpression *self = expression_new (OP_CONSTANT, PLT_VALUE_TRUTH);

  self->constant.truth = truth;
  return self;
}

static PltExpression *
make_field (Parser     *parser,
            const char *name)
{
  g_auto (GStrv) known = NULL;
  const char *nearest;
  PltExpression *self;

  if (!plt_card_field_is_known (name))
    {
      known = plt_card_field_dup_names ();
      nearest = plt_layout_find_nearest (name, (const char *const *) known);
      if (nearest != NULL)
        return fail (parser, _("“%s” is not the name of a value; “%s” may be meant"), name, nearest);
      return fail (parser, _("“%s” is not the name of a value"), name);
    }
  self = expression_new (OP_FIELD, plt_card_field_is_date (name) ? PLT_VALUE_DATE : PLT_VALUE_TEXT);
  self->field = g_strdup (name);
  return self;
}

/* A text in the place of a date is one, where it can be read so. */
static gboolean
to_date (PltExpression *self)
{
  PltDate date;

  if (self->op != OP_CONSTANT || self->type != PLT_VALUE_TEXT
      || !plt_date_parse_iso (self->constant.text, &date))
    return FALSE;
  plt_value_clear (&self->constant);
  self->type = self->constant.type = PLT_VALUE_DATE;
  self->constant.date = date;
  return TRUE;
}

static const char *
get_type_words (char type)
{
  switch (type)
    {
    case 't': return _("a text");
    case 'n': return _("a number");
    case 'd': return _("a date");
    default: return _("yes or no");
    }
}

static char
to_letter (PltValueType type)
{
  return "tndb"[type];
}

static PltValueType
from_letter (char letter)
{
  return (PltValueType) (strchr ("tndb", letter) - "tndb");
}

static char
get_wanted_type (const PltFunction *function,
                 guint              index)
{
  gsize n = strlen (function->arguments);

  return function->arguments[MIN (index, n - 1)];
}

static gboolean
check_argument (Parser             *parser,
                const PltFunction  *function,
                PltExpression      *argument,
                guint               index)
{
  char wanted = get_wanted_type (function, index);

  if (wanted == '*' || wanted == to_letter (argument->type))
    return TRUE;
  if (wanted == 'd' && to_date (argument))
    return TRUE;
  /* Translators: the number of an argument, a function, and what it has to be. */
  fail (parser, _("argument %u of “%s” must be %s"), index + 1, function->name,
        get_type_words (wanted));
  return FALSE;
}

/* The result of "if" and "default" has one type, so those that it may be have the same. */
static gboolean
check_results (Parser        *parser,
               PltExpression *self)
{
  PltExpression *last = g_ptr_array_index (self->arguments, self->arguments->len - 1);

  if (self->function->result != '*')
    return TRUE;
  for (guint i = 0; i < self->arguments->len; i++)
    if (get_wanted_type (self->function, i) == '*'
        && ((PltExpression *) g_ptr_array_index (self->arguments, i))->type != last->type)
      {
        fail (parser, _("the results of “%s” must be of one kind"), self->function->name);
        return FALSE;
      }
  self->type = last->type;
  return TRUE;
}

static gboolean
check_call (Parser        *parser,
            PltExpression *self)
{
  const PltFunction *function = self->function;
  guint n = self->arguments->len, wanted = (guint) strlen (function->arguments);
  PltExpression *format;

  if (function->repeats ? n < wanted : n != wanted)
    {
      fail (parser, function->repeats ? _("“%s” must have %u arguments or more, not %u")
                                      : _("“%s” must have %u arguments, not %u"),
            function->name, wanted, n);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (!check_argument (parser, function, g_ptr_array_index (self->arguments, i), i))
      return FALSE;
  if (!check_results (parser, self) || !g_str_equal (function->name, "date"))
    return parser->problem == NULL;
  format = g_ptr_array_index (self->arguments, 1);
  if (format->op == OP_CONSTANT && plt_date_format_is_valid (format->constant.text))
    return TRUE;
  fail (parser, _("the form of a date must be made of DD, MM, YYYY and YY"));
  return FALSE;
}

static PltExpression *
parse_call (Parser     *parser,
            const char *name)
{
  g_autoptr (PltExpression) self = NULL;
  const PltFunction *function = plt_function_find (name);
  g_autofree char *names = NULL;

  if (function == NULL)
    {
      names = plt_functions_dup_names ();
      return fail (parser, _("there is no function “%s”; there are %s"), name, names);
    }
  self = expression_new (OP_CALL, function->result != '*' ? from_letter (function->result)
                                                          : PLT_VALUE_TEXT);
  self->function = function;
  if (!take (parser, ")"))
    {
      do
        {
          PltExpression *argument = parse_either (parser);

          if (argument == NULL)
            return NULL;
          g_ptr_array_add (self->arguments, argument);
          if (self->arguments->len > PLT_FUNCTION_MOST_ARGUMENTS)
            return fail (parser, _("a function has %d arguments at most"),
                         PLT_FUNCTION_MOST_ARGUMENTS);
        }
      while (take (parser, ","));
      if (!take (parser, ")"))
        return fail (parser, _("a “)” or “,” is missing"));
    }
  return check_call (parser, self) ? g_steal_pointer (&self) : NULL;
}

static PltExpression *
parse_plain (Parser *parser)
{
  PltExpression *self;
  gsize length;

  skip_space (parser);
  length = count_word (parser->at);
  if (length > 0)
    {
      g_autofree char *name = g_strndup (parser->at, length);

      if (take_word (parser, "yes"))
        return make_truth (TRUE);
      if (take_word (parser, "no"))
        return make_truth (FALSE);
      parser->at += length;
      if (take (parser, "("))
        return parse_call (parser, name);
      return make_field (parser, name);
    }
  if (*parser->at == '\'')
    return parse_text (parser);
  if (g_ascii_isdigit (*parser->at) || *parser->at == '-')
    return parse_number (parser);
  if (!take (parser, "("))
    return fail (parser, _("a value, a text in 'quotes', a number or a function is missing"));
  self = parse_either (parser);
  if (self == NULL || take (parser, ")"))
    return self;
  plt_expression_free (self);
  return fail (parser, _("a “)” is missing"));
}

static gboolean
take_comparison (Parser *parser,
                 Op     *op)
{
  static const struct
  {
    const char *sign;
    Op          op;
  } signs[] = {
    { "!=", OP_NOT_EQUAL }, { "<=", OP_LESS_OR_EQUAL }, { ">=", OP_MORE_OR_EQUAL },
    { "==", OP_EQUAL }, { "=", OP_EQUAL }, { "<", OP_LESS }, { ">", OP_MORE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (take (parser, signs[i].sign))
      {
        *op = signs[i].op;
        return TRUE;
      }
  return FALSE;
}

static gboolean
check_comparison (Parser        *parser,
                  Op             op,
                  PltExpression *left,
                  PltExpression *right)
{
  if (left->type == PLT_VALUE_DATE)
    to_date (right);
  else if (right->type == PLT_VALUE_DATE)
    to_date (left);
  if (left->type != right->type)
    {
      fail (parser, _("%s cannot be compared with %s"), get_type_words (to_letter (left->type)),
            get_type_words (to_letter (right->type)));
      return FALSE;
    }
  if (op <= OP_NOT_EQUAL || left->type == PLT_VALUE_NUMBER || left->type == PLT_VALUE_DATE)
    return TRUE;
  fail (parser, _("only numbers and dates can be larger or smaller"));
  return FALSE;
}

static PltExpression *
make_pair (Op             op,
           PltExpression *left,
           PltExpression *right)
{
  PltExpression *self = expression_new (op, PLT_VALUE_TRUTH);

  g_ptr_array_add (self->arguments, left);
  if (right != NULL)
    g_ptr_array_add (self->arguments, right);
  return self;
}

static PltExpression *
parse_compared (Parser *parser)
{
  g_autoptr (PltExpression) left = parse_plain (parser);
  g_autoptr (PltExpression) right = NULL;
  Op op;

  if (left == NULL || !take_comparison (parser, &op))
    return g_steal_pointer (&left);
  right = parse_plain (parser);
  if (right == NULL || !check_comparison (parser, op, left, right))
    return NULL;
  return make_pair (op, g_steal_pointer (&left), g_steal_pointer (&right));
}

static gboolean
check_truth (Parser        *parser,
             PltExpression *self)
{
  if (self->type == PLT_VALUE_TRUTH)
    return TRUE;
  fail (parser, _("this is %s, not yes or no; “present(…)” asks whether it is there"),
        get_type_words (to_letter (self->type)));
  return FALSE;
}

static PltExpression *
parse_not (Parser *parser)
{
  g_autoptr (PltExpression) self = NULL;

  if (++parser->depth > MOST_DEPTH)
    return fail (parser, _("it is nested too deeply"));
  if (take_word (parser, "not"))
    {
      self = parse_not (parser);
      if (self == NULL || !check_truth (parser, self))
        return NULL;
      parser->depth--;
      return make_pair (OP_NOT, g_steal_pointer (&self), NULL);
    }
  self = parse_compared (parser);
  parser->depth--;
  return g_steal_pointer (&self);
}

static PltExpression *
parse_chain (Parser         *parser,
             const char     *word,
             Op              op,
             PltExpression *(*parse_part) (Parser *))
{
  g_autoptr (PltExpression) left = parse_part (parser);

  while (left != NULL && take_word (parser, word))
    {
      g_autoptr (PltExpression) right = NULL;

      if (!check_truth (parser, left) || (right = parse_part (parser)) == NULL
          || !check_truth (parser, right))
        return NULL;
      left = make_pair (op, g_steal_pointer (&left), g_steal_pointer (&right));
    }
  return g_steal_pointer (&left);
}

static PltExpression *
parse_both (Parser *parser)
{
  return parse_chain (parser, "and", OP_AND, parse_not);
}

static PltExpression *
parse_either (Parser *parser)
{
  return parse_chain (parser, "or", OP_OR, parse_both);
}

/* Reads the expression with which @source begins; what follows it is at *@end. On failure *@problem
 * says what would be right. Returns: (transfer full) (nullable) */
PltExpression *
plt_expression_parse_start (const char  *source,
                            const char **end,
                            char       **problem)
{
  Parser parser = { .source = source, .at = source };
  PltExpression *self = NULL;

  if (strlen (source) > MOST_BYTES)
    fail (&parser, _("it is longer than %d characters"), MOST_BYTES);
  else
    self = parse_either (&parser);
  skip_space (&parser);
  *end = parser.at;
  *problem = parser.problem;
  return self;
}

/* All of @source is one expression. Returns: (transfer full) (nullable) */
PltExpression *
plt_expression_parse (const char  *source,
                      char       **problem)
{
  const char *end = NULL;
  g_autoptr (PltExpression) self = plt_expression_parse_start (source, &end, problem);
  Parser parser = { .source = source, .at = end };

  if (self == NULL || *end == '\0')
    return g_steal_pointer (&self);
  fail (&parser, _("“%s” is not understood; “and”, “or” or an end is expected"), end);
  *problem = parser.problem;
  return NULL;
}

