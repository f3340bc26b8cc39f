/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One-dimensional text[] values in the text format of PostgreSQL (manual, “Array Input and Output
 * Syntax”). */
#include "plt-pg-array.h"

#include <string.h>

static void
append_quoted (GString    *text,
               const char *value)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

/* Every element is quoted, so that "NULL", "" and "{}" stay text. */
char *
plt_pg_array_to_text (const char * const *values)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_quoted (text, values[i]);
    }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* Reads one element that begins at @p; returns what follows it. */
static const char *
read_element (const char *p,
              char      **element)
{
  GString *value = g_string_new (NULL);
  gboolean quoted = FALSE;
  gboolean inside = FALSE;

  for (; *p != '\0' && (inside || (*p != ',' && *p != '}')); p++)
    {
      if (*p == '"')
        {
          quoted = TRUE;
          inside = !inside;
          continue;
        }
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (value, *p);
    }
  if (!quoted && g_ascii_strcasecmp (value->str, "NULL") == 0)
    g_string_truncate (value, 0);
  *element = g_string_free (value, FALSE);
  return p;
}

/* A NULL element becomes "", since a strv cannot hold one. Explicit bounds ("[0:1]={…}") are
 * skipped. Returns: (transfer full): never NULL; empty for what is not an array. */
char **
plt_pg_array_from_text (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *p = strchr (text, '{');

  if (p == NULL || p[1] == '}')
    return g_strv_builder_end (builder);

  while (*p == '{' || *p == ',')
    {
      g_autofree char *element = NULL;

      p = read_element (p + 1, &element);
      g_strv_builder_add (builder, element);
    }
  return g_strv_builder_end (builder);
}
