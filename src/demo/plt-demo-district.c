/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws households and ages, and gives everybody their share of licences, cases and anomalies. */
#include "plt-demo-district.h"

#include "plt-demo-characters.h"
#include "plt-demo-district-private.h"

/* Households are cut from blocks of neighbours. */
#define BLOCK 16
#define BLOCK_STREAM (G_GUINT64_CONSTANT (1) << 62)
#define FATE_STREAM (G_GUINT64_CONSTANT (1) << 61)
#define NAMESAKE_DISTANCE 32
#define NAMESAKE_ONE_IN 1500
#define TWINS_PERCENT 3
#define OLDEST_DRIVER 97

/* Sums of weights times numbers do not fit into 64 bits. */
__extension__ typedef unsigned __int128 Wide;

static const struct
{
  int eldest; /* of the heads that this line is about */
  int single; /* cumulated percents */
  int couple;
  int children[3]; /* one, two, three or more */
} compositions[] = {
  { 29, 45, 80, { 94, 99, 100 } },
  { 49, 25, 38, { 60, 90, 100 } },
  { 64, 30, 68, { 86, 98, 100 } },
  { 120, 45, 95, { 98, 100, 100 } },
};

/* Heads of households in bands of five years from 20; in thousandths. */
static int
draw_head_age (PltDemoRandom *random)
{
  static const int bands[] = { 46, 72, 84, 88, 90, 92, 98, 96, 86, 74, 62, 52, 36, 17, 6, 1 };
  int at = plt_demo_random_range (random, 0, 999);
  int band = 0;

  while (band < (int) G_N_ELEMENTS (bands) - 1 && at >= bands[band])
    at -= bands[band++];

  return 20 + band * 5 + plt_demo_random_range (random, 0, 4);
}

static void
draw_composition (PltDemoHousehold *self,
                  int               head_age,
                  PltDemoRandom    *random)
{
  int at = plt_demo_random_range (random, 0, 99);
  int line = 0;

  while (head_age > compositions[line].eldest)
    line++;
  self->couple = at >= compositions[line].single;
  self->size = at < compositions[line].single ? 1 : 2;
  for (int i = 0; i < 3 && self->couple && at >= compositions[line].couple; i++)
    if (i == 0 || at >= compositions[line].children[i - 1])
      self->size++;
  /* One family in six has one parent. */
  if (self->size > 2 && plt_demo_random_range (random, 0, 5) == 0)
    {
      self->couple = FALSE;
      self->size--;
    }
  self->twins = plt_demo_random_range (random, 0, 99) < TWINS_PERCENT;
  if (self->twins && self->size > 2)
    self->size++;
}

static void
draw_homes (PltDemoHousehold   *self,
            const PltDemoWorld *world,
            PltDemoRandom      *random)
{
  static const int numbers[] = { 1, 1, 1, 1, 2, 2, 2, 3, 3, 2 };
  int since = world->today;

  self->n_homes = numbers[plt_demo_random_range (random, 0, G_N_ELEMENTS (numbers) - 1)];
  for (int i = 0; i < self->n_homes; i++)
    {
      PltDemoHome *home = &self->homes[i];

      since -= plt_demo_random_range (random, 40, 5200);
      home->street = plt_demo_names_pick_street (world->names, random);
      home->house = plt_demo_random_range (random, 1, 180);
      home->town = plt_demo_names_pick_town (world->names, random);
      home->since = since;
    }
}

static int
draw_birth (const PltDemoWorld *world,
            int                 age,
            PltDemoRandom      *random)
{
  return world->today - (int) ((gint64) age * 1461 / 4) - plt_demo_random_range (random, 1, 365);
}

