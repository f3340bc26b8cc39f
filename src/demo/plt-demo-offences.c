/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws what citizens did on the road, what it cost them, and whether they paid. */
#include "plt-demo-citizen.h"

static const PltDemoOffence catalogue[] = {
  { .name = "Parking where stopping is forbidden", .points = 0, .fine_cents = 4000 },
  { .name = "Speeding up to 20 km/h", .points = 0, .fine_cents = 6000 },
  { .name = "Speeding 21 to 40 km/h", .points = 1, .fine_cents = 14050 },
  { .name = "Telephone held while driving", .points = 1, .fine_cents = 10000 },
  { .name = "Red light", .points = 2, .fine_cents = 20000 },
  { .name = "Speeding over 40 km/h", .points = 3, .fine_cents = 40000 },
  { .name = "No seat belt", .points = 0, .fine_cents = 3000 },
  { .name = "Alcohol over the limit", .points = 6, .fine_cents = 90000 },
};

static int
pick_offence (PltDemoRandom *random)
{
  int last = plt_demo_random_chance (random, 0.04) ? (int) G_N_ELEMENTS (catalogue) - 1
                                                   : (int) G_N_ELEMENTS (catalogue) - 2;

  return plt_demo_random_range (random, 0, last);
}

/* The infringement register knows every driver, and some who drive without a licence. */
void
plt_demo_citizen_draw_offences (PltDemoCitizen     *self,
                                const PltDemoWorld *world,
                                PltDemoRandom      *random)
{
  PltDemoRecord *record = &self->records[PLT_DEMO_INFRINGEMENT];
  int age = plt_date_years_between (record->birth, world->year);
  gboolean drives = self->records[PLT_DEMO_DRIVER].known;

  record->known = drives || (age >= 16 && plt_demo_random_chance (random, 0.03));
  if (!record->known || (drives && !plt_demo_random_chance (random, 0.25)))
    return;

  do
    {
      PltDemoOffence *offence = &self->offences[self->n_offences++];
      int days_ago = plt_demo_random_range (random, 3, 1000);

      *offence = catalogue[pick_offence (random)];
      offence->committed = plt_date_add_days (world->year, -days_ago);
      offence->paid = plt_demo_random_chance (random, days_ago > 90 ? 0.93 : 0.5);
    }
  while (self->n_offences < PLT_DEMO_MAX_OFFENCES && plt_demo_random_chance (random, 0.3));
}
