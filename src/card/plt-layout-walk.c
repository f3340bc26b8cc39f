/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-layout-walk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DEPTH 16

typedef struct
{
  const char *at;
  int         line;
  int         depth;
  GString    *path;
  GHashTable *lines;
  char       *problem;
  gboolean    is_member; /* the problem is that of the member at path, not of the syntax */
} Walk;

static gboolean walk_value (Walk *walk);

/* Returns: FALSE, always. The first problem stays: what follows comes from it. */
static gboolean
fail (Walk       *walk,
      const char *problem)
{
  if (walk->problem == NULL)
    walk->problem = g_strdup (problem);
  return FALSE;
}

static gboolean
fail_member (Walk       *walk,
             const char *problem)
{
  walk->is_member = walk->problem == NULL;
  return fail (walk, problem);
}

static void
skip_space (Walk *walk)
{
  for (; *walk->at == ' ' || *walk->at == '\t' || *walk->at == '\r' || *walk->at == '\n'; walk->at++)
    if (*walk->at == '\n')
      walk->line++;
}

static gboolean
take (Walk *walk,
      char  c)
{
  skip_space (walk);
  if (*walk->at != c)
    return FALSE;
  walk->at++;
  return TRUE;
}

/* The four digits at @at; -1 where they are none. */
static int
read_digits (const char *at)
{
  int code = 0;

  for (int i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      code = code << 4 | g_ascii_xdigit_value (at[i]);
    }
  return code;
}

static gboolean
is_half (int code,
         int first)
{
  return code >= first && code < first + 0x400;
}

