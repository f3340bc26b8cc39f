/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a birth date at the beginning of a list of words: 2.3.1980, 02/03/80, 1980-03-02, 19800302,
 * 2 3 1980, 2 March 1980, 2nd of March 1980, March 2nd 1980, 2 mars 1980, March 1980, 1980. What can be read in two ways gives
 * both. */
#include "plt-search-date.h"

#include "plt-fold.h"

#include <string.h>

/* Nobody who is searched for is older. */
#define OLDEST_YEARS 120
/* Two digits mean a year of the last so many. */
#define SHORT_YEARS 105

/* Folded; a month is meant by any beginning of three letters or more that no other month has. */
static const char * const month_names[][12] = {
  { "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december" },
  { "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre" },
  { "januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember" },
};

typedef struct
{
  int value;
  int digits;
} Number;

static gboolean
is_plausible (PltDate date,
              PltDate today)
{
  return plt_date_is_valid (date.year, date.month, date.day) &&
         plt_date_compare (date, today) <= 0 && date.year >= today.year - OLDEST_YEARS;
}

static void
add_span (GArray  *spans,
          PltDate  from,
          PltDate  to)
{
  PltDateSpan span = { from, to };

  for (guint i = 0; i < spans->len; i++)
    {
      PltDateSpan *known = &g_array_index (spans, PltDateSpan, i);

      if (plt_date_compare (known->from, from) == 0 && plt_date_compare (known->to, to) == 0)
        return;
    }
  g_array_append_val (spans, span);
}

/* A year of two digits is of this century, of the last, or could be either.
 *
 * Returns: whether it was a day that somebody may have been born on */
static gboolean
add_day (GArray  *spans,
         Number   year,
         int      month,
         int      day,
         PltDate  today)
{
  PltDate date = { year.value, month, day };
  gboolean added = FALSE;

  if (year.digits == 4)
    {
      added = is_plausible (date, today);
      if (added)
        add_span (spans, date, date);
      return added;
    }
  if (year.digits != 2)
    return FALSE;
  for (int century = today.year / 100; century >= today.year / 100 - 1; century--)
    {
      date.year = century * 100 + year.value;
      if (date.year < today.year - SHORT_YEARS || !is_plausible (date, today))
        continue;
      add_span (spans, date, date);
      added = TRUE;
    }

  return added;
}

static gboolean
read_number (const char **at,
             Number      *number)
{
  *number = (Number) { 0, 0 };
  while (g_ascii_isdigit (**at) && number->digits < 9)
    {
      number->value = number->value * 10 + (**at - '0');
      number->digits++;
      (*at)++;
    }

  return number->digits > 0 && !g_ascii_isdigit (**at);
}

/* Three numbers and what stands between them. Dots stand between day, month and year wherever they
 * are used; slashes and dashes may have the month first. */
static gboolean
add_numbers (GArray       *spans,
             const Number *n,
             char          mark,
             PltDate       today)
{
  gboolean added = FALSE;

  if (n[0].digits == 4)
    return add_day (spans, n[0], n[1].value, n[2].value, today);
  if (n[0].digits > 2 || n[1].digits > 2)
    return FALSE;
  added = add_day (spans, n[2], n[1].value, n[0].value, today);
  if (mark != '.' || !added)
    added = add_day (spans, n[2], n[0].value, n[1].value, today) || added;
  if (n[2].digits <= 2 && (mark == '-' || !added))
    added = add_day (spans, n[0], n[1].value, n[2].value, today) || added;

  return added;
}

static gboolean
read_marked (const char *word,
             PltDate     today,
             GArray     *spans)
{
  Number numbers[3];
  const char *at = word;
  char mark = '\0';

  for (int i = 0; i < 3; i++)
    {
      if (!read_number (&at, &numbers[i]))
        return FALSE;
      if (i == 0)
        mark = *at;
      if (i < 2 && (*at != mark || strchr (".-/", mark) == NULL || mark == '\0'))
        return FALSE;
      if (i < 2)
        at++;
    }
  if (*at == '.')
    at++;

  return *at == '\0' && add_numbers (spans, numbers, mark, today);
}

