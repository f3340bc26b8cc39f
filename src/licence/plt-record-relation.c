/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How two records have one thing: a name, a date, an address, a picture. */
#include "plt-record-relation.h"

#include "plt-address-comparison.h"
#include "plt-date-comparison.h"
#include "plt-fold.h"
#include "plt-id-number.h"
#include "plt-name-comparison.h"

#include <string.h>

/* From which field the rarity of a trait is counted, and where it is simply the same or not. */
static const PltField fields[PLT_N_TRAITS] = {
  [PLT_TRAIT_FAMILY_NAME] = PLT_FIELD_FAMILY_NAME,
  [PLT_TRAIT_GIVEN_NAMES] = PLT_FIELD_GIVEN_NAMES,
  [PLT_TRAIT_BIRTH_DATE] = PLT_FIELD_BIRTH_DATE,
  [PLT_TRAIT_SEX] = PLT_FIELD_SEX,
  [PLT_TRAIT_BIRTH_PLACE] = PLT_FIELD_BIRTH_PLACE,
  [PLT_TRAIT_NATIONALITY] = PLT_FIELD_NATIONALITY,
  [PLT_TRAIT_ADDRESS] = PLT_FIELD_ADDRESS,
  [PLT_TRAIT_PORTRAIT] = PLT_FIELD_PORTRAIT_OF,
  [PLT_TRAIT_LICENCE] = PLT_FIELD_LICENCE_NUMBER,
};

PltField
plt_trait_get_field (PltTrait trait)
{
  return fields[trait];
}

/* The better one of two; what nobody says is worse than whatever is said. */
static PltRelation
choose (PltRelation a,
        PltRelation b)
{
  if (a == PLT_RELATION_UNKNOWN || b == PLT_RELATION_UNKNOWN)
    return MAX (a, b);

  return MIN (a, b);
}

/* Whether every word of one name stands in the other: Lind and Lind-Keller. */
static gboolean
is_half_of (const char *a,
            const char *b)
{
  g_autofree char *first = plt_fold_name (a);
  g_autofree char *second = plt_fold_name (b);

  g_strdelimit (first, "-", ' ');
  g_strdelimit (second, "-", ' ');

  g_auto (GStrv) words = g_strsplit (first, " ", 8);
  g_auto (GStrv) others = g_strsplit (second, " ", 8);

  for (int i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) < 3 || !g_strv_contains ((const char * const *) others, words[i]))
      return FALSE;

  return words[0] != NULL;
}

/* Two edits in a short name make another one; two that the census knows are two. */
static PltRelation
judge_misspelling (PltNameCensus *census,
                   PltCensusOf    of,
                   const char    *a,
                   const char    *b)
{
  return plt_name_census_is_slip (census, of, a, b) ? PLT_RELATION_SLIP : PLT_RELATION_ALIKE;
}

static PltRelation
relate_family (PltNameCensus *census,
               const char    *a,
               const char    *b)
{
  if (a == NULL || b == NULL)
    return PLT_RELATION_UNKNOWN;

  PltDifference found = plt_name_compare_family (a, b);

  if (found == PLT_DIFFERENCE_NONE || found == PLT_DIFFERENCE_CASE)
    return PLT_RELATION_SAME;
  if (found == PLT_DIFFERENCE_OTHER_SCRIPT)
    return PLT_RELATION_SCRIPT;
  if (plt_difference_is_spelling (found) || found == PLT_DIFFERENCE_PARTICLE)
    return PLT_RELATION_SPELLING;
  if (found == PLT_DIFFERENCE_MISSPELT_NAME)
    return judge_misspelling (census, PLT_CENSUS_FAMILY_NAME, a, b);

  return is_half_of (a, b) || is_half_of (b, a) ? PLT_RELATION_PART : PLT_RELATION_DIFFERENT;
}

static char *
take_first_word (const char *text)
{
  return g_strndup (text, strcspn (text, " "));
}

