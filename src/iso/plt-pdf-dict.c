/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds and changes the members of a dictionary in its text, and spells values. */
#include "plt-pdf-dict.h"

#include <string.h>

typedef struct
{
  const char *key, *value, *end; /* @end: before the next member */
} Member;

static gboolean
ends_name (char c)
{
  return g_ascii_isspace (c) || strchr ("/<>[]()", c) != NULL;
}

static const char *
skip_name (const char *at,
           const char *end)
{
  for (at++; at < end && !ends_name (*at); at++)
    ;
  return at;
}

/* With comments, of which cairo has one on each page. */
static const char *
skip_space (const char *at,
            const char *end)
{
  gboolean is_comment = FALSE;

  for (; at < end && (is_comment || g_ascii_isspace (*at) || *at == '%'); at++)
    is_comment = *at == '%' || (is_comment && *at != '\n' && *at != '\r');
  return at;
}

/* Brackets within one are balanced or have a stroke before them. */
static const char *
skip_string (const char *at,
             const char *end)
{
  int depth = 0;

  for (; at < end; at++)
    {
      if (*at == '\\')
        at++;
      else if (*at == '(')
        depth++;
      else if (*at == ')' && --depth == 0)
        return at + 1;
    }
  return end;
}

/* Behind the value at @at: at the next name that does not belong to it, or at the end of the dictionary. */
static const char *
skip_value (const char *at,
            const char *end)
{
  int depth = 0;

  if (at < end && *at == '/')
    return skip_space (skip_name (at, end), end);
  while (at < end)
    {
      if (depth == 0 && (*at == '/' || (at[0] == '>' && at + 1 < end && at[1] == '>')))
        return at;
      if (*at == '(')
        {
          at = skip_string (at, end);
          continue;
        }
      depth += *at == '<' || *at == '[' ? 1 : *at == '>' || *at == ']' ? -1 : 0;
      at++;
    }
  return end;
}

static gboolean
find_member (const char *text,
             gsize       length,
             const char *key,
             Member     *member)
{
  const char *end = text + length, *at = skip_space (text, end);

  if (end - at < 2 || at[0] != '<' || at[1] != '<')
    return FALSE;
  for (at = skip_space (at + 2, end); at < end && *at == '/'; at = member->end)
    {
      const char *name_end = skip_name (at, end);

      member->key = at;
      member->value = skip_space (name_end, end);
      member->end = skip_value (member->value, end);
      if ((gsize) (name_end - at) == strlen (key) && memcmp (at, key, strlen (key)) == 0)
        return TRUE;
    }
  return FALSE;
}

/* (nullable): the value as it stands there. */
char *
plt_pdf_dict_get (const char *text,
                  gsize       length,
                  const char *key)
{
  Member member;

  if (!find_member (text, length, key, &member))
    return NULL;
  return g_strchomp (g_strndup (member.value, (gsize) (member.end - member.value)));
}

/* @value: (nullable): %NULL takes the member out. (nullable): NULL where @text is no dictionary. */
char *
plt_pdf_dict_set (const char *text,
                  gsize       length,
                  const char *key,
                  const char *value)
{
  const char *start = memmem (text, length, "<<", 2);
  GString *changed = g_string_sized_new (length + (value != NULL ? strlen (value) : 0) + 64);
  Member member;

  if (start == NULL)
    return g_string_free (changed, TRUE);
  start += 2;
  g_string_append_len (changed, text, (gssize) (start - text));
  if (value != NULL)
    g_string_append_printf (changed, " %s %s", key, value);
  if (find_member (text, length, key, &member))
    {
      g_string_append_len (changed, start, (gssize) (member.key - start));
      start = member.end;
    }
  if (g_ascii_isalnum (changed->str[changed->len - 1]))
    g_string_append_c (changed, ' ');
  g_string_append_len (changed, start, (gssize) (text + length - start));

  return g_string_free (changed, FALSE);
}

/* Not where it might be taken for a reference to an object. */
static gboolean
is_plain (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isprint (*at) || strchr ("()\\", *at) != NULL)
      return FALSE;
  return strstr (text, " 0 R") == NULL;
}

char *
plt_pdf_spell_bytes (const guint8 *bytes,
                     gsize         length)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (2 * length + 3), *at = text;

  *at++ = '<';
  for (gsize i = 0; i < length; i++)
    {
      *at++ = digits[bytes[i] >> 4];
      *at++ = digits[bytes[i] & 0x0f];
    }
  memcpy (at, ">", 2);

  return text;
}

/* @text: UTF-8 */
char *
plt_pdf_spell_text (const char *text)
{
  g_autoptr (GByteArray) bytes = NULL;

  if (is_plain (text))
    return g_strdup_printf ("(%s)", text);
  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8[]) { 0xfe, 0xff }, 2);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      guint units[] = { c >= 0x10000 ? 0xd800 + ((c - 0x10000) >> 10) : c, 0xdc00 + (c & 0x3ff) };

      for (int i = 0; i < (c >= 0x10000 ? 2 : 1); i++)
        {
          const guint8 unit[] = { (guint8) (units[i] >> 8), (guint8) units[i] };

          g_byte_array_append (bytes, unit, sizeof unit);
        }
    }
  return plt_pdf_spell_bytes (bytes->data, bytes->len);
}

/* "application/json" is written /application#2fjson. */
char *
plt_pdf_spell_name (const char *text)
{
  GString *name = g_string_new ("/");

  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_ascii_isalnum (*at) || strchr ("-.+_", *at) != NULL)
        g_string_append_c (name, *at);
      else
        g_string_append_printf (name, "#%02x", (guchar) *at);
    }

  return g_string_free (name, FALSE);
}
