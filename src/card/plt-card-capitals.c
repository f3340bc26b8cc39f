/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capitals, small letters and initials by the Unicode tables alone. */
#include "plt-card-capitals.h"

#include <string.h>

/* Letters whose capital is more than one letter (Unicode SpecialCasing.txt, unconditional). */
static const struct
{
  gunichar    letter;
  const char *capitals;
} special[] = {
  { 0x00df, "SS" }, { 0x0149, "ʼN" }, { 0x01f0, "J̌" }, { 0x0390, "Ϊ́" }, { 0x03b0, "Ϋ́" },
  { 0x0587, "ԵՒ" }, { 0xfb00, "FF" }, { 0xfb01, "FI" }, { 0xfb02, "FL" }, { 0xfb03, "FFI" },
  { 0xfb04, "FFL" }, { 0xfb05, "ST" }, { 0xfb06, "ST" },
};

/* @text must be UTF-8. Returns: (transfer full) */
char *
plt_card_to_capitals (const char *text)
{
  g_autoptr (GString) result = g_string_sized_new (strlen (text) + 1);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);
      gsize i = 0;

      while (i < G_N_ELEMENTS (special) && special[i].letter != letter)
        i++;
      if (i < G_N_ELEMENTS (special))
        g_string_append (result, special[i].capitals);
      else
        g_string_append_unichar (result, g_unichar_toupper (letter));
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* @text must be UTF-8. Returns: (transfer full) */
char *
plt_card_to_small (const char *text)
{
  g_autoptr (GString) result = g_string_sized_new (strlen (text) + 1);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (result, g_unichar_tolower (g_utf8_get_char (p)));
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* The first letter with its accents. */
static void
append_initial (GString    *result,
                const char *part,
                gsize       length)
{
  const char *end = part;

  do
    end = g_utf8_next_char (end);
  while (end < part + length && g_unichar_ismark (g_utf8_get_char (end)));
  g_string_append_len (result, part, end - part);
  if (end < part + length && *end != '.')
    g_string_append_c (result, '.');
  else if (end < part + length)
    g_string_append_len (result, end, part + length - end);
}

/* The first @keep words stay, of the others the first letter does: "Anna Maria Luise", 1 is
 * "Anna M. L."; "Anne-Marie", 0 is "A.-M.". A word of one letter stays as it is.
 * Returns: (transfer full) */
char *
plt_card_to_initials (const char *text,
                      guint       keep)
{
  g_autoptr (GString) result = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "-", -1);

      if (*words[i] == '\0')
        continue;
      if (n > 0)
        g_string_append_c (result, ' ');
      if (n++ < keep)
        {
          g_string_append (result, words[i]);
          continue;
        }
      for (guint k = 0; parts[k] != NULL; k++)
        {
          if (k > 0)
            g_string_append_c (result, '-');
          if (*parts[k] != '\0')
            append_initial (result, parts[k], strlen (parts[k]));
        }
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}
