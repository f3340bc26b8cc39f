/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two registries' spellings of a name have to do with one another. */
#pragma once

#include "plt-difference.h"

G_BEGIN_DECLS

PltDifference plt_name_compare_family (const char *a,
                                       const char *b);
PltDifference plt_name_compare_given  (const char *a,
                                       const char *b);
PltDifference plt_name_compare_place  (const char *a,
                                       const char *b);
gboolean      plt_name_romanised_same (const char *a,
                                       const char *b);

G_END_DECLS
