/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives a citizen what a kind of anomaly needs: a name with an accent, a former home … */
#include "plt-demo-citizen.h"

#include <string.h>

/* A Latin surname to which it can happen; it is no transliteration any more. */
static void
give_family (PltDemoCitizen     *self,
             const PltDemoWorld *world,
             PltDemoTrait        trait,
             PltDemoRandom      *random)
{
  plt_demo_citizen_set_family (self, PLT_DEMO_SCRIPT_LATIN,
                               plt_demo_names_pick_trait (world->names, trait, random),
                               self->records[PLT_DEMO_IDENTITY].sex);
  self->given_names_native = NULL;
}

static void
give_foreign_name (PltDemoCitizen     *self,
                   const PltDemoWorld *world,
                   PltDemoRandom      *random)
{
  char sex = self->records[PLT_DEMO_IDENTITY].sex;
  PltDemoScript script;

  do
    script = plt_demo_names_pick_script (random);
  while (script == PLT_DEMO_SCRIPT_LATIN);
  plt_demo_citizen_set_family (self, script,
                               plt_demo_names_pick_family (world->names, script, random), sex);
  plt_demo_citizen_draw_given (self, world, sex, random);
}

static void
give_birth_family (PltDemoCitizen     *self,
                   const PltDemoWorld *world,
                   PltDemoRandom      *random)
{
  while (self->birth_family == NULL ||
         g_str_equal (self->birth_family->latin, self->family->latin))
    {
      const PltDemoName *family = plt_demo_names_pick_family (world->names, self->script, random);

      self->birth_family = self->records[PLT_DEMO_IDENTITY].sex == 'M' ? family
                                                                       : family->feminine;
    }
}

static void
give_middle_name (PltDemoCitizen     *self,
                  const PltDemoWorld *world,
                  PltDemoRandom      *random)
{
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];
  const PltDemoName *name = plt_demo_names_pick_given (world->names, self->script,
                                                       record->sex == 'M', random);

  if (strchr (record->given_names, ' ') != NULL)
    return;
  record->given_names = plt_demo_citizen_join (self, record->given_names, " ", name->latin);
  if (name->native != NULL && self->given_names_native != NULL)
    self->given_names_native = plt_demo_citizen_join (self, self->given_names_native, " ",
                                                      name->native);
}

/* Day and month can only change places when both are months, and not the same. */
static void
give_small_day (PltDemoCitizen *self)
{
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];
  PltDate birth = plt_demo_day_to_date (record->birth);

  if (birth.day > 12)
    birth.day -= birth.day > 24 ? 24 : 12;
  if (birth.day == birth.month)
    birth.day = birth.day % 12 + 1;
  record->birth = plt_demo_day_from_date (birth);
}

static void
give_former_home (PltDemoCitizen     *self,
                  const PltDemoWorld *world,
                  PltDemoRandom      *random)
{
  PltDemoHome *home = &self->homes[1];

  if (self->n_homes > 1)
    return;
  home->street = plt_demo_names_pick_street (world->names, random);
  home->house = plt_demo_random_range (random, 181, 240);
  home->town = plt_demo_names_pick_town (world->names, random);
  home->since = self->records[PLT_DEMO_IDENTITY].birth;
  if (self->homes[0].since <= home->since + 1)
    self->homes[0].since = world->today - plt_demo_random_range (random, 40, 900);
  self->n_homes = 2;
}

void
plt_demo_citizen_prepare (PltDemoCitizen     *self,
                          const PltDemoWorld *world,
                          PltDemoAnomaly      kind,
                          PltDemoRandom      *random)
{
  const char *family = self->family->latin;

  if (kind == PLT_DEMO_ANOMALY_DIACRITICS && g_str_is_ascii (family))
    give_family (self, world, PLT_DEMO_TRAIT_ACCENTED, random);
  else if (kind == PLT_DEMO_ANOMALY_TRANSLITERATION && self->family->variant == NULL)
    {
      if (plt_demo_random_range (random, 0, 1) == 0)
        give_family (self, world, PLT_DEMO_TRAIT_EXPANDABLE, random);
      else
        give_foreign_name (self, world, random);
    }
  else if (kind == PLT_DEMO_ANOMALY_HYPHENATION && strchr (family, '-') == NULL)
    give_family (self, world, PLT_DEMO_TRAIT_HYPHENATED, random);
  else if (kind == PLT_DEMO_ANOMALY_PARTICLE && strchr (family, ' ') == NULL)
    give_family (self, world, PLT_DEMO_TRAIT_PARTICLE, random);
  else if (kind == PLT_DEMO_ANOMALY_MAIDEN_NAME)
    give_birth_family (self, world, random);
  else if (kind == PLT_DEMO_ANOMALY_MISSING_MIDDLE_NAME)
    give_middle_name (self, world, random);
  else if (kind == PLT_DEMO_ANOMALY_DAY_MONTH_SWAPPED)
    give_small_day (self);
  else if (kind == PLT_DEMO_ANOMALY_STALE_ADDRESS)
    give_former_home (self, world, random);
}
