/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What everybody in Utopia is drawn from. The same world gives the same people, whoever draws
 * them and in whatever order. */
#pragma once

#include "plt-demo-anomaly.h"
#include "plt-demo-day.h"
#include "plt-demo-names.h"

G_BEGIN_DECLS

typedef struct
{
  PltDemoNames *names; /* lent */
  guint64       seed;
  int           today;
  int           n_citizens;
  int           n_drivers;       /* exactly so many, the people to try included */
  int           n_infringements; /* cases, as exactly */
  PltDemoRates  rates;
} PltDemoWorld;

G_END_DECLS
