/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two registries' spellings of a name have to do with one another. */
#include "plt-name-comparison.h"

#include "plt-fold.h"
#include "plt-similarity.h"
#include "plt-transliteration.h"

#include <string.h>

/* Words that stand before a family name and are left out by some registries. The database's
 * platen.without_particles() has the same list. */
static const char * const particles[] = {
  "af", "al", "an", "av", "ben", "bin", "bint", "da", "das", "de", "dei", "del", "della", "den",
  "der", "des", "di", "do", "dos", "du", "el", "ibn", "la", "las", "le", "los", "op", "te", "ten",
  "ter", "ul", "van", "vom", "von", "y", "zu", "zum", "zur", NULL,
};

static gboolean
equal_folded (char     *(*fold) (const char *text),
              const char *a,
              const char *b)
{
  g_autofree char *first = fold (a);
  g_autofree char *second = fold (b);

  return *first != '\0' && g_str_equal (first, second);
}

static char *
fold_marks (const char *text)
{
  g_autofree char *folded = plt_fold_case (text);
  g_autofree char *plain = plt_fold_diacritics (folded);

  return plt_fold_case (plain);
}

/* The smallest kind that explains the two spellings as one name, else @otherwise. */
static PltDifference
compare_spelling (const char    *a,
                  const char    *b,
                  PltDifference  otherwise)
{
  g_autofree char *first = g_utf8_normalize (a, -1, G_NORMALIZE_NFC);
  g_autofree char *second = g_utf8_normalize (b, -1, G_NORMALIZE_NFC);

  if (g_strcmp0 (first, second) == 0)
    return PLT_DIFFERENCE_NONE;
  if (equal_folded (plt_fold_case, a, b))
    return PLT_DIFFERENCE_CASE;
  if (equal_folded (fold_marks, a, b))
    return PLT_DIFFERENCE_DIACRITICS;
  if (equal_folded (plt_transliteration_fold, a, b))
    return PLT_DIFFERENCE_HYPHENATION;
  if (plt_transliteration_same (a, b))
    return PLT_DIFFERENCE_TRANSLITERATION;

  return otherwise;
}

/* The words of a name, folded, hyphens as spaces. */
static char **
split_words (const char *name)
{
  g_autofree char *folded = plt_fold_name (name);

  g_strdelimit (folded, ".,", ' ');
  g_autofree char *collapsed = plt_fold_collapse (folded);

  return g_strsplit (collapsed, " ", -1);
}

/* (transfer full): the words that are no particles, or all of them if none is left. */
static char *
drop_particles (const char *name)
{
  g_auto (GStrv) words = split_words (name);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (int i = 0; words[i] != NULL; i++)
    if (!g_strv_contains (particles, words[i]))
      g_string_append (kept, words[i]);

  return kept->len > 0 ? g_string_free (g_steal_pointer (&kept), FALSE)
                       : g_strjoinv ("", words);
}

static gboolean
differ_by_particle (const char *a,
                    const char *b)
{
  g_autofree char *first = drop_particles (a);
  g_autofree char *second = drop_particles (b);

  return *first != '\0' && g_str_equal (first, second);
}

/* One edit for three letters and more, two for six and more, of the shorter one. The database's
 * platen.is_misspelt() draws the same line. */
static gboolean
is_misspelt (const char *a,
             const char *b)
{
  g_autofree char *first = plt_transliteration_fold (a);
  g_autofree char *second = plt_transliteration_fold (b);
  glong shorter = MIN (g_utf8_strlen (first, -1), g_utf8_strlen (second, -1));

  if (shorter < 3)
    return FALSE;

  return plt_similarity_edits (first, second) <= (shorter >= 6 ? 2 : 1);
}

static gboolean
is_initial_of (const char *initial,
               const char *word)
{
  return g_utf8_strlen (initial, -1) == 1 && g_str_has_prefix (word, initial) &&
         !g_str_equal (initial, word);
}

/* Whether the words of the shorter name stand in the longer one in the same order, some of them as
 * initials. @initial: (out): whether any was */
static gboolean
is_part_of (char     **shorter,
            char     **longer,
            gboolean  *initial)
{
  guint at = 0;

  *initial = FALSE;
  for (int i = 0; shorter[i] != NULL; i++)
    {
      while (longer[at] != NULL && !g_str_equal (shorter[i], longer[at]) &&
             !is_initial_of (shorter[i], longer[at]) && !is_initial_of (longer[at], shorter[i]))
        at++;
      if (longer[at] == NULL)
        return FALSE;
      *initial = *initial || !g_str_equal (shorter[i], longer[at]);
      at++;
    }

  return shorter[0] != NULL;
}

