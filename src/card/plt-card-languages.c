/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which language letters are drawn for where the layout says none: their script tells it, never the
 * environment. */
#include "plt-card-drawing.h"

#define FIRST_OTHER_SCRIPT 0x0250 /* below is Latin */

/* The language for which the letters of a script are drawn where the layout says none: else pango
 * takes it from the environment, and a Serbian machine would draw a Bulgarian name otherwise. */
static const struct
{
  GUnicodeScript  script;
  const char     *language;
} languages[] = {
  { G_UNICODE_SCRIPT_ARABIC, "ar" }, { G_UNICODE_SCRIPT_ARMENIAN, "hy" },
  { G_UNICODE_SCRIPT_BENGALI, "bn" }, { G_UNICODE_SCRIPT_CYRILLIC, "ru" },
  { G_UNICODE_SCRIPT_DEVANAGARI, "hi" }, { G_UNICODE_SCRIPT_ETHIOPIC, "am" },
  { G_UNICODE_SCRIPT_GEORGIAN, "ka" }, { G_UNICODE_SCRIPT_GREEK, "el" },
  { G_UNICODE_SCRIPT_GUJARATI, "gu" }, { G_UNICODE_SCRIPT_HAN, "zh-cn" },
  { G_UNICODE_SCRIPT_HANGUL, "ko" }, { G_UNICODE_SCRIPT_HEBREW, "he" },
  { G_UNICODE_SCRIPT_HIRAGANA, "ja" }, { G_UNICODE_SCRIPT_KATAKANA, "ja" },
  { G_UNICODE_SCRIPT_KHMER, "km" }, { G_UNICODE_SCRIPT_LAO, "lo" },
  { G_UNICODE_SCRIPT_MALAYALAM, "ml" }, { G_UNICODE_SCRIPT_MYANMAR, "my" },
  { G_UNICODE_SCRIPT_SINHALA, "si" }, { G_UNICODE_SCRIPT_TAMIL, "ta" },
  { G_UNICODE_SCRIPT_TELUGU, "te" }, { G_UNICODE_SCRIPT_THAI, "th" },
};

static const char *
get_language (gunichar letter)
{
  GUnicodeScript script = g_unichar_get_script (letter);

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (languages[i].script == script)
      return languages[i].language;
  return NULL;
}

static void
add_language (PangoAttrList *list,
              const char    *language,
              guint          start,
              guint          end)
{
  PangoAttribute *attribute = pango_attr_language_new (pango_language_from_string (language));

  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

/* Letters of other scripts than Latin are drawn for a language that their script tells. Signs and
 * spaces belong to the letters before them: type is set run by run, and a run must not end within a
 * word. */
void
plt_card_add_languages (PangoAttrList *list,
                        const char    *line)
{
  const char *current = NULL, *start = line;

  for (const char *p = line; ; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);
      const char *language = letter >= FIRST_OTHER_SCRIPT ? get_language (letter) : NULL;

      if (letter != 0 && (language == current || (language == NULL && !g_unichar_isalpha (letter))))
        continue;
      if (current != NULL)
        add_language (list, current, (guint) (start - line), (guint) (p - line));
      current = language;
      start = p;
      if (letter == 0)
        break;
    }
}
