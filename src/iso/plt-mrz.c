/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds and checks the one-line machine-readable zone of a licence (ISO/IEC 18013-3, Amendment 1;
 * the issuer's part in the French and the Dutch manner; the Swiss one is in plt-mrz-swiss.c). */
#include "plt-mrz-private.h"

#include "plt-latin.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <string.h>

#define FR_NUMBER_LENGTH 9
#define FR_NAME_LENGTH 8
#define NL_NUMBER_LENGTH 10
#define NL_RANDOM_LENGTH 13

static int
character_value (char character)
{
  if (g_ascii_isdigit (character))
    return character - '0';
  if (g_ascii_isupper (character))
    return character - 'A' + 10;

  return character == '<' ? 0 : -1;
}

/**
 * plt_mrz_check_digit:
 * @text: characters of a machine-readable zone
 * @length: how many of them, or -1 for all
 *
 * ICAO Doc 9303-3, 4.9: values times 7, 3, 1, 7 … from the first character, modulo 10.
 *
 * Returns: 0 … 9, or -1 for a character other than A–Z, 0–9 and "<"
 */
int
plt_mrz_check_digit (const char *text,
                     gssize      length)
{
  static const int weights[] = { 7, 3, 1 };
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  int sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      int value = character_value (text[i]);

      if (value < 0)
        return -1;
      sum = (sum + value * weights[i % 3]) % 10;
    }

  return sum;
}

static gboolean
is_separator (gunichar character)
{
  return g_unichar_isspace (character) || character == '-' ||
         g_unichar_type (character) == G_UNICODE_DASH_PUNCTUATION;
}

/* Apostrophes in all their forms (02B9 to 02BF, saltillo), accents that stand alone, the dot within the
 * Catalan l·l, full stops and commas: the parts join. */
static gboolean
is_dropped (gunichar character)
{
  static const gunichar dropped[] = {
    '\'', '`', '.', ',', 0x00B4, 0x00B7, 0x2027, 0x22C5, 0x02C8, 0x02CA, 0x02CB, 0x02EE, 0x2018, 0x2019, 0x201B, 0x2032,
    0xA78B, 0xA78C, 0xFF07,
  };

  if (character >= 0x02B9 && character <= 0x02BF)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (dropped); i++)
    {
      if (dropped[i] == character)
        return TRUE;
    }

  return FALSE;
}

char *
plt_mrz_transliterate_field (const char  *name,
                             const char  *field,
                             GError     **error)
{
  g_autofree char *composed = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) line = g_string_new (NULL);

  if (composed == NULL)
    {
      plt_latin_refuse (field, "?", 0xFFFD, error);
      return NULL;
    }
  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      char buffer[2];
      const char *spelling;

      if (is_separator (character))
        {
          if (line->len > 0 && line->str[line->len - 1] != '<')
            g_string_append_c (line, '<');
          continue;
        }
      if (is_dropped (character))
        continue;
      spelling = plt_latin_spell (character, buffer);
      if (spelling == NULL)
        {
          plt_latin_refuse (field, name, character, error);
          return NULL;
        }
      g_string_append (line, spelling);
    }
  if (line->len > 0 && line->str[line->len - 1] == '<')
    g_string_truncate (line, line->len - 1);

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * plt_mrz_transliterate:
 * @name: UTF-8
 * @error: %PLT_ISO_ERROR_NEEDS_LATIN for other scripts, digits and signs
 *
 * ICAO Doc 9303-3, 4.6 and section 6: letters by the table, hyphens and runs of white space one
 * "<", apostrophes, commas and full stops nothing. The clerk may override the result with the
 * spelling of the passport.
 *
 * Returns: (transfer full) (nullable): A–Z and "<", of any length, without padding
 */
char *
plt_mrz_transliterate (const char  *name,
                       GError     **error)
{
  g_return_val_if_fail (name != NULL, NULL);

  return plt_mrz_transliterate_field (name, NULL, error);
}

void
plt_mrz_append_padded (GString    *line,
                       const char *text,
                       gsize       length)
{
  gsize n = MIN (strlen (text), length);

  g_string_append_len (line, text, (gssize) n);
  for (gsize i = n; i < length; i++)
    g_string_append_c (line, '<');
}

gboolean
plt_mrz_append_state (GString     *line,
                      const char  *state,
                      GError     **error)
{
  gsize length = state != NULL ? strspn (state, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;

  if (length < 1 || length > 3 || state[length] != '\0')
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                   _("The issuing country “%s” is no code of three capital letters. Correct it in "
                     "the configuration of the office."), state != NULL ? state : "");
      return FALSE;
    }
  plt_mrz_append_padded (line, state, 3);

  return TRUE;
}

/* A number is never cut: half a number is another licence's. */
static gboolean
append_number (GString     *line,
               const char  *number,
               gsize        length,
               GError     **error)
{
  g_autofree char *upper = g_ascii_strup (number != NULL ? number : "", -1);

  g_strdelimit (upper, "- ", '<');
  if (plt_mrz_check_digit (upper, -1) < 0)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                   _("The licence number “%s” has characters other than A–Z and 0–9, which the "
                     "machine-readable line cannot hold. Correct the number."), number);
      return FALSE;
    }
  if (strlen (upper) > length)
    {
      g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_TOO_LONG,
                   _("The licence number “%s” is too long for the machine-readable line, which "
                     "holds %d characters. Ask an administrator for another layout."),
                   number, (int) length);
      return FALSE;
    }
  plt_mrz_append_padded (line, upper, length);

  return TRUE;
}

static void
append_check_digit (GString *line)
{
  g_string_append_printf (line, "%d", plt_mrz_check_digit (line->str, (gssize) line->len));
}

