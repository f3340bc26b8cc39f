/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the citizens to try: whatever the seed, they have the same numbers, names and cases. */
#include "plt-demo-characters.h"

typedef void (* Shape) (PltDemoCitizen     *self,
                        const PltDemoWorld *world);

typedef struct
{
  const char *kind;
  const char *family_name;
  const char *given_names;
  const char *script;
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
  PltDate birth = self->records[PLT_DEMO_IDENTITY].birth;
  PltDate since = plt_date_add_days (plt_date_add_years (birth, 18), 45);

  self->records[PLT_DEMO_DRIVER].known = TRUE;
  self->records[PLT_DEMO_INFRINGEMENT].known = TRUE;
  self->licence_status = 'V';
  self->licence_expiry = plt_date_add_days (world->today, days_left);
  plt_demo_citizen_add_right (self, "AM", since, self->licence_expiry, "");
  plt_demo_citizen_add_right (self, "B", since, self->licence_expiry, "");
}

static void
add_offence (PltDemoCitizen       *self,
             const PltDemoWorld   *world,
             const PltDemoOffence *offence,
             int                   days_ago)
{
  self->offences[self->n_offences] = *offence;
  self->offences[self->n_offences++].committed = plt_date_add_days (world->today, -days_ago);
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
  plt_demo_citizen_add_right (self, "A", plt_date_add_years (self->rights[0].from, 6),
                              self->licence_expiry, "");
  plt_demo_citizen_add_right (self, "BE", plt_date_add_years (self->rights[0].from, 2),
                              self->licence_expiry, "01");
}

static void
shape_birth_date (PltDemoCitizen     *self,
                  const PltDemoWorld *world)
{
  give_licence (self, world, 40);

  PltDate *birth = &self->records[PLT_DEMO_DRIVER].birth;

  *birth = plt_date_add_days (*birth, 9);
}

static void
shape_suspended (PltDemoCitizen     *self,
                 const PltDemoWorld *world)
{
  give_licence (self, world, 700);
  self->licence_status = 'S';
  self->suspended_until = plt_date_add_days (world->today, 160);
  add_offence (self, world, &alcohol, 70);
}

static void
shape_deceased (PltDemoCitizen     *self,
                const PltDemoWorld *world)
{
  give_licence (self, world, 500);
  self->death = plt_date_add_days (world->today, -53);
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
  PltDate since;

  give_licence (self, world, 200);
  since = plt_date_add_years (self->rights[0].from, 5);
  self->medical = plt_date_add_days (world->today, -12);
  plt_demo_citizen_add_right (self, "C1", since, self->medical, "");
  plt_demo_citizen_add_right (self, "C", since, self->medical, "");
  plt_demo_citizen_add_right (self, "CE", plt_date_add_years (since, 1), self->medical, "");
}

static void
shape_married (PltDemoCitizen     *self,
               const PltDemoWorld *world)
{
  give_licence (self, world, 35);
  plt_demo_citizen_set_text (&self->records[PLT_DEMO_DRIVER].family_name, "Halvorsen");
  plt_demo_citizen_set_text (&self->records[PLT_DEMO_INFRINGEMENT].family_name, "Halvorsen");
}

static void
shape_moved (PltDemoCitizen     *self,
             const PltDemoWorld *world)
{
  give_licence (self, world, 45);
  plt_demo_citizen_set_text (&self->records[PLT_DEMO_DRIVER].street, "Foundry Lane 17");
  plt_demo_citizen_set_text (&self->records[PLT_DEMO_DRIVER].town, "4010 Northgate");
  self->moved_in = plt_date_add_days (world->today, -80);
}

static void
shape_diacritics (PltDemoCitizen     *self,
                  const PltDemoWorld *world)
{
  give_licence (self, world, 20);
  plt_demo_citizen_set_text (&self->records[PLT_DEMO_DRIVER].family_name, "Schroder-Angstrom");
  plt_demo_citizen_set_text (&self->records[PLT_DEMO_DRIVER].given_names, "Jurgen Andre");
}

