/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits an SQL script into its statements (PostgreSQL manual, 4.1 Lexical Structure). */
#include "plt-store-script.h"

#include <string.h>

/* Each skip_ function takes the beginning of its thing and returns what follows it; an open one
 * ends with the script, and the server will say so. */
static const char *
skip_line_comment (const char *p)
{
  const char *end = strchr (p, '\n');
  return end != NULL ? end + 1 : p + strlen (p);
}

/* Block comments nest in PostgreSQL. */
static const char *
skip_block_comment (const char *p)
{
  int depth = 0;

  while (*p != '\0')
    {
      if (p[0] == '/' && p[1] == '*')
        depth++, p += 2;
      else if (p[0] == '*' && p[1] == '/')
        {
          depth--, p += 2;
          if (depth == 0)
            return p;
        }
      else
        p++;
    }
  return p;
}

/* A doubled quote is read as two quoted things side by side, which ends at the same place. */
static const char *
skip_quoted (const char *p,
             gboolean    has_escapes)
{
  char quote = *p;

  for (p++; *p != '\0' && *p != quote; p++)
    if (has_escapes && *p == '\\' && p[1] != '\0')
      p++;
  return *p != '\0' ? p + 1 : p;
}

/* $$ … $$ or $tag$ … $tag$; a parameter like $1 is none. */
static const char *
skip_dollar_quoted (const char *p)
{
  const char *end = p + 1;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  if (*end != '$' || g_ascii_isdigit (p[1]))
    return p + 1;

  g_autofree char *tag = g_strndup (p, end + 1 - p);
  const char *close = strstr (end + 1, tag);
  return close != NULL ? close + strlen (tag) : p + strlen (p);
}

static gboolean
is_name_character (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$' || (c & 0x80) != 0;
}

/* The end of the statement: its semicolon, or the end of the script. @has_words: (out): whether
 * there is more than space and comments. */
static const char *
find_end (const char *p,
          gboolean   *has_words)
{
  const char *begin = p;

  *has_words = FALSE;
  while (*p != '\0' && *p != ';')
    {
      if (p[0] == '-' && p[1] == '-')
        {
          p = skip_line_comment (p);
          continue;
        }
      if (p[0] == '/' && p[1] == '*')
        {
          p = skip_block_comment (p);
          continue;
        }
      *has_words = *has_words || !g_ascii_isspace (*p);
      if (*p == '\'')
        p = skip_quoted (p, p > begin && (p[-1] == 'E' || p[-1] == 'e')
                            && (p - 1 == begin || !is_name_character (p[-2])));
      else if (*p == '"')
        p = skip_quoted (p, FALSE);
      else if (*p == '$' && (p == begin || !is_name_character (p[-1])))
        p = skip_dollar_quoted (p);
      else
        p++;
    }
  return p;
}

GPtrArray *
plt_store_script_split (const char *script)
{
  GPtrArray *statements = g_ptr_array_new_with_free_func (g_free);
  const char *p = script;

  while (*p != '\0')
    {
      gboolean has_words;
      const char *end = find_end (p, &has_words);
      if (has_words)
        g_ptr_array_add (statements, g_strndup (p, end - p));
      p = *end == ';' ? end + 1 : end;
    }
  return statements;
}
