/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads pattern files and finds where words may be divided. A pattern is a piece of a word with
 * digits between its letters, "." for its beginning or end; of all patterns in a word the largest
 * digit counts at each place, and at an odd one it may be divided. */
#include "plt-hyphenator.h"

#include "plt-card-capitals.h"

#include <string.h>

#define MOST_BYTES (8 * 1024 * 1024)
#define LEAST_LETTERS 4 /* of a word that is divided */
#define MOST_LETTERS 100
#define LEAST_AT_END 2 /* letters that stay together, where the file says no more */

struct _PltHyphenator
{
  GHashTable *patterns; /* letters → digits, one more than letters */
  glong       longest;  /* letters */
  glong       least_before, least_after; /* letters that stay together at the ends of a word */
};

void
plt_hyphenator_free (PltHyphenator *self)
{
  g_hash_table_unref (self->patterns);
  g_free (self);
}

/* "a1bc3d" is "abcd" with 0 1 0 3 0. */
static void
add_pattern (PltHyphenator *self,
             const char    *line)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  g_autoptr (GByteArray) digits = g_byte_array_new ();
  guint8 digit = 0;
  glong n;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    if (g_ascii_isdigit (*p))
      digit = (guint8) (*p - '0');
    else
      {
        g_byte_array_append (digits, &digit, 1);
        digit = 0;
        g_string_append_unichar (letters, g_utf8_get_char (p));
      }
  g_byte_array_append (digits, &digit, 1);
  n = (glong) digits->len - 1;
  if (n < 1 || n > MOST_LETTERS)
    return;
  self->longest = MAX (self->longest, n);
  g_hash_table_insert (self->patterns, g_string_free (g_steal_pointer (&letters), FALSE),
                       g_byte_array_free (g_steal_pointer (&digits), FALSE));
}

/* Settings are words in capitals, remarks begin with "%", and a pattern with "/" would spell the word
 * otherwise when it is divided: such a word is not divided there. */
static gboolean
is_pattern (const char *line)
{
  return *line != '\0' && *line != '%' && *line != '#' && strchr (line, '/') == NULL
         && !g_ascii_isupper (*line);
}

static glong
read_least (const char *text,
            const char *name)
{
  const char *at = strstr (text, name);

  return at != NULL ? CLAMP (g_ascii_strtoll (at + strlen (name), NULL, 10), LEAST_AT_END, 9)
                    : LEAST_AT_END;
}

/* Where the patterns come in levels the last one is that of words. */
static const char *
find_last_level (const char *text)
{
  const char *level = g_strrstr (text, "NEXTLEVEL");
  const char *start = level != NULL ? strchr (level, '\n') : strchr (text, '\n');

  return start != NULL ? start + 1 : "";
}

/* The first line of a file names its charset. Returns: (transfer full) (nullable): NULL when the
 * file cannot be read or is none of patterns. */
PltHyphenator *
plt_hyphenator_new_from_file (const char *path)
{
  g_autofree char *bytes = NULL, *charset = NULL, *text = NULL;
  g_auto (GStrv) lines = NULL;
  PltHyphenator *self;
  gsize length = 0;

  /* A pipe in its place would be waited for. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !g_file_get_contents (path, &bytes, &length, NULL)
      || length > MOST_BYTES)
    return NULL;
  charset = g_strndup (bytes, strcspn (bytes, "\r\n"));
  if (g_str_has_prefix (charset, "microsoft-cp"))
    memmove (charset, charset + strlen ("microsoft-"), strlen (charset + strlen ("microsoft-")) + 1);
  text = g_convert (bytes, (gssize) length, "UTF-8", charset, NULL, NULL, NULL);
  if (text == NULL)
    return NULL;
  self = g_new0 (PltHyphenator, 1);
  self->patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->least_before = read_least (text, "\nLEFTHYPHENMIN ");
  self->least_after = read_least (text, "\nRIGHTHYPHENMIN ");
  lines = g_strsplit (find_last_level (text), "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (is_pattern (g_strstrip (lines[i])))
      add_pattern (self, lines[i]);
  if (self->longest > 0)
    return self;
  plt_hyphenator_free (self);
  return NULL;
}

/* @offsets: of the letters of @word, which has "." at both ends, and of its end. @marks: the largest
 * digit before each letter. */
static void
apply_patterns (PltHyphenator *self,
                const char    *word,
                const gsize   *offsets,
                glong          n,
                guint8        *marks)
{
  char piece[6 * MOST_LETTERS + 13];

  for (glong start = 0; start < n; start++)
    for (glong length = 1; length <= self->longest && start + length <= n; length++)
      {
        gsize size = offsets[start + length] - offsets[start];
        const guint8 *digits;

        memcpy (piece, word + offsets[start], size);
        piece[size] = '\0';
        digits = g_hash_table_lookup (self->patterns, piece);
        for (glong i = 0; digits != NULL && i <= length; i++)
          marks[start + i] = MAX (marks[start + i], digits[i]);
      }
}

/* @word: one word of @n letters, UTF-8. @points: one place for each letter, TRUE where the word may
 * be divided after it. May be called by several threads at once. */
void
plt_hyphenator_find_points (PltHyphenator *self,
                            const char    *word,
                            glong          n,
                            gboolean      *points)
{
  g_autofree char *small = plt_card_to_small (word);
  g_autofree char *dotted = g_strconcat (".", small, ".", NULL);
  gsize offsets[MOST_LETTERS + 3] = { 0 };
  guint8 marks[MOST_LETTERS + 3] = { 0 };

  memset (points, 0, (gsize) n * sizeof *points);
  if (n < LEAST_LETTERS || n > MOST_LETTERS || g_utf8_strlen (small, -1) != n)
    return;
  for (glong i = 0; i < n + 2; i++)
    offsets[i + 1] = (gsize) (g_utf8_next_char (dotted + offsets[i]) - dotted);
  apply_patterns (self, dotted, offsets, n + 2, marks);
  for (glong i = self->least_before - 1; i < n - self->least_after; i++)
    points[i] = marks[i + 2] % 2 == 1;
}