/* One that begins with the same name is somebody with a middle name left out; Anna Maria and Maria
 * may be two. */
static PltRelation
judge_missing_name (const char *a,
                    const char *b)
{
  g_autofree char *first = take_first_word (a);
  g_autofree char *second = take_first_word (b);
  PltDifference found = plt_name_compare_given (first, second);

  return found == PLT_DIFFERENCE_NONE || plt_difference_is_spelling (found) ? PLT_RELATION_PART
                                                                            : PLT_RELATION_ALIKE;
}

/* The word that differs between two lists of names of which all others are the same. */
static PltRelation
judge_given_misspelling (PltNameCensus *census,
                         const char    *a,
                         const char    *b)
{
  g_auto (GStrv) first = g_strsplit (a, " ", 8);
  g_auto (GStrv) second = g_strsplit (b, " ", 8);
  PltRelation found = PLT_RELATION_SLIP;

  if (g_strv_length (first) != g_strv_length (second))
    return PLT_RELATION_ALIKE;
  for (int i = 0; first[i] != NULL; i++)
    {
      PltDifference difference = plt_name_compare_given (first[i], second[i]);

      if (difference != PLT_DIFFERENCE_NONE && !plt_difference_is_spelling (difference))
        found = MAX (found, judge_misspelling (census, PLT_CENSUS_GIVEN_NAME, first[i], second[i]));
    }

  return found;
}

static PltRelation
relate_given (PltNameCensus *census,
              const char    *a,
              const char    *b)
{
  if (a == NULL || b == NULL)
    return PLT_RELATION_UNKNOWN;

  PltDifference found = plt_name_compare_given (a, b);

  switch ((int) found)
    {
    case PLT_DIFFERENCE_NONE:
    case PLT_DIFFERENCE_CASE:
      return PLT_RELATION_SAME;
    case PLT_DIFFERENCE_OTHER_SCRIPT:
      return PLT_RELATION_SCRIPT;
    case PLT_DIFFERENCE_INITIAL_ONLY:
      return PLT_RELATION_INITIAL;
    case PLT_DIFFERENCE_MISSING_NAME:
      return judge_missing_name (a, b);
    case PLT_DIFFERENCE_MISSPELT_NAME:
      return judge_given_misspelling (census, a, b);
    default:
      return plt_difference_is_spelling (found) ? PLT_RELATION_SPELLING : PLT_RELATION_DIFFERENT;
    }
}

static gboolean
is_one_name (const char *a,
             const char *b)
{
  return a != NULL && b != NULL && relate_family (NULL, a, b) <= PLT_RELATION_SCRIPT;
}

/* Family and given names in each other's place. */
static gboolean
are_names_swapped (PltPersonRecord *a,
                   PltPersonRecord *b)
{
  return is_one_name (plt_person_record_get_field (a, PLT_FIELD_FAMILY_NAME),
                      plt_person_record_get_field (b, PLT_FIELD_GIVEN_NAMES)) &&
         is_one_name (plt_person_record_get_field (a, PLT_FIELD_GIVEN_NAMES),
                      plt_person_record_get_field (b, PLT_FIELD_FAMILY_NAME));
}

/* Whether @a ever had the family name that @b has now. */
static gboolean
has_borne (PltPersonRecord *a,
           PltPersonRecord *b)
{
  const char *now = plt_person_record_get_field (b, PLT_FIELD_FAMILY_NAME);
  const char *birth = plt_person_record_get_field (b, PLT_FIELD_BIRTH_FAMILY_NAME);
  const char * const *former = plt_person_record_get_list (a, PLT_RECORD_FORMER_NAME);

  if (is_one_name (plt_person_record_get_field (a, PLT_FIELD_BIRTH_FAMILY_NAME), now) ||
      is_one_name (plt_person_record_get_field (a, PLT_FIELD_BIRTH_FAMILY_NAME), birth))
    return TRUE;
  for (int i = 0; former[i] != NULL; i++)
    if (is_one_name (former[i], now) || is_one_name (former[i], birth))
      return TRUE;

  return FALSE;
}

