/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns the canonical text of a field into what people read. */
#include "plt-field-text.h"

#include <glib/gi18n-lib.h>

#include "plt-category.h"
#include "plt-date.h"

static char *
date_to_display (const char *value)
{
  PltDate date;

  return plt_date_parse_iso (value, &date) ? plt_date_to_display (date) : g_strdup (value);
}

static char *
codes_to_display (const char *value)
{
  g_autoptr (GPtrArray) entries = plt_categories_parse (value, NULL);

  return entries != NULL ? plt_categories_to_codes (entries) : g_strdup (value);
}

static char *
money_to_display (const char *value)
{
  gint64 minor;

  if (!g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &minor, NULL))
    return g_strdup (value);

  return g_strdup_printf ("%.2f", (double) minor / 100.0);
}

/* One row a line. */
static char *
rows_to_display (const char *value)
{
  g_autoptr (GString) lines = g_string_new (value);

  g_string_replace (lines, ";|", "\n", 0);
  g_string_replace (lines, "|", "\n", 0);
  g_string_replace (lines, ";", " · ", 0);

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static const char *
status_to_display (const char *value)
{
  static const struct { const char *nick, *title; } titles[] = {
    { "valid", N_("Valid") },
    { "expired", N_("Expired") },
    { "suspended", N_("Suspended") },
    { "withdrawn", N_("Withdrawn") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (value, titles[i].nick))
      return _(titles[i].title);

  return value;
}

static const char *
sex_to_display (const char *value)
{
  if (g_str_equal (value, "F"))
    return C_("sex", "F (female)");
  if (g_str_equal (value, "M"))
    return C_("sex", "M (male)");

  return value;
}

/**
 * plt_field_to_display:
 * @value: (nullable): the canonical text of plt-source.h
 *
 * Returns: (transfer full): dates by locale, categories as codes, money in the main unit; an em
 *   dash when there is nothing
 */
char *
plt_field_to_display (PltField    field,
                      const char *value)
{
  if (value == NULL || *value == '\0')
    return g_strdup ("—");

  switch (field)
    {
    case PLT_FIELD_BIRTH_DATE:
    case PLT_FIELD_DEATH_DATE:
    case PLT_FIELD_LICENCE_EXPIRY:
    case PLT_FIELD_MEDICAL_UNTIL:
    case PLT_FIELD_SUSPENDED_UNTIL:
    case PLT_FIELD_RESIDENT_SINCE:
    case PLT_FIELD_DISQUALIFIED_UNTIL:
      return date_to_display (value);
    case PLT_FIELD_CATEGORIES:
      return codes_to_display (value);
    case PLT_FIELD_UNPAID:
      return money_to_display (value);
    case PLT_FIELD_LICENCE_STATUS:
      return g_strdup (status_to_display (value));
    case PLT_FIELD_SEX:
      return g_strdup (sex_to_display (value));
    case PLT_FIELD_OFFENCES:
    case PLT_FIELD_TESTS:
    case PLT_FIELD_MEDICALS:
      return rows_to_display (value);
    default:
      return g_strdup (value);
    }
}

/**
 * plt_time_to_display:
 * @at: (nullable): when something was done
 *
 * Returns: (transfer full): date and time by locale, in the time zone of this desk; an em dash when
 *   it is not known
 */
char *
plt_time_to_display (GDateTime *at)
{
  g_autoptr (GDateTime) local = at != NULL ? g_date_time_to_local (at) : NULL;

  /* Translators: date and time of an event, for g_date_time_format() */
  return local != NULL ? g_date_time_format (local, _("%-d %B %Y, %H:%M:%S")) : g_strdup ("—");
}
