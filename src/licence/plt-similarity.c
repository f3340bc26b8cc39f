/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How alike two spellings are: edits between them, Jaro-Winkler, and a key for how they sound. */
#include "plt-similarity.h"

#include "plt-fold.h"

#include <string.h>

/* Longer texts are no names; this bounds the work that hostile input can ask for. */
#define MAX_LETTERS 200

static gunichar *
to_letters (const char *text,
            glong      *n_letters)
{
  gunichar *letters = g_utf8_to_ucs4_fast (text, -1, n_letters);

  *n_letters = MIN (*n_letters, MAX_LETTERS);

  return letters;
}

/**
 * plt_similarity_edits:
 * @a: UTF-8, folded as the caller wants it compared
 * @b: UTF-8
 *
 * Optimal string alignment: insertions, deletions, substitutions and swaps of two neighbours, each
 * letter edited once. Only the first 200 letters count. The database's platen.edits() is the same.
 *
 * Returns: the number of edits
 */
int
plt_similarity_edits (const char *a,
                      const char *b)
{
  glong n, m;
  g_autofree gunichar *x = to_letters (a, &n);
  g_autofree gunichar *y = to_letters (b, &m);
  g_autofree int *rows = g_new (int, 3 * (m + 1));
  int *before = rows;
  int *last = rows + m + 1;
  int *row = rows + 2 * (m + 1);

  for (glong j = 0; j <= m; j++)
    last[j] = (int) j;
  for (glong i = 1; i <= n; i++)
    {
      int *spare = before;

      row[0] = (int) i;
      for (glong j = 1; j <= m; j++)
        {
          int best = MIN (last[j], row[j - 1]) + 1;

          best = MIN (best, last[j - 1] + (x[i - 1] != y[j - 1]));
          if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
            best = MIN (best, before[j - 2] + 1);
          row[j] = best;
        }
      before = last;
      last = row;
      row = spare;
    }

  return last[m];
}

/* Letters of @x that stand in @y not farther away than @window; marks both. */
static glong
count_matches (const gunichar *x,
               glong           n,
               const gunichar *y,
               glong           m,
               glong           window,
               gboolean       *in_x,
               gboolean       *in_y)
{
  glong matches = 0;

  for (glong i = 0; i < n; i++)
    for (glong j = MAX (0, i - window); j < MIN (m, i + window + 1); j++)
      if (!in_y[j] && x[i] == y[j])
        {
          in_x[i] = in_y[j] = TRUE;
          matches++;
          break;
        }

  return matches;
}

static glong
count_transpositions (const gunichar *x,
                      glong           n,
                      const gunichar *y,
                      const gboolean *in_x,
                      const gboolean *in_y)
{
  glong out_of_order = 0;
  glong j = 0;

  for (glong i = 0; i < n; i++)
    {
      if (!in_x[i])
        continue;
      while (!in_y[j])
        j++;
      out_of_order += x[i] != y[j];
      j++;
    }

  return out_of_order / 2;
}

/**
 * plt_similarity_jaro_winkler:
 * @a: UTF-8, folded as the caller wants it compared
 * @b: UTF-8
 *
 * W. E. Winkler, “String Comparator Metrics” (1990), with a prefix of at most four letters and a
 * scale of 0.1.
 *
 * Returns: 0 (nothing in common) … 1 (the same); 0 if either is empty
 */
double
plt_similarity_jaro_winkler (const char *a,
                             const char *b)
{
  glong n, m;
  g_autofree gunichar *x = to_letters (a, &n);
  g_autofree gunichar *y = to_letters (b, &m);

  if (n == 0 || m == 0)
    return 0.0;

  g_autofree gboolean *in_x = g_new0 (gboolean, n);
  g_autofree gboolean *in_y = g_new0 (gboolean, m);
  glong window = MAX (0, MAX (n, m) / 2 - 1);
  double matches = (double) count_matches (x, n, y, m, window, in_x, in_y);
  double jaro;
  int prefix = 0;

  if (matches < 1)
    return 0.0;
  jaro = (matches / (double) n + matches / (double) m +
          (matches - (double) count_transpositions (x, n, y, in_x, in_y)) / matches) / 3.0;
  while (prefix < 4 && prefix < n && prefix < m && x[prefix] == y[prefix])
    prefix++;

  return jaro + prefix * 0.1 * (1.0 - jaro);
}

/* What several languages write for one sound, longest first. */
static const struct
{
  const char *written;
  char        sound;
} sounds[] = {
  { "tsch", 'C' }, { "dsch", 'C' }, { "shch", 'C' }, { "sch", 'S' }, { "tch", 'C' }, { "dzh", 'C' },
  { "cz", 'C' }, { "ch", 'K' }, { "sh", 'S' }, { "sz", 'S' }, { "zh", 'S' }, { "kh", 'K' },
  { "ph", 'F' }, { "th", 'T' }, { "ck", 'K' }, { "gh", 'K' }, { "qu", 'K' }, { "ts", 'S' },
  { "tz", 'S' }, { "dt", 'T' }, { "b", 'P' }, { "c", 'K' }, { "d", 'T' }, { "f", 'F' },
  { "g", 'K' }, { "k", 'K' }, { "l", 'L' }, { "m", 'M' }, { "n", 'N' }, { "p", 'P' },
  { "q", 'K' }, { "r", 'R' }, { "s", 'S' }, { "t", 'T' }, { "v", 'F' }, { "w", 'F' },
  { "x", 'K' }, { "z", 'S' },
};

/**
 * plt_similarity_sound:
 * @name: a name in Latin letters
 *
 * Names that sound alike get the same key: its consonants as classes of sounds, doubles as one,
 * and whether it begins with a vowel. It narrows a search; it decides nothing.
 *
 * Returns: (transfer full): the key; "" for a text without Latin letters
 */
char *
plt_similarity_sound (const char *name)
{
  g_autofree char *folded = plt_fold_name (name);
  GString *key = g_string_new (NULL);

  for (const char *at = folded; *at != '\0';)
    {
      size_t length = 0;

      for (size_t i = 0; i < G_N_ELEMENTS (sounds) && length == 0; i++)
        if (*at == *sounds[i].written && g_str_has_prefix (at, sounds[i].written))
          {
            length = strlen (sounds[i].written);
            if (key->len == 0 || key->str[key->len - 1] != sounds[i].sound)
              g_string_append_c (key, sounds[i].sound);
          }
      if (length == 0)
        {
          if (key->len == 0 && g_ascii_isalpha (*at))
            g_string_append_c (key, 'A');
          length = (size_t) (g_utf8_next_char (at) - at);
        }
      at += length;
    }

  return g_string_free (key, FALSE);
}
