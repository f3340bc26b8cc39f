/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Birth dates as people type them in a line of search. */
#pragma once

#include "plt-date.h"

G_BEGIN_DECLS

/* Both days belong to it; one day is a span of its own. */
typedef struct
{
  PltDate from;
  PltDate to;
} PltDateSpan;

guint plt_search_date_read (const char * const *words,
                            PltDate             today,
                            GArray             *spans);

G_END_DECLS
