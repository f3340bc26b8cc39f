/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some thousands of neighbours: their households, ages, and who of them drives, offends or is the
 * subject of an anomaly. Whatever needs two people or a count finds it within one district, so
 * that districts can be drawn in any order and by several threads. */
#pragma once

#include "plt-demo-world.h"

G_BEGIN_DECLS

#define PLT_DEMO_DISTRICT 4096
/* Neighbours at this distance share nothing; they are the pairs of anomalies of two people. */
#define PLT_DEMO_PAIR 16

typedef struct
{
  const char *street;
  const char *town; /* with the postcode */
  int         house;
  int         since;
} PltDemoHome;

typedef struct
{
  guint64            first; /* index of the head */
  int                size;
  gboolean           couple;
  gboolean           twins; /* the last two children */
  PltDemoScript      script;
  const PltDemoName *family;
  PltDemoHome        homes[3]; /* the present one first */
  int                n_homes;
} PltDemoHousehold;

typedef struct
{
  guint16        household;
  guint8         place; /* in the household; 0 is the head */
  char           sex;   /* M, F or X */
  int            birth;
  int            death;    /* or PLT_DEMO_NO_DAY */
  gint32         namesake; /* place in the district of whom name and birth are shared, or -1 */
  guint16        n_offences;
  gboolean       drives;
  PltDemoAnomaly anomaly;
  gboolean       is_other; /* the other one of an anomaly of two */
} PltDemoNeighbour;

typedef struct
{
  guint64          first;
  int              n_neighbours;
  int              n_households;
  PltDemoHousehold households[PLT_DEMO_DISTRICT];
  PltDemoNeighbour neighbours[PLT_DEMO_DISTRICT];
} PltDemoDistrict;

/* Sums over all districts, from which each knows its share of the exact numbers. */
typedef struct _PltDemoCensus PltDemoCensus;

int            plt_demo_world_count_districts (const PltDemoWorld   *world);

PltDemoCensus *plt_demo_census_new            (const PltDemoWorld   *world,
                                               int                   n_threads,
                                               GError              **error);
void           plt_demo_census_free           (PltDemoCensus        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoCensus, plt_demo_census_free)

void           plt_demo_district_draw         (PltDemoDistrict      *self,
                                               const PltDemoWorld   *world,
                                               const PltDemoCensus  *census,
                                               int                   number);

G_END_DECLS
