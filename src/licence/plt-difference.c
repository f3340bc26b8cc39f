/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of differences between registries, and what may be done about each. */
#include "plt-difference.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *nick;
  const char *title;
  const char *why;
} Word;

static const Word words[PLT_N_DIFFERENCES] = {
  [PLT_DIFFERENCE_NONE] = { "none", N_("No difference"), N_("The registries say the same.") },
  [PLT_DIFFERENCE_CASE] = { "case", N_("Capital letters"),
    N_("The registries differ only in capital and small letters.") },
  [PLT_DIFFERENCE_DIACRITICS] = { "diacritics", N_("Diacritics"),
    N_("The registries differ only in accents and other marks on letters.") },
  [PLT_DIFFERENCE_HYPHENATION] = { "hyphenation", N_("Spaces and hyphens"),
    N_("The registries differ only in spaces, hyphens, dots or apostrophes.") },
  [PLT_DIFFERENCE_TRANSLITERATION] = { "transliteration", N_("Transliteration"),
    N_("The registries write the same name by different tables of Latin letters.") },
  [PLT_DIFFERENCE_PARTICLE] = { "particle", N_("Particle of the name"),
    N_("One registry leaves a particle such as “van der”, “de la” or “al-” out; all else "
       "agrees.") },
  [PLT_DIFFERENCE_ADDRESS_FORMAT] = { "address_format", N_("Form of the address"),
    N_("The registries write the same address with other abbreviations or in another order.") },
  [PLT_DIFFERENCE_STALE_ADDRESS] = { "stale_address", N_("Older address"),
    N_("People report a move to the population register, so its address is used.") },
  [PLT_DIFFERENCE_OTHER_ADDRESS] = { "other_address", N_("Other address"),
    N_("The addresses differ, and the population register has none to tell which is older.") },
  [PLT_DIFFERENCE_OTHER_PLACE] = { "other_place", N_("Other place of birth"),
    N_("The places of birth differ.") },
  [PLT_DIFFERENCE_OTHER_SCRIPT] = { "other_script", N_("Other script"),
    N_("One registry writes the name in another script.") },
  [PLT_DIFFERENCE_INITIAL_ONLY] = { "initial_only", N_("Initial only"),
    N_("One registry has only an initial of a given name.") },
  [PLT_DIFFERENCE_MISSING_NAME] = { "missing_middle_name", N_("Missing given name"),
    N_("One registry leaves a given name out.") },
  [PLT_DIFFERENCE_SWAPPED_NAMES] = { "swapped_names", N_("Family and given names swapped"),
    N_("One registry has the family name where the other has the given names.") },
  [PLT_DIFFERENCE_MISSPELT_NAME] = { "misspelt_name", N_("Misspelt name"),
    N_("The names differ by a letter or two, as after a typing mistake.") },
  [PLT_DIFFERENCE_CHANGED_NAME] = { "changed_name", N_("Changed family name"),
    N_("The family names differ while all else agrees, as after a marriage or divorce.") },
  [PLT_DIFFERENCE_DAY_MONTH] = { "day_month_swapped", N_("Day and month swapped"),
    N_("The dates are the same with day and month the other way round.") },
  [PLT_DIFFERENCE_DATE_DIGITS] = { "date_digits_transposed", N_("Digits of a date swapped"),
    N_("The dates differ by two digits in the wrong order.") },
  [PLT_DIFFERENCE_DATE_OFF_BY_ONE] = { "date_off_by_one", N_("Date off by one"),
    N_("The dates differ by one day, one month or one year.") },
  [PLT_DIFFERENCE_NATIONALITY] = { "nationality_differs", N_("Other nationality"),
    N_("The nationalities differ.") },
  [PLT_DIFFERENCE_ONLY_IDENTITY] = { "only_identity", N_("No driver yet"),
    N_("Only the population register knows this person.") },
  [PLT_DIFFERENCE_SEX] = { "sex_differs", N_("Other sex"), N_("The registries differ on the sex.") },
  [PLT_DIFFERENCE_OTHER_DATE] = { "other_date", N_("Other date"),
    N_("The dates differ by more than a typing mistake explains.") },
  [PLT_DIFFERENCE_IMPOSSIBLE_DATE] = { "impossible_date", N_("Impossible date"),
    N_("A registry has a date that cannot be.") },
  [PLT_DIFFERENCE_OTHER_NAME] = { "other_name", N_("Other name"),
    N_("The names differ by more than spelling: this may be another person.") },
  [PLT_DIFFERENCE_SHARED_ID] = { "shared_id", N_("Perhaps another person"),
    N_("More than one thing differs that says who this is: two persons may share the number.") },
  [PLT_DIFFERENCE_TWO_IDS] = { "two_ids", N_("Two ID numbers"),
    N_("One person seems to be known under two ID numbers.") },
  [PLT_DIFFERENCE_WRONG_CHECK] = { "wrong_check_digit", N_("Wrong check digit"),
    N_("The ID number is none: its last digit does not fit the others.") },
  [PLT_DIFFERENCE_ONLY_DRIVER] = { "only_driver", N_("Unknown to the population register"),
    N_("The driver register knows this person, and the population register does not.") },
  [PLT_DIFFERENCE_ONLY_INFRINGEMENT] = { "only_infringement", N_("Known to one register only"),
    N_("Only the infringement register knows this person.") },
  [PLT_DIFFERENCE_FOREIGN_PHOTO] = { "foreign_photo", N_("Somebody else’s photo"),
    N_("The photo on record belongs to another ID number.") },
  [PLT_DIFFERENCE_RIGHT_TO_DRIVE] = { "category_withdrawn", N_("Right to drive in doubt"),
    N_("The registries differ on what this person may drive.") },
  [PLT_DIFFERENCE_DEAD_AND_ALIVE] = { "dead_and_alive", N_("Dead and alive"),
    N_("One registry records a death, and another one does not.") },
};

