/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that a layout may bind, and the words by which a clerk knows them. */
#include "plt-card-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *words;
  gboolean    is_date;
  gboolean    is_whole; /* a number or code: never shortened */
} Field;

/* "categories" and "restrictions" are not values of the inputs: they are made of the categories
 * held. */
static const Field fields[] = {
  { "family_name", N_("family name (1)"), FALSE, FALSE },
  { "given_names", N_("given names (2)"), FALSE, FALSE },
  { "family_name_native", N_("family name in national script"), FALSE, FALSE },
  { "given_names_native", N_("given names in national script"), FALSE, FALSE },
  { "family_name_in_codes", N_("family name as shortened in the codes"), FALSE, FALSE },
  { "given_names_in_codes", N_("given names as shortened in the codes"), FALSE, FALSE },
  { "birth_date", N_("date of birth (3)"), TRUE, TRUE },
  { "birth_place", N_("place of birth (3)"), FALSE, FALSE },
  { "birth_place_native", N_("place of birth in national script"), FALSE, FALSE },
  { "sex", N_("sex"), FALSE, TRUE },
  { "nationality", N_("nationality"), FALSE, FALSE },
  { "address", N_("address (8)"), FALSE, FALSE },
  { "address_native", N_("address in national script"), FALSE, FALSE },
  { "height", N_("height"), FALSE, TRUE },
  { "weight", N_("weight"), FALSE, TRUE },
  { "eye_colour", N_("colour of the eyes"), FALSE, FALSE },
  { "hair_colour", N_("colour of the hair"), FALSE, FALSE },
  { "donor", N_("organ donor"), FALSE, TRUE },
  { "veteran", N_("veteran"), FALSE, TRUE },
  { "endorsements", N_("endorsements (9a)"), FALSE, TRUE },
  { "issue_date", N_("date of issue (4a)"), TRUE, TRUE },
  { "expiry_date", N_("date of expiry (4b)"), TRUE, TRUE },
  { "authority", N_("issuing authority (4c)"), FALSE, FALSE },
  { "authority_native", N_("issuing authority in national script"), FALSE, FALSE },
  { "administrative_number", N_("administrative number (4d)"), FALSE, TRUE },
  { "licence_number", N_("licence number (5)"), FALSE, TRUE },
  { "document_discriminator", N_("document discriminator"), FALSE, TRUE },
  { "card_serial", N_("serial of the card"), FALSE, TRUE },
  { "state_name", N_("name of the state"), FALSE, FALSE },
  { "state_name_native", N_("name of the state in national script"), FALSE, FALSE },
  { "sign", N_("distinguishing sign of the state"), FALSE, TRUE },
  { "categories", N_("categories (9)"), FALSE, TRUE },
  { "restrictions", N_("restrictions (12)"), FALSE, TRUE },
  { "permit_number", N_("number of the permit"), FALSE, TRUE },
  { "permit_expiry_date", N_("last day of the permit"), TRUE, TRUE },
  { "office", N_("office"), FALSE, FALSE },
  { "clerk", N_("clerk"), FALSE, FALSE },
  { "application_number", N_("number of the application"), FALSE, TRUE },
  { "application_kind", N_("kind of application"), FALSE, FALSE },
  { "application_date", N_("date of the application"), TRUE, TRUE },
  { "receipt_number", N_("number of the receipt"), FALSE, TRUE },
  { "receipt_date", N_("date of the receipt"), TRUE, TRUE },
  { "fee", N_("fee"), FALSE, TRUE },
  { "payment", N_("way of payment"), FALSE, FALSE },
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

gboolean
plt_card_field_is_date (const char *name)
{
  const Field *field = find_field (name);

  return field != NULL && field->is_date;
}

/* Whether the value is made of the categories held, so that no one can set it. */
gboolean
plt_card_field_is_derived (const char *name)
{
  return g_str_equal (name, "categories") || g_str_equal (name, "restrictions");
}

/* Whether the value may never be shortened: numbers, codes and dates. */
gboolean
plt_card_field_is_whole (const char *name)
{
  const Field *field = find_field (name);

  return field != NULL && field->is_whole;
}

/* Returns: translated words for messages; @name itself where there are none. */
const char *
plt_card_field_get_words (const char *name)
{
  const Field *field = find_field (name);

  return field != NULL ? _(field->words) : name;
}

/* Returns: (transfer full): all names that a layout may bind. */
char **
plt_card_field_dup_names (void)
{
  char **names = g_new0 (char *, G_N_ELEMENTS (fields) + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    names[i] = g_strdup (fields[i].name);
  return names;
}

static void
append_once (GPtrArray  *codes,
             const char *code)
{
  for (guint i = 0; i < codes->len; i++)
    if (g_str_equal (g_ptr_array_index (codes, i), code))
      return;
  g_ptr_array_add (codes, g_strdup (code));
}

/* The codes of all categories held, each once: "01.06, 78". */
static char *
join_restrictions (GPtrArray *entries)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = g_ptr_array_index (entries, i);
      g_auto (GStrv) own = g_strsplit (entry->restrictions, ",", -1);

      for (guint k = 0; own[k] != NULL; k++)
        if (*g_strstrip (own[k]) != '\0')
          append_once (codes, own[k]);
    }
  if (codes->len == 0)
    return NULL;
  g_ptr_array_add (codes, NULL);
  return g_strjoinv (", ", (char **) codes->pdata);
}

static char *
join_categories (GPtrArray *entries)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = g_ptr_array_index (entries, i);

      if (codes->len > 0)
        g_string_append_c (codes, ' ');
      g_string_append (codes, plt_category_to_code (entry->category));
    }
  return codes->len > 0 ? g_string_free (g_steal_pointer (&codes), FALSE) : NULL;
}

/* Returns: (transfer full) (nullable): as the inputs hold it; a date as YYYY-MM-DD. */
char *
plt_card_field_dup_value (const char    *name,
                          PltCardInputs *inputs)
{
  if (g_str_equal (name, "categories"))
    return join_categories (plt_card_inputs_get_categories (inputs));
  if (g_str_equal (name, "restrictions"))
    return join_restrictions (plt_card_inputs_get_categories (inputs));
  return g_strdup (plt_card_inputs_get_value (inputs, name));
}