static PltDifference
compare_parts (const char *a,
               const char *b)
{
  g_auto (GStrv) first = split_words (a);
  g_auto (GStrv) second = split_words (b);
  gboolean swap = g_strv_length (first) > g_strv_length (second);
  gboolean initial;

  if (first[0] == NULL || second[0] == NULL ||
      !is_part_of (swap ? second : first, swap ? first : second, &initial))
    return PLT_DIFFERENCE_NONE;

  return initial ? PLT_DIFFERENCE_INITIAL_ONLY : PLT_DIFFERENCE_MISSING_NAME;
}

/* One is in Latin letters and the other is not, and is it by a table or by its consonants. */
static PltDifference
compare_scripts (const char *a,
                 const char *b)
{
  const char *native = plt_fold_is_latin (a) ? b : a;
  const char *latin = plt_fold_is_latin (a) ? a : b;
  g_autofree char *spelt = plt_transliteration_to_latin (native);

  if (spelt != NULL ? plt_name_romanised_same (spelt, latin)
                    : equal_folded (plt_transliteration_skeleton, native, latin))
    return PLT_DIFFERENCE_OTHER_SCRIPT;

  return PLT_DIFFERENCE_OTHER_NAME;
}

/**
 * plt_name_compare_family:
 * @a: a family name, in any script
 * @b: another
 *
 * Returns: %PLT_DIFFERENCE_NONE … %PLT_DIFFERENCE_PARTICLE, %PLT_DIFFERENCE_OTHER_SCRIPT,
 *   %PLT_DIFFERENCE_MISSPELT_NAME, or %PLT_DIFFERENCE_CHANGED_NAME when the two have nothing to do
 *   with one another or one is a double name of which the other is a part
 */
PltDifference
plt_name_compare_family (const char *a,
                         const char *b)
{
  PltDifference found = compare_spelling (a, b, PLT_DIFFERENCE_CHANGED_NAME);

  if (found != PLT_DIFFERENCE_CHANGED_NAME)
    return found;
  if (plt_fold_is_latin (a) != plt_fold_is_latin (b))
    return compare_scripts (a, b);
  if (differ_by_particle (a, b))
    return PLT_DIFFERENCE_PARTICLE;
  if (is_misspelt (a, b))
    return PLT_DIFFERENCE_MISSPELT_NAME;

  return PLT_DIFFERENCE_CHANGED_NAME;
}

/**
 * plt_name_compare_given:
 * @a: given names, in any script
 * @b: others
 *
 * Returns: %PLT_DIFFERENCE_NONE … %PLT_DIFFERENCE_TRANSLITERATION, %PLT_DIFFERENCE_OTHER_SCRIPT,
 *   %PLT_DIFFERENCE_INITIAL_ONLY, %PLT_DIFFERENCE_MISSING_NAME, %PLT_DIFFERENCE_MISSPELT_NAME or
 *   %PLT_DIFFERENCE_OTHER_NAME
 */
PltDifference
plt_name_compare_given (const char *a,
                        const char *b)
{
  PltDifference found = compare_spelling (a, b, PLT_DIFFERENCE_OTHER_NAME);

  if (found != PLT_DIFFERENCE_OTHER_NAME)
    return found;
  if (plt_fold_is_latin (a) != plt_fold_is_latin (b))
    return compare_scripts (a, b);
  found = compare_parts (a, b);
  if (found != PLT_DIFFERENCE_NONE)
    return found;

  return is_misspelt (a, b) ? PLT_DIFFERENCE_MISSPELT_NAME : PLT_DIFFERENCE_OTHER_NAME;
}

/* Returns: %PLT_DIFFERENCE_NONE … %PLT_DIFFERENCE_TRANSLITERATION or %PLT_DIFFERENCE_OTHER_PLACE */
PltDifference
plt_name_compare_place (const char *a,
                        const char *b)
{
  return compare_spelling (a, b, PLT_DIFFERENCE_OTHER_PLACE);
}

/**
 * plt_name_romanised_same:
 * @a: a name in Latin letters
 * @b: another
 *
 * Returns: whether both may romanise one name of another script
 */
gboolean
plt_name_romanised_same (const char *a,
                         const char *b)
{
  return equal_folded (plt_transliteration_key, a, b);
}
