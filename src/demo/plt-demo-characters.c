/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the citizens to try: whatever the seed, they have the same numbers, names and cases. */
#include "plt-demo-characters.h"

typedef void (* Shape) (PltDemoCitizen     *self,
                        const PltDemoWorld *world);

typedef struct
{
  const char *family_name;
  const char *given_names;
  PltDemoScript script;
  const char *family_name_native;
  const char *given_names_native;
  char        sex;
  int         age;
  Shape       shape; /* NULL: no licence, and nothing known on the road */
} Character;

static const PltDemoOffence parking = {
  .name = "Parking where stopping is forbidden", .points = 0, .fine_cents = 4000,
};
static const PltDemoOffence alcohol = {
  .name = "Alcohol over the limit", .points = 6, .fine_cents = 90000, .paid = TRUE,
};
static const PltDemoOffence speeding = {
  .name = "Speeding 21 to 40 km/h", .points = 1, .fine_cents = 14050,
};

static void
give_licence (PltDemoCitizen     *self,
              const PltDemoWorld *world,
              int                 days_left)
{
  int since = plt_demo_day_add_years (self->records[PLT_DEMO_IDENTITY].birth, 18) + 45;

  self->records[PLT_DEMO_DRIVER].known = TRUE;
  self->records[PLT_DEMO_INFRINGEMENT].known = TRUE;
  self->licence_status = 'V';
  self->expiry = world->today + days_left;
  self->first_issued = since;
  self->issued = MAX (plt_demo_day_add_years (self->expiry, -15), since);
  plt_demo_citizen_add_right (self, "AM", since, self->expiry, "");
  plt_demo_citizen_add_right (self, "B", since, self->expiry, "");
}

static void
add_offence (PltDemoCitizen       *self,
             const PltDemoWorld   *world,
             const PltDemoOffence *offence,
             int                   days_ago)
{
  self->offences[self->n_offences] = *offence;
  self->offences[self->n_offences++].committed = world->today - days_ago;
}

static void
shape_renewal (PltDemoCitizen     *self,
               const PltDemoWorld *world)
{
  give_licence (self, world, 24);
}

static void
shape_motorist (PltDemoCitizen     *self,
                const PltDemoWorld *world)
{
  give_licence (self, world, 31);
  plt_demo_citizen_add_right (self, "A", plt_demo_day_add_years (self->first_issued, 6),
                              self->expiry, "");
  plt_demo_citizen_add_right (self, "BE", plt_demo_day_add_years (self->first_issued, 2),
                              self->expiry, "01");
}

