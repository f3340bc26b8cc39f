/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The persons found so far, the best first, each of them once. */
#pragma once

#include "plt-person-hit.h"

G_BEGIN_DECLS

/* @before: (nullable): what the new rows begin with. Returns: (transfer full) */
GArray       *plt_person_rows_new    (GArray       *before);

/* Adds @hits of page @page, which stay below those of earlier pages, so that nothing jumps. What
 * another source says of a person who is there already is merged into that hit. */
void          plt_person_rows_add    (GArray       *rows,
                                      GPtrArray    *hits,
                                      guint         page);

/* Puts @hit last whatever it is like: the caller's order counts. */
void          plt_person_rows_append (GArray       *rows,
                                      PltPersonHit *hit);

/* Returns: (transfer none) */
PltPersonHit *plt_person_rows_get    (GArray       *rows,
                                      guint         index);

G_END_DECLS