static void
draw_ages (PltDemoDistrict        *self,
           const PltDemoHousehold *household,
           const PltDemoWorld     *world,
           int                     head_age,
           PltDemoRandom          *random)
{
  int children_from = household->couple ? 2 : 1;

  for (int place = 0; place < household->size; place++)
    {
      PltDemoNeighbour *neighbour =
        &self->neighbours[household->first - self->first + (guint64) place];
      int age = head_age;

      if (place >= children_from)
        age = MAX (head_age - plt_demo_random_range (random, 21, 38), 0);
      else if (place == 1)
        age = CLAMP (head_age + plt_demo_random_range (random, -6, 5), 19, 101);
      neighbour->place = (guint8) place;
      neighbour->household = (guint16) self->n_households;
      neighbour->birth = draw_birth (world, age, random);
      if (household->twins && place == household->size - 1 && place > children_from)
        neighbour->birth = (neighbour - 1)->birth;
    }
}

/* One block after the other; the last household of a block takes the places that are left. */
static void
draw_block (PltDemoDistrict    *self,
            const PltDemoWorld *world,
            guint64             first)
{
  PltDemoRandom random = plt_demo_random_new (world->seed, BLOCK_STREAM | first / BLOCK);
  guint64 last = MIN (first + BLOCK, self->first + (guint64) self->n_neighbours);

  while (first < last)
    {
      PltDemoHousehold *household = &self->households[self->n_households];
      int head_age = draw_head_age (&random);

      draw_composition (household, head_age, &random);
      household->first = first;
      household->size = MIN (household->size, (int) (last - first));
      household->script = plt_demo_names_pick_script (&random);
      household->family = plt_demo_names_pick_family (world->names, household->script, &random);
      draw_homes (household, world, &random);
      draw_ages (self, household, world, head_age, &random);
      self->n_households++;
      first += (guint64) household->size;
    }
}

/* The register keeps the dead of the last years; it is mostly the old who die. */
static int
draw_death (const PltDemoWorld *world,
            int                 age,
            PltDemoRandom      *random)
{
  int in_ten_thousand = age < 50 ? 5 : age < 70 ? 60 : age < 85 ? 400 : 1500;
  guint64 bits = plt_demo_random_next (random);

  return (int) (bits % 10000) < in_ten_thousand
           ? world->today - 5 - (int) ((bits >> 32) % 700) : PLT_DEMO_NO_DAY;
}

static int
get_age (const PltDemoWorld *world,
         int                 birth)
{
  return (int) ((gint64) (world->today - birth) * 4 / 1461);
}

/* What somebody is besides their household, in a stream of its own. */
static void
draw_neighbour (PltDemoDistrict    *self,
                const PltDemoWorld *world,
                int                 at)
{
  PltDemoNeighbour *neighbour = &self->neighbours[at];
  PltDemoRandom random = plt_demo_random_new (world->seed,
                                              FATE_STREAM | (self->first + (guint64) at));
  guint64 bits = plt_demo_random_next (&random);
  int of = at - NAMESAKE_DISTANCE;

  neighbour->sex = bits % 1000 < 3 ? 'X' : bits % 1000 < 506 ? 'F' : 'M';
  neighbour->namesake = -1;
  if ((at & NAMESAKE_DISTANCE) != 0 && (bits >> 32) % NAMESAKE_ONE_IN == 0 &&
      (self->first > 0 || of >= plt_demo_characters_count ()))
    {
      neighbour->namesake = of;
      neighbour->birth = self->neighbours[of].birth;
      neighbour->sex = self->neighbours[of].sex;
    }
  neighbour->death = draw_death (world, get_age (world, neighbour->birth), &random);
  if (neighbour->death <= neighbour->birth)
    neighbour->death = PLT_DEMO_NO_DAY;
  neighbour->drives = FALSE;
  neighbour->n_offences = 0;
  neighbour->anomaly = PLT_DEMO_ANOMALY_NONE;
  neighbour->is_other = FALSE;
}

int
plt_demo_world_count_districts (const PltDemoWorld *world)
{
  return (world->n_citizens + PLT_DEMO_DISTRICT - 1) / PLT_DEMO_DISTRICT;
}