static PltRelation
find_names (PltPersonRecord *a,
            PltPersonRecord *b,
            PltField         latin,
            PltField         native,
            PltRelation      (*relate) (PltNameCensus *census,
                                        const char    *a,
                                        const char    *b),
            PltNameCensus   *census)
{
  const char *first = plt_person_record_get_field (a, latin);
  const char *second = plt_person_record_get_field (b, latin);
  const char *first_native = plt_person_record_get_field (a, native);
  const char *second_native = plt_person_record_get_field (b, native);
  PltRelation found = relate (census, first, second);

  if (found == PLT_RELATION_SAME)
    return found;
  /* The original is no romanisation: when it is another one, so is the name. */
  if (first_native != NULL && second_native != NULL)
    return choose (MAX (relate (census, first_native, second_native), PLT_RELATION_SPELLING), found);
  if (first_native != NULL && second != NULL && !plt_fold_is_latin (second))
    found = choose (found, relate (census, first_native, second));
  if (second_native != NULL && first != NULL && !plt_fold_is_latin (first))
    found = choose (found, relate (census, first, second_native));

  return found;
}

static PltRelation
find_family (PltPersonRecord *a,
             PltPersonRecord *b,
             PltNameCensus   *census)
{
  PltRelation found = find_names (a, b, PLT_FIELD_FAMILY_NAME, PLT_FIELD_FAMILY_NAME_NATIVE,
                                  relate_family, census);

  if (found == PLT_RELATION_UNKNOWN || found <= PLT_RELATION_SCRIPT)
    return found;
  if (are_names_swapped (a, b))
    return PLT_RELATION_SWAPPED;

  return has_borne (a, b) || has_borne (b, a) ? PLT_RELATION_FORMER : found;
}

static PltRelation
find_given (PltPersonRecord *a,
            PltPersonRecord *b,
            PltNameCensus   *census)
{
  PltRelation found = find_names (a, b, PLT_FIELD_GIVEN_NAMES, PLT_FIELD_GIVEN_NAMES_NATIVE,
                                  relate_given, census);

  return found == PLT_RELATION_DIFFERENT && are_names_swapped (a, b) ? PLT_RELATION_SWAPPED : found;
}

/* The first of January is what is written where only the year is known. */
static gboolean
is_year_only (const char *date)
{
  return g_str_has_suffix (date, "-01-01");
}

static PltRelation
find_birth (const char *a,
            const char *b)
{
  PltDate day;

  if (a == NULL || b == NULL || !plt_date_parse_iso (a, &day) || !plt_date_parse_iso (b, &day))
    return PLT_RELATION_UNKNOWN;
  switch ((int) plt_date_compare_typing (a, b))
    {
    case PLT_DIFFERENCE_NONE:
      return is_year_only (a) ? PLT_RELATION_PART : PLT_RELATION_SAME;
    case PLT_DIFFERENCE_DAY_MONTH:
      return PLT_RELATION_SWAPPED;
    case PLT_DIFFERENCE_DATE_DIGITS:
    case PLT_DIFFERENCE_DATE_OFF_BY_ONE:
      return PLT_RELATION_SLIP;
    default:
      return PLT_RELATION_DIFFERENT;
    }
}

static PltRelation
find_sex (const char *a,
          const char *b)
{
  if (a == NULL || b == NULL || *a == 'X' || *b == 'X')
    return PLT_RELATION_UNKNOWN;

  return g_str_equal (a, b) ? PLT_RELATION_SAME : PLT_RELATION_DIFFERENT;
}

