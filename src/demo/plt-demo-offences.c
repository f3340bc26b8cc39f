/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws what citizens did on the road, what it cost them, and whether they may still drive. */
#include "plt-demo-citizen.h"

/* From here on back alcohol has had its consequences already. */
#define BAN_OVER_DAYS 430
#define OLDEST_DAYS 1450

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

#define ALCOHOL (G_N_ELEMENTS (catalogue) - 1)

/* Of those with a case, one in forty may not drive now, or not at all any more: for alcohol. */
static void
draw_ban (PltDemoCitizen     *self,
          const PltDemoWorld *world,
          PltDemoRandom      *random)
{
  PltDemoOffence *offence = &self->offences[0];
  guint64 bits = plt_demo_random_next (random);
  int days_ago = 10 + (int) ((bits >> 16) % 200);

  if (self->licence_status != 'V' || bits % 1000 >= 32)
    return;
  *offence = catalogue[ALCOHOL];
  offence->paid = (bits >> 32) % 10 < 7;
  offence->committed = world->today - days_ago;
  self->licence_status = bits % 1000 < 10 ? 'W' : 'S';
  if (self->licence_status == 'S')
    self->suspended_until = world->today + 20 + (int) ((bits >> 40) % 600);
  else
    self->withdrawn = "ALL";
}

/* The infringement register knows every driver, and some who drive without a licence. */
void
plt_demo_citizen_draw_offences (PltDemoCitizen         *self,
                                const PltDemoWorld     *world,
                                const PltDemoNeighbour *neighbour,
                                PltDemoRandom          *random)
{
  self->n_offences = MIN (neighbour->n_offences, PLT_DEMO_MAX_OFFENCES);
  for (int i = 0; i < self->n_offences; i++)
    {
      PltDemoOffence *offence = &self->offences[i];
      guint64 bits = plt_demo_random_next (random);
      int days_ago = 3 + (int) (bits % OLDEST_DAYS);
      gsize last = days_ago > BAN_OVER_DAYS && (bits >> 16) % 100 < 5 ? ALCOHOL : ALCOHOL - 1;

      *offence = catalogue[last == ALCOHOL ? ALCOHOL : (bits >> 24) % ALCOHOL];
      offence->committed = world->today - days_ago;
      offence->paid = (bits >> 40) % 100 < (days_ago > 90 ? 93u : 50u);
    }
  if (self->n_offences > 0)
    draw_ban (self, world, random);
}