/* 1980-03 and 03/1980. */
static gboolean
read_month_of_year (const char *word,
                    PltDate     today,
                    GArray     *spans)
{
  Number a;
  Number b;
  const char *at = word;

  if (!read_number (&at, &a) || strchr (".-/", *at) == NULL || *at++ == '\0' ||
      !read_number (&at, &b) || *at != '\0')
    return FALSE;

  Number year = a.digits == 4 ? a : b;
  Number month = a.digits == 4 ? b : a;
  PltDate from = { year.value, month.value, 1 };

  if (year.digits != 4 || month.digits > 2 || !is_plausible (from, today))
    return FALSE;

  PltDate to = { from.year, from.month,
                 g_date_get_days_in_month ((GDateMonth) from.month, (GDateYear) from.year) };

  add_span (spans, from, to);

  return TRUE;
}

static Number
take_digits (const char *text,
             int         length)
{
  Number number = { 0, length };

  for (int i = 0; i < length; i++)
    number.value = number.value * 10 + (text[i] - '0');

  return number;
}

/* YYYYMMDD, DDMMYYYY, and MMDDYYYY where that alone is a day. */
static gboolean
read_compact (const char *word,
              PltDate     today,
              GArray     *spans)
{
  if (strlen (word) != 8 || strspn (word, "0123456789") != 8)
    return FALSE;

  gboolean added = add_day (spans, take_digits (word, 4), take_digits (word + 4, 2).value,
                            take_digits (word + 6, 2).value, today);

  added = add_day (spans, take_digits (word + 4, 4), take_digits (word + 2, 2).value,
                   take_digits (word, 2).value, today) || added;
  if (!added)
    added = add_day (spans, take_digits (word + 4, 4), take_digits (word, 2).value,
                     take_digits (word + 2, 2).value, today);

  return added;
}

/* Returns: 1 … 12, or 0 */
static int
read_month_name (const char *word)
{
  g_autofree char *folded = plt_fold_name (word);
  size_t length = strlen (folded);
  int found = 0;

  if (length < 3)
    return 0;
  for (gsize language = 0; language < G_N_ELEMENTS (month_names); language++)
    {
      for (int month = 1; month <= 12; month++)
        {
          if (strncmp (month_names[language][month - 1], folded, length) != 0)
            continue;
          if (found != 0 && found != month)
            return 0;
          found = month;
        }
    }

  return found;
}

/* "2", "2.", "2nd", "1er"; %FALSE for anything else */
static gboolean
read_day (const char *word,
          int        *day)
{
  static const char * const ends[] = { "", ".", "st", "nd", "rd", "th", "er", "e", NULL };
  const char *at = word;
  Number number;

  if (!read_number (&at, &number) || number.digits > 2 || number.value < 1 || number.value > 31)
    return FALSE;

  g_autofree char *end = g_ascii_strdown (at, -1);

  *day = number.value;

  return g_strv_contains (ends, end);
}

static gboolean
read_year (const char *word,
           Number     *year)
{
  const char *at = word;

  return read_number (&at, year) && *at == '\0' && (year->digits == 4 || year->digits == 2);
}

/* "2 March 1980" and "March 2 1980". */
static guint
read_day_month_year (const char * const *words,
                     PltDate             today,
                     GArray             *spans)
{
  int day;
  Number year;

  if (g_strv_length ((char **) words) < 3 || !read_year (words[2], &year))
    return 0;
  if (read_day (words[0], &day) && read_month_name (words[1]) != 0 &&
      add_day (spans, year, read_month_name (words[1]), day, today))
    return 3;
  if (read_day (words[1], &day) && read_month_name (words[0]) != 0 &&
      add_day (spans, year, read_month_name (words[0]), day, today))
    return 3;

  return 0;
}

/* "2nd of March 1980", "2 de marzo 1980": without the word between. */
static guint
read_day_of_month (const char * const *words,
                   PltDate             today,
                   GArray             *spans)
{
  const char *without[4] = { NULL };

  if (g_strv_length ((char **) words) < 4 ||
      (g_ascii_strcasecmp (words[1], "of") != 0 && g_ascii_strcasecmp (words[1], "de") != 0))
    return 0;
  without[0] = words[0];
  without[1] = words[2];
  without[2] = words[3];

  return read_day_month_year (without, today, spans) > 0 ? 4 : 0;
}