static PltRelation
find_place (const char *a,
            const char *b)
{
  if (a == NULL || b == NULL)
    return PLT_RELATION_UNKNOWN;

  PltDifference found = plt_name_compare_place (a, b);

  if (found == PLT_DIFFERENCE_NONE || found == PLT_DIFFERENCE_CASE)
    return PLT_RELATION_SAME;
  if (plt_difference_is_spelling (found))
    return PLT_RELATION_SPELLING;
  if (plt_name_compare_family (a, b) == PLT_DIFFERENCE_OTHER_SCRIPT)
    return PLT_RELATION_SCRIPT;

  return plt_name_compare_family (a, b) == PLT_DIFFERENCE_MISSPELT_NAME || is_half_of (a, b) ||
         is_half_of (b, a) ? PLT_RELATION_ALIKE : PLT_RELATION_DIFFERENT;
}

/* Whether the shorter address has a house number and nothing that the other one has not: a postcode
 * or a country may be missing. */
static gboolean
is_address_within (const char *a,
                   const char *b)
{
  g_autofree char *first = plt_address_normalise (a);
  g_autofree char *second = plt_address_normalise (b);
  g_auto (GStrv) words = g_strsplit (first, " ", -1);
  g_auto (GStrv) others = g_strsplit (second, " ", -1);
  gboolean has_number = FALSE;

  for (int i = 0; words[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char * const *) others, words[i]))
        return FALSE;
      has_number = has_number || g_ascii_isdigit (*words[i]);
    }

  return has_number && g_strv_length (words) >= 3;
}

static PltRelation
relate_addresses (const char *a,
                  const char *b)
{
  if (a == NULL || b == NULL)
    return PLT_RELATION_UNKNOWN;
  if (plt_address_compare (a, b) != PLT_DIFFERENCE_OTHER_ADDRESS)
    return PLT_RELATION_SAME;

  return is_address_within (a, b) || is_address_within (b, a) ? PLT_RELATION_PART
                                                              : PLT_RELATION_DIFFERENT;
}

/* (transfer full): all homes that are on record, the present one first, each in one notation. */
static GPtrArray *
list_homes (PltPersonRecord *record)
{
  GPtrArray *homes = g_ptr_array_new_with_free_func (g_free);
  const char *now = plt_person_record_get_field (record, PLT_FIELD_ADDRESS);
  const char * const *former = plt_person_record_get_list (record, PLT_RECORD_FORMER_ADDRESS);

  if (now != NULL)
    g_ptr_array_add (homes, plt_address_normalise (now));
  for (int i = 0; former[i] != NULL; i++)
    g_ptr_array_add (homes, plt_address_normalise (former[i]));

  return homes;
}

static gboolean
share_home (PltPersonRecord *a,
            PltPersonRecord *b)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;

  if (!plt_person_record_keeps (a, PLT_RECORD_FORMER_ADDRESS) &&
      !plt_person_record_keeps (b, PLT_RECORD_FORMER_ADDRESS))
    return FALSE;
  first = list_homes (a);
  second = list_homes (b);
  for (guint i = 0; i < first->len; i++)
    if (*(const char *) first->pdata[i] != '\0' &&
        g_ptr_array_find_with_equal_func (second, first->pdata[i], g_str_equal, NULL))
      return TRUE;

  return FALSE;
}

/* Who has moved has two addresses; only if both registers keep all that were is it two homes. */
static PltRelation
find_address (PltPersonRecord *a,
              PltPersonRecord *b)
{
  PltRelation found = relate_addresses (plt_person_record_get_field (a, PLT_FIELD_ADDRESS),
                                        plt_person_record_get_field (b, PLT_FIELD_ADDRESS));

  if (found == PLT_RELATION_SAME)
    return found;
  if (share_home (a, b))
    return PLT_RELATION_FORMER;
  if (found == PLT_RELATION_DIFFERENT &&
      !(plt_person_record_keeps (a, PLT_RECORD_FORMER_ADDRESS) &&
        plt_person_record_keeps (b, PLT_RECORD_FORMER_ADDRESS)))
    return PLT_RELATION_ALIKE;

  return found;
}