static const Character characters[] = {
  { "renewal", "Lindqvist", "Clara", "latin", NULL, NULL, 'F', 38, shape_renewal },
  { "renewal", "Moreau", "Hugo", "latin", NULL, NULL, 'M', 44, shape_motorist },
  { "renewal", "Kowalski", "Nina Alma", "latin", NULL, NULL, 'F', 29, shape_renewal },
  { "first_licence", "Petit", "Noah", "latin", NULL, NULL, 'M', 19, NULL },
  { "first_licence", "Holm", "Ida", "latin", NULL, NULL, 'F', 23, NULL },
  { "birth_date", "Andersson", "Sofia", "latin", NULL, NULL, 'F', 40, shape_birth_date },
  { "suspended", "Dubois", "Victor", "latin", NULL, NULL, 'M', 35, shape_suspended },
  { "deceased", "Bernard", "Edith", "latin", NULL, NULL, 'F', 84, shape_deceased },
  { "under_age", "Fischer", "Leo", "latin", NULL, NULL, 'M', 15, NULL },
  { "longest_names", "Featherstonehaugh-Cholmondeley von und zu Hohenfels-Östergård",
    "Maximiliana-Alexandrina Bartholomea Wilhelmine-Konstantina Theodora", "latin", NULL, NULL,
    'F', 52, shape_renewal },
  { "two_scripts", "Shevchenko", "Oksana", "cyrillic", "Шевченко", "Оксана", 'F', 33,
    shape_renewal },
  { "two_scripts", "Papadopoulos", "Konstantinos", "greek", "Παπαδόπουλος", "Κωνσταντίνος", 'M',
    47, shape_renewal },
  { "two_scripts", "Haddad", "Layla", "arabic", "حداد", "ليلى", 'F', 27, shape_renewal },
  { "two_scripts", "Suwannarat", "Kittipong", "thai", "สุวรรณรัตน์", "กิตติพงษ์", 'M', 41,
    shape_renewal },
  { "not_in_identity", "Zielinski", "Jan", "latin", NULL, NULL, 'M', 58, shape_not_in_identity },
  { "unpaid", "Rossi", "Dario", "latin", NULL, NULL, 'M', 31, shape_unpaid },
  { "medical", "Hansen", "Sven Otto", "latin", NULL, NULL, 'M', 55, shape_medical },
  { "family_name", "Lacroix", "Ingrid", "latin", NULL, NULL, 'F', 36, shape_married },
  { "old_address", "Novak", "Petra", "latin", NULL, NULL, 'F', 49, shape_moved },
  { "diacritics", "Schröder-Ångström", "Jürgen André", "latin", NULL, NULL, 'M', 62,
    shape_diacritics },
};

int
plt_demo_characters_count (void)
{
  return G_N_ELEMENTS (characters);
}

const char *
plt_demo_characters_get_kind (int index)
{
  g_assert (index >= 0 && index < plt_demo_characters_count ());

  return characters[index].kind;
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
  PltDate birthday = plt_date_add_years (world->today, -character->age);

  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      PltDemoRecord *record = &self->records[i];

      plt_demo_citizen_set_text (&record->family_name, character->family_name);
      plt_demo_citizen_set_text (&record->given_names, character->given_names);
      g_free (record->street);
      record->street = g_strdup_printf ("%s %d", streets[index % G_N_ELEMENTS (streets)],
                                        3 + index * 7);
      plt_demo_citizen_set_text (&record->town, towns[index % G_N_ELEMENTS (towns)]);
      record->birth = plt_date_add_days (birthday, -40 - index * 11);
    }
  self->records[PLT_DEMO_IDENTITY].known = TRUE;
}

/**
 * plt_demo_characters_draw:
 * @self: a citizen with number and person drawn; for a citizen to try, everything is set
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

  self->sex = character->sex;
  self->script = character->script;
  self->nationality = "UTO";
  plt_demo_citizen_set_text (&self->birth_place, index % 2 == 0 ? "Utopia City" : "Amaurot");
  plt_demo_citizen_set_text (&self->family_name_native, character->family_name_native);
  plt_demo_citizen_set_text (&self->given_names_native, character->given_names_native);
  set_person (self, world, character, (int) index);
  self->moved_in = plt_date_add_days (world->today, -3000);
  if (character->shape != NULL)
    character->shape (self, world);
  self->anomaly = character->kind;

  return TRUE;
}
