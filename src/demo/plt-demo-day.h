/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days counted from 1 January 1970: dates of which millions are drawn and compared. */
#pragma once

#include "plt-date.h"

G_BEGIN_DECLS

#define PLT_DEMO_NO_DAY G_MININT

int      plt_demo_day_new       (int      year,
                                 int      month,
                                 int      day);
int      plt_demo_day_from_date (PltDate  date);
PltDate  plt_demo_day_to_date   (int      day);
int      plt_demo_day_add_years (int      day,
                                 int      years);
int      plt_demo_day_years     (int      from,
                                 int      to);

G_END_DECLS
