/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two texts are spellings of one name by the tables of ICAO Doc 9303-3, section 6. */
#include "plt-transliteration.h"

#include "plt-fold.h"

#include <string.h>

/* Letters that section 6 A writes with more than the letter under the mark, or leaves a choice.
 * Lower case; the plain letter comes last. The database's platen.name_pattern() has the same. */
static const struct
{
  gunichar    letter;
  const char *spellings[4];
} choices[] = {
  { 0x00E4, { "ae", "a" } },        /* ä */
  { 0x00E5, { "aa", "a" } },        /* å */
  { 0x00E6, { "ae" } },             /* æ */
  { 0x00F1, { "nxx", "n" } },       /* ñ */
  { 0x00F6, { "oe", "o" } },        /* ö */
  { 0x00F8, { "oe", "o" } },        /* ø */
  { 0x0153, { "oe" } },             /* œ */
  { 0x00FC, { "ue", "uxx", "u" } }, /* ü */
  { 0x00DF, { "ss" } },             /* ß */
  { 0x00FE, { "th" } },             /* þ */
  { 0x0133, { "ij" } },             /* ĳ */
};

typedef struct
{
  gunichar    letter; /* lower case */
  const char *latin;
} Spelling;

/* Section 6 B, Cyrillic, the Russian default; Ukrainian, Serbian, Macedonian, Belarusian and
 * Bulgarian letters that it adds. */
static const Spelling cyrillic[] = {
  { 0x0430, "a" },  { 0x0431, "b" },  { 0x0432, "v" },  { 0x0433, "g" },    { 0x0434, "d" },
  { 0x0435, "e" },  { 0x0451, "e" },  { 0x0436, "zh" }, { 0x0437, "z" },    { 0x0438, "i" },
  { 0x0439, "i" },  { 0x043A, "k" },  { 0x043B, "l" },  { 0x043C, "m" },    { 0x043D, "n" },
  { 0x043E, "o" },  { 0x043F, "p" },  { 0x0440, "r" },  { 0x0441, "s" },    { 0x0442, "t" },
  { 0x0443, "u" },  { 0x0444, "f" },  { 0x0445, "kh" }, { 0x0446, "ts" },   { 0x0447, "ch" },
  { 0x0448, "sh" }, { 0x0449, "shch" }, { 0x044A, "ie" }, { 0x044B, "y" },  { 0x044C, "" },
  { 0x044D, "e" },  { 0x044E, "iu" }, { 0x044F, "ia" }, { 0x0454, "ie" },   { 0x0456, "i" },
  { 0x0457, "i" },  { 0x0491, "g" },  { 0x045E, "u" },  { 0x0452, "d" },    { 0x0458, "j" },
  { 0x0459, "lj" }, { 0x045A, "nj" }, { 0x045B, "c" },  { 0x045F, "dz" },   { 0x0453, "g" },
  { 0x045C, "k" },  { 0x0455, "dz" },
};

/* ELOT 743 (ISO 843 type 2), letter by letter; pairs stand in pairs[] below. */
static const Spelling greek[] = {
  { 0x03B1, "a" },  { 0x03B2, "v" }, { 0x03B3, "g" }, { 0x03B4, "d" },  { 0x03B5, "e" },
  { 0x03B6, "z" },  { 0x03B7, "i" }, { 0x03B8, "th" }, { 0x03B9, "i" }, { 0x03BA, "k" },
  { 0x03BB, "l" },  { 0x03BC, "m" }, { 0x03BD, "n" }, { 0x03BE, "x" },  { 0x03BF, "o" },
  { 0x03C0, "p" },  { 0x03C1, "r" }, { 0x03C2, "s" }, { 0x03C3, "s" },  { 0x03C4, "t" },
  { 0x03C5, "y" },  { 0x03C6, "f" }, { 0x03C7, "ch" }, { 0x03C8, "ps" }, { 0x03C9, "o" },
};

static const struct
{
  const char *native;
  const char *latin;
} pairs[] = {
  { "ου", "ou" }, { "αυ", "av" }, { "ευ", "ev" }, { "ηυ", "iv" }, { "γγ", "ng" }, { "γξ", "nx" },
  { "γχ", "nch" }, { "μπ", "b" },
};