void
plt_demo_district_draw_people (PltDemoDistrict    *self,
                               const PltDemoWorld *world,
                               int                 number)
{
  self->first = (guint64) number * PLT_DEMO_DISTRICT;
  self->n_neighbours = (int) MIN ((guint64) world->n_citizens - self->first, PLT_DEMO_DISTRICT);
  self->n_households = 0;
  for (guint64 at = 0; at < (guint64) self->n_neighbours; at += BLOCK)
    draw_block (self, world, self->first + at);
  for (int at = 0; at < self->n_neighbours; at++)
    draw_neighbour (self, world, at);
}

static gboolean
is_character (const PltDemoDistrict *self,
              int                    at)
{
  return self->first == 0 && at < plt_demo_characters_count ();
}

/* The eighteenth birthday must lie back some days, for a licence needs a test. */
int
plt_demo_district_find_group (const PltDemoDistrict *self,
                              const PltDemoWorld    *world,
                              int                    at)
{
  int age = get_age (world, self->neighbours[at].birth - 30);

  if (is_character (self, at) || world->today - self->neighbours[at].birth < 18 * 366 + 30 ||
      age > OLDEST_DRIVER)
    return PLT_DEMO_CHILD;

  return age < 21   ? PLT_DEMO_BEGINNER
         : age < 70 ? PLT_DEMO_ADULT
         : age < 80 ? PLT_DEMO_ELDERLY
                    : PLT_DEMO_OLD;
}

/* Most drivers do nothing wrong in the years that are kept, and a few do it again and again. */
guint64
plt_demo_district_weigh_offences (const PltDemoDistrict *self,
                                  const PltDemoWorld    *world,
                                  int                    at)
{
  static const guint8 weights[] = { 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4, 8 };
  const PltDemoNeighbour *neighbour = &self->neighbours[at];
  guint64 bits;

  if (is_character (self, at) || neighbour->death != PLT_DEMO_NO_DAY)
    return 0;

  bits = plt_demo_random_new (world->seed, FATE_STREAM >> 1 | (self->first + (guint64) at)).state;
  bits ^= bits >> 29;
  if (!neighbour->drives &&
      (bits % 64 > 1 || plt_demo_district_find_group (self, world, at) == PLT_DEMO_CHILD))
    return 0;

  return weights[(bits >> 20) % G_N_ELEMENTS (weights)];
}

/* The next one of @n shares that lies between two places of a sum. */
static gboolean
takes_share (guint64 before,
             guint64 weight,
             guint64 total,
             guint64 n,
             guint  *n_taken)
{
  if (weight == 0)
    return FALSE;
  *n_taken = (guint) ((Wide) (before + weight) * n / total -
                      (Wide) before * n / total);

  return *n_taken > 0;
}

void
plt_demo_district_share_drivers (PltDemoDistrict     *self,
                                 const PltDemoWorld  *world,
                                 const PltDemoCensus *census,
                                 int                  number)
{
  guint64 before = census->drivers_before[number];
  guint64 total = census->drivers_before[plt_demo_world_count_districts (world)];

  for (int at = 0; at < self->n_neighbours; at++)
    {
      guint64 weight = census->weights[plt_demo_district_find_group (self, world, at)];
      guint n_taken = 0;

      self->neighbours[at].drives = takes_share (before, weight, total, census->n_drivers,
                                                 &n_taken);
      before += weight;
    }
}

static void
share_offences (PltDemoDistrict     *self,
                const PltDemoWorld  *world,
                const PltDemoCensus *census,
                int                  number)
{
  guint64 before = census->offences_before[number];
  guint64 total = census->offences_before[plt_demo_world_count_districts (world)];

  for (int at = 0; at < self->n_neighbours; at++)
    {
      guint64 weight = plt_demo_district_weigh_offences (self, world, at);
      guint n_taken = 0;

      if (takes_share (before, weight, total, census->n_offences, &n_taken))
        self->neighbours[at].n_offences = (guint16) n_taken;
      before += weight;
    }
}

