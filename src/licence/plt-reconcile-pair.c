/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two registries' answers about one ID number have to do with one another, field by field. */
#include "plt-reconcile-pair.h"

#include "plt-address-comparison.h"
#include "plt-date-comparison.h"
#include "plt-fold.h"
#include "plt-name-comparison.h"

/* The fields that say who somebody is. */
static const PltField identifying[] = {
  PLT_FIELD_FAMILY_NAME, PLT_FIELD_GIVEN_NAMES, PLT_FIELD_BIRTH_DATE, PLT_FIELD_SEX,
};

static gboolean
has_native (PltSourceAnswer *answer,
            PltField         field)
{
  const char *native = plt_source_answer_get_field (
    answer, field == PLT_FIELD_FAMILY_NAME ? PLT_FIELD_FAMILY_NAME_NATIVE
                                           : PLT_FIELD_GIVEN_NAMES_NATIVE);

  return native != NULL && !plt_fold_is_latin (native);
}

/* Romanisations differ where the name of the other script is known; a Latin name has one. */
static PltDifference
compare_romanised (PltField         field,
                   PltSourceAnswer *a,
                   PltSourceAnswer *b,
                   PltDifference    found)
{
  if (found > PLT_DIFFERENCE_TRANSLITERATION && found != PLT_DIFFERENCE_OTHER_SCRIPT &&
      (has_native (a, field) || has_native (b, field)) &&
      plt_name_romanised_same (plt_source_answer_get_field (a, field),
                               plt_source_answer_get_field (b, field)))
    return PLT_DIFFERENCE_TRANSLITERATION;

  return found;
}

static PltDifference
compare_births (PltSourceAnswer *a,
                PltSourceAnswer *b)
{
  PltSourceAnswer *both[] = { a, b };

  for (int i = 0; i < 2; i++)
    {
      GDateTime *at = plt_source_answer_get_answered_at (both[i]);
      PltDate today = { 0, 0, 0 };

      if (at != NULL)
        g_date_time_get_ymd (at, &today.year, &today.month, &today.day);
      if (!plt_date_is_birth_possible (plt_source_answer_get_field (both[i], PLT_FIELD_BIRTH_DATE),
                                       today))
        return PLT_DIFFERENCE_IMPOSSIBLE_DATE;
    }

  return plt_date_compare_typing (plt_source_answer_get_field (a, PLT_FIELD_BIRTH_DATE),
                                  plt_source_answer_get_field (b, PLT_FIELD_BIRTH_DATE));
}

/* The two values alone; both answers have one. */
static PltDifference
compare_values (PltField         field,
                PltSourceAnswer *a,
                PltSourceAnswer *b)
{
  const char *x = plt_source_answer_get_field (a, field);
  const char *y = plt_source_answer_get_field (b, field);

  switch (field)
    {
    case PLT_FIELD_FAMILY_NAME:
      return compare_romanised (field, a, b, plt_name_compare_family (x, y));
    case PLT_FIELD_GIVEN_NAMES:
      return compare_romanised (field, a, b, plt_name_compare_given (x, y));
    case PLT_FIELD_FAMILY_NAME_NATIVE:
      return plt_name_compare_family (x, y);
    case PLT_FIELD_GIVEN_NAMES_NATIVE:
      return plt_name_compare_given (x, y);
    case PLT_FIELD_BIRTH_DATE:
      return compare_births (a, b);
    case PLT_FIELD_BIRTH_PLACE:
      return plt_name_compare_place (x, y);
    case PLT_FIELD_ADDRESS:
      return plt_address_compare (x, y);
    case PLT_FIELD_SEX:
      return g_str_equal (x, y) ? PLT_DIFFERENCE_NONE : PLT_DIFFERENCE_SEX;
    case PLT_FIELD_NATIONALITY:
      return g_str_equal (x, y) ? PLT_DIFFERENCE_NONE : PLT_DIFFERENCE_NATIONALITY;
    case PLT_FIELD_DEATH_DATE:
      return g_str_equal (x, y) ? PLT_DIFFERENCE_NONE : PLT_DIFFERENCE_DEAD_AND_ALIVE;
    default:
      return g_str_equal (x, y) ? PLT_DIFFERENCE_NONE : PLT_DIFFERENCE_RIGHT_TO_DRIVE;
    }
}