/**
 * plt_mrz_build_fr:
 * @data: issuing country, licence number of at most 9 characters, expiry date, family name
 * @error: %PLT_ISO_ERROR_NEEDS_LATIN, %PLT_ISO_ERROR_TOO_LONG, %PLT_ISO_ERROR_INVALID
 *
 * The French manner: D1, state, number, check digit over 1–14, YYMMDD of the card's expiry,
 * eight letters of the family name, check digit over 1–29.
 *
 * Returns: (transfer full) (nullable): exactly thirty characters
 */
char *
plt_mrz_build_fr (PltLicenceData  *data,
                  GError         **error)
{
  g_autoptr (GString) line = g_string_new ("D1");
  g_autofree char *name = NULL;
  g_autofree char *expiry = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  name = plt_mrz_transliterate_field (data->family_name != NULL ? data->family_name : "",
                                      _("family name"), error);
  if (name == NULL || !plt_mrz_append_state (line, data->issuing_country, error) ||
      !append_number (line, data->licence_number, FR_NUMBER_LENGTH, error))
    return NULL;
  append_check_digit (line);
  expiry = plt_date_to_compact (data->expiry_date);
  plt_mrz_append_padded (line, *expiry != '\0' ? expiry + 2 : "", 6);
  plt_mrz_append_padded (line, name, FR_NAME_LENGTH);
  append_check_digit (line);

  return g_string_free (g_steal_pointer (&line), FALSE);
}

char *
plt_mrz_new_random (void)
{
  static const char characters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const guint n = sizeof characters - 1;
  char *random13 = g_malloc0 (NL_RANDOM_LENGTH + 1);

  for (guint i = 0; i < NL_RANDOM_LENGTH;)
    {
      guint8 byte;

      if (gnutls_rnd (GNUTLS_RND_KEY, &byte, 1) < 0)
        g_error ("the machine has no randomness");
      /* What is left over at the end would come more often. */
      if (byte < 256 / n * n)
        random13[i++] = characters[byte % n];
    }
  return random13;
}

static gboolean
check_random (const char  *random13,
              GError     **error)
{
  gsize length = strspn (random13, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  if (length <= NL_RANDOM_LENGTH && random13[length] == '\0')
    return TRUE;

  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                       _("The random part of the machine-readable line is not at most thirteen "
                         "characters A–Z and 0–9. Start the card again."));
  return FALSE;
}

/**
 * plt_mrz_build_nl:
 * @data: issuing country, licence number of at most 10 characters
 * @random13: up to thirteen characters A–Z and 0–9 of a cryptographic generator, made once per
 *   card and kept with it: they key the chip, so a counter or a hash would open it
 * @error: %PLT_ISO_ERROR_TOO_LONG, %PLT_ISO_ERROR_INVALID
 *
 * The Dutch manner: D1, state, 1, number, random, check digit over 1–29.
 *
 * Returns: (transfer full) (nullable): exactly thirty characters
 */
char *
plt_mrz_build_nl (PltLicenceData  *data,
                  const char      *random13,
                  GError         **error)
{
  g_autoptr (GString) line = g_string_new ("D1");

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (random13 != NULL, NULL);

  if (!check_random (random13, error) || !plt_mrz_append_state (line, data->issuing_country, error))
    return NULL;
  g_string_append_c (line, '1');
  if (!append_number (line, data->licence_number, NL_NUMBER_LENGTH, error))
    return NULL;
  plt_mrz_append_padded (line, random13, NL_RANDOM_LENGTH);
  append_check_digit (line);

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static gboolean
is_only (const char *text,
         gsize       length,
         gboolean    letters,
         gboolean    digits)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!(text[i] == '<' || (letters && g_ascii_isupper (text[i])) ||
            (digits && g_ascii_isdigit (text[i]))))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_fr (const char *line)
{
  return line[14] - '0' == plt_mrz_check_digit (line, 14) &&
         is_only (line + 15, 6, FALSE, TRUE) && is_only (line + 21, FR_NAME_LENGTH, TRUE, FALSE);
}

static gboolean
is_nl (const char *line)
{
  return line[5] == '1';
}

/**
 * plt_mrz_verify:
 * @line: text that was read
 * @error: %PLT_ISO_ERROR_INVALID, saying what is wrong
 *
 * Checks length, characters, document letter, state, the manner and every check digit. It cannot
 * see a swap of neighbours that differ by 5, nor characters whose values differ by 10.
 *
 * Returns: whether it is a line of one of the two manners
 */
gboolean
plt_mrz_verify (const char  *line,
                GError     **error)
{
  const char *problem = NULL;

  g_return_val_if_fail (line != NULL, FALSE);

  if (strlen (line) != PLT_MRZ_LENGTH)
    problem = _("The machine-readable line does not have thirty characters. Scan it again.");
  else if (plt_mrz_check_digit (line, -1) < 0)
    problem = _("The machine-readable line has characters other than A–Z, 0–9 and “<”. Scan it "
                "again.");
  else if (line[0] != 'D' || !is_only (line + 2, 3, TRUE, FALSE))
    problem = _("The machine-readable line is not that of a driving licence. Scan the line of the "
                "card.");
  else if (line[29] - '0' != plt_mrz_check_digit (line, 29))
    problem = _("The check digit of the machine-readable line is wrong. Scan it again.");
  else if (!is_fr (line) && !is_nl (line))
    problem = _("The machine-readable line has a layout that is not known here. Check the card by "
                "its other codes.");

  if (problem != NULL)
    g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID, problem);

  return problem == NULL;
}
