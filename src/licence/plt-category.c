/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vehicle categories, one holder's rights in them, and the text form of a list of them. */
#include "plt-category.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Codes and meanings of ISO/IEC 18013-1 and Directive 2006/126/EC, Article 4. */
static const struct
{
  const char *code;
  const char *title;
} categories[PLT_N_CATEGORIES] = {
  [PLT_CATEGORY_AM] = { "AM", N_("Mopeds and light quadricycles") },
  [PLT_CATEGORY_A1] = { "A1", N_("Light motorcycles") },
  [PLT_CATEGORY_A2] = { "A2", N_("Motorcycles up to 35 kW") },
  [PLT_CATEGORY_A] = { "A", N_("Motorcycles") },
  [PLT_CATEGORY_B1] = { "B1", N_("Quadricycles") },
  [PLT_CATEGORY_B] = { "B", N_("Cars and vans up to 3,500 kg") },
  [PLT_CATEGORY_BE] = { "BE", N_("Cars and vans with a trailer") },
  [PLT_CATEGORY_C1] = { "C1", N_("Lorries up to 7,500 kg") },
  [PLT_CATEGORY_C1E] = { "C1E", N_("Lorries up to 7,500 kg with a trailer") },
  [PLT_CATEGORY_C] = { "C", N_("Lorries") },
  [PLT_CATEGORY_CE] = { "CE", N_("Lorries with a trailer") },
  [PLT_CATEGORY_D1] = { "D1", N_("Buses with up to 16 passengers") },
  [PLT_CATEGORY_D1E] = { "D1E", N_("Buses with up to 16 passengers, with a trailer") },
  [PLT_CATEGORY_D] = { "D", N_("Buses") },
  [PLT_CATEGORY_DE] = { "DE", N_("Buses with a trailer") },
};

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const PltCategoryEntry *first = *(const PltCategoryEntry * const *) a;
  const PltCategoryEntry *second = *(const PltCategoryEntry * const *) b;

  return (int) first->category - (int) second->category;
}

static gboolean
parse_date (const char  *text,
            const char  *code,
            PltDate     *date,
            GError     **error)
{
  if (*text == '\0' || plt_date_parse_iso (text, date))
    return TRUE;

  g_set_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
               /* Translators: first a date that is none, then a category such as "C1E". */
               _("“%s” is no date of category %s. Write dates as YYYY-MM-DD."), text, code);
  return FALSE;
}

/* Codes are short printable ASCII such as "01", "78" or "S01>=3.5"; none may be empty. */
static gboolean
check_restrictions (const char  *text,
                    const char  *code,
                    GError     **error)
{
  gboolean empty = TRUE;

  if (*text == '\0')
    return TRUE;

  for (const char *at = text;; at++)
    {
      if (*at == ',' || *at == '\0')
        {
          if (empty)
            break;
          if (*at == '\0')
            return TRUE;
          empty = TRUE;
        }
      else if (g_ascii_isgraph (*at))
        empty = FALSE;
      else
        break;
    }

  g_set_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
               _("The restrictions of category %s are not well formed. Write codes separated by "
                 "commas, such as “01,78”."), code);
  return FALSE;
}

static PltCategoryEntry *
parse_entry (const char  *text,
             GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  PltCategory category;
  PltDate from = { 0 };
  PltDate to = { 0 };

  if (g_strv_length (parts) != 4)
    {
      g_set_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
                   _("“%s” is no category entry. It has a code, two dates and restrictions, "
                     "separated by “;”."), text);
      return NULL;
    }
  if (!plt_category_from_code (parts[0], &category))
    {
      g_set_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_UNKNOWN,
                   _("This office knows no category “%s”. Choose one of AM to DE."), parts[0]);
      return NULL;
    }
  if (!parse_date (parts[1], parts[0], &from, error) ||
      !parse_date (parts[2], parts[0], &to, error) ||
      !check_restrictions (parts[3], parts[0], error))
    return NULL;
  if (plt_date_is_set (from) && plt_date_is_set (to) && plt_date_compare (to, from) < 0)
    {
      g_set_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
                   _("Category %s ends before it begins. Correct one of its dates."), parts[0]);
      return NULL;
    }

  return plt_category_entry_new (category, from, to, parts[3]);
}

/**
 * plt_category_to_code:
 * @category: a category
 *
 * Returns: its code as it stands on a card, e.g. "C1E"
 */
const char *
plt_category_to_code (PltCategory category)
{
  g_return_val_if_fail ((int) category >= 0 && category < PLT_N_CATEGORIES, NULL);

  return categories[category].code;
}

