/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the three lines of the Swiss manner, with names cut as ICAO Doc 9303-3, 4.6 says. */
#include "plt-mrz-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAMES_LENGTH 30
#define NUMBER_LENGTH 9
#define BLANK_LETTERS 3
#define BLANK_LENGTH 6
#define MAX_VERSION 999
#define DIGITS "0123456789"

static gsize
measure (GPtrArray *family,
         GPtrArray *given)
{
  gsize length = family->len > 0 ? family->len - 1 : 0;

  for (guint i = 0; i < family->len; i++)
    length += strlen (family->pdata[i]);
  if (given->len > 0)
    length += 2 + given->len - 1;
  for (guint i = 0; i < given->len; i++)
    length += strlen (given->pdata[i]);

  return length;
}

static char *
find_longest (GPtrArray *names,
              char      *longest)
{
  for (guint i = 0; i < names->len; i++)
    {
      char *name = names->pdata[i];

      if (longest == NULL || strlen (name) >= strlen (longest))
        longest = name;
    }

  return longest;
}

/* Cuts a letter off the longest name, the last of those of one length, until all fit; where each has one
 * left, whole names go, given names first. */
static void
cut_names (GPtrArray *family,
           GPtrArray *given)
{
  while (measure (family, given) > NAMES_LENGTH)
    {
      char *longest = find_longest (given, find_longest (family, NULL));

      if (strlen (longest) > 1)
        longest[strlen (longest) - 1] = '\0';
      else if (given->len > 1)
        g_ptr_array_set_size (given, (int) given->len - 1);
      else
        g_ptr_array_set_size (family, (int) family->len - 1);
    }
}

static GPtrArray *
split_names (const char  *names,
             const char  *field,
             GError     **error)
{
  g_autofree char *line = plt_mrz_transliterate_field (names != NULL ? names : "", field, error);
  g_auto (GStrv) parts = line != NULL ? g_strsplit (line, "<", -1) : NULL;
  GPtrArray *list;

  if (line == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] != '\0')
        g_ptr_array_add (list, g_strdup (parts[i]));
    }

  return list;
}

static void
append_names (GString   *line,
              GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (line, "%s%s", i > 0 ? "<" : "", (char *) names->pdata[i]);
}

static gboolean
append_name_line (GString         *lines,
                  PltLicenceData  *data,
                  GError         **error)
{
  g_autoptr (GPtrArray) family = split_names (data->family_name, _("family name"), error);
  g_autoptr (GPtrArray) given = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (family == NULL)
    return FALSE;
  given = split_names (data->given_names, _("given names"), error);
  if (given == NULL)
    return FALSE;
  if (family->len == 0)
    {
      g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                           _("The machine-readable lines were not written, because the licence has no "
                             "family name. A holder of one name only has it as the family name."));
      return FALSE;
    }
  cut_names (family, given);
  append_names (line, family);
  if (given->len > 0)
    g_string_append (line, "<<");
  append_names (line, given);
  plt_mrz_append_padded (lines, line->str, NAMES_LENGTH);

  return TRUE;
}

static gboolean
check_blank (const char  *blank_number,
             char         language,
             GError     **error)
{
  gboolean fits = strlen (blank_number) == BLANK_LENGTH && strchr ("DFIR", language) != NULL &&
                  language != '\0' && strspn (blank_number + BLANK_LETTERS, DIGITS) == 3;

  for (gsize i = 0; fits && i < BLANK_LETTERS; i++)
    fits = g_ascii_isupper (blank_number[i]) || g_ascii_isdigit (blank_number[i]);
  if (!fits)
    g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                 /* Translators: the number of a card blank, and a letter. */
                 _("The Swiss machine-readable lines hold blanks numbered as “AAA001” and one of the "
                   "languages D, F, I and R, but not “%s” and “%c”. Ask an administrator for another "
                   "layout."), blank_number, language);

  return fits;
}

static gboolean
check_number (const char  *number,
              GError     **error)
{
  if (number != NULL && strlen (number) == NUMBER_LENGTH && strspn (number, DIGITS) == NUMBER_LENGTH)
    return TRUE;

  g_set_error (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
               _("The Swiss machine-readable lines hold licence numbers of nine digits, but not “%s”. "
                 "Ask an administrator for another layout."), number != NULL ? number : "");
  return FALSE;
}

/**
 * plt_mrz_build_ch:
 * @data: issuing country, licence number of nine digits, date of birth, names
 * @blank_number: of the card, three letters or digits and three digits: "AAA001"
 * @language: D, F, I or R
 * @version: 0 … 999, of the licence: how many there were
 * @error: %PLT_ISO_ERROR_NEEDS_LATIN, %PLT_ISO_ERROR_INVALID
 *
 * The manner of older Swiss cards, without check digits: blank and language; FA, state, number,
 * version, YYMMDD of birth; family name "<<" given names, in which too many letters are cut from the
 * longest names.
 *
 * Returns: (transfer full) (nullable): 9, 30 and 30 characters, separated by newlines
 */
char *
plt_mrz_build_ch (PltLicenceData  *data,
                  const char      *blank_number,
                  char             language,
                  int              version,
                  GError         **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *birth = NULL;

  g_return_val_if_fail (data != NULL && blank_number != NULL, NULL);
  g_return_val_if_fail (version >= 0 && version <= MAX_VERSION, NULL);

  if (!check_blank (blank_number, language, error) || !check_number (data->licence_number, error))
    return NULL;
  g_string_append_printf (lines, "%s%c<<\nFA", blank_number, language);
  if (!plt_mrz_append_state (lines, data->issuing_country, error))
    return NULL;
  birth = plt_date_to_compact (data->birth_date);
  g_string_append_printf (lines, "%s%03d<<", data->licence_number, version);
  plt_mrz_append_padded (lines, *birth != '\0' ? birth + 2 : "", 6);
  g_string_append (lines, "<<<<<\n");
  if (!append_name_line (lines, data, error))
    return NULL;

  return g_string_free (g_steal_pointer (&lines), FALSE);
}
