/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two dates have to do with one another, and which dates of birth cannot be. */
#pragma once

#include "plt-date.h"
#include "plt-difference.h"

G_BEGIN_DECLS

PltDifference plt_date_compare_typing   (const char *a,
                                         const char *b);
gboolean      plt_date_is_birth_possible (const char *birth,
                                          PltDate     today);
GArray       *plt_date_list_slips        (PltDate     date);

G_END_DECLS