static gboolean
is_free (const PltDemoDistrict *self,
         int                    at)
{
  const PltDemoNeighbour *neighbour = &self->neighbours[at];

  return !is_character (self, at) && neighbour->death == PLT_DEMO_NO_DAY &&
         neighbour->namesake < 0 && neighbour->anomaly == PLT_DEMO_ANOMALY_NONE &&
         !neighbour->is_other;
}

/* In a pair of which one drives, the driver is first: the one with the anomaly of one's own. */
static void
choose_for_pair (PltDemoDistrict    *self,
                 const PltDemoWorld *world,
                 int                 at,
                 guint64             bits)
{
  PltDemoNeighbour *a = &self->neighbours[at];
  PltDemoNeighbour *b = &self->neighbours[at + PLT_DEMO_PAIR];
  PltDemoAnomaly kind;

  if (!is_free (self, at) || !is_free (self, at + PLT_DEMO_PAIR))
    return;
  kind = plt_demo_rates_choose (&world->rates, PLT_DEMO_AMONG_PAIRS, (guint32) bits);
  if (kind == PLT_DEMO_ANOMALY_NONE && a->drives != b->drives &&
      (a->drives ? b : a)->n_offences == 0)
    {
      kind = plt_demo_rates_choose (&world->rates, PLT_DEMO_AMONG_MIXED_PAIRS,
                                    (guint32) (bits >> 32));
      if (b->drives)
        {
          PltDemoNeighbour *first = b;

          b = a;
          a = first;
        }
    }
  a->anomaly = kind;
  b->is_other = kind != PLT_DEMO_ANOMALY_NONE;
}

static PltDemoAnomaly
choose_for_one (const PltDemoDistrict *self,
                const PltDemoWorld    *world,
                int                    at,
                guint64                bits)
{
  const PltDemoNeighbour *neighbour = &self->neighbours[at];
  PltDemoAmong among = PLT_DEMO_N_AMONG; /* nobody */

  if (neighbour->drives)
    {
      PltDemoAnomaly kind = plt_demo_rates_choose (&world->rates, PLT_DEMO_AMONG_DRIVERS,
                                                   (guint32) bits);

      if (kind != PLT_DEMO_ANOMALY_NONE)
        return kind;
      among = neighbour->n_offences == 0 ? PLT_DEMO_AMONG_BLAMELESS : PLT_DEMO_N_AMONG;
    }
  else if (neighbour->n_offences > 0)
    among = PLT_DEMO_AMONG_OFFENDERS;
  else if (plt_demo_district_find_group (self, world, at) != PLT_DEMO_CHILD)
    among = PLT_DEMO_AMONG_NON_DRIVERS;

  return plt_demo_rates_choose (&world->rates, among, (guint32) (bits >> 32));
}

static void
choose_anomalies (PltDemoDistrict    *self,
                  const PltDemoWorld *world)
{
  PltDemoRandom random = plt_demo_random_new (world->seed, FATE_STREAM >> 2 | self->first);

  for (int at = 0; at < self->n_neighbours; at++)
    {
      guint64 bits = plt_demo_random_next (&random);

      if ((at & PLT_DEMO_PAIR) == 0 && at + PLT_DEMO_PAIR < self->n_neighbours)
        choose_for_pair (self, world, at, bits);
    }
  for (int at = 0; at < self->n_neighbours; at++)
    {
      guint64 bits = plt_demo_random_next (&random);

      if (is_free (self, at))
        self->neighbours[at].anomaly = choose_for_one (self, world, at, bits);
    }
}

/**
 * plt_demo_district_draw:
 * @self: (out caller-allocates): some hundred kilobytes, to be used again
 * @world: what is drawn from
 * @census: the sums of this world
 * @number: from 0 to one less than plt_demo_world_count_districts()
 */
void
plt_demo_district_draw (PltDemoDistrict     *self,
                        const PltDemoWorld  *world,
                        const PltDemoCensus *census,
                        int                  number)
{
  plt_demo_district_draw_people (self, world, number);
  plt_demo_district_share_drivers (self, world, census, number);
  share_offences (self, world, census, number);
  choose_anomalies (self, world);
}
