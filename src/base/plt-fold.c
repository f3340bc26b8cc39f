/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folds text so that two spellings of one name can be compared. */
#include "plt-fold.h"

#include <string.h>

/* Letters that Unicode does not decompose, with the plain letters people write instead. */
static const struct
{
  gunichar    letter;
  const char *plain;
} special_letters[] = {
  { 0x00C6, "AE" }, { 0x00E6, "ae" }, /* Æ æ */
  { 0x00D8, "O" },  { 0x00F8, "o" },  /* Ø ø */
  { 0x00D0, "D" },  { 0x00F0, "d" },  /* Ð ð */
  { 0x0110, "D" },  { 0x0111, "d" },  /* Đ đ */
  { 0x0126, "H" },  { 0x0127, "h" },  /* Ħ ħ */
  { 0x0131, "i" },                    /* ı */
  { 0x0138, "k" },                    /* ĸ */
  { 0x0141, "L" },  { 0x0142, "l" },  /* Ł ł */
  { 0x014A, "N" },  { 0x014B, "n" },  /* Ŋ ŋ */
  { 0x0152, "OE" }, { 0x0153, "oe" }, /* Œ œ */
  { 0x0166, "T" },  { 0x0167, "t" },  /* Ŧ ŧ */
  { 0x018F, "E" },  { 0x0259, "e" },  /* Ə ə */
  { 0x00DE, "TH" }, { 0x00FE, "th" }, /* Þ þ */
  { 0x1E9E, "SS" }, { 0x00DF, "ss" }, /* ẞ ß */
};

static const char *
find_plain (gunichar letter)
{
  for (size_t i = 0; i < G_N_ELEMENTS (special_letters); i++)
    {
      if (special_letters[i].letter == letter)
        return special_letters[i].plain;
    }

  return NULL;
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == '`' || c == 0x00B4 || c == 0x02B9 || c == 0x02BB || c == 0x02BC ||
         c == 0x2018 || c == 0x2019 || c == 0x2032;
}

static gboolean
is_space (gunichar c)
{
  /* Zero-width marks are what copying from a page leaves behind. */
  return g_unichar_isspace (c) || c == 0x00A0 || c == 0x200B || c == 0x2060 || c == 0xFEFF ||
         g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR;
}

static char *
normalize (const char      *text,
           GNormalizeMode   mode)
{
  char *result = g_utf8_normalize (text != NULL ? text : "", -1, mode);

  return result != NULL ? result : g_utf8_make_valid (text, -1);
}

/* Most names are: nothing in them is composed or has a mark. */
static gboolean
is_ascii (const char *text)
{
  return text != NULL && g_str_is_ascii (text);
}

/**
 * plt_fold_case:
 * @text: (nullable): UTF-8; %NULL is as ""
 *
 * Folds case only. ß stays what it is (its capitals "SS" are a transliteration here), and İ
 * becomes i with a dot above as Unicode says.
 *
 * Returns: (transfer full): the folded text in NFC
 */
char *
plt_fold_case (const char *text)
{
  if (is_ascii (text))
    return g_ascii_strdown (text, -1);

  g_autofree char *composed = normalize (text, G_NORMALIZE_NFC);
  g_autoptr (GString) folded = g_string_sized_new (strlen (composed));

  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0x00DF || c == 0x1E9E)
        {
          g_string_append_unichar (folded, 0x00DF);
          continue;
        }
      if (c < 0x80)
        {
          g_string_append_c (folded, g_ascii_tolower ((char) c));
          continue;
        }

      g_autofree char *one = g_utf8_casefold (at, g_utf8_next_char (at) - at);

      g_string_append (folded, one);
    }

  return normalize (folded->str, G_NORMALIZE_NFC);
}

/**
 * plt_fold_diacritics:
 * @text: (nullable): UTF-8; %NULL is as ""
 *
 * Takes the marks off Latin and Greek letters and writes letters such as ß, æ, ø, đ, ł and ı
 * plainly. Marks of other scripts stay: in Thai they are vowels and in Cyrillic й is no и.
 *
 * Returns: (transfer full): the text in NFC, in the case it had
 */
