/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each function of the expressions in layouts gives. None of them can fail: a value that the
 * card does not have gives an empty text, a number that cannot be told, or "no". */
#include "plt-layout-functions.h"

#include "plt-card-capitals.h"

#include <math.h>
#include <string.h>

void
plt_value_clear (PltValue *value)
{
  g_clear_pointer (&value->text, g_free);
}

/* Returns: (transfer full): as a card shows it; "" for what is not there. */
char *
plt_value_to_text (const PltValue *value)
{
  switch (value->type)
    {
    case PLT_VALUE_TEXT:
      return g_strdup (value->text);
    case PLT_VALUE_NUMBER:
      return isnan (value->number) ? g_strdup ("") : g_strdup_printf ("%.0f", value->number);
    case PLT_VALUE_DATE:
      if (plt_date_is_set (value->date))
        return plt_date_to_card (value->date);
      return g_strdup (value->text != NULL ? value->text : "");
    case PLT_VALUE_TRUTH:
    default:
      return g_strdup (value->truth ? "yes" : "no");
    }
}

gboolean
plt_value_is_there (const PltValue *value)
{
  switch (value->type)
    {
    case PLT_VALUE_TEXT:
      return *value->text != '\0';
    case PLT_VALUE_NUMBER:
      return !isnan (value->number);
    case PLT_VALUE_DATE:
      return plt_date_is_set (value->date) || (value->text != NULL && *value->text != '\0');
    case PLT_VALUE_TRUTH:
    default:
      return value->truth;
    }
}

static void
copy_value (const PltValue *value,
            PltValue       *result)
{
  *result = *value;
  result->text = g_strdup (value->text);
}

static void
call_upper (const PltValue *arguments,
            guint           n,
            PltCardInputs  *inputs,
            PltValue       *result)
{
  result->text = plt_card_to_capitals (arguments[0].text);
}

static void
call_lower (const PltValue *arguments,
            guint           n,
            PltCardInputs  *inputs,
            PltValue       *result)
{
  result->text = plt_card_to_small (arguments[0].text);
}

/* first(text, n): its first n characters; a letter keeps its accents. */
static void
call_first (const PltValue *arguments,
            guint           n,
            PltCardInputs  *inputs,
            PltValue       *result)
{
  const char *end = arguments[0].text;

  for (double i = 0; *end != '\0' && i < arguments[1].number; i++)
    do
      end = g_utf8_next_char (end);
    while (g_unichar_ismark (g_utf8_get_char (end)));
  result->text = g_strndup (arguments[0].text, end - arguments[0].text);
}

/* word(text, n): the n-th word, from 1. */
static void
call_word (const PltValue *arguments,
           guint           n,
           PltCardInputs  *inputs,
           PltValue       *result)
{
  g_auto (GStrv) words = g_strsplit_set (arguments[0].text, " ", -1);
  double number = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && ++number == arguments[1].number)
      {
        result->text = g_strdup (words[i]);
        return;
      }
  result->text = g_strdup ("");
}

static void
call_initials (const PltValue *arguments,
               guint           n,
               PltCardInputs  *inputs,
               PltValue       *result)
{
  result->text = plt_card_to_initials (arguments[0].text, 0);
}

/* if(yes, a, b) */
static void
call_if (const PltValue *arguments,
         guint           n,
         PltCardInputs  *inputs,
         PltValue       *result)
{
  copy_value (&arguments[arguments[0].truth ? 1 : 2], result);
}

/* default(a, b, …): the first that is there. */
static void
call_default (const PltValue *arguments,
              guint           n,
              PltCardInputs  *inputs,
              PltValue       *result)
{
  for (guint i = 0; i < n; i++)
    if (plt_value_is_there (&arguments[i]) || i == n - 1)
      {
        copy_value (&arguments[i], result);
        return;
      }
}

/* join(separator, a, b, …): those that are there. */
static void
call_join (const PltValue *arguments,
           guint           n,
           PltCardInputs  *inputs,
           PltValue       *result)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i < n; i++)
    {
      g_autofree char *part = plt_value_to_text (&arguments[i]);

      if (!plt_value_is_there (&arguments[i]) || *part == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, arguments[0].text);
      g_string_append (text, part);
    }
  result->text = g_string_free (g_steal_pointer (&text), FALSE);
}

static void
call_length (const PltValue *arguments,
             guint           n,
             PltCardInputs  *inputs,
             PltValue       *result)
{
  result->number = (double) g_utf8_strlen (arguments[0].text, -1);
}

static void
call_contains (const PltValue *arguments,
               guint           n,
               PltCardInputs  *inputs,
               PltValue       *result)
{
  result->truth = strstr (arguments[0].text, arguments[1].text) != NULL;
}

static void
call_starts (const PltValue *arguments,
             guint           n,
             PltCardInputs  *inputs,
             PltValue       *result)
{
  result->truth = g_str_has_prefix (arguments[0].text, arguments[1].text);
}

static void
call_present (const PltValue *arguments,
              guint           n,
              PltCardInputs  *inputs,
              PltValue       *result)
{
  result->truth = plt_value_is_there (&arguments[0]);
}

/* category('B'): whether the holder has it. */
static void
call_category (const PltValue *arguments,
               guint           n,
               PltCardInputs  *inputs,
               PltValue       *result)
{
  GPtrArray *entries = plt_card_inputs_get_categories (inputs);

  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = g_ptr_array_index (entries, i);

      if (g_str_equal (plt_category_to_code (entry->category), arguments[0].text))
        result->truth = TRUE;
    }
}

