/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a citizen: household, names, age and address, then what the registries know. */
#include "plt-demo-citizen.h"

#include "plt-demo-characters.h"

#include <string.h>

/* Households are cut from blocks of neighbours, so that any citizen can be drawn alone. */
#define BLOCK 12
#define BLOCK_STREAM (G_GUINT64_CONSTANT (1) << 62)

typedef struct
{
  guint64 first; /* index of the head */
  int     size;
  int     place; /* of our citizen in it: 0 is the head */
} Household;

/* ISO/IEC 7064 MOD 11,10 (clause 9, hybrid system). */
static char
compute_check_digit (const char *digits)
{
  int product = 10;

  for (const char *at = digits; *at != '\0'; at++)
    {
      int sum = (product + (*at - '0')) % 10;

      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }

  return (char) ('0' + (11 - product) % 10);
}

/* A factor without a common divisor with the range spreads neighbours and hits no number twice. */
static guint64
scatter (guint64 index,
         guint64 range)
{
  return (index % range * 7368787 + 2718281) % range;
}

/**
 * plt_demo_citizen_write_id:
 * @index: the citizen's place in the population, below nine thousand million
 * @id_number: (out caller-allocates): ten digits, their check digit and NUL
 */
void
plt_demo_citizen_write_id (guint64 index,
                           char    id_number[12])
{
  guint64 body = scatter (index, G_GUINT64_CONSTANT (9000000000)) + 1000000000;

  g_snprintf (id_number, 12, "%" G_GUINT64_FORMAT, body);
  id_number[10] = compute_check_digit (id_number);
  id_number[11] = '\0';
}

static void
write_licence_number (guint64 index,
                      char    number[10])
{
  g_snprintf (number, 10, "U%07u", (guint) (scatter (index, 9000000) + 1000000));
  number[8] = compute_check_digit (number + 1);
  number[9] = '\0';
}

static int
draw_household_size (PltDemoRandom *random)
{
  static const int sizes[] = { 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5 };

  return sizes[plt_demo_random_range (random, 0, G_N_ELEMENTS (sizes) - 1)];
}

static Household
find_household (const PltDemoWorld *world,
                guint64             index)
{
  PltDemoRandom random = plt_demo_random_new (world->seed, BLOCK_STREAM | index / BLOCK);
  guint64 first = index / BLOCK * BLOCK;
  guint64 end = first + BLOCK;
  int size = draw_household_size (&random);

  while (first + (guint64) size <= index)
    {
      first += (guint64) size;
      size = MIN (draw_household_size (&random), (int) (end - first));
    }

  return (Household) { first, size, (int) (index - first) };
}

/* Adults of an ageing country, in bands of five years from 20; in thousandths. */
static int
draw_adult_age (PltDemoRandom *random)
{
  static const int bands[] = { 70, 76, 82, 84, 84, 84, 88, 88, 80, 68, 60, 52, 42, 26, 12, 4 };
  int at = plt_demo_random_range (random, 0, 999);
  int band = 0;

  while (band < (int) G_N_ELEMENTS (bands) - 1 && at >= bands[band])
    at -= bands[band++];

  return 20 + band * 5 + plt_demo_random_range (random, 0, 4);
}

static int
draw_age (const Household *household,
          int              head_age,
          PltDemoRandom   *random)
{
  if (household->place == 0)
    return head_age;
  if (household->place == 1)
    return CLAMP (head_age + plt_demo_random_range (random, -6, 5), 19, 99);

  return MAX (head_age - plt_demo_random_range (random, 21, 37), 0);
}

/* Replaces the text, taking a copy. */
void
plt_demo_citizen_set_text (char       **text,
                           const char  *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

/* Slavic surnames in -ov, -ev and -in have a form for women. */
static void
feminise (PltDemoName *family,
          const char  *script)
{
  if (!g_str_equal (script, "cyrillic") ||
      !(g_str_has_suffix (family->latin, "ov") || g_str_has_suffix (family->latin, "ev")))
    return;

  g_autofree char *latin = g_steal_pointer (&family->latin);
  g_autofree char *native = g_steal_pointer (&family->native);

  family->latin = g_strconcat (latin, "a", NULL);
  family->native = g_strconcat (native, "а", NULL);
}

static void
draw_given_names (PltDemoCitizen     *self,
                  const PltDemoWorld *world,
                  PltDemoRandom      *random)
{
  g_autoptr (GString) latin = g_string_new (NULL);
  g_autoptr (GString) native = g_string_new (NULL);
  double further = g_str_equal (self->script, "latin") ? 0.4 : 0.1;

  do
    {
      PltDemoName name = plt_demo_names_pick_given (world->names, self->script, self->sex, random);

      if (strstr (latin->str, name.latin) == NULL)
        {
          g_string_append_printf (latin, "%s%s", latin->len > 0 ? " " : "", name.latin);
          if (name.native != NULL)
            g_string_append_printf (native, "%s%s", native->len > 0 ? " " : "", name.native);
        }
      g_free (name.latin);
      g_free (name.native);
      further *= 0.6;
    }
  while (plt_demo_random_chance (random, further));

  self->records[PLT_DEMO_IDENTITY].given_names = g_strdup (latin->str);
  self->given_names_native = native->len > 0 ? g_strdup (native->str) : NULL;
}

/* What a household shares: script, surname and address. A few keep a name of their own. */
static void
draw_household (PltDemoCitizen     *self,
                const PltDemoWorld *world,
                const Household    *household,
                PltDemoRandom      *own)
{
  PltDemoRandom random = plt_demo_random_new (world->seed, BLOCK_STREAM >> 1 | household->first);
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];
  PltDemoName family;

  self->script = plt_demo_names_pick_script (world->names, &random);
  record->street = g_strdup_printf ("%s %d",
                                    plt_demo_names_pick_place (world->names, "street", &random),
                                    plt_demo_random_range (&random, 1, 180));
  record->town = g_strdup (plt_demo_names_pick_place (world->names, "town", &random));
  family = plt_demo_names_pick_family (world->names, self->script,
                                       household->place == 1 && plt_demo_random_chance (own, 0.3)
                                         ? own : &random);
  if (self->sex != 'M')
    feminise (&family, self->script);
  record->family_name = family.latin;
  self->family_name_native = family.native;
}

