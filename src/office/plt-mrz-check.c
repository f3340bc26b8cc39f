/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes a machine-readable zone apart (ISO/IEC 18013-3, Amendment 1, in the manner of its layout) and compares
 * what it says, its check digits by what was read. */
#include "plt-mrz-check.h"

#include "plt-mrz.h"
#include "plt-readback.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A field from @from up to @to of the zone, its newlines counted; with @digit the one digit at @to is that over
 * what stands before it. */
typedef struct
{
  const char *title;
  gsize       from;
  gsize       to;
  gboolean    digit;
} Field;

static const Field french[] = {
  { N_("Document and state"), 0, 5, FALSE }, { N_("Licence number"), 5, 14, FALSE },
  { N_("Check digit of the number"), 0, 14, TRUE }, { N_("Date of expiry"), 15, 21, FALSE },
  { N_("Family name"), 21, 29, FALSE }, { N_("Check digit"), 0, 29, TRUE }, { NULL, 0, 0, FALSE },
};

static const Field dutch[] = {
  { N_("Document and state"), 0, 5, FALSE }, { N_("Version of the line"), 5, 6, FALSE },
  { N_("Licence number"), 6, 16, FALSE }, { N_("Random part"), 16, 29, FALSE }, { N_("Check digit"), 0, 29, TRUE },
  { NULL, 0, 0, FALSE },
};

static const Field swiss[] = {
  { N_("Number of the card blank"), 0, 6, FALSE }, { N_("Language"), 6, 7, FALSE },
  { N_("Document and state"), 10, 15, FALSE }, { N_("Licence number"), 15, 24, FALSE },
  { N_("Version of the licence"), 24, 27, FALSE }, { N_("Born (year, month, day)"), 29, 35, FALSE },
  { N_("Names"), 41, 71, FALSE }, { NULL, 0, 0, FALSE },
};

static const Field *const manners[PLT_N_CARD_MRZ_MANNERS] = { french, dutch, swiss };

/* Without the filling; what the zone is too short for is missing. */
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

/* As the record would write it, with what no record says (what keys a chip, the blank) as it was drawn; a record of
 * which none can be made has no such card. */
static char *
build_expected (PltLicenceData   *record,
                PltCardMrzManner  manner,
                const char       *drawn)
{
  g_autofree char *random13 = NULL;
  g_autofree char *blank = NULL;
  char *zone = NULL;

  if (!plt_card_mrz_fits (manner, drawn))
    return g_strdup ("");
  if (manner == PLT_CARD_MRZ_FR)
    zone = plt_mrz_build_fr (record, NULL);
  else if (manner == PLT_CARD_MRZ_NL)
    {
      random13 = dup_part (drawn, 16, 29);
      zone = plt_mrz_build_nl (record, random13, NULL);
    }
  else
    {
      blank = dup_part (drawn, 0, 6);
      zone = plt_mrz_build_ch (record, blank, drawn[6],
                               (int) g_ascii_strtoull (drawn + 24, NULL, 10), NULL);
    }
  return zone != NULL ? zone : g_strdup ("");
}

/**
 * plt_mrz_check_compare:
 * @drawn: the zone that was drawn
 * @found: what was read
 *
 * Returns: (transfer full) (element-type PltReadbackField): what the record says, and what the zone
 */
GPtrArray *
plt_mrz_check_compare (PltLicenceData   *record,
                       PltCardMrzManner  manner,
                       const char       *drawn,
                       const char       *found)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *expected = build_expected (record, manner, drawn);

  for (const Field *field = manners[manner]; field->title != NULL; field++)
    {
      g_autofree char *expected_part = dup_part (expected, field->from, field->to);
      g_autofree char *found_part = dup_part (found, field->from, field->to);

      if (field->digit)
        add_digit (fields, _(field->title), found, field->to);
      else
        add (fields, _(field->title), expected_part, found_part);
    }
  return fields;
}