static gboolean
have_both (PltField         field,
           PltSourceAnswer *a,
           PltSourceAnswer *b)
{
  return plt_source_answer_get_field (a, field) != NULL &&
         plt_source_answer_get_field (b, field) != NULL;
}

/* A value that one of them does not have speaks neither for nor against. */
static gboolean
agree_on (PltField         field,
          PltSourceAnswer *a,
          PltSourceAnswer *b)
{
  return !have_both (field, a, b) || plt_difference_is_spelling (compare_values (field, a, b));
}

static gboolean
is_family (PltField field)
{
  return field == PLT_FIELD_FAMILY_NAME || field == PLT_FIELD_FAMILY_NAME_NATIVE;
}

static gboolean
is_given (PltField field)
{
  return field == PLT_FIELD_GIVEN_NAMES || field == PLT_FIELD_GIVEN_NAMES_NATIVE;
}

/* Whether all that identifies, but for @field (and the names, if they are @swapped), agrees. */
static gboolean
agree_on_rest (PltField         field,
               gboolean         swapped,
               PltSourceAnswer *a,
               PltSourceAnswer *b)
{
  for (gsize i = 0; i < G_N_ELEMENTS (identifying); i++)
    {
      gboolean same_field = identifying[i] == field ||
                            (is_family (field) && is_family (identifying[i])) ||
                            (is_given (field) && is_given (identifying[i]));
      gboolean name = is_family (identifying[i]) || is_given (identifying[i]);

      if (!same_field && !(swapped && name) && !agree_on (identifying[i], a, b))
        return FALSE;
    }

  return TRUE;
}

static gboolean
are_names_swapped (PltSourceAnswer *a,
                   PltSourceAnswer *b)
{
  if (!have_both (PLT_FIELD_FAMILY_NAME, a, b) || !have_both (PLT_FIELD_GIVEN_NAMES, a, b))
    return FALSE;

  return plt_difference_is_spelling (
           plt_name_compare_given (plt_source_answer_get_field (a, PLT_FIELD_FAMILY_NAME),
                                   plt_source_answer_get_field (b, PLT_FIELD_GIVEN_NAMES))) &&
         plt_difference_is_spelling (
           plt_name_compare_given (plt_source_answer_get_field (a, PLT_FIELD_GIVEN_NAMES),
                                   plt_source_answer_get_field (b, PLT_FIELD_FAMILY_NAME)));
}

/* Kinds that only hold while all else that identifies agrees. */
static gboolean
needs_the_rest (PltDifference found)
{
  return found == PLT_DIFFERENCE_PARTICLE ||
         (found >= PLT_DIFFERENCE_OTHER_SCRIPT && found <= PLT_DIFFERENCE_DATE_OFF_BY_ONE) ||
         found == PLT_DIFFERENCE_OTHER_NAME || found == PLT_DIFFERENCE_OTHER_DATE;
}

/**
 * plt_reconcile_pair:
 * @field: a field
 * @a: one registry's answer
 * @b: another's, about the same ID number
 *
 * The order of the two does not matter. The database's platen.difference() is the same but for the
 * spelling kinds, which it takes together.
 *
 * Returns: the kind of their difference; %PLT_DIFFERENCE_NONE if either has no value
 */
PltDifference
plt_reconcile_pair (PltField         field,
                    PltSourceAnswer *a,
                    PltSourceAnswer *b)
{
  PltDifference found;
  gboolean swapped;

  g_return_val_if_fail (a != NULL && b != NULL, PLT_DIFFERENCE_NONE);

  if (!have_both (field, a, b))
    return PLT_DIFFERENCE_NONE;
  found = compare_values (field, a, b);
  if (!needs_the_rest (found))
    return found;
  swapped = field <= PLT_FIELD_GIVEN_NAMES && are_names_swapped (a, b);
  if (!agree_on_rest (field, swapped, a, b))
    return PLT_DIFFERENCE_SHARED_ID;

  return swapped ? PLT_DIFFERENCE_SWAPPED_NAMES : found;
}