/* \uXXXX, and its other half where it is one; walk->at stands on the “u”. */
static gboolean
walk_code (Walk    *walk,
           GString *decoded)
{
  int code = read_digits (walk->at + 1), low = -1;

  if (code < 0)
    return fail (walk, _("“\\u” needs four hexadecimal digits"));
  if (code == 0)
    return fail (walk, _("a text cannot hold the character U+0000"));
  walk->at += 5;
  if (is_half (code, 0xd800) && walk->at[0] == '\\' && walk->at[1] == 'u')
    low = read_digits (walk->at + 2);
  if (is_half (code, 0xd800) ? !is_half (low, 0xdc00) : is_half (code, 0xdc00))
    return fail (walk, _("“\\u” stands for half of a character; write the character itself"));
  if (low >= 0)
    {
      walk->at += 6;
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (decoded, (gunichar) code);
  return TRUE;
}

/* walk->at stands after the backslash. */
static gboolean
walk_escape (Walk    *walk,
             GString *decoded)
{
  static const char names[] = "\"\\/bfnrt", signs[] = "\"\\/\b\f\n\r\t";
  const char *name;

  if (*walk->at == 'u')
    return walk_code (walk, decoded);
  name = *walk->at != '\0' ? strchr (names, *walk->at) : NULL;
  if (name == NULL)
    return fail (walk, _("after a “\\” only \", \\, /, b, f, n, r, t or u and four digits may stand"));
  g_string_append_c (decoded, signs[name - names]);
  walk->at++;
  return TRUE;
}

/* After the first quote. */
static gboolean
walk_string (Walk    *walk,
             GString *decoded)
{
  while (*walk->at != '"')
    {
      if (*walk->at == '\0' || *walk->at == '\n' || *walk->at == '\r')
        return fail (walk, _("a text has no second quote on its line; a line break in it is written \\n"));
      if ((guchar) *walk->at < 0x20)
        return fail (walk, _("a tab in a text is written \\t"));
      if (*walk->at != '\\')
        g_string_append_c (decoded, *walk->at++);
      else
        {
          walk->at++;
          if (!walk_escape (walk, decoded))
            return FALSE;
        }
    }
  walk->at++;
  return TRUE;
}

static gboolean
remember_line (Walk *walk)
{
  if (g_hash_table_contains (walk->lines, walk->path->str))
    return fail_member (walk, _("this member stands twice"));
  g_hash_table_insert (walk->lines, g_strdup (walk->path->str), GINT_TO_POINTER (walk->line));
  return TRUE;
}

static gboolean
walk_member (Walk *walk)
{
  gsize outer = walk->path->len;

  skip_space (walk);
  if (*walk->at == '}')
    return fail (walk, _("there is a “,” before the “}”"));
  if (*walk->at != '"')
    return fail (walk, _("the name of a member in double quotes is expected"));
  walk->at++;
  if (outer > 0)
    g_string_append_c (walk->path, '.');
  if (!walk_string (walk, walk->path) || !remember_line (walk))
    return FALSE;
  if (!take (walk, ':'))
    return fail (walk, _("a “:” is missing after the name of a member"));
  if (!walk_value (walk))
    return FALSE;
  g_string_truncate (walk->path, outer);
  return TRUE;
}

static gboolean
walk_object (Walk *walk)
{
  if (take (walk, '}'))
    return TRUE;
  do
    if (!walk_member (walk))
      return FALSE;
  while (take (walk, ','));
  return take (walk, '}') || fail (walk, _("a “,” or “}” is missing"));
}

static gboolean
walk_array (Walk *walk)
{
  gsize outer = walk->path->len;
  int index = 0;

  if (take (walk, ']'))
    return TRUE;
  do
    {
      skip_space (walk);
      if (*walk->at == ']')
        return fail (walk, _("there is a “,” before the “]”"));
      g_string_append_printf (walk->path, "[%d]", index++);
      if (!remember_line (walk) || !walk_value (walk))
        return FALSE;
      g_string_truncate (walk->path, outer);
    }
  while (take (walk, ','));
  return take (walk, ']') || fail (walk, _("a “,” or “]” is missing"));
}

static gsize
count_digits (const char *at)
{
  return strspn (at, "0123456789");
}

/* Bytes of the number at @at; 0 where it is none. */
static gsize
measure_number (const char *at)
{
  const char *p = at + (*at == '-');
  gsize n = count_digits (p);

  if (n == 0 || (n > 1 && *p == '0'))
    return 0;
  p += n;
  if (*p == '.')
    {
      n = count_digits (p + 1);
      if (n == 0)
        return 0;
      p += 1 + n;
    }
  if (*p == 'e' || *p == 'E')
    {
      p += 1 + (p[1] == '+' || p[1] == '-');
      n = count_digits (p);
      if (n == 0)
        return 0;
      p += n;
    }
  return p - at;
}

static gboolean
walk_plain (Walk *walk)
{
  static const char *const words[] = { "true", "false", "null" };
  gsize length = measure_number (walk->at);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (walk->at, words[i]))
      length = strlen (words[i]);
  walk->at += length;
  if (length > 0 && !g_ascii_isalnum (*walk->at) && *walk->at != '.')
    return TRUE;
  if (*walk->at == '/' || *walk->at == '#')
    return fail (walk, _("JSON has no comments; a member “comment” is one"));
  return fail (walk, _("a value is missing: a text in double quotes, a number such as 0.5, true, "
                       "false, a list or an object"));
}

static gboolean
walk_value (Walk *walk)
{
  g_autoptr (GString) text = NULL;
  gboolean ok;

  if (++walk->depth > MAX_DEPTH)
    return fail_member (walk, _("it is nested too deeply"));
  skip_space (walk);
  if (*walk->at == '"')
    {
      text = g_string_new (NULL);
      walk->at++;
      ok = walk_string (walk, text);
    }
  else if (take (walk, '{'))
    ok = walk_object (walk);
  else if (take (walk, '['))
    ok = walk_array (walk);
  else
    ok = walk_plain (walk);
  walk->depth--;
  return ok;
}

static gboolean
walk_all (Walk *walk)
{
  skip_space (walk);
  if (*walk->at == '\0')
    return fail (walk, _("there is nothing in it"));
  if (!walk_value (walk))
    return FALSE;
  skip_space (walk);
  return *walk->at == '\0' || fail (walk, _("something stands after its end"));
}

char *
plt_layout_walk (const char  *text,
                 GHashTable  *lines,
                 char       **path,
                 int         *line)
{
  g_autoptr (GString) at = g_string_new (NULL);
  Walk walk = { .at = text, .line = 1, .path = at, .lines = lines };

  walk_all (&walk);
  *line = walk.line;
  *path = walk.is_member ? g_strdup (at->str) : NULL;
  return walk.problem;
}
