/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a licence's machine-readable zone into its fields. */
#include "plt-mrz-fields.h"

#include "plt-mrz.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define N_SWISS_LINES 3
#define MAX_TEXT 256

static const gsize swiss_lengths[N_SWISS_LINES] = { 9, 30, 30 };

void
plt_mrz_free (PltMrz *self)
{
  g_free (self->document_code);
  g_free (self->configuration);
  g_free (self->issuing_state);
  g_free (self->version);
  g_free (self->number);
  g_free (self->number_check_digit);
  g_free (self->expiry);
  g_free (self->random);
  g_free (self->blank_number);
  g_free (self->language);
  g_free (self->birth);
  g_free (self->family_name);
  g_free (self->given_names);
  g_free (self->overall_check_digit);
  g_free (self);
}

/* Without the fillers behind; those within are @inner. */
static char *
cut (const char *line,
     gsize       from,
     gsize       length,
     char        inner)
{
  char *field = g_strndup (line + from, length);
  gsize end = length;

  while (end > 0 && field[end - 1] == '<')
    field[--end] = '\0';

  return g_strdelimit (field, "<", inner);
}

static gboolean
consists_of (const char *line,
             gsize       from,
             gsize       length,
             const char *characters)
{
  for (gsize i = from; i < from + length; i++)
    {
      if (strchr (characters, line[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Fillers only behind what they fill. */
static gboolean
is_filled (const char *line,
           gsize       from,
           gsize       length)
{
  gsize used = 0;

  while (used < length && line[from + used] != '<')
    used++;

  return consists_of (line, from + used, length - used, "<");
}

static gboolean
is_fr (const char *line)
{
  return line[14] - '0' == plt_mrz_check_digit (line, 14) &&
         consists_of (line, 15, 6, DIGITS "<") && consists_of (line, 21, 8, LETTERS "<");
}

static PltMrz *
read_fr (const char *line)
{
  g_autoptr (PltMrz) mrz = g_new0 (PltMrz, 1);
  g_autofree char *iso = g_strdup_printf ("20%.2s-%.2s-%.2s", line + 15, line + 17, line + 19);

  if (!consists_of (line, 15, 6, "<") && !plt_date_parse_iso (iso, &mrz->expiry_date))
    return NULL;
  mrz->manner = PLT_MRZ_MANNER_FR;
  mrz->document_code = cut (line, 0, 2, ' ');
  mrz->issuing_state = cut (line, 2, 3, ' ');
  mrz->number = cut (line, 5, 9, ' ');
  mrz->number_check_digit = cut (line, 14, 1, ' ');
  mrz->expiry = cut (line, 15, 6, ' ');
  mrz->family_name = cut (line, 21, 8, ' ');
  mrz->overall_check_digit = cut (line, 29, 1, ' ');

  return g_steal_pointer (&mrz);
}

static PltMrz *
read_nl (const char *line)
{
  PltMrz *mrz;

  if (!is_filled (line, 16, 13))
    return NULL;
  mrz = g_new0 (PltMrz, 1);
  mrz->manner = PLT_MRZ_MANNER_NL;
  mrz->document_code = cut (line, 0, 1, ' ');
  mrz->configuration = cut (line, 1, 1, ' ');
  mrz->issuing_state = cut (line, 2, 3, ' ');
  mrz->version = cut (line, 5, 1, ' ');
  mrz->number = cut (line, 6, 10, ' ');
  mrz->random = cut (line, 16, 13, ' ');
  mrz->overall_check_digit = cut (line, 29, 1, ' ');

  return mrz;
}

static gboolean
is_swiss_birth (const char *line)
{
  g_autofree char *leap = g_strdup_printf ("2000-%.2s-%.2s", line + 21, line + 23);
  PltDate date;

  return consists_of (line, 19, 6, "<") ||
         (consists_of (line, 19, 6, DIGITS) && plt_date_parse_iso (leap, &date));
}

static gboolean
is_swiss (char **lines)
{
  return consists_of (lines[0], 0, 3, LETTERS DIGITS) && consists_of (lines[0], 3, 3, DIGITS) &&
         consists_of (lines[0], 6, 1, "DFIR") && consists_of (lines[0], 7, 2, "<") &&
         g_str_has_prefix (lines[1], "FA") && consists_of (lines[1], 2, 3, LETTERS "<") &&
         is_filled (lines[1], 2, 3) && lines[1][2] != '<' &&
         consists_of (lines[1], 5, 12, DIGITS) && consists_of (lines[1], 17, 2, "<") &&
         is_swiss_birth (lines[1]) && consists_of (lines[1], 25, 5, "<") &&
         consists_of (lines[2], 0, 30, LETTERS "<") && lines[2][0] != '<';
}

static PltMrz *
read_ch (char **lines)
{
  PltMrz *mrz;
  const char *given;
  gsize family_length;

  if (!is_swiss (lines))
    return NULL;
  given = strstr (lines[2], "<<");
  family_length = given != NULL ? (gsize) (given - lines[2]) : strlen (lines[2]);
  mrz = g_new0 (PltMrz, 1);
  mrz->manner = PLT_MRZ_MANNER_CH;
  mrz->blank_number = cut (lines[0], 0, 6, ' ');
  mrz->language = cut (lines[0], 6, 1, ' ');
  mrz->document_code = cut (lines[1], 0, 2, ' ');
  mrz->issuing_state = cut (lines[1], 2, 3, ' ');
  mrz->number = cut (lines[1], 5, 9, ' ');
  mrz->version = cut (lines[1], 14, 3, ' ');
  mrz->birth = cut (lines[1], 19, 6, ' ');
  mrz->family_name = cut (lines[2], 0, family_length, ' ');
  mrz->given_names = given != NULL ? cut (given, 2, strlen (given + 2), ' ') : g_strdup ("");

  return mrz;
}

/* Lines that are empty, and the characters that scanners and files add at their ends, do not count. */
static char **
split_lines (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "\r\n", -1);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      char *line = g_strstrip (g_strdup (parts[i]));

      if (*line != '\0')
        g_ptr_array_add (lines, line);
      else
        g_free (line);
    }
  g_ptr_array_set_free_func (lines, NULL);
  g_ptr_array_add (lines, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

static gboolean
has_swiss_lines (char **lines)
{
  for (guint i = 0; i < N_SWISS_LINES; i++)
    {
      if (strlen (lines[i]) != swiss_lengths[i])
        return FALSE;
    }

  return TRUE;
}

/**
 * plt_mrz_read:
 * @text: one line of thirty characters, or the three lines of a Swiss card (9, 30 and 30)
 * @error: %PLT_ISO_ERROR_INVALID, saying what is wrong
 *
 * The check digits of the one-line manners (ISO/IEC 18013-3, Amendment 1) were right; the Swiss
 * manner has none, so that only its form was checked.
 *
 * Returns: (transfer full) (nullable): the fields
 */
PltMrz *
plt_mrz_read (const char  *text,
              GError     **error)
{
  g_auto (GStrv) lines = NULL;
  PltMrz *mrz = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  lines = strlen (text) <= MAX_TEXT ? split_lines (text) : g_new0 (char *, 1);
  if (g_strv_length (lines) == N_SWISS_LINES && has_swiss_lines (lines))
    mrz = read_ch (lines);
  else if (g_strv_length (lines) == 1)
    {
      if (!plt_mrz_verify (lines[0], error))
        return NULL;
      mrz = is_fr (lines[0]) ? read_fr (lines[0]) : read_nl (lines[0]);
    }
  if (mrz == NULL)
    g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                         _("The machine-readable line has a layout that is not known here. Check the "
                           "card by its other codes."));

  return mrz;
}