/* Whether @code is @wanted or one of its sub-codes: 01.06 is one of 01, 010 is not. */
static gboolean
is_code (const char *code,
         const char *wanted)
{
  gsize length = strlen (wanted);

  return length > 0 && strncmp (code, wanted, length) == 0
         && !g_ascii_isalnum (code[length]);
}

/* restriction('01'): whether any of the categories held has the code or one of its sub-codes. */
static void
call_restriction (const PltValue *arguments,
                  guint           n,
                  PltCardInputs  *inputs,
                  PltValue       *result)
{
  GPtrArray *entries = plt_card_inputs_get_categories (inputs);

  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = g_ptr_array_index (entries, i);
      g_auto (GStrv) codes = g_strsplit (entry->restrictions, ",", -1);

      for (guint k = 0; codes[k] != NULL; k++)
        result->truth |= is_code (g_strstrip (codes[k]), arguments[0].text);
    }
}

/* age(born, on): completed years. */
static void
call_age (const PltValue *arguments,
          guint           n,
          PltCardInputs  *inputs,
          PltValue       *result)
{
  result->number = plt_date_is_set (arguments[0].date) && plt_date_is_set (arguments[1].date)
                   ? plt_date_years_between (arguments[0].date, arguments[1].date) : NAN;
}

static gboolean
can_add (const PltValue *arguments,
         double          most)
{
  return plt_date_is_set (arguments[0].date) && fabs (arguments[1].number) <= most;
}

/* A day outside of the calendar's 1 … 9999 is none. */
static void
set_date (PltValue *result,
          PltDate   date)
{
  if (plt_date_is_valid (date.year, date.month, date.day))
    result->date = date;
}

static void
call_add_years (const PltValue *arguments,
                guint           n,
                PltCardInputs  *inputs,
                PltValue       *result)
{
  double year = arguments[0].date.year + arguments[1].number;

  if (can_add (arguments, 9999) && year >= 1 && year <= 9999)
    set_date (result, plt_date_add_years (arguments[0].date, (int) arguments[1].number));
}

static void
call_add_days (const PltValue *arguments,
               guint           n,
               PltCardInputs  *inputs,
               PltValue       *result)
{
  double year = arguments[0].date.year + arguments[1].number / 365;

  if (can_add (arguments, 3660000) && year > 2 && year < 9998)
    set_date (result, plt_date_add_days (arguments[0].date, (int) arguments[1].number));
}

static void
call_year (const PltValue *arguments,
           guint           n,
           PltCardInputs  *inputs,
           PltValue       *result)
{
  result->number = plt_date_is_set (arguments[0].date) ? arguments[0].date.year : NAN;
}

/* The parts of a date's form; anything else in it is printed as it stands. */
static const char *const date_parts[] = { "YYYY", "YY", "MM", "DD" };

gboolean
plt_date_format_is_valid (const char *format)
{
  gboolean has_part = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (date_parts); i++)
    has_part |= strstr (format, date_parts[i]) != NULL;
  for (const char *p = format; *p != '\0'; p++)
    if (g_ascii_isalpha (*p) && strchr ("YMD", *p) == NULL)
      return FALSE;
  return has_part;
}

static void
append_part (GString *text,
             gsize    part,
             PltDate  date)
{
  switch (part)
    {
    case 0: g_string_append_printf (text, "%04d", date.year); break;
    case 1: g_string_append_printf (text, "%02d", date.year % 100); break;
    case 2: g_string_append_printf (text, "%02d", date.month); break;
    default: g_string_append_printf (text, "%02d", date.day); break;
    }
}

/* Returns: (transfer full): @date in the form @format, such as "MM/DD/YYYY". */
char *
plt_date_to_format (PltDate     date,
                    const char *format)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = format; *p != '\0';)
    {
      gsize part = 0;

      while (part < G_N_ELEMENTS (date_parts) && !g_str_has_prefix (p, date_parts[part]))
        part++;
      if (part < G_N_ELEMENTS (date_parts))
        append_part (text, part, date);
      else
        g_string_append_c (text, *p);
      p += part < G_N_ELEMENTS (date_parts) ? strlen (date_parts[part]) : 1;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* date(day, 'DD/MM/YYYY') */
static void
call_date (const PltValue *arguments,
           guint           n,
           PltCardInputs  *inputs,
           PltValue       *result)
{
  result->text = plt_date_is_set (arguments[0].date)
                 ? plt_date_to_format (arguments[0].date, arguments[1].text)
                 : g_strdup ("");
}

static const PltFunction functions[] = {
  { "upper", "t", FALSE, 't', call_upper },
  { "lower", "t", FALSE, 't', call_lower },
  { "first", "tn", FALSE, 't', call_first },
  { "word", "tn", FALSE, 't', call_word },
  { "initials", "t", FALSE, 't', call_initials },
  { "if", "b**", FALSE, '*', call_if },
  { "default", "**", TRUE, '*', call_default },
  { "join", "t**", TRUE, 't', call_join },
  { "length", "t", FALSE, 'n', call_length },
  { "contains", "tt", FALSE, 'b', call_contains },
  { "starts", "tt", FALSE, 'b', call_starts },
  { "present", "*", FALSE, 'b', call_present },
  { "category", "t", FALSE, 'b', call_category },
  { "restriction", "t", FALSE, 'b', call_restriction },
  { "age", "dd", FALSE, 'n', call_age },
  { "add_years", "dn", FALSE, 'd', call_add_years },
  { "add_days", "dn", FALSE, 'd', call_add_days },
  { "year", "d", FALSE, 'n', call_year },
  { "date", "dt", FALSE, 't', call_date },
};

const PltFunction *
plt_function_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].name, name))
      return &functions[i];
  return NULL;
}

/* Returns: (transfer full): for a message. */
char *
plt_functions_dup_names (void)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", functions[i].name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}