static const struct
{
  const char *nick;
  const char *advice;
} outcomes[] = {
  [PLT_OUTCOME_RESOLVED] = { "resolved", N_("A rule resolved it.") },
  [PLT_OUTCOME_PROPOSED] = { "proposed", N_("Look at the document and choose, with a reason.") },
  [PLT_OUTCOME_STOPPED] = { "stopped", N_("A supervisor decides; park it with what you know.") },
};

const char *
plt_difference_to_nick (PltDifference difference)
{
  g_return_val_if_fail ((int) difference >= 0 && difference < PLT_N_DIFFERENCES, NULL);

  return words[difference].nick;
}

gboolean
plt_difference_from_nick (const char    *nick,
                          PltDifference *difference)
{
  for (guint i = 0; i < PLT_N_DIFFERENCES; i++)
    if (g_strcmp0 (words[i].nick, nick) == 0)
      {
        *difference = (PltDifference) i;
        return TRUE;
      }

  return FALSE;
}

/* A few words, for a badge or a column. */
const char *
plt_difference_get_title (PltDifference difference)
{
  g_return_val_if_fail ((int) difference >= 0 && difference < PLT_N_DIFFERENCES, NULL);

  return _(words[difference].title);
}

/* One sentence on what differs, without advice. */
const char *
plt_difference_get_why (PltDifference difference)
{
  g_return_val_if_fail ((int) difference >= 0 && difference < PLT_N_DIFFERENCES, NULL);

  return _(words[difference].why);
}

/**
 * plt_difference_get_outcome:
 * @difference: a kind
 *
 * Returns: the most that may be done about it where nothing was learned: kinds up to
 *   %PLT_DIFFERENCE_STALE_ADDRESS are the safe ones, listed here and in the office database
 */
PltOutcome
plt_difference_get_outcome (PltDifference difference)
{
  if (difference <= PLT_DIFFERENCE_STALE_ADDRESS)
    return PLT_OUTCOME_RESOLVED;

  return difference < PLT_DIFFERENCE_SEX ? PLT_OUTCOME_PROPOSED : PLT_OUTCOME_STOPPED;
}

/* Whether it is no difference of names at all, whoever wrote them. */
gboolean
plt_difference_is_spelling (PltDifference difference)
{
  return difference <= PLT_DIFFERENCE_TRANSLITERATION;
}

/**
 * plt_difference_may_learn:
 * @difference: a kind
 * @field: where it stands
 *
 * Returns: whether decisions of people may become a rule: proposed kinds of names, places and
 *   addresses; never a date, a sex, a nationality or a changed name
 */
gboolean
plt_difference_may_learn (PltDifference difference,
                          PltField      field)
{
  return difference >= PLT_DIFFERENCE_OTHER_ADDRESS && difference < PLT_DIFFERENCE_CHANGED_NAME &&
         (field <= PLT_FIELD_GIVEN_NAMES_NATIVE || field == PLT_FIELD_BIRTH_PLACE ||
          field == PLT_FIELD_ADDRESS);
}

const char *
plt_outcome_to_nick (PltOutcome outcome)
{
  g_return_val_if_fail ((int) outcome >= 0 && outcome < G_N_ELEMENTS (outcomes), NULL);

  return outcomes[outcome].nick;
}

/* One sentence on who does what now. */
const char *
plt_outcome_get_advice (PltOutcome outcome)
{
  g_return_val_if_fail ((int) outcome >= 0 && outcome < G_N_ELEMENTS (outcomes), NULL);

  return _(outcomes[outcome].advice);
}
