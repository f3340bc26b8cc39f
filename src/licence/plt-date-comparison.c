/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two dates have to do with one another, and which dates of birth cannot be. */
#include "plt-date-comparison.h"

#include <stdlib.h>
#include <string.h>

/* Nobody is known to have become older than 122. */
#define OLDEST_YEARS 123

static gboolean
is_off_by_one (PltDate a,
               PltDate b)
{
  int years = abs (a.year - b.year);
  int months = abs (a.month - b.month);
  int days = abs (a.day - b.day);

  return years + months + days == 1 || plt_date_compare (plt_date_add_days (a, 1), b) == 0 ||
         plt_date_compare (plt_date_add_days (b, 1), a) == 0;
}

/* Two digits of the year, the month or the day in the wrong order. */
static gboolean
are_digits_swapped (const char *a,
                    const char *b)
{
  size_t at = 0;

  while (a[at] != '\0' && a[at] == b[at])
    at++;

  return g_ascii_isdigit (a[at]) && g_ascii_isdigit (a[at + 1]) && a[at] == b[at + 1] &&
         a[at + 1] == b[at] && g_str_equal (a + at + 2, b + at + 2);
}

/**
 * plt_date_compare_typing:
 * @a: a date as YYYY-MM-DD
 * @b: another
 *
 * Returns: %PLT_DIFFERENCE_NONE, %PLT_DIFFERENCE_DAY_MONTH, %PLT_DIFFERENCE_DATE_DIGITS,
 *   %PLT_DIFFERENCE_DATE_OFF_BY_ONE, %PLT_DIFFERENCE_OTHER_DATE, or
 *   %PLT_DIFFERENCE_IMPOSSIBLE_DATE if either is none
 */
PltDifference
plt_date_compare_typing (const char *a,
                         const char *b)
{
  PltDate first, second;

  if (g_str_equal (a, b))
    return PLT_DIFFERENCE_NONE;
  if (!plt_date_parse_iso (a, &first) || !plt_date_parse_iso (b, &second))
    return PLT_DIFFERENCE_IMPOSSIBLE_DATE;
  if (first.year == second.year && first.month == second.day && first.day == second.month)
    return PLT_DIFFERENCE_DAY_MONTH;
  if (are_digits_swapped (a, b))
    return PLT_DIFFERENCE_DATE_DIGITS;

  return is_off_by_one (first, second) ? PLT_DIFFERENCE_DATE_OFF_BY_ONE : PLT_DIFFERENCE_OTHER_DATE;
}

/**
 * plt_date_is_birth_possible:
 * @birth: a date of birth as the registry gave it
 * @today: the day of its answer; unset if that is not known
 *
 * Returns: %FALSE if it is no date, lies in the future, or 123 years back
 */
gboolean
plt_date_is_birth_possible (const char *birth,
                            PltDate     today)
{
  PltDate date;

  if (!plt_date_parse_iso (birth, &date))
    return FALSE;
  if (!plt_date_is_set (today))
    return TRUE;

  return plt_date_compare (date, today) <= 0 && today.year - date.year < OLDEST_YEARS;
}

static void
add_valid (GArray *days,
           int     year,
           int     month,
           int     day)
{
  PltDate date = { year, month, day };

  if (!plt_date_is_valid (year, month, day))
    return;
  for (guint i = 0; i < days->len; i++)
    if (plt_date_compare (g_array_index (days, PltDate, i), date) == 0)
      return;
  g_array_append_val (days, date);
}

static int
swap_digits (int number)
{
  return number % 10 * 10 + number / 10 % 10;
}

/**
 * plt_date_list_slips:
 * @date: a date that is set
 *
 * Returns: (transfer full) (element-type PltDate): @date first, and each other one that is it with
 *   day and month swapped, two digits of one of its parts swapped, or one of them off by one
 */
GArray *
plt_date_list_slips (PltDate date)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (PltDate));
  PltDate after = plt_date_add_days (date, 1);
  PltDate before = plt_date_add_days (date, -1);

  add_valid (days, date.year, date.month, date.day);
  add_valid (days, date.year, date.day, date.month);
  add_valid (days, date.year, date.month, swap_digits (date.day));
  add_valid (days, date.year, swap_digits (date.month), date.day);
  add_valid (days, date.year / 100 * 100 + swap_digits (date.year % 100), date.month, date.day);
  add_valid (days, after.year, after.month, after.day);
  add_valid (days, before.year, before.month, before.day);
  for (int step = -1; step <= 1; step += 2)
    {
      add_valid (days, date.year + step, date.month, date.day);
      add_valid (days, date.year, date.month + step, date.day);
    }

  return days;
}
