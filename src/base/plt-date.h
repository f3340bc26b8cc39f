/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar dates as licences carry them: no time, no zone, proleptic Gregorian. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All zero is "no date". Passed by value. */
typedef struct
{
  int year;  /* 1 … 9999 */
  int month; /* 1 … 12 */
  int day;   /* 1 … 31 */
} PltDate;

gboolean  plt_date_is_set        (PltDate      date);
gboolean  plt_date_is_valid      (int          year,
                                  int          month,
                                  int          day);
gboolean  plt_date_parse_iso     (const char  *text,
                                  PltDate     *date);
char     *plt_date_to_iso        (PltDate      date);
char     *plt_date_to_card       (PltDate      date);
char     *plt_date_to_compact    (PltDate      date);
char     *plt_date_to_display    (PltDate      date);
int       plt_date_compare       (PltDate      a,
                                  PltDate      b);
PltDate   plt_date_add_years     (PltDate      date,
                                  int          years);
PltDate   plt_date_add_days      (PltDate      date,
                                  int          days);
int       plt_date_years_between (PltDate      from,
                                  PltDate      to);
gint64    plt_date_to_unix       (PltDate      date);
PltDate   plt_date_today         (void);

G_END_DECLS
