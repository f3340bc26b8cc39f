/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that a layout may bind, and the words by which a clerk knows them. */
#include "plt-card-fields.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *words;
  gboolean    is_date;
} Field;

/* "categories" and "restrictions" are no values of the inputs: they are the lists of the categories
 * held and of all codes that they bear. */
static const Field fields[] = {
  { "family_name", N_("family name (1)"), FALSE },
  { "given_names", N_("given names (2)"), FALSE },
  { "family_name_native", N_("family name in national script"), FALSE },
  { "given_names_native", N_("given names in national script"), FALSE },
  { "family_name_in_codes", N_("family name as shortened in the codes"), FALSE },
  { "given_names_in_codes", N_("given names as shortened in the codes"), FALSE },
  { "birth_date", N_("date of birth (3)"), TRUE },
  { "birth_place", N_("place of birth (3)"), FALSE },
  { "sex", N_("sex"), FALSE },
  { "nationality", N_("nationality"), FALSE },
  { "height", N_("height"), FALSE },
  { "weight", N_("weight"), FALSE },
  { "eye_colour", N_("colour of the eyes"), FALSE },
  { "hair_colour", N_("colour of the hair"), FALSE },
  { "address", N_("address (8)"), FALSE },
  { "issue_date", N_("date of issue (4a)"), TRUE },
  { "expiry_date", N_("date of expiry (4b)"), TRUE },
  { "authority", N_("issuing authority (4c)"), FALSE },
  { "administrative_number", N_("administrative number (4d)"), FALSE },
  { "licence_number", N_("licence number (5)"), FALSE },
  { "document_discriminator", N_("document discriminator"), FALSE },
  { "state_name", N_("name of the state"), FALSE },
  { "sign", N_("distinguishing sign of the state"), FALSE },
  { "application_number", N_("number of the application"), FALSE },
  { "categories", N_("categories (9)"), FALSE },
  { "restrictions", N_("restrictions (12)"), FALSE },
};

static const Field *
find_field (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].name, name))
      return &fields[i];
  return NULL;
}

gboolean
plt_card_field_is_known (const char *name)
{
  return find_field (name) != NULL;
}

/* Whether it is told by the categories and never set. */
gboolean
plt_card_field_is_derived (const char *name)
{
  return g_str_equal (name, "categories") || g_str_equal (name, "restrictions");
}

gboolean
plt_card_field_is_date (const char *name)
{
  const Field *field = find_field (name);

  return field != NULL && field->is_date;
}

/* Returns: translated words for messages; @name itself where there are none. */
const char *
plt_card_field_get_words (const char *name)
{
  const Field *field = find_field (name);

  return field != NULL ? _(field->words) : name;
}