/* Consonants alone: written Arabic leaves the short vowels out, and Thai writes them around. */
static const Spelling consonants[] = {
  { 0x0628, "b" }, { 0x062A, "t" }, { 0x062B, "t" }, { 0x062C, "j" }, { 0x062D, "h" },
  { 0x062E, "k" }, { 0x062F, "d" }, { 0x0630, "d" }, { 0x0631, "r" }, { 0x0632, "z" },
  { 0x0633, "s" }, { 0x0634, "s" }, { 0x0635, "s" }, { 0x0636, "d" }, { 0x0637, "t" },
  { 0x0638, "z" }, { 0x063A, "g" }, { 0x0641, "f" }, { 0x0642, "k" }, { 0x0643, "k" },
  { 0x0644, "l" }, { 0x0645, "m" }, { 0x0646, "n" }, { 0x0647, "h" },
  { 0x0E01, "k" }, { 0x0E02, "k" }, { 0x0E04, "k" }, { 0x0E06, "k" }, { 0x0E07, "n" },
  { 0x0E08, "c" }, { 0x0E09, "c" }, { 0x0E0A, "c" }, { 0x0E0B, "s" }, { 0x0E0C, "c" },
  { 0x0E0D, "n" }, { 0x0E0E, "d" }, { 0x0E0F, "t" }, { 0x0E10, "t" }, { 0x0E11, "t" },
  { 0x0E12, "t" }, { 0x0E13, "n" }, { 0x0E14, "d" }, { 0x0E15, "t" }, { 0x0E16, "t" },
  { 0x0E17, "t" }, { 0x0E18, "t" }, { 0x0E19, "n" }, { 0x0E1A, "b" }, { 0x0E1B, "p" },
  { 0x0E1C, "p" }, { 0x0E1D, "f" }, { 0x0E1E, "p" }, { 0x0E1F, "f" }, { 0x0E20, "p" },
  { 0x0E21, "m" }, { 0x0E23, "r" }, { 0x0E25, "l" }, { 0x0E28, "s" }, { 0x0E29, "s" },
  { 0x0E2A, "s" }, { 0x0E2B, "h" }, { 0x0E2C, "l" },
};

static const char *
find_spelling (const Spelling *table,
               size_t          n,
               gunichar        letter)
{
  for (size_t i = 0; i < n; i++)
    if (table[i].letter == letter)
      return table[i].latin;

  return NULL;
}

static const char * const *
find_choices (gunichar letter)
{
  for (size_t i = 0; i < G_N_ELEMENTS (choices); i++)
    if (choices[i].letter == letter)
      return choices[i].spellings;

  return NULL;
}

static gboolean
is_joint (gunichar c)
{
  if (g_ascii_isalnum ((char) MIN (c, 127)))
    return FALSE;

  return g_unichar_isspace (c) || c == '.' || c == '\'' || c == '`' || c == 0x00B4 ||
         c == 0x02B9 || c == 0x02BB || c == 0x02BC || c == 0x2018 || c == 0x2019 || c == 0x2032 ||
         g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

/* (transfer full): case folded in NFC, without what joins or parts words. */
static char *
fold_joints (const char *text)
{
  g_autofree char *folded = plt_fold_case (text);
  GString *joined = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c < 0x80 && !is_joint (c))
        g_string_append_c (joined, (char) c);
      else if (!is_joint (c))
        g_string_append_unichar (joined, c);
    }

  return g_string_free (joined, FALSE);
}

/**
 * plt_transliteration_fold:
 * @text: a name
 *
 * Case, the diacritics of Latin and Greek letters, spaces, dots, dashes and apostrophes are gone,
 * letters without a decomposition are written plainly. The same as platen.fold_name().
 *
 * Returns: (transfer full): the key under which plain spellings meet
 */
char *
plt_transliteration_fold (const char *text)
{
  g_autofree char *joined = fold_joints (text);
  g_autofree char *plain = plt_fold_diacritics (joined);

  return plt_fold_case (plain);
}

/* Whether @plain can be read as @spelt, each letter of which may be written in several ways. */
static gboolean
reads_as (const char *spelt,
          const char *plain)
{
  while (*spelt != '\0')
    {
      const char * const *spellings = find_choices (g_utf8_get_char (spelt));
      const char *next = g_utf8_next_char (spelt);
      g_autofree char *letter = NULL;
      g_autofree char *bare = NULL;

      if (spellings != NULL)
        {
          for (int i = 0; i < 4 && spellings[i] != NULL; i++)
            if (g_str_has_prefix (plain, spellings[i]) &&
                reads_as (next, plain + strlen (spellings[i])))
              return TRUE;
          return FALSE;
        }
      letter = g_strndup (spelt, (gsize) (next - spelt));
      bare = plt_fold_diacritics (letter);
      if (!g_str_has_prefix (plain, bare))
        return FALSE;
      plain += strlen (bare);
      spelt = next;
    }

  return *plain == '\0';
}

/**
 * plt_transliteration_same:
 * @a: a name
 * @b: another
 *
 * Müller is MUELLER, MULLER and MUXXLLER; each letter may be written in its own way. Nothing that
 * folds to no letter is the same as anything.
 *
 * Returns: whether one is a spelling of the other
 */
