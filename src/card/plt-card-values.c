/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts the values of a card into the templates of its layout. */
#include "plt-card-drawing.h"

#include "plt-card-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
join_codes (GPtrArray *entries)
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

/* Every code of every category, each once, in the order in which they come. */
static char *
join_restrictions (GPtrArray *entries)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const PltCategoryEntry *entry = g_ptr_array_index (entries, i);
      g_auto (GStrv) parts = g_strsplit (entry->restrictions, ",", -1);

      for (guint k = 0; parts[k] != NULL; k++)
        if (*g_strstrip (parts[k]) != '\0'
            && !g_ptr_array_find_with_equal_func (codes, parts[k], g_str_equal, NULL))
          g_ptr_array_add (codes, g_strdup (parts[k]));
    }
  for (guint i = 0; i < codes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) codes->pdata[i]);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* As the card shows it: dates as DD.MM.YYYY. NULL when there is no such value. */
static char *
dup_shown_value (PltCardInputs *inputs,
                 const char    *name)
{
  const char *value;
  PltDate date;

  if (g_str_equal (name, "categories"))
    return join_codes (plt_card_inputs_get_categories (inputs));
  if (g_str_equal (name, "restrictions"))
    return join_restrictions (plt_card_inputs_get_categories (inputs));
  value = plt_card_inputs_get_value (inputs, name);
  if (value != NULL && plt_card_field_is_date (name) && plt_date_parse_iso (value, &date))
    return plt_date_to_card (date);
  return g_strdup (value);
}

static gboolean
append_value (PltCardDrawing    *self,
              const PltElement  *element,
              const char        *name,
              GString           *text,
              char             **words,
              GError           **error)
{
  g_autofree char *value = dup_shown_value (self->inputs, name);

  if (*words == NULL)
    *words = g_strdup (plt_card_field_get_words (name));
  if (value != NULL)
    {
      g_string_append (text, value);
      return TRUE;
    }
  if (!element->required)
    return TRUE;
  /* Translators: %s is a field, such as “family name (1)”. */
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_MISSING,
               _("The card was not drawn because the %s is missing. Enter it in the application."),
               plt_card_field_get_words (name));
  return FALSE;
}

static char *
to_capitals (const char *text)
{
  return g_utf8_strup (text, -1);
}

/* Expands element->text. *@text is NULL when all of its values are missing: then nothing is
 * drawn, not even the label. *@words names the first value for messages. */
gboolean
plt_card_expand_template (PltCardDrawing    *self,
                          const PltElement  *element,
                          char             **text,
                          char             **words,
                          GError           **error)
{
  g_autoptr (GString) result = g_string_new (NULL);
  g_autofree char *first = NULL;
  gboolean is_static = strchr (element->text, '{') == NULL;
  gsize fixed = 0;

  for (const char *p = element->text; *p != '\0'; p++)
    {
      const char *close = *p == '{' ? strchr (p, '}') : NULL;
      g_autofree char *name = close != NULL ? g_strndup (p + 1, close - p - 1) : NULL;

      if (name == NULL)
        {
          g_string_append_c (result, *p);
          fixed++;
          continue;
        }
      if (!append_value (self, element, name, result, &first, error))
        return FALSE;
      p = close;
    }
  if (!is_static && result->len == fixed)
    {
      *text = NULL;
      *words = NULL;
      return TRUE;
    }
  g_strstrip (result->str);
  *text = element->capitals ? to_capitals (result->str) : g_strdup (result->str);
  *words = first != NULL ? g_steal_pointer (&first) : g_strdup (element->text);
  return TRUE;
}
