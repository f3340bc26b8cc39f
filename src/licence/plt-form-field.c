/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what is wrong with what is typed into a field, while it is typed. */
#include "plt-form-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char * const inputs[] = {
  [PLT_FORM_LINE] = "line", [PLT_FORM_LINES] = "lines", [PLT_FORM_DATE] = "date",
  [PLT_FORM_PHONE] = "phone", [PLT_FORM_EMAIL] = "email", [PLT_FORM_COUNTRY] = "country",
};

void
plt_form_field_free (PltFormField *self)
{
  g_free (self->code);
  g_free (self->title);
  g_free (self->hint);
  g_free (self->value);
  g_free (self->who);
  g_clear_pointer (&self->changed_at, g_date_time_unref);
  g_free (self->workstation);
  g_free (self);
}

gboolean
plt_form_input_from_nick (const char   *nick,
                          PltFormInput *input)
{
  for (gsize i = 0; nick != NULL && i < G_N_ELEMENTS (inputs); i++)
    if (g_str_equal (inputs[i], nick))
      {
        *input = (PltFormInput) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_phone (const char *text)
{
  int n_digits = 0;

  for (const char *at = text + (*text == '+'); *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      n_digits++;
    else if (strchr (" ()/.-", *at) == NULL)
      return FALSE;
  return n_digits >= 5 && n_digits <= 15;
}

static gboolean
is_email (const char *text)
{
  return g_regex_match_simple ("^[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+$", text, G_REGEX_OPTIMIZE, 0);
}

static gboolean
is_country (const char *text)
{
  return strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1])
         && g_ascii_isupper (text[2]);
}

static char *
check_date (const PltFormField *self,
            const char         *text,
            const char         *today)
{
  PltDate date;

  if (!plt_date_parse_iso (text, &date))
    return g_strdup (_("This is no date. Type year, month and day, such as 2026-03-15."));
  if (self->past && strcmp (text, today) > 0)
    return g_strdup (_("This day is still to come. Type a day up to today."));
  return NULL;
}

/* The same ends as those that the database leaves out. */
static char *
dup_stripped (const char *text)
{
  gsize start = strspn (text, " \n");
  gsize length = strlen (text + start);

  while (length > 0 && strchr (" \n", text[start + length - 1]) != NULL)
    length--;
  return g_strndup (text + start, length);
}

char *
plt_form_field_check (const PltFormField *self,
                      const char         *text,
                      const char         *today)
{
  g_autofree char *value = dup_stripped (text);

  if (*value == '\0')
    return self->required ? g_strdup (_("This is needed. Ask the citizen.")) : NULL;
  if (g_utf8_strlen (value, -1) > self->max_length)
    return g_strdup_printf (g_dngettext (NULL, "This is too long. Type at most %d letter.",
                                         "This is too long. Type at most %d letters.",
                                         (gulong) self->max_length), self->max_length);
  switch (self->input)
    {
    case PLT_FORM_DATE:
      return check_date (self, value, today);
    case PLT_FORM_PHONE:
      return is_phone (value) ? NULL
                              : g_strdup (_("This is no telephone number. Type 5 to 15 digits, with + and"
                                            " the country’s code in front."));
    case PLT_FORM_EMAIL:
      return is_email (value) ? NULL
                              : g_strdup (_("This is no e-mail address. It has an @ and a dot behind it."));
    case PLT_FORM_COUNTRY:
      return is_country (value) ? NULL : g_strdup (_("This is no country. Type its three capital letters."));
    case PLT_FORM_LINE:
    case PLT_FORM_LINES:
    default:
      return NULL;
    }
}
