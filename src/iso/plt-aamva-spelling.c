/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spells and fits values for the AAMVA barcode: capitals A to Z, digits, space and plain signs, so
 * that bytes are characters. Only names are ever cut, and then the barcode says so. */
#include "plt-aamva-private.h"

#include "plt-category.h"
#include "plt-latin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
refuse_sign (const char  *field,
             const char  *text,
             GError     **error)
{
  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_NEEDS_LATIN,
               /* Translators: first the name of a field, then its value. */
               _("The AAMVA barcode was not made, because it cannot hold the %s “%s”. Write it with "
                 "Latin letters and plain signs."), field, text);
}

/**
 * plt_aamva_spell:
 * @text: (nullable): UTF-8
 * @field: its name for the error's sentence
 * @error: %PLT_ISO_ERROR_NEEDS_LATIN
 *
 * Letters by the table of ICAO Doc 9303-3, section 6; typographic signs as plain ones; white space and
 * control characters as one space.
 *
 * Returns: (transfer full) (nullable): ASCII, capitals
 */
char *
plt_aamva_spell (const char  *text,
                 const char  *field,
                 GError     **error)
{
  g_autofree char *composed = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_NFC);
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *at = composed; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = plt_latin_get_plain (g_utf8_get_char (at));
      char buffer[2];
      const char *spelling;

      if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
        {
          if (line->len > 0 && line->str[line->len - 1] != ' ')
            g_string_append_c (line, ' ');
          continue;
        }
      if (character == 0x00B7) /* within the Catalan l·l */
        continue;
      if (character < 0x7F)
        {
          g_string_append_c (line, g_ascii_toupper ((char) character));
          continue;
        }
      spelling = plt_latin_spell (character, buffer);
      if (spelling == NULL)
        {
          refuse_sign (field, text, error);
          return NULL;
        }
      g_string_append (line, spelling);
    }
  if (composed == NULL)
    {
      refuse_sign (field, "?", error);
      return NULL;
    }

  return g_strchomp (g_string_free (g_steal_pointer (&line), FALSE));
}

/**
 * plt_aamva_cut:
 * @text: ASCII
 * @length: how many characters its element has
 * @cut: (out): whether it lost some, which its flag says: T, else N (Annex D.12.5)
 *
 * From the right, and without a comma or a space at the new end.
 *
 * Returns: (transfer full): what fits
 */
char *
plt_aamva_cut (const char *text,
               gsize       length,
               gboolean   *cut)
{
  char *fitted = g_strndup (text, length);

  *cut = strlen (text) > length;
  for (gsize n = strlen (fitted); n > 0 && (fitted[n - 1] == ' ' || fitted[n - 1] == ','); n--)
    fitted[n - 1] = '\0';

  return fitted;
}

/* The set of categories in four digits, as bits in the order of PltCategory: a code of the
 * jurisdiction's own, which its description then spells out. */
static char *
write_group (const char *categories)
{
  g_auto (GStrv) codes = g_strsplit (categories, " ", -1);
  guint set = 0;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      PltCategory category;

      if (plt_category_from_code (codes[i], &category))
        set |= 1u << category;
    }

  return g_strdup_printf ("G%04X", set);
}

/**
 * plt_aamva_write_class:
 * @categories: "AM B BE"
 *
 * Returns: (transfer full): DCA, of at most six characters: the codes themselves or a group's
 */
char *
plt_aamva_write_class (const char *categories)
{
  if (*categories == '\0')
    return g_strdup (PLT_AAMVA_NOTHING);

  return strlen (categories) <= PLT_AAMVA_CLASS_LENGTH ? g_strdup (categories)
                                                       : write_group (categories);
}

static char *
list_main_codes (const char *restrictions)
{
  g_auto (GStrv) codes = g_strsplit (restrictions, ",", -1);
  g_autoptr (GPtrArray) main_codes = g_ptr_array_new ();

  for (guint i = 0; codes[i] != NULL; i++)
    {
      codes[i][strcspn (codes[i], ".(")] = '\0';
      if (!g_ptr_array_find_with_equal_func (main_codes, codes[i], g_str_equal, NULL))
        g_ptr_array_add (main_codes, codes[i]);
    }
  g_ptr_array_add (main_codes, NULL);

  return g_strjoinv (",", (char **) main_codes->pdata);
}

/**
 * plt_aamva_write_restrictions:
 * @restrictions: "01.06,78"
 *
 * Returns: (transfer full): DCB, of at most twelve characters: the codes, else their main codes, else
 *   the name of the jurisdiction's element that has them; in both latter cases that has them whole
 */
char *
plt_aamva_write_restrictions (const char *restrictions)
{
  g_autofree char *main_codes = NULL;

  if (*restrictions == '\0')
    return g_strdup (PLT_AAMVA_NOTHING);
  if (strlen (restrictions) <= PLT_AAMVA_RESTRICTION_LENGTH)
    return g_strdup (restrictions);
  main_codes = list_main_codes (restrictions);
  if (strlen (main_codes) <= PLT_AAMVA_RESTRICTION_LENGTH)
    return g_steal_pointer (&main_codes);

  return g_strdup (PLT_AAMVA_OWN_RESTRICTIONS);
}

/* Where the first line ends: behind its last comma, else behind its last word, if the rest then fits
 * into the second; else where it is full. */
static gsize
find_line_end (const char *text,
               gsize       length)
{
  gsize behind_word = 0;
  gsize rest;

  for (gsize end = PLT_AAMVA_ADDRESS_LENGTH; end > 0; end--)
    {
      rest = length - end - 1;
      if (text[end] != ' ' || rest > PLT_AAMVA_ADDRESS_LENGTH)
        continue;
      if (text[end - 1] == ',')
        return end;
      if (behind_word == 0)
        behind_word = end;
    }

  return behind_word > 0 ? behind_word : PLT_AAMVA_ADDRESS_LENGTH;
}

/**
 * plt_aamva_split_address:
 * @text: ASCII
 * @line: (out) (transfer full): DAG
 * @line_2: (out) (transfer full): DAH, empty where one line holds it
 *
 * Between parts or words where that is possible. An address is never cut.
 *
 * Returns: whether it fits
 */
gboolean
plt_aamva_split_address (const char  *text,
                         char       **line,
                         char       **line_2)
{
  gsize length = strlen (text);
  gsize end = length > PLT_AAMVA_ADDRESS_LENGTH ? find_line_end (text, length) : length;
  gsize next = end + strspn (text + end, " ");

  if (length - next > PLT_AAMVA_ADDRESS_LENGTH)
    return FALSE;
  *line = g_strndup (text, end);
  *line_2 = g_strdup (text + next);

  return TRUE;
}