gboolean
plt_transliteration_same (const char *a,
                          const char *b)
{
  g_autofree char *a_plain = plt_transliteration_fold (a);
  g_autofree char *b_plain = plt_transliteration_fold (b);
  g_autofree char *a_spelt = fold_joints (a);
  g_autofree char *b_spelt = fold_joints (b);

  if (*a_plain == '\0' || *b_plain == '\0')
    return FALSE;

  return reads_as (a_spelt, b_plain) || reads_as (b_spelt, a_plain);
}

static char *
replace_all (const char *text,
             const char *from,
             const char *to)
{
  GString *replaced = g_string_new (text);

  g_string_replace (replaced, from, to, 0);

  return g_string_free (replaced, FALSE);
}

static char *
replace_pairs (const char *text)
{
  char *replaced = g_strdup (text);

  for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      char *next = replace_all (replaced, pairs[i].native, pairs[i].latin);

      g_free (replaced);
      replaced = next;
    }

  return replaced;
}

/**
 * plt_transliteration_to_latin:
 * @native: a name in Cyrillic or Greek letters
 *
 * Returns: (transfer full) (nullable): its folded Latin spelling by table; %NULL if any letter has
 *   none (Arabic and Thai do not write what a table would need)
 */
char *
plt_transliteration_to_latin (const char *native)
{
  g_autofree char *folded = plt_transliteration_fold (native);
  g_autofree char *paired = replace_pairs (folded);
  g_autoptr (GString) latin = g_string_new (NULL);

  for (const char *at = paired; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      const char *spelling = find_spelling (cyrillic, G_N_ELEMENTS (cyrillic), c);

      if (spelling == NULL)
        spelling = find_spelling (greek, G_N_ELEMENTS (greek), c);
      if (spelling == NULL && !g_ascii_isalpha ((char) MIN (c, 127)))
        return NULL;
      if (spelling != NULL)
        g_string_append (latin, spelling);
      else
        g_string_append_unichar (latin, c);
    }

  return latin->len > 0 ? g_string_free (g_steal_pointer (&latin), FALSE) : NULL;
}

/* What passports of different years and countries write for one letter of another script, in the
 * order in which it is replaced. The database's platen.romanised() has the same list. */
static const struct
{
  const char *written;
  const char *key;
} romanised[] = {
  { "shch", "sq" }, { "sch", "s" }, { "sh", "s" }, { "zh", "j" }, { "kh", "h" }, { "gh", "g" },
  { "ph", "f" }, { "th", "t" }, { "tch", "c" }, { "ch", "c" }, { "tz", "c" }, { "ts", "c" },
  { "ck", "k" }, { "q", "k" }, { "x", "ks" }, { "w", "v" }, { "ou", "u" }, { "oo", "u" },
  { "ee", "i" }, { "yu", "iu" }, { "ju", "iu" }, { "ya", "ia" }, { "ja", "ia" }, { "ye", "e" },
  { "je", "e" }, { "ie", "e" }, { "yo", "e" }, { "yi", "i" }, { "iy", "i" }, { "ij", "i" },
  { "y", "i" }, { "ii", "i" }, { "aa", "a" }, { "ll", "l" }, { "ss", "s" }, { "mm", "m" },
  { "nn", "n" }, { "dd", "d" }, { "rr", "r" },
};

/**
 * plt_transliteration_key:
 * @latin: a name in Latin letters
 *
 * The key under which romanisations of one name of another script meet: Dmitri, Dmitriy and
 * Dmitry; Khoury and Houri. Good for names of which the other script is known, and for no others.
 *
 * Returns: (transfer full): the key
 */
char *
plt_transliteration_key (const char *latin)
{
  char *key = plt_transliteration_fold (latin);

  for (size_t i = 0; i < G_N_ELEMENTS (romanised); i++)
    {
      char *next = replace_all (key, romanised[i].written, romanised[i].key);

      g_free (key);
      key = next;
    }

  return key;
}

/**
 * plt_transliteration_skeleton:
 * @text: a name in Latin, Arabic or Thai letters
 *
 * The consonants, in classes that are written alike in the other script. It shows that a native
 * form belongs to a Latin one; it does not show that two names are the same.
 *
 * Returns: (transfer full): the consonants, doubles as one
 */
char *
plt_transliteration_skeleton (const char *text)
{
  g_autofree char *key = plt_transliteration_key (text);
  GString *skeleton = g_string_new (NULL);

  for (const char *at = key; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      const char *spelling = find_spelling (consonants, G_N_ELEMENTS (consonants), c);
      char letter = spelling != NULL ? *spelling
                    : c < 128 && strchr ("aeiouywq", (int) c) == NULL && g_ascii_isalpha ((char) c)
                      ? (char) c : '\0';

      if (letter != '\0' && (skeleton->len == 0 || skeleton->str[skeleton->len - 1] != letter))
        g_string_append_c (skeleton, letter);
    }

  return g_string_free (skeleton, FALSE);
}
