/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weighs what two records have in common, and what they have not. */
#include "plt-duplicate.h"

#include "plt-record-relation.h"

#include <math.h>
#include <string.h>

/* Bits from which on somebody should look, and from which on it is said to be one person. Two
 * people of one name who were born on one day come to 24, with the place of birth to 28 or so; of
 * three million people one in fifty has such a namesake. */
#define POSSIBLE_FROM 22.0
#define PROBABLE_FROM 28.5

/* How much a name or a place says of which nobody knows how common it is, and at least and at most. */
static const struct
{
  PltCensusOf of;
  double      usual;
  double      least;
  double      most;
} rarities[PLT_N_TRAITS] = {
  [PLT_TRAIT_FAMILY_NAME] = { PLT_CENSUS_FAMILY_NAME, 8, 4, 11 },
  [PLT_TRAIT_GIVEN_NAMES] = { PLT_CENSUS_GIVEN_NAME, 6, 3.5, 9 },
  [PLT_TRAIT_BIRTH_PLACE] = { PLT_CENSUS_BIRTH_PLACE, 5, 2, 7 },
};

/* Bits for each relation. Where rarity counts, they are added to the bits of the rarity. */
static const double weights[PLT_N_TRAITS][PLT_N_RELATIONS] = {
  [PLT_TRAIT_FAMILY_NAME] = {
    [PLT_RELATION_SPELLING] = -0.5, [PLT_RELATION_SCRIPT] = -1.5, [PLT_RELATION_PART] = -3,
    [PLT_RELATION_SWAPPED] = -1, [PLT_RELATION_FORMER] = -1.5, [PLT_RELATION_SLIP] = -2,
    [PLT_RELATION_ALIKE] = -4, [PLT_RELATION_DIFFERENT] = -5 },
  [PLT_TRAIT_GIVEN_NAMES] = {
    [PLT_RELATION_SPELLING] = -0.5, [PLT_RELATION_SCRIPT] = -1, [PLT_RELATION_PART] = -1.5,
    [PLT_RELATION_INITIAL] = -2.5, [PLT_RELATION_SWAPPED] = -1, [PLT_RELATION_SLIP] = -2,
    [PLT_RELATION_ALIKE] = -7, [PLT_RELATION_DIFFERENT] = -12 },
  [PLT_TRAIT_BIRTH_DATE] = {
    [PLT_RELATION_SAME] = 14, [PLT_RELATION_SWAPPED] = 10, [PLT_RELATION_SLIP] = 8.5,
    [PLT_RELATION_PART] = 9, [PLT_RELATION_DIFFERENT] = -14 },
  [PLT_TRAIT_SEX] = { [PLT_RELATION_SAME] = 1, [PLT_RELATION_DIFFERENT] = -6 },
  [PLT_TRAIT_BIRTH_PLACE] = {
    [PLT_RELATION_SPELLING] = -0.5, [PLT_RELATION_SCRIPT] = -1, [PLT_RELATION_ALIKE] = -3,
    [PLT_RELATION_DIFFERENT] = -7 },
  [PLT_TRAIT_NATIONALITY] = { [PLT_RELATION_SAME] = 0.1, [PLT_RELATION_DIFFERENT] = -1.5 },
  [PLT_TRAIT_ADDRESS] = {
    [PLT_RELATION_SAME] = 7, [PLT_RELATION_FORMER] = 7, [PLT_RELATION_PART] = 5,
    [PLT_RELATION_ALIKE] = -0.5, [PLT_RELATION_DIFFERENT] = -4 },
  [PLT_TRAIT_PORTRAIT] = { [PLT_RELATION_SAME] = 10, [PLT_RELATION_DIFFERENT] = -2 },
  [PLT_TRAIT_DOCUMENT] = { [PLT_RELATION_SAME] = 14 },
  [PLT_TRAIT_LICENCE] = { [PLT_RELATION_SAME] = 14, [PLT_RELATION_DIFFERENT] = -4 },
  /* A number with a wrong check digit was given to nobody, and hardly ever is it next to two that were. */
  [PLT_TRAIT_FORMER_ID] = { [PLT_RELATION_SAME] = 20, [PLT_RELATION_SLIP] = 18 },
};

/* What a name or place says that both have; the commoner spelling of the two is what counts. */
static double
weigh_rarity (PltTrait         trait,
              PltNameCensus   *census,
              PltPersonRecord *a,
              PltPersonRecord *b)
{
  PltField field = plt_trait_get_field (trait);
  const char *texts[] = { plt_person_record_get_field (a, field),
                          plt_person_record_get_field (b, field) };
  double share = -1;

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *first = NULL;

      if (texts[i] == NULL)
        continue;
      first = trait == PLT_TRAIT_GIVEN_NAMES ? g_strndup (texts[i], strcspn (texts[i], " "))
                                             : g_strdup (texts[i]);
      share = MAX (share, plt_name_census_share (census, rarities[trait].of, first));
    }

  return share < 0 ? rarities[trait].usual
                   : CLAMP (-log2 (share), rarities[trait].least, rarities[trait].most);
}

