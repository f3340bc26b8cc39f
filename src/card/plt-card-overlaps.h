/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which elements of a page lie on each other, or too near to its edge, where nobody means it: grounds,
 * lines, ghosts, specimen marks and what only special light shows are meant to lie under others. */
#pragma once

#include "plt-card-parts.h"

G_BEGIN_DECLS

/* The later element lies on the earlier one. */
typedef struct
{
  guint  upper, lower;  /* of the page's parts */
  double width, height; /* of what both cover, mm */
} PltCardOverlap;

GArray *plt_card_find_overlaps     (PltLayout     *layout,
                                    PltCardInputs *inputs,
                                    guint          page,
                                    GPtrArray     *parts);
double  plt_card_get_edge_distance (PltLayout     *layout,
                                    guint          page,
                                    GPtrArray     *parts,
                                    guint          index);

G_END_DECLS