static gboolean
shares_value (PltPersonRecord *a,
              PltPersonRecord *b,
              PltRecordList    list)
{
  const char * const *first = plt_person_record_get_list (a, list);
  const char * const *second = plt_person_record_get_list (b, list);

  for (int i = 0; first[i] != NULL; i++)
    for (int j = 0; second[j] != NULL; j++)
      if (g_ascii_strcasecmp (first[i], second[j]) == 0)
        return TRUE;

  return FALSE;
}

/* One picture; or the one record shows whom the other is about. */
static PltRelation
find_portrait (PltPersonRecord *a,
               PltPersonRecord *b)
{
  const char *first = plt_person_record_get_field (a, PLT_FIELD_PORTRAIT_OF);
  const char *second = plt_person_record_get_field (b, PLT_FIELD_PORTRAIT_OF);

  if (shares_value (a, b, PLT_RECORD_PORTRAIT) || (first != NULL && g_strcmp0 (first, second) == 0) ||
      (first != NULL && g_str_equal (first, plt_person_record_get_id_number (b))) ||
      (second != NULL && g_str_equal (second, plt_person_record_get_id_number (a))))
    return PLT_RELATION_SAME;

  return (first != NULL && second != NULL) ||
         (*plt_person_record_get_list (a, PLT_RECORD_PORTRAIT) != NULL &&
          *plt_person_record_get_list (b, PLT_RECORD_PORTRAIT) != NULL) ? PLT_RELATION_DIFFERENT
                                                                        : PLT_RELATION_UNKNOWN;
}

static PltRelation
find_plain (const char *a,
            const char *b)
{
  if (a == NULL || b == NULL)
    return PLT_RELATION_UNKNOWN;

  return g_ascii_strcasecmp (a, b) == 0 ? PLT_RELATION_SAME : PLT_RELATION_DIFFERENT;
}

/* The register itself has given one of them the other's number. */
static gboolean
is_renumbered (PltPersonRecord *a,
               PltPersonRecord *b)
{
  return g_strv_contains (plt_person_record_get_list (a, PLT_RECORD_FORMER_ID),
                          plt_person_record_get_id_number (b));
}

/**
 * plt_record_relation_find:
 * @trait: what is compared
 * @a: a record
 * @b: another
 * @census: (nullable): how common names are
 *
 * Returns: how the two have it; the same for @b and @a
 */
PltRelation
plt_record_relation_find (PltTrait         trait,
                          PltPersonRecord *a,
                          PltPersonRecord *b,
                          PltNameCensus   *census)
{
  const char *first = plt_person_record_get_field (a, fields[trait]);
  const char *second = plt_person_record_get_field (b, fields[trait]);

  switch (trait)
    {
    case PLT_TRAIT_FAMILY_NAME:
      return find_family (a, b, census);
    case PLT_TRAIT_GIVEN_NAMES:
      return find_given (a, b, census);
    case PLT_TRAIT_BIRTH_DATE:
      return find_birth (first, second);
    case PLT_TRAIT_SEX:
      return find_sex (first, second);
    case PLT_TRAIT_BIRTH_PLACE:
      return find_place (first, second);
    case PLT_TRAIT_NATIONALITY:
    case PLT_TRAIT_LICENCE:
      return find_plain (first, second);
    case PLT_TRAIT_ADDRESS:
      return find_address (a, b);
    case PLT_TRAIT_PORTRAIT:
      return find_portrait (a, b);
    case PLT_TRAIT_DOCUMENT:
      return shares_value (a, b, PLT_RECORD_DOCUMENT) ? PLT_RELATION_SAME : PLT_RELATION_UNKNOWN;
    case PLT_TRAIT_FORMER_ID:
      if (is_renumbered (a, b) || is_renumbered (b, a))
        return PLT_RELATION_SAME;
      return plt_id_number_is_slip (plt_person_record_get_id_number (a),
                                    plt_person_record_get_id_number (b))
               ? PLT_RELATION_SLIP : PLT_RELATION_UNKNOWN;
    case PLT_N_TRAITS:
    default:
      g_return_val_if_reached (PLT_RELATION_UNKNOWN);
    }
}
