/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks, counts and writes calendar dates: proleptic Gregorian, without time or zone. */
#include "plt-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static GDate
to_gdate (PltDate date)
{
  GDate result;

  g_date_clear (&result, 1);
  g_date_set_dmy (&result, (GDateDay) date.day, (GDateMonth) date.month, (GDateYear) date.year);

  return result;
}

static gboolean
read_digits (const char *text,
             int         count,
             int        *value)
{
  int result = 0;

  for (int i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      result = result * 10 + (text[i] - '0');
    }
  *value = result;

  return TRUE;
}

/**
 * plt_date_is_set:
 * @date: a date
 *
 * Returns: %FALSE for the all-zero "no date"
 */
gboolean
plt_date_is_set (PltDate date)
{
  return date.year != 0 || date.month != 0 || date.day != 0;
}

/**
 * plt_date_is_valid:
 * @year: 1 … 9999
 * @month: 1 … 12
 * @day: 1 … 31
 *
 * Returns: whether the calendar has this day
 */
gboolean
plt_date_is_valid (int year,
                   int month,
                   int day)
{
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
    return FALSE;

  return day <= g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
}

/**
 * plt_date_parse_iso:
 * @text: (nullable): exactly ten characters, `YYYY-MM-DD`; nothing before or behind
 * @date: (out): the date; untouched on failure
 *
 * Strict on purpose: a registry or a database that writes anything else has changed, and a
 * guess at a birth date is worse than a refusal.
 *
 * Returns: %FALSE for any other form and for days that the calendar lacks
 */
gboolean
plt_date_parse_iso (const char *text,
                    PltDate    *date)
{
  int year;
  int month;
  int day;

  g_return_val_if_fail (date != NULL, FALSE);

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-' ||
      !read_digits (text, 4, &year) || !read_digits (text + 5, 2, &month) ||
      !read_digits (text + 8, 2, &day) || !plt_date_is_valid (year, month, day))
    return FALSE;

  *date = (PltDate) { year, month, day };

  return TRUE;
}

/**
 * plt_date_to_iso:
 * @date: a date
 *
 * Returns: (transfer full) (nullable): `YYYY-MM-DD`, or %NULL for "no date"
 */
char *
plt_date_to_iso (PltDate date)
{
  if (!plt_date_is_set (date))
    return NULL;

  return g_strdup_printf ("%04d-%02d-%02d", date.year, date.month, date.day);
}

/**
 * plt_date_to_card:
 * @date: a date
 *
 * Returns: (transfer full): `DD.MM.YYYY` as it is printed on a card whatever the locale; empty
 *   for "no date"
 */
char *
plt_date_to_card (PltDate date)
{
  if (!plt_date_is_set (date))
    return g_strdup ("");

  return g_strdup_printf ("%02d.%02d.%04d", date.day, date.month, date.year);
}

/**
 * plt_date_to_compact:
 * @date: a date
 *
 * Returns: (transfer full): `YYYYMMDD`, the form of ISO/IEC 18013-2 data groups; empty for
 *   "no date"
 */
char *
plt_date_to_compact (PltDate date)
{
  if (!plt_date_is_set (date))
    return g_strdup ("");

  return g_strdup_printf ("%04d%02d%02d", date.year, date.month, date.day);
}

/**
 * plt_date_to_display:
 * @date: a date
 *
 * Returns: (transfer full): the date as a person reads it, e.g. "7 March 2026", in the language
 *   of the program; empty for "no date"
 */
char *
plt_date_to_display (PltDate date)
{
  if (!plt_date_is_set (date))
    return g_strdup ("");

  g_autoptr (GDateTime) noon = g_date_time_new_utc (date.year, date.month, date.day, 12, 0, 0);

  /* Translators: a full date, in the form of g_date_time_format(): "7 March 2026". */
  return g_date_time_format (noon, C_("date", "%-d %B %Y"));
}

/**
 * plt_date_compare:
 * @a: a date
 * @b: another
 *
 * Returns: negative, 0 or positive as @a lies before, on or after @b; "no date" lies before all
 */
int
plt_date_compare (PltDate a,
                  PltDate b)
{
  if (a.year != b.year)
    return a.year < b.year ? -1 : 1;
  if (a.month != b.month)
    return a.month < b.month ? -1 : 1;

  return (a.day > b.day) - (a.day < b.day);
}

/**
 * plt_date_add_years:
 * @date: a date
 * @years: how many, may be negative
 *
 * 29 February becomes 28 February where the target year is a common one (as PostgreSQL's
 * `date + interval` does), never 1 March: a licence must not run a day longer.
 *
 * Returns: the date; "no date" for "no date" and outside of the years 1 … 9999
 */
PltDate
plt_date_add_years (PltDate date,
                    int     years)
{
  if (!plt_date_is_set (date) || years < -9999 || years > 9999)
    return (PltDate) { 0 };

  PltDate result = { date.year + years, date.month, date.day };

  if (result.year < 1 || result.year > 9999)
    return (PltDate) { 0 };
  if (!plt_date_is_valid (result.year, result.month, result.day))
    result.day = 28;

  return result;
}

/**
 * plt_date_add_days:
 * @date: a date
 * @days: how many, may be negative
 *
 * Returns: the date; "no date" for "no date" and outside of the years 1 … 9999
 */
PltDate
plt_date_add_days (PltDate date,
                   int     days)
{
  if (!plt_date_is_set (date))
    return (PltDate) { 0 };

  GDate counted = to_gdate (date);
  GDate last = to_gdate ((PltDate) { 9999, 12, 31 });
  gint64 julian = (gint64) g_date_get_julian (&counted) + days;

  if (julian < 1 || julian > g_date_get_julian (&last))
    return (PltDate) { 0 };
  g_date_set_julian (&counted, (guint32) julian);

  return (PltDate) { g_date_get_year (&counted), g_date_get_month (&counted),
                     g_date_get_day (&counted) };
}

/**
 * plt_date_years_between:
 * @from: e.g. a birth date
 * @to: e.g. today
 *
 * Counts whole years by the rule of plt_date_add_years(): who was born on 29 February is a year
 * older on 28 February of a common year.
 *
 * Returns: completed years; negative if @to lies before @from; 0 if either is "no date"
 */
int
plt_date_years_between (PltDate from,
                        PltDate to)
{
  if (!plt_date_is_set (from) || !plt_date_is_set (to))
    return 0;
  if (plt_date_compare (to, from) < 0)
    return -plt_date_years_between (to, from);

  int years = to.year - from.year;

  return plt_date_compare (plt_date_add_years (from, years), to) > 0 ? years - 1 : years;
}

/**
 * plt_date_to_unix:
 * @date: a date that is set
 *
 * Returns: seconds from 1970-01-01T00:00:00Z to the start of the day in UTC
 */
gint64
plt_date_to_unix (PltDate date)
{
  g_return_val_if_fail (plt_date_is_set (date), 0);

  GDate day = to_gdate (date);
  GDate epoch = to_gdate ((PltDate) { 1970, 1, 1 });

  return (gint64) g_date_days_between (&epoch, &day) * 86400;
}

/**
 * plt_date_today:
 *
 * Returns: the day it is where this desk stands
 */
PltDate
plt_date_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return (PltDate) { g_date_time_get_year (now), g_date_time_get_month (now),
                     g_date_time_get_day_of_month (now) };
}