static void
draw_person (PltDemoCitizen     *self,
             const PltDemoWorld *world,
             guint64             index,
             PltDemoRandom      *random)
{
  static const char *foreign[] = { "FRA", "DEU", "POL", "ITA", "ESP", "UKR", "THA", "SYR", "GRC" };
  Household household = find_household (world, index);
  PltDemoRandom head = plt_demo_random_new (world->seed, household.first);
  int age = draw_age (&household, draw_adult_age (&head), random);
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];

  self->sex = plt_demo_random_chance (random, 0.003) ? 'X'
              : plt_demo_random_chance (random, 0.505) ? 'F' : 'M';
  record->known = TRUE;
  record->birth = plt_date_add_days (plt_date_add_years (world->year, -age - 1),
                                     plt_demo_random_range (random, 0, 364));
  draw_household (self, world, &household, random);
  draw_given_names (self, world, random);
  self->nationality = plt_demo_random_chance (random, 0.93) ? "UTO"
    : foreign[plt_demo_random_range (random, 0, G_N_ELEMENTS (foreign) - 1)];
  self->birth_place = g_strdup (plt_demo_names_pick_place (world->names, "town", random) + 5);
  self->moved_in = plt_date_add_days (world->year, -plt_demo_random_range (random, 30, 9000));
  if (plt_date_compare (self->moved_in, record->birth) < 0)
    self->moved_in = record->birth;
}

/* The register keeps the dead of the last years; it is mostly the old who die. */
static void
draw_death (PltDemoCitizen     *self,
            const PltDemoWorld *world,
            PltDemoRandom      *random)
{
  int age = plt_date_years_between (self->records[PLT_DEMO_IDENTITY].birth, world->year);
  double share = age < 50 ? 0.0005 : age < 70 ? 0.006 : age < 85 ? 0.04 : 0.15;

  if (plt_demo_random_chance (random, share))
    self->death = plt_date_add_days (world->year, -plt_demo_random_range (random, 5, 700));
}

/* At first all registries know the same. */
static void
copy_record (PltDemoCitizen  *self,
             PltDemoRegistry  registry)
{
  const PltDemoRecord *from = &self->records[PLT_DEMO_IDENTITY];
  PltDemoRecord *to = &self->records[registry];

  to->family_name = g_strdup (from->family_name);
  to->given_names = g_strdup (from->given_names);
  to->street = g_strdup (from->street);
  to->town = g_strdup (from->town);
  to->birth = from->birth;
}

/**
 * plt_demo_citizen_draw:
 * @self: all zero; cleared with plt_demo_citizen_clear()
 * @world: what is drawn from
 * @index: the citizen's place in the population; the first ones are the people to try
 *
 * The same world and index give the same citizen, whoever else is drawn.
 */
void
plt_demo_citizen_draw (PltDemoCitizen     *self,
                       const PltDemoWorld *world,
                       guint64             index)
{
  PltDemoRandom random = plt_demo_random_new (world->seed, index);

  plt_demo_citizen_write_id (index, self->id_number);
  write_licence_number (index, self->licence_number);
  draw_person (self, world, index, &random);
  if (plt_demo_characters_draw (self, world, index))
    return;

  draw_death (self, world, &random);
  copy_record (self, PLT_DEMO_DRIVER);
  copy_record (self, PLT_DEMO_INFRINGEMENT);
  plt_demo_citizen_draw_licence (self, world, index, &random);
  plt_demo_citizen_draw_offences (self, world, &random);
  plt_demo_citizen_draw_anomaly (self, world, &random);
}

void
plt_demo_citizen_clear (PltDemoCitizen *self)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    {
      g_free (self->records[i].family_name);
      g_free (self->records[i].given_names);
      g_free (self->records[i].street);
      g_free (self->records[i].town);
    }
  g_free (self->family_name_native);
  g_free (self->given_names_native);
  g_free (self->birth_place);
  memset (self, 0, sizeof *self);
}

/* @category and @codes are constants that outlive the citizen. */
void
plt_demo_citizen_add_right (PltDemoCitizen *self,
                            const char     *category,
                            PltDate         from,
                            PltDate         to,
                            const char     *codes)
{
  g_assert (self->n_rights < PLT_DEMO_MAX_RIGHTS);
  self->rights[self->n_rights++] = (PltDemoRight) { category, codes, from, to };
}
