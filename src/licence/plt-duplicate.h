/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two records are of one person: each thing that two registers write down weighs for or
 * against it, after I. P. Fellegi and A. B. Sunter, “A Theory for Record Linkage” (1969), in bits;
 * and some things no weight can make good, as that they may be twins. */
#pragma once

#include "plt-name-census.h"
#include "plt-person-record.h"

G_BEGIN_DECLS

/* What is compared. */
typedef enum
{
  PLT_TRAIT_FAMILY_NAME,
  PLT_TRAIT_GIVEN_NAMES,
  PLT_TRAIT_BIRTH_DATE,
  PLT_TRAIT_SEX,
  PLT_TRAIT_BIRTH_PLACE,
  PLT_TRAIT_NATIONALITY,
  PLT_TRAIT_ADDRESS,
  PLT_TRAIT_PORTRAIT,
  PLT_TRAIT_DOCUMENT,
  PLT_TRAIT_LICENCE,
  PLT_TRAIT_FORMER_ID,
  PLT_N_TRAITS,
} PltTrait;

/* How the two have it. */
typedef enum
{
  PLT_RELATION_UNKNOWN, /* one of them does not say */
  PLT_RELATION_SAME,
  PLT_RELATION_SPELLING,  /* but for case, accents, hyphens, particles, transliteration */
  PLT_RELATION_SCRIPT,    /* one in another script */
  PLT_RELATION_PART,      /* a middle name, or a half of a double name, is missing */
  PLT_RELATION_INITIAL,
  PLT_RELATION_SWAPPED,   /* family and given name; day and month */
  PLT_RELATION_FORMER,    /* what the one has, the other had before */
  PLT_RELATION_SLIP,      /* misspelt or mistyped */
  PLT_RELATION_ALIKE,     /* like a slip, and yet each may be right */
  PLT_RELATION_DIFFERENT,
  PLT_N_RELATIONS,
} PltRelation;

typedef enum
{
  PLT_DUPLICATE_UNLIKELY, /* "unlikely": two persons, as far as can be seen */
  PLT_DUPLICATE_POSSIBLE, /* "possible": somebody has to look; twins and namesakes are among them */
  PLT_DUPLICATE_PROBABLE, /* "probable" */
} PltDuplicateLevel;

typedef struct
{
  PltRelation       relations[PLT_N_TRAITS];
  double            weight; /* bits: log2 of the odds of one person to two */
  PltDuplicateLevel level;
} PltDuplicate;

void        plt_duplicate_compare        (PltPersonRecord    *a,
                                          PltPersonRecord    *b,
                                          PltNameCensus      *census,
                                          PltDuplicate       *self);
int         plt_duplicate_get_score      (const PltDuplicate *self);
char       *plt_duplicate_to_reason      (const PltDuplicate *self);
const char *plt_duplicate_level_to_nick  (PltDuplicateLevel   level);
const char *plt_duplicate_level_get_title (PltDuplicateLevel  level);

G_END_DECLS