char *
plt_fold_diacritics (const char *text)
{
  if (is_ascii (text))
    return g_strdup (text);

  g_autofree char *decomposed = normalize (text, G_NORMALIZE_NFD);
  g_autoptr (GString) plain = g_string_sized_new (strlen (decomposed));
  gboolean drop_marks = FALSE;

  for (const char *at = decomposed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      const char *letters = c < 0x80 ? NULL : find_plain (c);

      if (g_unichar_ismark (c))
        {
          if (!drop_marks)
            g_string_append_unichar (plain, c);
          continue;
        }

      GUnicodeScript script = g_unichar_get_script (c);

      drop_marks = script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_GREEK;
      if (letters != NULL)
        g_string_append (plain, letters);
      else
        g_string_append_unichar (plain, c);
    }

  return normalize (plain->str, G_NORMALIZE_NFC);
}

static char *
collapse_ascii (const char *text)
{
  char *collapsed = g_malloc (strlen (text) + 1);
  char *to = collapsed;
  gboolean pending = FALSE;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_unichar_isspace ((guchar) *at))
        {
          pending = to > collapsed;
          continue;
        }
      if (pending)
        *to++ = ' ';
      pending = FALSE;
      *to++ = *at;
    }
  *to = '\0';

  return collapsed;
}

/**
 * plt_fold_collapse:
 * @text: (nullable): UTF-8; %NULL is as ""
 *
 * Returns: (transfer full): @text in NFC without white space at its ends and with one plain
 *   space for each run of white space inside
 */
char *
plt_fold_collapse (const char *text)
{
  if (is_ascii (text))
    return collapse_ascii (text);

  g_autofree char *composed = normalize (text, G_NORMALIZE_NFC);
  GString *collapsed = g_string_sized_new (strlen (composed));
  gboolean pending = FALSE;

  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_space (c))
        {
          pending = collapsed->len > 0;
          continue;
        }
      if (pending)
        g_string_append_c (collapsed, ' ');
      pending = FALSE;
      g_string_append_unichar (collapsed, c);
    }

  return g_string_free (collapsed, FALSE);
}

/**
 * plt_fold_name:
 * @text: (nullable): UTF-8; %NULL is as ""
 *
 * The key under which spellings of one name meet: case and diacritics folded, hyphens as spaces,
 * apostrophes gone, white space collapsed. "D’Áć-Ëre" and "dac ere" give the same.
 *
 * Returns: (transfer full): the key
 */
char *
plt_fold_name (const char *text)
{
  g_autofree char *plain = plt_fold_diacritics (text);
  g_autofree char *folded = plt_fold_case (plain);
  g_autoptr (GString) words = g_string_sized_new (strlen (folded));

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c < 0x80 && c != '-' && c != '\'' && c != '`')
        g_string_append_c (words, (char) c);
      else if (g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION)
        g_string_append_c (words, ' ');
      else if (!is_apostrophe (c))
        g_string_append_unichar (words, c);
    }

  if (is_ascii (words->str))
    return collapse_ascii (words->str);

  /* Again: what İ folds to carries a mark. */
  g_autofree char *unmarked = plt_fold_diacritics (words->str);

  return plt_fold_collapse (unmarked);
}

/**
 * plt_fold_is_latin:
 * @text: (nullable): UTF-8
 *
 * Returns: %FALSE if any letter belongs to another script than Latin; digits, marks, spaces and
 *   punctuation do not count, so an empty text is Latin
 */
gboolean
plt_fold_is_latin (const char *text)
{
  return plt_fold_find_foreign (text) == NULL;
}

/**
 * plt_fold_find_foreign:
 * @text: (nullable): UTF-8
 *
 * Returns: (transfer none) (nullable): where the first letter of another script than Latin stands in @text
 */
const char *
plt_fold_find_foreign (const char *text)
{
  for (const char *at = text; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      GUnicodeScript script = g_unichar_get_script (c);

      if (script != G_UNICODE_SCRIPT_LATIN && script != G_UNICODE_SCRIPT_COMMON &&
          script != G_UNICODE_SCRIPT_INHERITED)
        return at;
    }

  return NULL;
}
