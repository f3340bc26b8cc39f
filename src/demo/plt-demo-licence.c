/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the right to drive: who has one, since when, for what, and until when. */
#include "plt-demo-citizen.h"

#define GROUP1_YEARS 15
#define GROUP2_YEARS 5

static double
get_driver_share (int age)
{
  if (age < 18)
    return 0;
  if (age < 21)
    return 0.5;
  if (age < 70)
    return 0.74;

  return age < 80 ? 0.55 : 0.3;
}

static const char *
draw_codes (PltDemoRandom *random)
{
  static const char *codes[] = { "01", "01", "01", "01", "78", "01,78", "01.06", "70" };

  if (!plt_demo_random_chance (random, 0.35))
    return "";

  return codes[plt_demo_random_range (random, 0, G_N_ELEMENTS (codes) - 1)];
}

/* Lorries and buses need a doctor every five years (2006/126/EC, annex III, 4). */
static void
draw_group2 (PltDemoCitizen     *self,
             const PltDemoWorld *world,
             PltDate             since_b,
             PltDemoRandom      *random)
{
  PltDate from = plt_date_add_days (plt_date_add_years (since_b, 3),
                                    plt_demo_random_range (random, 0, 1500));

  if (plt_date_compare (from, world->year) >= 0)
    return;

  self->medical = plt_date_add_days (world->year,
                                     plt_demo_random_range (random, -120, GROUP2_YEARS * 365));
  if (plt_date_compare (self->medical, plt_date_add_years (from, 2)) <= 0)
    self->medical = plt_date_add_years (from, GROUP2_YEARS);
  plt_demo_citizen_add_right (self, "C1", from, self->medical, "");
  plt_demo_citizen_add_right (self, "C", from, self->medical, "");
  if (plt_demo_random_chance (random, 0.6))
    plt_demo_citizen_add_right (self, "CE", plt_date_add_days (from, 200), self->medical, "");
  if (plt_demo_random_chance (random, 0.2))
    plt_demo_citizen_add_right (self, "D", plt_date_add_days (from, 400), self->medical, "");
}

static void
draw_rights (PltDemoCitizen     *self,
             const PltDemoWorld *world,
             int                 age,
             PltDemoRandom      *random)
{
  PltDate birth = self->records[PLT_DEMO_DRIVER].birth;
  int since_age = plt_demo_random_range (random, 18, MIN (age, 26));
  PltDate earliest = plt_date_add_years (birth, since_age);
  PltDate since = plt_date_add_days (earliest, plt_demo_random_range (random, 0, 300));
  const char *codes = draw_codes (random);

  if (plt_date_compare (since, world->year) >= 0)
    since = earliest;
  self->licence_expiry = plt_date_add_days (world->year,
                                            plt_demo_random_range (random, -150,
                                                                   GROUP1_YEARS * 365));
  if (plt_date_compare (self->licence_expiry, plt_date_add_years (since, GROUP1_YEARS)) > 0)
    self->licence_expiry = plt_date_add_years (since, GROUP1_YEARS);
  if (plt_date_compare (self->licence_expiry, plt_date_add_years (since, 1)) < 0)
    self->licence_expiry = plt_date_add_years (since, GROUP1_YEARS);
  plt_demo_citizen_add_right (self, "AM", since, self->licence_expiry, codes);
  if (plt_demo_random_chance (random, 0.12))
    plt_demo_citizen_add_right (self, "A", plt_date_add_days (since, 60), self->licence_expiry,
                                codes);
  plt_demo_citizen_add_right (self, "B", since, self->licence_expiry, codes);
  if (plt_demo_random_chance (random, 0.09))
    plt_demo_citizen_add_right (self, "BE", plt_date_add_days (since, 90), self->licence_expiry,
                                codes);
  if (age >= 23 && age < 68 && plt_demo_random_chance (random, 0.07))
    draw_group2 (self, world, since, random);
}

/* That a valid licence has run out the register finds out when it is asked. */
static void
draw_status (PltDemoCitizen     *self,
             const PltDemoWorld *world,
             PltDemoRandom      *random)
{
  self->licence_status = 'V';
  if (plt_demo_random_chance (random, 0.004))
    self->licence_status = 'W';
  else if (plt_demo_random_chance (random, 0.009))
    {
      self->licence_status = 'S';
      self->suspended_until = plt_date_add_days (world->year,
                                                 plt_demo_random_range (random, 370, 1100));
    }
}

/* About two adults in three drive. Without a licence the driver register knows nobody. */
void
plt_demo_citizen_draw_licence (PltDemoCitizen     *self,
                               const PltDemoWorld *world,
                               guint64             index,
                               PltDemoRandom      *random)
{
  int age = plt_date_years_between (self->records[PLT_DEMO_DRIVER].birth, world->year);

  self->records[PLT_DEMO_DRIVER].known = plt_demo_random_chance (random, get_driver_share (age));
  if (!self->records[PLT_DEMO_DRIVER].known)
    return;

  draw_rights (self, world, age, random);
  draw_status (self, world, random);
}