/**
 * plt_category_from_code:
 * @code: (nullable): a code in capitals, without spaces
 * @category: (out): the category; untouched on failure
 *
 * Returns: whether there is one of this code
 */
gboolean
plt_category_from_code (const char  *code,
                        PltCategory *category)
{
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    {
      if (g_strcmp0 (code, categories[i].code) == 0)
        {
          *category = (PltCategory) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * plt_category_get_title:
 * @category: a category
 *
 * Returns: what may be driven, in words
 */
const char *
plt_category_get_title (PltCategory category)
{
  g_return_val_if_fail ((int) category >= 0 && category < PLT_N_CATEGORIES, NULL);

  return _(categories[category].title);
}

/**
 * plt_category_entry_new:
 * @category: the category
 * @from: first issued, or "no date"
 * @to: last valid day, or "no date"
 * @restrictions: (nullable): codes separated by commas
 *
 * Returns: (transfer full): a new entry
 */
PltCategoryEntry *
plt_category_entry_new (PltCategory  category,
                        PltDate      from,
                        PltDate      to,
                        const char  *restrictions)
{
  PltCategoryEntry *self = g_new0 (PltCategoryEntry, 1);

  self->category = category;
  self->from = from;
  self->to = to;
  self->restrictions = g_strdup (restrictions != NULL ? restrictions : "");

  return self;
}

PltCategoryEntry *
plt_category_entry_copy (const PltCategoryEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return plt_category_entry_new (self->category, self->from, self->to, self->restrictions);
}

void
plt_category_entry_free (PltCategoryEntry *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->restrictions);
  g_free (self);
}

/**
 * plt_categories_parse:
 * @text: (nullable): the text form, "CODE;FROM;TO;RESTRICTIONS|…"; %NULL and "" are no category
 * @error: %PLT_LICENCE_ERROR_INVALID, or %PLT_LICENCE_ERROR_UNKNOWN for a code that is none
 *
 * Returns: (transfer full) (element-type PltCategoryEntry) (nullable): the entries in the order
 *   of the enum, which owns them; a category twice is refused
 */
GPtrArray *
plt_categories_parse (const char  *text,
                      GError     **error)
{
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plt_category_entry_free);
  gboolean seen[PLT_N_CATEGORIES] = { FALSE };

  if (text == NULL || *text == '\0')
    return g_steal_pointer (&entries);

  g_auto (GStrv) parts = g_strsplit (text, "|", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      PltCategoryEntry *entry = parse_entry (*part, error);

      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
      if (seen[entry->category])
        {
          g_set_error (error, PLT_LICENCE_ERROR, PLT_LICENCE_ERROR_INVALID,
                       _("Category %s stands twice in the list. Remove one."),
                       plt_category_to_code (entry->category));
          return NULL;
        }
      seen[entry->category] = TRUE;
    }
  g_ptr_array_sort (entries, compare_entries);

  return g_steal_pointer (&entries);
}

/**
 * plt_categories_to_text:
 * @entries: (element-type PltCategoryEntry): entries, in the order to write
 *
 * Returns: (transfer full): the text form that plt_categories_parse() reads
 */
char *
plt_categories_to_text (GPtrArray *entries)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (entries != NULL, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = entries->pdata[i];
      g_autofree char *from = plt_date_to_iso (entry->from);
      g_autofree char *to = plt_date_to_iso (entry->to);

      g_string_append_printf (text, "%s%s;%s;%s;%s", i > 0 ? "|" : "",
                              plt_category_to_code (entry->category),
                              from != NULL ? from : "", to != NULL ? to : "",
                              entry->restrictions);
    }

  return g_string_free (text, FALSE);
}

/**
 * plt_categories_to_codes:
 * @entries: (element-type PltCategoryEntry): entries, in the order to write
 *
 * Returns: (transfer full): the codes alone, for people: "AM, B, BE"
 */
char *
plt_categories_to_codes (GPtrArray *entries)
{
  GString *codes = g_string_new (NULL);

  g_return_val_if_fail (entries != NULL, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = entries->pdata[i];

      g_string_append_printf (codes, "%s%s", i > 0 ? ", " : "",
                              plt_category_to_code (entry->category));
    }

  return g_string_free (codes, FALSE);
}

/**
 * plt_restriction_get_code_length:
 * @restriction: as it is recorded: a code, or a code, a sign and a value
 *
 * A sign in parentheses is part of the code: "79(C1E>12000kg)" sets no limit of its own.
 *
 * Returns: the length of its code; a sign and a value stand behind it, or nothing
 */
gsize
plt_restriction_get_code_length (const char *restriction)
{
  gsize length = strcspn (restriction, "<>=(");

  return restriction[length] == '(' ? strlen (restriction) : length;
}