static gboolean
is_number_of (const char *word,
              size_t      length)
{
  return strspn (word, "0123456789") == strlen (word) && strlen (word) <= length && *word != '\0';
}

/* "2. 3. 1980", as German is typed, "2 3 1980" and "1980 3 2". */
static guint
read_spaced_numbers (const char * const *words,
                     PltDate             today,
                     GArray             *spans)
{
  g_autofree char *joined = NULL;

  if (g_strv_length ((char **) words) < 3)
    return 0;
  if (g_str_has_suffix (words[0], ".") && g_str_has_suffix (words[1], "."))
    joined = g_strconcat (words[0], words[1], words[2], NULL);
  else if (is_number_of (words[1], 2) && is_number_of (words[0], 4) && is_number_of (words[2], 4) &&
           (strlen (words[0]) == 4) != (strlen (words[2]) == 4))
    joined = g_strjoin (".", words[0], words[1], words[2], NULL);

  return joined != NULL && read_marked (joined, today, spans) ? 3 : 0;
}

static guint
read_month_year (const char * const *words,
                 PltDate             today,
                 GArray             *spans)
{
  Number year;

  if (words[1] == NULL || !read_year (words[1], &year) || year.digits != 4 ||
      read_month_name (words[0]) == 0)
    return 0;

  g_autofree char *joined = g_strdup_printf ("%04d-%02d", year.value, read_month_name (words[0]));

  return read_month_of_year (joined, today, spans) ? 2 : 0;
}

/* "2-Mar-1980", "02MAR1980". */
static gboolean
read_joined_name (const char *word,
                  PltDate     today,
                  GArray     *spans)
{
  g_autoptr (GString) spaced = g_string_new (NULL);
  gboolean was_digit = TRUE;

  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean mark = c == '-' || c == '.' || c == '/';

      if (mark || g_unichar_isdigit (c) != was_digit)
        g_string_append_c (spaced, ' ');
      was_digit = mark ? was_digit : g_unichar_isdigit (c);
      if (!mark)
        g_string_append_unichar (spaced, c);
    }

  g_autofree char *collapsed = plt_fold_collapse (spaced->str);
  g_auto (GStrv) words = g_strsplit (collapsed, " ", -1);

  return g_strv_length (words) == 3 && read_month_name (words[1]) != 0 &&
         read_day_month_year ((const char * const *) words, today, spans) == 3;
}

static gboolean
read_year_alone (const char *word,
                 PltDate     today,
                 GArray     *spans)
{
  Number year;

  if (!read_year (word, &year) || year.digits != 4 || year.value > today.year ||
      year.value < today.year - OLDEST_YEARS)
    return FALSE;

  add_span (spans, (PltDate) { year.value, 1, 1 }, (PltDate) { year.value, 12, 31 });

  return TRUE;
}

/**
 * plt_search_date_read:
 * @words: %NULL-terminated; digits are ASCII
 * @today: nobody is born later, and what years of two digits are measured against
 * @spans: (element-type PltDateSpan): what was meant is added here, both where it could be either
 *
 * Returns: how many of @words, from the first on, are a date; 0 when none
 */
guint
plt_search_date_read (const char * const *words,
                      PltDate             today,
                      GArray             *spans)
{
  guint used;

  if (words[0] == NULL)
    return 0;
  if ((used = read_day_month_year (words, today, spans)) > 0 ||
      (used = read_day_of_month (words, today, spans)) > 0 ||
      (used = read_spaced_numbers (words, today, spans)) > 0 ||
      (used = read_month_year (words, today, spans)) > 0)
    return used;

  return read_marked (words[0], today, spans) || read_month_of_year (words[0], today, spans) ||
         read_compact (words[0], today, spans) || read_joined_name (words[0], today, spans) ||
         read_year_alone (words[0], today, spans);
}
