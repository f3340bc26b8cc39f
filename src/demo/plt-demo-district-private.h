/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a district and the census of all of them share. */
#pragma once

#include "plt-demo-district.h"

G_BEGIN_DECLS

/* Age groups that drive more or less often. */
enum
{
  PLT_DEMO_CHILD,
  PLT_DEMO_BEGINNER,
  PLT_DEMO_ADULT,
  PLT_DEMO_ELDERLY,
  PLT_DEMO_OLD,
  PLT_DEMO_N_GROUPS,
};

struct _PltDemoCensus
{
  guint64  weights[PLT_DEMO_N_GROUPS];  /* of one person, scaled to 2³² */
  guint64 *drivers_before;     /* sums of weights, one for each district and the total */
  guint64 *offences_before;
  guint64  n_drivers;
  guint64  n_offences;
};

void     plt_demo_district_draw_people    (PltDemoDistrict        *self,
                                           const PltDemoWorld     *world,
                                           int                     number);
int      plt_demo_district_find_group     (const PltDemoDistrict  *self,
                                           const PltDemoWorld     *world,
                                           int                     at);
guint64  plt_demo_district_weigh_offences (const PltDemoDistrict  *self,
                                           const PltDemoWorld     *world,
                                           int                     at);
void     plt_demo_district_share_drivers  (PltDemoDistrict        *self,
                                           const PltDemoWorld     *world,
                                           const PltDemoCensus    *census,
                                           int                     number);

G_END_DECLS
