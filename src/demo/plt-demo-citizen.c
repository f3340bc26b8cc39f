/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a citizen: names, numbers and homes, then what the registries know. */
#include "plt-demo-citizen.h"

#include "plt-demo-characters.h"

#include <string.h>

#define FORMER_ID_OFFSET G_GUINT64_CONSTANT (4500000000)

/* ISO/IEC 7064 MOD 11,10 (clause 9, hybrid system). */
char
plt_demo_citizen_check_digit (const char *digits)
{
  int product = 10;

  for (const char *at = digits; *at != '\0'; at++)
    {
      int sum = product + (*at - '0');

      sum = sum >= 10 ? sum - 10 : sum;
      product = (sum == 0 ? 10 : sum) * 2;
      product = product >= 11 ? product - 11 : product;
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

static void
write_digits (char    *text,
              guint64  number,
              int      n_digits)
{
  for (int i = n_digits - 1; i >= 0; i--)
    {
      text[i] = (char) ('0' + number % 10);
      number /= 10;
    }
  text[n_digits] = '\0';
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
  write_digits (id_number, scatter (index, G_GUINT64_CONSTANT (9000000000)) + 1000000000, 10);
  id_number[10] = plt_demo_citizen_check_digit (id_number);
  id_number[11] = '\0';
}

static void
write_licence_number (guint64 index,
                      char    number[10])
{
  number[0] = 'U';
  write_digits (number + 1, scatter (index, 9000000) + 1000000, 7);
  number[8] = plt_demo_citizen_check_digit (number + 1);
  number[9] = '\0';
}

static const char *
take_text (PltDemoCitizen *self,
           gsize           length)
{
  const char *text = self->texts + self->n_text_bytes;

  self->n_text_bytes += (guint) length + 1;
  g_assert (self->n_text_bytes <= sizeof self->texts);

  return text;
}

/* Returns: (transfer none): a text that lives until the citizen is drawn anew. */
const char *
plt_demo_citizen_add_text (PltDemoCitizen *self,
                           const char     *format,
                           ...)
{
  gsize room = sizeof self->texts - self->n_text_bytes;
  va_list values;
  int length;

  va_start (values, format);
  length = g_vsnprintf (self->texts + self->n_text_bytes, room, format, values);
  va_end (values);

  return take_text (self, (gsize) length);
}

/* The same for two texts that are only joined, a hundred times in a millisecond. */
const char *
plt_demo_citizen_join (PltDemoCitizen *self,
                       const char     *first,
                       const char     *between,
                       const char     *second)
{
  gsize lengths[] = { strlen (first), strlen (between), strlen (second) };
  char *at = self->texts + self->n_text_bytes;
  const char *text = take_text (self, lengths[0] + lengths[1] + lengths[2]);

  memcpy (at, first, lengths[0]);
  memcpy (at + lengths[0], between, lengths[1]);
  memcpy (at + lengths[0] + lengths[1], second, lengths[2] + 1);

  return text;
}

/* One to three, the second and third in the same script. */
void
plt_demo_citizen_draw_given (PltDemoCitizen     *self,
                             const PltDemoWorld *world,
                             char                sex,
                             PltDemoRandom      *random)
{
  const PltDemoName *names[3];
  int n_names = 1;
  guint64 bits = plt_demo_random_next (random);
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];

  if (bits % 100 < (self->script == PLT_DEMO_SCRIPT_LATIN ? 38 : 8))
    n_names = (bits >> 32) % 5 == 0 ? 3 : 2;
  for (int i = 0; i < n_names; i++)
    names[i] = plt_demo_names_pick_given (world->names, self->script, sex == 'M', random);
  record->given_names = names[0]->latin;
  self->given_names_native = names[0]->native;
  for (int i = 1; i < n_names && names[i] != names[i - 1] && names[i] != names[0]; i++)
    {
      record->given_names = plt_demo_citizen_join (self, record->given_names, " ",
                                                   names[i]->latin);
      if (names[i]->native != NULL)
        self->given_names_native = plt_demo_citizen_join (self, self->given_names_native, " ",
                                                          names[i]->native);
    }
}

/* @family: as men bear it. */
void
plt_demo_citizen_set_family (PltDemoCitizen    *self,
                             PltDemoScript      script,
                             const PltDemoName *family,
                             char               sex)
{
  self->script = script;
  self->family = sex == 'M' ? family : family->feminine;
  self->records[PLT_DEMO_IDENTITY].family_name = self->family->latin;
  self->family_name_native = self->family->native;
}

/* A couple shares the head's surname, or one of them keeps their own. */
static void
draw_family (PltDemoCitizen         *self,
             const PltDemoWorld     *world,
             const PltDemoHousehold *household,
             const PltDemoNeighbour *neighbour,
             PltDemoRandom          *random)
{
  gboolean partner = household->couple && neighbour->place == 1;
  int at = plt_demo_random_range (random, 0, 99);

  plt_demo_citizen_set_family (self, household->script, household->family, neighbour->sex);
  if (!partner || at < 5)
    return;

  const PltDemoName *own = plt_demo_names_pick_family (world->names, household->script, random);

  if (own == household->family)
    return;
  if (at < 32)
    plt_demo_citizen_set_family (self, household->script, own, neighbour->sex);
  else
    self->birth_family = neighbour->sex == 'M' ? own : own->feminine;
}

/* Returns: (transfer none): street and house number. */
const char *
plt_demo_citizen_write_street (PltDemoCitizen    *self,
                               const PltDemoHome *home)
{
  char digits[4];
  int n_digits = home->house < 10 ? 1 : home->house < 100 ? 2 : 3;

  write_digits (digits, (guint64) home->house, n_digits);

  return plt_demo_citizen_join (self, home->street, " ", digits);
}

/* Children were not born yet where their parents lived before. */
static void
set_homes (PltDemoCitizen         *self,
           const PltDemoHousehold *household)
{
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];

  memcpy (self->homes, household->homes, sizeof self->homes);
  self->n_homes = household->n_homes;
  for (int i = 0; i < self->n_homes; i++)
    if (self->homes[i].since <= record->birth)
      {
        self->homes[i].since = record->birth;
        self->n_homes = i + 1;
      }
  record->street = plt_demo_citizen_write_street (self, &self->homes[0]);
  record->town = self->homes[0].town;
}

