/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns dates into day numbers and back with integers only: the calendar repeats every 400 years
 * of 146,097 days, and a year that begins in March has its leap day at the end. */
#include "plt-demo-day.h"

#define DAYS_IN_400_YEARS 146097
#define DAYS_TO_1970 719468 /* from 1 March of the year 0 */

int
plt_demo_day_new (int year,
                  int month,
                  int day)
{
  int y = month <= 2 ? year - 1 : year;
  int era = y / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_IN_400_YEARS + day_of_era - DAYS_TO_1970;
}

int
plt_demo_day_from_date (PltDate date)
{
  return plt_demo_day_new (date.year, date.month, date.day);
}

PltDate
plt_demo_day_to_date (int day)
{
  int at = day + DAYS_TO_1970;
  int era = at / DAYS_IN_400_YEARS;
  int day_of_era = at - era * DAYS_IN_400_YEARS;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096)
                    / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month = (5 * day_of_year + 2) / 153;
  int year = year_of_era + era * 400;

  return (PltDate) { month < 10 ? year : year + 1, month < 10 ? month + 3 : month - 9,
                     day_of_year - (153 * month + 2) / 5 + 1 };
}

/* 29 February becomes 1 March where there is none. */
int
plt_demo_day_add_years (int day,
                        int years)
{
  PltDate date = plt_demo_day_to_date (day);

  return plt_demo_day_new (date.year + years, date.month, date.day);
}

/* Full years, as an age is counted. */
int
plt_demo_day_years (int from,
                    int to)
{
  PltDate a = plt_demo_day_to_date (from);
  PltDate b = plt_demo_day_to_date (to);

  return b.year - a.year - (b.month < a.month || (b.month == a.month && b.day < a.day));
}