static const char *
write_day (PltDemoCitizen *self,
           int             day)
{
  PltDate date = plt_demo_day_to_date (day);

  return plt_demo_citizen_add_text (self, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void
shape_birth_date (PltDemoCitizen     *self,
                  const PltDemoWorld *world)
{
  int *birth = &self->records[PLT_DEMO_DRIVER].birth;

  give_licence (self, world, 40);
  plt_demo_citizen_add_truth (self, PLT_DEMO_ANOMALY_DATE_OFF_BY_ONE, PLT_DEMO_DRIVER,
                              "birth_date", write_day (self, *birth), write_day (self, *birth + 1));
  *birth += 1;
}

static void
shape_suspended (PltDemoCitizen     *self,
                 const PltDemoWorld *world)
{
  give_licence (self, world, 700);
  self->licence_status = 'S';
  self->suspended_until = world->today + 160;
  add_offence (self, world, &alcohol, 70);
}

static void
shape_deceased (PltDemoCitizen     *self,
                const PltDemoWorld *world)
{
  give_licence (self, world, 500);
  self->death = world->today - 53;
  plt_demo_citizen_add_truth (self, PLT_DEMO_ANOMALY_DEAD_AND_ALIVE, PLT_DEMO_DRIVER,
                              "licence_status", write_day (self, self->death), "valid");
}

static void
shape_not_in_identity (PltDemoCitizen     *self,
                       const PltDemoWorld *world)
{
  give_licence (self, world, 60);
  self->records[PLT_DEMO_IDENTITY].known = FALSE;
}

static void
shape_unpaid (PltDemoCitizen     *self,
              const PltDemoWorld *world)
{
  give_licence (self, world, 28);
  add_offence (self, world, &parking, 210);
  add_offence (self, world, &speeding, 95);
}

static void
shape_medical (PltDemoCitizen     *self,
               const PltDemoWorld *world)
{
  int since;

  give_licence (self, world, 200);
  since = plt_demo_day_add_years (self->first_issued, 5);
  self->medical = world->today - 12;
  plt_demo_citizen_add_right (self, "C1", since, self->medical, "");
  plt_demo_citizen_add_right (self, "C", since, self->medical, "");
  plt_demo_citizen_add_right (self, "CE", plt_demo_day_add_years (since, 1), self->medical, "");
}

static void
shape_married (PltDemoCitizen     *self,
               const PltDemoWorld *world)
{
  give_licence (self, world, 35);
  self->records[PLT_DEMO_DRIVER].family_name = "Halvorsen";
  self->records[PLT_DEMO_INFRINGEMENT].family_name = "Halvorsen";
  plt_demo_citizen_add_truth (self, PLT_DEMO_ANOMALY_MARRIED_NAME, PLT_DEMO_DRIVER, "family_name",
                              "Lacroix", "HALVORSEN");
  plt_demo_citizen_add_truth (self, PLT_DEMO_ANOMALY_MARRIED_NAME, PLT_DEMO_INFRINGEMENT,
                              "family_name", "Lacroix", "Halvorsen");
}

static void
shape_moved (PltDemoCitizen     *self,
             const PltDemoWorld *world)
{
  const PltDemoRecord *now = &self->records[PLT_DEMO_IDENTITY];

  give_licence (self, world, 45);
  self->homes[1] = (PltDemoHome) { "Foundry Lane", "4010 Northgate", 17, world->today - 3000 };
  self->homes[0].since = world->today - 80;
  self->n_homes = 2;
  self->records[PLT_DEMO_DRIVER].street = "Foundry Lane 17";
  self->records[PLT_DEMO_DRIVER].town = "4010 Northgate";
  plt_demo_citizen_add_truth (self, PLT_DEMO_ANOMALY_STALE_ADDRESS, PLT_DEMO_DRIVER, "address",
                              plt_demo_citizen_join (self, now->street, ", ", now->town),
                              "FOUNDRY LANE 17, 4010 NORTHGATE");
}

static void
shape_diacritics (PltDemoCitizen     *self,
                  const PltDemoWorld *world)
{
  give_licence (self, world, 20);
  self->records[PLT_DEMO_DRIVER].family_name = "Schroder-Angstrom";
  self->records[PLT_DEMO_DRIVER].given_names = "Jurgen Andre";
  plt_demo_citizen_add_truth (self, PLT_DEMO_ANOMALY_DIACRITICS, PLT_DEMO_DRIVER, "family_name",
                              "Schröder-Ångström", "SCHRODER-ANGSTROM");
}

static const Character characters[] = {
  { "Lindqvist", "Clara", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'F', 38, shape_renewal },
  { "Moreau", "Hugo", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'M', 44, shape_motorist },
  { "Kowalski", "Nina Alma", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'F', 29, shape_renewal },
  { "Petit", "Noah", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'M', 19, NULL },
  { "Holm", "Ida", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'F', 23, NULL },
  { "Andersson", "Sofia", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'F', 40, shape_birth_date },
  { "Dubois", "Victor", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'M', 35, shape_suspended },
  { "Bernard", "Edith", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'F', 84, shape_deceased },
  { "Fischer", "Leo", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'M', 15, NULL },
  { "Featherstonehaugh-Cholmondeley von und zu Hohenfels-Östergård",
    "Maximiliana-Alexandrina Bartholomea Wilhelmine-Konstantina Theodora",
    PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'F', 52, shape_renewal },
  { "Shevchenko", "Oksana", PLT_DEMO_SCRIPT_CYRILLIC, "Шевченко", "Оксана", 'F', 33,
    shape_renewal },
  { "Papadopoulos", "Konstantinos", PLT_DEMO_SCRIPT_GREEK, "Παπαδόπουλος", "Κωνσταντίνος",
    'M', 47, shape_renewal },
  { "Haddad", "Layla", PLT_DEMO_SCRIPT_ARABIC, "حداد", "ليلى",
    'F', 27, shape_renewal },
  { "Suwannarat", "Kittipong", PLT_DEMO_SCRIPT_THAI, "สุวรรณรัตน์", "กิตติพงษ์", 'M', 41,
    shape_renewal },
  { "Zielinski", "Jan", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'M', 58, shape_not_in_identity },
  { "Rossi", "Dario", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'M', 31, shape_unpaid },
  { "Hansen", "Sven Otto", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'M', 55, shape_medical },
  { "Lacroix", "Ingrid", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'F', 36, shape_married },
  { "Novak", "Petra", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'F', 49, shape_moved },
  { "Schröder-Ångström", "Jürgen André", PLT_DEMO_SCRIPT_LATIN, NULL, NULL, 'M', 62,
    shape_diacritics },
};

int
plt_demo_characters_count (void)
{
  return G_N_ELEMENTS (characters);
}

int
plt_demo_characters_count_drivers (void)
{
  int n_drivers = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (characters); i++)
    n_drivers += characters[i].shape != NULL;

  return n_drivers;
}

/* The cases that the shapes above add: two of the unpaid, one of the suspended. */
int
plt_demo_characters_count_offences (void)
{
  return 3;
}

static void
set_person (PltDemoCitizen     *self,
            const PltDemoWorld *world,
            const Character    *character,
            int                 index)
{
  static const char *streets[] = { "Linden Avenue", "Garden Street", "River Walk", "Castle Street",
                                   "Orchard Close" };
  static const char *towns[] = { "1010 Utopia City", "2100 Amaurot", "1040 Utopia City",
                                 "3300 Lindenau" };
  PltDemoRecord record = {
    .id_number = self->id_number,
    .family_name = character->family_name,
    .given_names = character->given_names,
    .town = towns[index % (int) G_N_ELEMENTS (towns)],
    .nationality = "UTO",
    .sex = character->sex,
    .birth = plt_demo_day_add_years (world->today, -character->age) - 40 - index * 11,
  };

  self->homes[0] = (PltDemoHome) { streets[index % (int) G_N_ELEMENTS (streets)], record.town,
                                   3 + index * 7, world->today - 3000 };
  self->n_homes = 1;
  record.street = plt_demo_citizen_write_street (self, &self->homes[0]);
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    self->records[i] = record;
  self->records[PLT_DEMO_IDENTITY].known = TRUE;
}

/**
 * plt_demo_characters_draw:
 * @self: a citizen with a number; for a citizen to try, everything is set
 * @world: what is drawn from; dates are counted from its today
 * @index: the citizen's place in the population
 *
 * Returns: whether this place belongs to a citizen to try
 */
gboolean
plt_demo_characters_draw (PltDemoCitizen     *self,
                          const PltDemoWorld *world,
                          guint64             index)
{
  if (index >= G_N_ELEMENTS (characters))
    return FALSE;

  const Character *character = &characters[index];

  self->script = character->script;
  self->birth_place = index % 2 == 0 ? "Utopia City" : "Amaurot";
  self->family_name_native = character->family_name_native;
  self->given_names_native = character->given_names_native;
  set_person (self, world, character, (int) index);
  if (character->shape != NULL)
    character->shape (self, world);

  return TRUE;
}