/* The name of somebody else who was born on the same day; all else is one's own. */
static void
borrow_names (PltDemoCitizen        *self,
              const PltDemoWorld    *world,
              const PltDemoDistrict *district,
              int                    of)
{
  const PltDemoNeighbour *neighbour = &district->neighbours[of];
  const PltDemoHousehold *household = &district->households[neighbour->household];
  PltDemoRandom random = plt_demo_random_new (world->seed, district->first + (guint64) of);

  draw_family (self, world, household, neighbour, &random);
  plt_demo_citizen_draw_given (self, world, neighbour->sex, &random);
}

static void
draw_person (PltDemoCitizen         *self,
             const PltDemoWorld     *world,
             const PltDemoDistrict  *district,
             int                     place,
             PltDemoRandom          *random)
{
  static const char *foreign[] = { "FRA", "DEU", "POL", "ITA", "ESP", "UKR", "THA", "SYR", "GRC" };
  const PltDemoNeighbour *neighbour = &district->neighbours[place];
  const PltDemoHousehold *household = &district->households[neighbour->household];
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];
  guint64 bits;

  draw_family (self, world, household, neighbour, random);
  plt_demo_citizen_draw_given (self, world, neighbour->sex, random);
  if (neighbour->namesake >= 0)
    borrow_names (self, world, district, neighbour->namesake);
  bits = plt_demo_random_next (random);
  record->nationality = bits % 100 < 93 ? "UTO"
                                        : foreign[(bits >> 8) % G_N_ELEMENTS (foreign)];
  record->known = TRUE;
  record->birth = neighbour->birth;
  record->sex = neighbour->sex;
  self->birth_place = plt_demo_names_pick_town (world->names, random) + 5;
  self->death = neighbour->death;
  set_homes (self, household);
  if ((bits >> 16) % 1000 < 4)
    {
      char former[12];

      plt_demo_citizen_write_id (self->index + FORMER_ID_OFFSET, former);
      self->former_id = plt_demo_citizen_join (self, former, "", "");
    }
}

static void
write_portrait (PltDemoCitizen *self,
                const char     *id_number,
                char            sex,
                int             birth)
{
  char look[8] = { sex, '/', '\0' };

  write_digits (look + 2, (guint64) plt_demo_day_to_date (birth).year, 4);
  self->portrait = plt_demo_citizen_join (self, look, "/", id_number);
}

/* At first all registries know the same. */
static void
copy_records (PltDemoCitizen *self)
{
  for (int i = PLT_DEMO_DRIVER; i < PLT_DEMO_N_REGISTRIES; i++)
    self->records[i] = self->records[PLT_DEMO_IDENTITY];
}

/* Starts again from nothing; the texts are only overwritten. */
static void
reset (PltDemoCitizen *self,
       guint64         index)
{
  memset (self, 0, G_STRUCT_OFFSET (PltDemoCitizen, texts));
  self->n_text_bytes = 0;
  self->index = index;
  self->medical = PLT_DEMO_NO_DAY;
  self->suspended_until = PLT_DEMO_NO_DAY;
  self->death = PLT_DEMO_NO_DAY;
  plt_demo_citizen_write_id (index, self->id_number);
  write_licence_number (index, self->licence_number);
  self->records[PLT_DEMO_IDENTITY].id_number = self->id_number;
}

static int
find_partner (const PltDemoDistrict *district,
              int                    place)
{
  return place ^ PLT_DEMO_PAIR;
}