static double
weigh (PltTrait         trait,
       PltRelation      relation,
       PltNameCensus   *census,
       PltPersonRecord *a,
       PltPersonRecord *b)
{
  double bits = weights[trait][relation];
  gboolean says_more = rarities[trait].usual > 0 && relation != PLT_RELATION_UNKNOWN &&
                       relation != PLT_RELATION_DIFFERENT;

  return says_more ? bits + weigh_rarity (trait, census, a, b) : bits;
}

static gboolean
has (const PltDuplicate *self,
     PltTrait            trait,
     PltRelation         first,
     PltRelation         last)
{
  return self->relations[trait] >= first && self->relations[trait] <= last;
}

static gboolean
has_same (const PltDuplicate *self,
          PltTrait            trait)
{
  return has (self, trait, PLT_RELATION_SAME, PLT_RELATION_SAME);
}

/* A number that only one person has. */
static gboolean
has_number (const PltDuplicate *self)
{
  return has_same (self, PLT_TRAIT_DOCUMENT) || has_same (self, PLT_TRAIT_LICENCE) ||
         has (self, PLT_TRAIT_FORMER_ID, PLT_RELATION_SAME, PLT_RELATION_SLIP);
}

static gboolean
has_token (const PltDuplicate *self)
{
  return has_number (self) || has_same (self, PLT_TRAIT_PORTRAIT);
}

static gboolean
has_home (const PltDuplicate *self)
{
  return has (self, PLT_TRAIT_ADDRESS, PLT_RELATION_SAME, PLT_RELATION_SLIP);
}

/* Twins share all but the given name. */
static gboolean
may_be_twins (const PltDuplicate *self)
{
  PltRelation given = self->relations[PLT_TRAIT_GIVEN_NAMES];

  return given == PLT_RELATION_DIFFERENT || given == PLT_RELATION_UNKNOWN ||
         (given == PLT_RELATION_ALIKE && !has_token (self));
}

/* Namesakes share the names and the day: without anything else nobody can tell. Nobody is born in
 * two places; and where all homes are on record, one person has had one in common with oneself. */
static gboolean
may_be_namesakes (const PltDuplicate *self)
{
  if (has_token (self))
    return FALSE;

  return self->relations[PLT_TRAIT_BIRTH_PLACE] == PLT_RELATION_DIFFERENT ||
         self->relations[PLT_TRAIT_ADDRESS] == PLT_RELATION_DIFFERENT ||
         !(has_home (self) ||
           has (self, PLT_TRAIT_BIRTH_PLACE, PLT_RELATION_SAME, PLT_RELATION_SLIP));
}

/* A son who has his father's name, a cousin of the next year. */
static gboolean
is_born_apart (const PltDuplicate *self)
{
  PltRelation birth = self->relations[PLT_TRAIT_BIRTH_DATE];

  return birth == PLT_RELATION_DIFFERENT ||
         (birth != PLT_RELATION_SAME && !has_token (self) &&
          (birth == PLT_RELATION_UNKNOWN || !has_home (self)));
}

/* There are two pictures, so whoever looks at them knows. */
static gboolean
can_be_seen (const PltDuplicate *self)
{
  return self->relations[PLT_TRAIT_PORTRAIT] == PLT_RELATION_DIFFERENT && !has_number (self);
}

static PltDuplicateLevel
find_level (const PltDuplicate *self)
{
  if (self->weight < POSSIBLE_FROM)
    return PLT_DUPLICATE_UNLIKELY;
  if (self->weight < PROBABLE_FROM || may_be_twins (self) || may_be_namesakes (self) ||
      is_born_apart (self) || can_be_seen (self))
    return PLT_DUPLICATE_POSSIBLE;

  return PLT_DUPLICATE_PROBABLE;
}

/**
 * plt_duplicate_compare:
 * @a: a record
 * @b: a record under another number
 * @census: (nullable): how common names are, or %NULL where nobody has counted them
 * @self: (out caller-allocates): what was found
 *
 * The order of the two does not matter.
 */
void
plt_duplicate_compare (PltPersonRecord *a,
                       PltPersonRecord *b,
                       PltNameCensus   *census,
                       PltDuplicate    *self)
{
  self->weight = 0;
  for (int i = 0; i < PLT_N_TRAITS; i++)
    {
      self->relations[i] = plt_record_relation_find ((PltTrait) i, a, b, census);
      self->weight += weigh ((PltTrait) i, self->relations[i], census, a, b);
    }
  self->level = find_level (self);
}

/* Returns: from 0 to 100, how sure it is; 50 on the line to “probable” */
int
plt_duplicate_get_score (const PltDuplicate *self)
{
  double odds = exp2 ((self->weight - PROBABLE_FROM) / 2);
  int score = (int) (odds / (1 + odds) * 100 + 0.5);

  return self->level == PLT_DUPLICATE_PROBABLE ? MAX (score, 50) : MIN (score, 49);
}
