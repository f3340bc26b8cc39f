/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills the registries of a box with a population. It is made in databases beside those that
 * serve, which take their place in one transaction when everything is ready: whoever interrupts
 * it has what was there before, and the next run clears up. */
#pragma once

#include "plt-demo-plan.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 n_rows;  /* in all tables */
  double  seconds; /* until the rows were there */
  double  seconds_with_indexes;
} PltDemoFilled;

/* What may hold on to the databases must let go before they are exchanged. */
typedef gboolean (* PltDemoStop) (PltDemoBox  *box,
                                  GError     **error);

gboolean plt_demo_fill           (PltDemoBox         *box,
                                  const PltDemoPlan  *plan,
                                  PltDemoStop         stop,
                                  PltDemoFilled      *filled,
                                  GError            **error);
gboolean plt_demo_fill_clear_up  (PltDemoBox         *box,
                                  GError            **error);

G_END_DECLS
