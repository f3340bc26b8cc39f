/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says in words what was understood from a line of search. */
#include "plt-search-line.h"

#include <glib/gi18n-lib.h>

static void
add_part (GString *text,
          char    *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
  g_free (part);
}

static gboolean
is_one_day (const PltDateSpan *span)
{
  return plt_date_compare (span->from, span->to) == 0;
}

static char *
describe_span (const PltDateSpan *span)
{
  if (is_one_day (span))
    return plt_date_to_display (span->from);
  if (span->from.month != span->to.month)
    return g_strdup_printf ("%d", span->from.year);

  g_autoptr (GDateTime) month = g_date_time_new_utc (span->from.year, span->from.month, 1, 12, 0, 0);

  /* Translators: a month of a year, in the form of g_date_time_format(): "March 1980". */
  return g_date_time_format (month, C_("date", "%B %Y"));
}

static void
add_births (GString       *text,
            PltSearchLine *self)
{
  guint n_births;
  const PltDateSpan *births = plt_search_line_get_births (self, &n_births);
  g_autoptr (GString) dates = g_string_new (NULL);

  for (guint i = 0; i < n_births; i++)
    {
      g_autofree char *date = describe_span (&births[i]);

      if (i > 0)
        /* Translators: between two dates that may be meant; mind the spaces. */
        g_string_append (dates, _(" or "));
      g_string_append (dates, date);
    }
  if (n_births > 0)
    /* Translators: %s is one date, or “2 March 1980 or 3 February 1980” */
    add_part (text, g_strdup_printf (_("born %s"), dates->str));
}

static void
add_words (GString            *text,
           const char         *format,
           const char * const *words)
{
  g_autofree char *joined = g_strjoinv (" ", (char **) words);

  if (words[0] == NULL)
    return;

  g_autoptr (GString) part = g_string_new (format);

  g_string_replace (part, "%s", joined, 1);
  add_part (text, g_strdup (part->str));
}

static void
add_number (GString    *text,
            const char *format,
            const char *number)
{
  const char * const words[] = { number, NULL };

  add_words (text, format, words);
}

/**
 * plt_search_line_describe:
 * @self: a line
 *
 * Returns: (transfer full): for example "name “müller” · born 12 March 1980 · address “hauptstr”";
 *   empty for an empty line
 */
char *
plt_search_line_describe (PltSearchLine *self)
{
  GString *text = g_string_new (NULL);

  if (plt_search_line_is_id_mistyped (self))
    add_part (text, g_strdup (_("an ID number with a wrong check digit")));
  else
    /* Translators: here to the end of the file, %s is what was typed. */
    add_number (text, _("ID number %s"), plt_search_line_get_id_numbers (self)[0]);
  add_number (text, _("an ID number that begins with %s"), plt_search_line_get_id_prefix (self));
  add_number (text, _("licence number %s"), plt_search_line_get_licence_number (self));
  add_number (text, _("number %s"), plt_search_line_get_record_number (self));
  add_words (text, _("name “%s”"), plt_search_line_get_names (self));
  add_births (text, self);
  add_words (text, _("address “%s”"), plt_search_line_get_address (self));

  return g_string_free (text, FALSE);
}
