/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the right to drive: since when, for what, how it was earned, and until when. */
#include "plt-demo-citizen.h"

#define YEAR_DAYS 365
#define GROUP1_DAYS (15 * YEAR_DAYS)
#define GROUP2_YEARS 5
#define FIRST_TEST_ON_FILE 12784 /* 1 January 2005: older tests were never put on file */

static const char *
draw_codes (guint64 bits)
{
  static const char *codes[] = { "01", "01", "01", "01", "78", "01,78", "01.06", "70" };

  return bits % 100 < 35 ? codes[(bits >> 8) % G_N_ELEMENTS (codes)] : "";
}

static void
add_test (PltDemoCitizen *self,
          const char     *category,
          gboolean        practical,
          gboolean        passed,
          int             taken,
          guint64         bits)
{
  if (taken < FIRST_TEST_ON_FILE || self->n_tests == PLT_DEMO_MAX_TESTS)
    return;
  self->tests[self->n_tests++] = (PltDemoTest) {
    .category = category,
    .practical = practical,
    .passed = passed,
    .taken = taken,
    .faults = passed ? (int) (bits % 5) : 6 + (int) (bits % 9),
  };
}

/* Who fails comes again some weeks later; the right begins on the day of the last test. */
static void
add_tests (PltDemoCitizen *self,
           const char     *category,
           int             since,
           PltDemoRandom  *random)
{
  guint64 bits = plt_demo_random_next (random);
  int day = since;

  add_test (self, category, TRUE, TRUE, day, bits);
  for (int i = 0; i < 2 && (bits >> (8 + i * 2)) % 4 == 0; i++)
    {
      day -= 21 + (int) ((bits >> 16) % 30);
      add_test (self, category, TRUE, FALSE, day, bits >> (20 + i));
    }
  day -= 14 + (int) ((bits >> 24) % 60);
  add_test (self, category, FALSE, TRUE, day, bits >> 30);
  if ((bits >> 36) % 4 == 0)
    add_test (self, category, FALSE, FALSE, day - 14 - (int) ((bits >> 40) % 20), bits >> 44);
}

/* Lorries and buses need a doctor every five years (2006/126/EC, annex III, 4). */
static void
draw_group2 (PltDemoCitizen     *self,
             const PltDemoWorld *world,
             int                 since_b,
             PltDemoRandom      *random)
{
  guint64 bits = plt_demo_random_next (random);
  int from = plt_demo_day_add_years (since_b, 3) + (int) (bits % 1500);

  if (from + 420 >= world->today)
    return;

  self->medical = world->today - 120 + (int) ((bits >> 16) % (GROUP2_YEARS * YEAR_DAYS));
  if (self->medical <= plt_demo_day_add_years (from, 2))
    self->medical = plt_demo_day_add_years (from, GROUP2_YEARS);
  plt_demo_citizen_add_right (self, "C1", from, self->medical, "");
  plt_demo_citizen_add_right (self, "C", from, self->medical, "");
  add_tests (self, "C", from, random);
  if ((bits >> 32) % 100 < 60)
    plt_demo_citizen_add_right (self, "CE", from + 200, self->medical, "");
  if ((bits >> 40) % 100 < 20)
    plt_demo_citizen_add_right (self, "D", from + 400, self->medical, "");
}

static void
draw_rights (PltDemoCitizen     *self,
             const PltDemoWorld *world,
             int                 age,
             PltDemoRandom      *random)
{
  guint64 bits = plt_demo_random_next (random);
  int since = self->first_issued;
  const char *codes = draw_codes (bits);

  plt_demo_citizen_add_right (self, "AM", since, self->expiry, codes);
  if ((bits >> 16) % 100 < 12 && since + 60 < world->today)
    {
      plt_demo_citizen_add_right (self, "A", since + 60, self->expiry, codes);
      add_tests (self, "A", since + 60, random);
    }
  plt_demo_citizen_add_right (self, "B", since, self->expiry, codes);
  add_tests (self, "B", since, random);
  if ((bits >> 24) % 100 < 9 && since + 90 < world->today)
    plt_demo_citizen_add_right (self, "BE", since + 90, self->expiry, codes);
  if (age >= 23 && age < 68 && (bits >> 32) % 100 < 7)
    draw_group2 (self, world, since, random);
}

/* A licence is for fifteen years; older drivers have had one or more before it. */
static void
draw_terms (PltDemoCitizen     *self,
            const PltDemoWorld *world,
            PltDemoRandom      *random)
{
  guint64 bits = plt_demo_random_next (random);
  int earliest = plt_demo_day_add_years (self->records[PLT_DEMO_DRIVER].birth, 18);
  int most = CLAMP (world->today - 1 - earliest, 0, 9 * YEAR_DAYS);
  int typical = MIN (most, 2 * YEAR_DAYS);
  int within = (bits & 3) == 0 ? most : typical;

  self->first_issued = earliest + (within > 0 ? (int) ((bits >> 8) % (guint) within) : 0);
  self->issued = self->first_issued;
  if (self->first_issued + GROUP1_DAYS < world->today)
    {
      int longest = MIN (world->today - self->first_issued - 1, GROUP1_DAYS + 150);

      self->issued = world->today - 1 - (int) ((bits >> 32) % (guint) longest);
    }
  self->expiry = plt_demo_day_add_years (self->issued, 15);
}

/* That a valid licence has run out the register finds out when it is asked. */
void
plt_demo_citizen_draw_licence (PltDemoCitizen     *self,
                               const PltDemoWorld *world,
                               PltDemoRandom      *random)
{
  int age = plt_demo_day_years (self->records[PLT_DEMO_DRIVER].birth, world->today);

  draw_terms (self, world, random);
  draw_rights (self, world, age, random);
  self->licence_status = self->death != PLT_DEMO_NO_DAY ? 'W' : 'V';
  self->shows_licence = self->death == PLT_DEMO_NO_DAY &&
                        plt_demo_random_range (random, 0, 9) == 0;
}
