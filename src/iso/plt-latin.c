/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spells Latin letters with fewer, by the table of ICAO Doc 9303-3, section 6. */
#include "plt-latin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Upper case. Where ICAO leaves a choice (Ä A, Ö O, Ü UXX or U, Ñ NXX) this is the default; Ș and
 * Ț are spelled like Ş and Ţ. Letters that only carry marks are found by taking the marks off,
 * so A with any accent is A; here stand those whose spelling is more than that. */
static const struct
{
  gunichar    letter;
  const char *spelling;
} spellings[] = {
  { 0x00C4, "AE" }, /* Ä */
  { 0x00C5, "AA" }, /* Å */
  { 0x00C6, "AE" }, /* Æ */
  { 0x00D0, "D" },  /* Ð */
  { 0x00D6, "OE" }, /* Ö */
  { 0x00D8, "OE" }, /* Ø */
  { 0x00DC, "UE" }, /* Ü */
  { 0x00DE, "TH" }, /* Þ */
  { 0x00DF, "SS" }, /* ß */
  { 0x0110, "D" },  /* Đ */
  { 0x0126, "H" },  /* Ħ */
  { 0x0131, "I" },  /* ı */
  { 0x0132, "IJ" }, /* Ĳ */
  { 0x0138, "Q" },  /* ĸ */
  { 0x013F, "L" },  /* Ŀ */
  { 0x0141, "L" },  /* Ł */
  { 0x014A, "N" },  /* Ŋ */
  { 0x0152, "OE" }, /* Œ */
  { 0x0166, "T" },  /* Ŧ */
  { 0x1E9E, "SS" }, /* ẞ */
};

static const char *
find_spelling (gunichar letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      if (spellings[i].letter == letter)
        return spellings[i].spelling;
    }

  return NULL;
}

/**
 * plt_latin_spell:
 * @letter: a letter of any script and case
 * @buffer: room for an answer of one letter
 *
 * Upper-cases without regard to the locale (in a Turkish one, g_utf8_strup() would turn i into
 * İ), then looks the letter up, then takes one mark off after another and looks again: Ǘ is Ü with
 * an accent and therefore UE.
 *
 * Returns: (nullable): one to three letters A–Z, valid as long as @buffer; empty for a combining
 *   mark; %NULL for a letter without a spelling
 */
const char *
plt_latin_spell (gunichar letter,
                 char     buffer[2])
{
  gunichar upper = g_unichar_toupper (letter);

  for (;;)
    {
      const char *spelling = find_spelling (upper);
      gunichar base;
      gunichar mark;

      if (spelling == NULL)
        spelling = plt_latin_find_rare (upper);
      if (spelling != NULL)
        return spelling;
      if (upper < 0x80 && g_ascii_isalpha ((char) upper))
        {
          buffer[0] = (char) upper;
          buffer[1] = '\0';
          return buffer;
        }
      if (g_unichar_ismark (upper))
        return "";
      if (!g_unichar_decompose (upper, &base, &mark) || !g_unichar_ismark (mark))
        return NULL;
      upper = g_unichar_toupper (base);
    }
}

/**
 * plt_latin_refuse:
 * @field: (nullable): what it is, e.g. "family name", or %NULL
 * @text: the value
 * @character: the one in it that has no spelling
 * @error: (out): set to %PLT_ISO_ERROR_NEEDS_LATIN
 *
 * Other scripts are never guessed: the spelling of the passport is the holder's.
 */
void
plt_latin_refuse (const char  *field,
                  const char  *text,
                  gunichar     character,
                  GError     **error)
{
  char shown[7] = { 0 };

  g_unichar_to_utf8 (character, shown);
  if (field != NULL)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN,
                 /* Translators: the name of a field, its value, a character and its number. */
                 _("The %s “%s” cannot be written in Latin letters because of the character “%s” "
                   "(U+%04X). Enter the Latin spelling of the holder’s passport."), field, text,
                 shown, character);
  else
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN,
                 /* Translators: a name, a character of it and the character's number. */
                 _("“%s” cannot be written in Latin letters because of the character “%s” (U+%04X). "
                   "Enter the Latin spelling of the holder’s passport."), text, shown, character);
}

/**
 * plt_latin_get_plain:
 * @character: any
 *
 * Returns: the plain sign for a typographic quote, apostrophe (with those that are letters, as in Hawaiʻi),
 *   dash or middle dot; else @character
 */
gunichar
plt_latin_get_plain (gunichar character)
{
  switch (character)
    {
    case 0x2018: case 0x2019: case 0x201B: case 0x2032: case 0x02B9: case 0x02BA: case 0x02BB:
    case 0x02BC: case 0x02BD: case 0x02BE: case 0x02BF: case 0x02C8: case 0x02CA: case 0x02CB:
    case 0x02EE: case 0xA78B: case 0xA78C: case 0xFF07:
      return '\'';
    case 0x2027: case 0x22C5:
      return 0x00B7;
    case 0x201C: case 0x201D:
      return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
      return '-';
    default:
      return character;
    }
}

static void
append_spelled (GByteArray *bytes,
                const char *spelling,
                gboolean    upper,
                gboolean    next_is_lower)
{
  for (const char *at = spelling; *at != '\0'; at++)
    {
      gboolean keep = upper && (at == spelling || !next_is_lower);
      guint8 byte = (guint8) (keep ? *at : g_ascii_tolower (*at));

      g_byte_array_append (bytes, &byte, 1);
    }
}

/**
 * plt_latin_to_iso8859_1:
 * @text: (nullable): UTF-8
 * @field: its name for the error's sentence, e.g. "family name"
 * @error: %PLT_ISO_ERROR_NEEDS_LATIN, naming @field
 *
 * Writes one byte per character (ISO/IEC 18013-2, 8). Letters of ISO 8859-1 stay as they are; the
 * other Latin ones get their ICAO spelling in the same case.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *
plt_latin_to_iso8859_1 (const char  *text,
                        const char  *field,
                        GError     **error)
{
  g_autofree char *composed = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_NFC);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (const char *at = composed; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = plt_latin_get_plain (g_utf8_get_char (at));
      gunichar next = g_utf8_get_char (g_utf8_next_char (at));
      guint8 byte = (guint8) character;
      char buffer[2];
      const char *spelling;

      if (character >= 0x20 && character <= 0xFF && (character < 0x7F || character >= 0xA0))
        {
          g_byte_array_append (bytes, &byte, 1);
          continue;
        }
      spelling = plt_latin_spell (character, buffer);
      if (spelling == NULL)
        {
          plt_latin_refuse (field, text, character, error);
          return NULL;
        }
      append_spelled (bytes, spelling, g_unichar_isupper (character), g_unichar_islower (next));
    }
  if (composed == NULL)
    {
      plt_latin_refuse (field, "?", 0xFFFD, error);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
