/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Knows the words for streets, the particles of names, and what stands before a birth date. All of
 * them folded as plt_fold_name() folds. */
#include "plt-search-words.h"

#include "plt-fold.h"

#include <string.h>

/* Behind the name of the street: "Mill Road". */
static const char * const street_behind[] = {
  "street", "road", "rd", "lane", "avenue", "ave", "way", "drive", "close", "grove", "square",
  "row", "walk", "yard", "boulevard", "blvd", "quay", "court", "crescent", "terrace", "gardens",
  "strasse", "str", "weg", "gasse", "platz", "allee", NULL
};

/* Before it: "rue des Tilleuls", "ул. Ленина". */
static const char * const street_before[] = {
  "rue", "via", "viale", "calle", "avenida", "rua", "chemin", "impasse", "place", "route", "quai",
  "allee", "boulevard", "bd", "av", "plaza", "piazza", "ulica", "ulitsa", "улица", "ул",
  "проспект", "odos", "οδος", NULL
};

/* At the end of the word: "Hauptstraße". */
static const char * const street_ends[] = {
  "strasse", "str", "weg", "gasse", "allee", "platz", "straat", "laan", "gatan", "gata", "vagen",
  "vej", "katu", "utca", NULL
};

static const char * const particles[] = {
  "van", "von", "der", "den", "de", "da", "do", "dos", "das", "di", "du", "del", "della", "la",
  "le", "les", "el", "al", "bin", "ibn", "ben", "zu", "zur", "zum", "ter", "ten", "af", "av", "of",
  "y", "e", "et", "und", "and", "dr", "mr", "mrs", "ms", "mme", "mlle", "herr", "frau", "prof",
  NULL
};

static const char * const introductions[] = {
  "born", "dob", "on", "ne", "nee", "le", "geb", "geboren", "am", "birth", "naissance", "the", NULL
};

static gboolean
is_one_of (const char         *word,
           const char * const *list)
{
  g_autofree char *folded = plt_fold_name (word);

  return g_strv_contains (list, folded);
}

static gboolean
ends_as_street (const char *word)
{
  g_autofree char *folded = plt_fold_name (word);
  size_t length = strlen (folded);

  for (int i = 0; street_ends[i] != NULL; i++)
    {
      size_t end = strlen (street_ends[i]);

      if (length >= end + 3 && g_str_has_suffix (folded, street_ends[i]))
        return TRUE;
    }

  return FALSE;
}

gboolean
plt_search_word_introduces_date (const char *word)
{
  return word != NULL && is_one_of (word, introductions);
}

/**
 * plt_search_words_drop_particles:
 * @names: (element-type utf8): words; those that say little are taken out, but never all of them
 */
void
plt_search_words_drop_particles (GPtrArray *names)
{
  guint n_left = names->len;

  for (guint i = 0; i < names->len; i++)
    {
      if (is_one_of (names->pdata[i], particles))
        n_left--;
    }
  for (guint i = names->len; i > 0 && n_left > 0; i--)
    {
      if (is_one_of (names->pdata[i - 1], particles))
        g_ptr_array_remove_index (names, i - 1);
    }
}

static void
mark_street (const char * const *words,
             guint               n_words,
             guint               at,
             gboolean           *is_address)
{
  is_address[at] = TRUE;
  if (is_one_of (words[at], street_before) && at + 1 < n_words && words[at + 1] != NULL)
    {
      for (guint i = at + 1; i < n_words && words[i] != NULL; i++)
        is_address[i] = TRUE;
    }
  else if (at > 0 && words[at - 1] != NULL && !ends_as_street (words[at]))
    is_address[at - 1] = TRUE;
}

/**
 * plt_search_words_sort_out:
 * @words: (element-type utf8): words in their order; %NULL where a date or a number stood
 * @names: (element-type utf8): gets those that may be names
 * @address: (element-type utf8): gets those that are of an address, for there is a word for a
 *   street beside them or in them
 */
void
plt_search_words_sort_out (GPtrArray *words,
                           GPtrArray *names,
                           GPtrArray *address)
{
  const char * const *list = (const char * const *) words->pdata;
  g_autofree gboolean *is_address = g_new0 (gboolean, words->len + 1);

  for (guint i = 0; i < words->len; i++)
    {
      if (list[i] == NULL || is_address[i])
        continue;
      if (ends_as_street (list[i]) || is_one_of (list[i], street_behind) ||
          is_one_of (list[i], street_before))
        mark_street (list, words->len, i, is_address);
    }
  for (guint i = 0; i < words->len; i++)
    {
      if (list[i] != NULL)
        g_ptr_array_add (is_address[i] ? address : names, g_strdup (list[i]));
    }
}
