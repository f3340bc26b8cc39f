/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses in one form, whatever the registry's abbreviations and order. */
#include "plt-address-comparison.h"

#include "plt-fold.h"
#include "plt-name-comparison.h"

#include <string.h>

/* Abbreviations as they stand alone, folded; words that say nothing become "". The database's
 * platen.address_key() has the same list. */
static const struct
{
  const char *written;
  const char *word;
} abbreviations[] = {
  { "st", "street" }, { "str", "street" }, { "strasse", "street" }, { "rd", "road" },
  { "ave", "avenue" }, { "av", "avenue" }, { "ln", "lane" }, { "dr", "drive" }, { "sq", "square" },
  { "blvd", "boulevard" }, { "bd", "boulevard" }, { "cl", "close" }, { "gdn", "garden" },
  { "gr", "grove" }, { "grv", "grove" }, { "mkt", "market" }, { "wy", "way" }, { "qy", "quay" },
  { "ct", "court" }, { "pl", "place" }, { "ter", "terrace" }, { "hl", "hill" },
  { "saint", "street" }, /* St Thomas is Saint Thomas: both come to the word for St */
  { "apt", "" }, { "flat", "" }, { "no", "" }, { "nr", "" }, { "house", "" }, { "unit", "" },
  { "app", "" },
};

static const char *
expand_word (const char *word)
{
  for (size_t i = 0; i < G_N_ELEMENTS (abbreviations); i++)
    if (*word == *abbreviations[i].written && g_str_equal (word, abbreviations[i].written))
      return abbreviations[i].word;

  return word;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * plt_address_normalise:
 * @address: as a registry writes it
 *
 * Case and diacritics folded, punctuation gone, abbreviations written out, the words sorted: the
 * postcode may stand before or after the town, the house number before or after the street.
 *
 * Returns: (transfer full): the words with one space between them
 */
char *
plt_address_normalise (const char *address)
{
  g_autofree char *folded = plt_fold_name (address);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  g_strdelimit (folded, ".,;:/\n()#", ' ');

  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (int i = 0; parts[i] != NULL; i++)
    if (*expand_word (parts[i]) != '\0')
      g_ptr_array_add (words, (char *) expand_word (parts[i]));
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);

  return g_strjoinv (" ", (char **) words->pdata);
}

/**
 * plt_address_compare:
 * @a: an address
 * @b: another
 *
 * Returns: %PLT_DIFFERENCE_NONE … %PLT_DIFFERENCE_TRANSLITERATION, %PLT_DIFFERENCE_ADDRESS_FORMAT,
 *   or %PLT_DIFFERENCE_OTHER_ADDRESS
 */
PltDifference
plt_address_compare (const char *a,
                     const char *b)
{
  PltDifference found = plt_name_compare_place (a, b);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (found != PLT_DIFFERENCE_OTHER_PLACE)
    return found;
  first = plt_address_normalise (a);
  second = plt_address_normalise (b);

  return *first != '\0' && g_str_equal (first, second) ? PLT_DIFFERENCE_ADDRESS_FORMAT
                                                       : PLT_DIFFERENCE_OTHER_ADDRESS;
}
