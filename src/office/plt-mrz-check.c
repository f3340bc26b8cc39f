/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes a line of thirty characters apart (ISO/IEC 18013-3, Amendment 1, in the French manner) and compares
 * what it says, its check digits by what was read. */
#include "plt-mrz-check.h"

#include "plt-mrz.h"
#include "plt-readback.h"

#include <glib/gi18n-lib.h>
#include <string.h>

enum
{
  STATE = 0,
  NUMBER = 5,
  NUMBER_DIGIT = 14,
  EXPIRY = 15,
  NAME = 21,
  DIGIT = 29,
};

/* @from … @to, without the filling; what the line is too short for is missing. */
static char *
dup_part (const char *line,
          gsize       from,
          gsize       to)
{
  gsize length = strlen (line);
  char *part = length > from ? g_strndup (line + from, MIN (to, length) - from) : g_strdup ("");
  gsize end = strlen (part);

  while (end > 0 && part[end - 1] == '<')
    part[--end] = '\0';
  return part;
}

static void
add (GPtrArray  *fields,
     const char *title,
     const char *expected,
     const char *found)
{
  g_ptr_array_add (fields, plt_readback_field_new (title, expected, found));
}

/* As the record would write it; a record of which none can be made has no such card. */
static void
add_part (GPtrArray  *fields,
          const char *title,
          const char *recorded,
          const char *found,
          gsize       from,
          gsize       to)
{
  g_autofree char *expected_part = dup_part (recorded, from, to);
  g_autofree char *found_part = dup_part (found, from, to);

  add (fields, title, expected_part, found_part);
}

/* What the characters that were read before it make. */
static void
add_digit (GPtrArray  *fields,
           const char *title,
           const char *found,
           gsize       at)
{
  int digit = strlen (found) > at ? plt_mrz_check_digit (found, (gssize) at) : -1;
  g_autofree char *expected = digit >= 0 ? g_strdup_printf ("%d", digit) : g_strdup ("–");
  g_autofree char *read = dup_part (found, at, at + 1);

  add (fields, title, expected, read);
}

/**
 * plt_mrz_check_compare:
 * @found: what was read
 *
 * Returns: (transfer full) (element-type PltReadbackField): what the record says, and what the line
 */
GPtrArray *
plt_mrz_check_compare (PltLicenceData *record,
                       const char     *found)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *recorded = plt_mrz_build_fr (record, NULL);

  if (recorded == NULL)
    recorded = g_strdup ("");
  add_part (fields, _("Document and state"), recorded, found, STATE, NUMBER);
  add_part (fields, _("Licence number"), recorded, found, NUMBER, NUMBER_DIGIT);
  add_digit (fields, _("Check digit of the number"), found, NUMBER_DIGIT);
  add_part (fields, _("Date of expiry"), recorded, found, EXPIRY, NAME);
  add_part (fields, _("Family name"), recorded, found, NAME, DIGIT);
  add_digit (fields, _("Check digit"), found, DIGIT);
  return fields;
}