/* Somebody entered a second time under a number of its own, not quite the same way. */
static void
draw_duplicate (PltDemoCitizen        *self,
                const PltDemoWorld    *world,
                const PltDemoDistrict *district,
                int                    place,
                PltDemoRandom         *random)
{
  int original = find_partner (district, place);
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];
  char number[12];

  plt_demo_citizen_write_id (district->first + (guint64) original, number);
  draw_person (self, world, district, original, random);
  self->former_id = NULL;
  self->birth_family = NULL;
  write_portrait (self, number, record->sex, record->birth);
  plt_demo_citizen_vary (self, random);
  copy_records (self);
  self->records[PLT_DEMO_DRIVER].known = FALSE;
  self->records[PLT_DEMO_INFRINGEMENT].known = FALSE;
  plt_demo_citizen_add_truth (self, PLT_DEMO_ANOMALY_TWO_IDS, PLT_DEMO_IDENTITY, "id_number",
                              plt_demo_citizen_join (self, number, "", ""), self->id_number);
  self->truths[0].id_number = self->truths[0].true_value;
  self->truths[0].other = self->id_number;
}

/* The two kinds for which the other one's number must be known. */
static void
mix_up (PltDemoCitizen        *self,
        const PltDemoDistrict *district,
        int                    place,
        PltDemoAnomaly         kind)
{
  int other = find_partner (district, place);
  const PltDemoNeighbour *neighbour = &district->neighbours[other];
  char number[12];
  const char *own_portrait = self->portrait;

  plt_demo_citizen_write_id (district->first + (guint64) other, number);
  if (kind == PLT_DEMO_ANOMALY_FOREIGN_PHOTO)
    {
      write_portrait (self, number, neighbour->sex, neighbour->birth);
      plt_demo_citizen_add_truth (self, kind, PLT_DEMO_IDENTITY, "portrait", own_portrait,
                                  self->portrait);
      self->truths[0].other = plt_demo_citizen_join (self, number, "", "");
    }
  else if (kind == PLT_DEMO_ANOMALY_SHARED_ID)
    {
      const char *shared = plt_demo_citizen_join (self, number, "", "");

      self->records[PLT_DEMO_DRIVER].id_number = shared;
      plt_demo_citizen_add_truth (self, kind, PLT_DEMO_DRIVER, "id_number", self->id_number,
                                  shared);
      self->truths[0].id_number = shared;
      self->truths[0].other = self->id_number;
    }
}

/**
 * plt_demo_citizen_draw:
 * @self: (out caller-allocates): of some ten kilobytes, to be used again
 * @world: what is drawn from
 * @district: where the citizen lives
 * @place: the citizen's place in it
 *
 * The same world and place give the same citizen, whoever else is drawn. The texts live until
 * the next citizen is drawn into @self.
 */
void
plt_demo_citizen_draw (PltDemoCitizen        *self,
                       const PltDemoWorld    *world,
                       const PltDemoDistrict *district,
                       int                    place)
{
  const PltDemoNeighbour *neighbour = &district->neighbours[place];
  guint64 index = district->first + (guint64) place;
  PltDemoRandom random = plt_demo_random_new (world->seed, index);
  const PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];

  reset (self, index);
  if (neighbour->is_other &&
      district->neighbours[find_partner (district, place)].anomaly == PLT_DEMO_ANOMALY_TWO_IDS)
    {
      int original = find_partner (district, place);

      random = plt_demo_random_new (world->seed, district->first + (guint64) original);
      draw_duplicate (self, world, district, place, &random);
      return;
    }

  if (plt_demo_characters_draw (self, world, index))
    {
      write_portrait (self, self->id_number, record->sex, record->birth);
      return;
    }
  draw_person (self, world, district, place, &random);

  write_portrait (self, self->id_number, record->sex, record->birth);
  plt_demo_citizen_prepare (self, world, neighbour->anomaly, &random);
  copy_records (self);
  self->records[PLT_DEMO_DRIVER].known = neighbour->drives;
  self->records[PLT_DEMO_INFRINGEMENT].known = neighbour->drives || neighbour->n_offences > 0;
  if (neighbour->drives)
    plt_demo_citizen_draw_licence (self, world, &random);
  plt_demo_citizen_draw_offences (self, world, neighbour, &random);
  plt_demo_citizen_spoil (self, world, neighbour->anomaly, &random);
  mix_up (self, district, place, neighbour->anomaly);
}

/* @category and @codes are constants that outlive the citizen. */
void
plt_demo_citizen_add_right (PltDemoCitizen *self,
                            const char     *category,
                            int             from,
                            int             to,
                            const char     *codes)
{
  g_assert (self->n_rights < PLT_DEMO_MAX_RIGHTS);
  self->rights[self->n_rights++] = (PltDemoRight) { category, codes, from, to };
}

/* Writes down what is wrong on purpose; the values as the registries' answers show them. */
void
plt_demo_citizen_add_truth (PltDemoCitizen  *self,
                            PltDemoAnomaly   kind,
                            PltDemoRegistry  registry,
                            const char      *field,
                            const char      *true_value,
                            const char      *false_value)
{
  g_assert (self->n_truths < PLT_DEMO_MAX_TRUTHS);
  self->truths[self->n_truths++] = (PltDemoTruth) {
    .kind = kind,
    .registry = registry,
    .field = field,
    .id_number = self->id_number,
    .other = "",
    .true_value = true_value,
    .false_value = false_value,
  };
}
