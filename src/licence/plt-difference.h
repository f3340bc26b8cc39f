/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of difference between two registries' answers about one citizen, and what may be done
 * about each. The nicks stand in SQL, in the file of the truth and in the documents. */
#pragma once

#include "plt-source.h"

G_BEGIN_DECLS

/* In the order of what they ask of people: of several pairs of sources the last one counts. */
typedef enum
{
  PLT_DIFFERENCE_NONE,
  /* spelling and habit; resolved by rule */
  PLT_DIFFERENCE_CASE,            /* "case" */
  PLT_DIFFERENCE_DIACRITICS,      /* "diacritics" */
  PLT_DIFFERENCE_HYPHENATION,     /* "hyphenation": spaces, hyphens, apostrophes, dots */
  PLT_DIFFERENCE_TRANSLITERATION, /* "transliteration": by the tables of ICAO Doc 9303-3 */
  PLT_DIFFERENCE_PARTICLE,        /* "particle": van der, de la, al-, bin … left out */
  PLT_DIFFERENCE_ADDRESS_FORMAT,  /* "address_format" */
  PLT_DIFFERENCE_STALE_ADDRESS,   /* "stale_address" */
  /* explained, but which is right stands on a document; proposed to the clerk */
  PLT_DIFFERENCE_OTHER_ADDRESS,   /* "other_address": nobody can say whose is older */
  PLT_DIFFERENCE_OTHER_PLACE,     /* "other_place": of birth */
  PLT_DIFFERENCE_OTHER_SCRIPT,    /* "other_script": one writes the other script */
  PLT_DIFFERENCE_INITIAL_ONLY,    /* "initial_only" */
  PLT_DIFFERENCE_MISSING_NAME,    /* "missing_middle_name" */
  PLT_DIFFERENCE_SWAPPED_NAMES,   /* "swapped_names": family and given */
  PLT_DIFFERENCE_MISSPELT_NAME,   /* "misspelt_name": an edit or two */
  PLT_DIFFERENCE_CHANGED_NAME,    /* "changed_name": maiden or married; all else agrees */
  PLT_DIFFERENCE_DAY_MONTH,       /* "day_month_swapped" */
  PLT_DIFFERENCE_DATE_DIGITS,     /* "date_digits_transposed" */
  PLT_DIFFERENCE_DATE_OFF_BY_ONE, /* "date_off_by_one" */
  PLT_DIFFERENCE_NATIONALITY,     /* "nationality_differs" */
  PLT_DIFFERENCE_ONLY_IDENTITY,   /* "only_identity": no driver yet; told, and no more */
  /* who the person is, whether they live, what they may drive; stopped for a supervisor */
  PLT_DIFFERENCE_SEX,             /* "sex_differs" */
  PLT_DIFFERENCE_OTHER_DATE,      /* "other_date" */
  PLT_DIFFERENCE_IMPOSSIBLE_DATE, /* "impossible_date" */
  PLT_DIFFERENCE_OTHER_NAME,      /* "other_name" */
  PLT_DIFFERENCE_SHARED_ID,       /* "shared_id": two things differ that say who it is */
  PLT_DIFFERENCE_TWO_IDS,         /* "two_ids" */
  PLT_DIFFERENCE_WRONG_CHECK,     /* "wrong_check_digit" */
  PLT_DIFFERENCE_ONLY_DRIVER,     /* "only_driver": the identity registry knows nobody */
  PLT_DIFFERENCE_ONLY_INFRINGEMENT, /* "only_infringement" */
  PLT_DIFFERENCE_FOREIGN_PHOTO,   /* "foreign_photo" */
  PLT_DIFFERENCE_RIGHT_TO_DRIVE,  /* "category_withdrawn" */
  PLT_DIFFERENCE_DEAD_AND_ALIVE,  /* "dead_and_alive" */
  PLT_N_DIFFERENCES,
} PltDifference;

typedef enum
{
  PLT_OUTCOME_RESOLVED, /* "resolved": by a rule */
  PLT_OUTCOME_PROPOSED, /* "proposed": a clerk chooses, with a reason */
  PLT_OUTCOME_STOPPED,  /* "stopped": a supervisor decides, who has no part in the application */
} PltOutcome;

const char *plt_difference_to_nick     (PltDifference  difference);
gboolean    plt_difference_from_nick   (const char    *nick,
                                        PltDifference *difference);
const char *plt_difference_get_title   (PltDifference  difference);
const char *plt_difference_get_why     (PltDifference  difference);
PltOutcome  plt_difference_get_outcome (PltDifference  difference);
gboolean    plt_difference_is_spelling (PltDifference  difference);
gboolean    plt_difference_may_learn   (PltDifference  difference,
                                        PltField       field);

const char *plt_outcome_to_nick        (PltOutcome     outcome);
const char *plt_outcome_get_advice     (PltOutcome     outcome);

G_END_DECLS
