/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which characters a card may bear: what cannot be seen, would turn others about, stands on no letter
 * or is in none of the layout's fonts is refused with the character and the name of its field. */
#include "plt-card-type.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Blank or without any trace of their own, though of the kinds of letters and marks (the property
 * Default_Ignorable_Code_Point, and two blanks that are no spaces): two names would look alike. And
 * what stands where another program lost a letter (U+FFFC, U+FFFD): it is drawn as a box. */
static gboolean
is_no_letter (gunichar letter)
{
  static const struct { gunichar first, last; } ranges[] = {
    { 0x034f, 0x034f }, { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f },
    { 0x2800, 0x2800 }, { 0x3164, 0x3164 }, { 0xfe00, 0xfe0f }, { 0xffa0, 0xffa0 },
    { 0xfffc, 0xfffd }, { 0xe0100, 0xe01ef },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (letter >= ranges[i].first && letter <= ranges[i].last)
      return TRUE;
  return FALSE;
}

/* Scripts in which joiners choose the form of the letters about them. */
static gboolean
is_joining (gunichar letter)
{
  switch (g_unichar_get_script (letter))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_MONGOLIAN:
    case G_UNICODE_SCRIPT_DEVANAGARI:
    case G_UNICODE_SCRIPT_BENGALI:
    case G_UNICODE_SCRIPT_GURMUKHI:
    case G_UNICODE_SCRIPT_GUJARATI:
    case G_UNICODE_SCRIPT_ORIYA:
    case G_UNICODE_SCRIPT_TAMIL:
    case G_UNICODE_SCRIPT_TELUGU:
    case G_UNICODE_SCRIPT_KANNADA:
    case G_UNICODE_SCRIPT_MALAYALAM:
    case G_UNICODE_SCRIPT_SINHALA:
    case G_UNICODE_SCRIPT_KHMER:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Between two letters of such a script, the first with marks or without; anywhere else a joiner would
 * not be seen. */
static gboolean
joins (const char *text,
       const char *at)
{
  const char *before = at;

  do
    {
      if (before == text)
        return FALSE;
      before = g_utf8_prev_char (before);
    }
  while (g_unichar_get_script (g_utf8_get_char (before)) == G_UNICODE_SCRIPT_INHERITED
         && g_unichar_ismark (g_utf8_get_char (before)));
  return is_joining (g_utf8_get_char (before))
         && is_joining (g_utf8_get_char (g_utf8_next_char (at)));
}

static gboolean
is_printable (const char *text,
              const char *at)
{
  gunichar letter = g_utf8_get_char (at);

  switch (g_unichar_type (letter))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    case G_UNICODE_FORMAT:
      return (letter == 0x200c || letter == 0x200d) && joins (text, at);
    default:
      return !is_no_letter (letter);
    }
}

/* A mark that stands on nothing is drawn with a dotted circle in the place of its letter. */
static gboolean
lacks_letter (const char *text,
              const char *at)
{
  if (!g_unichar_ismark (g_utf8_get_char (at)))
    return FALSE;
  return at == text || g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (at)));
}

static const char *
find_words (const PltCardText *text,
            gsize              at)
{
  return text->runs != NULL ? plt_card_runs_get_words (text->runs, at) : text->words;
}

static gboolean
refuse_unprintable (const PltCardText  *text,
                    gsize               at,
                    GError            **error)
{
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH,
               /* Translators: a field, and the code of a character, such as 200B. */
               _("The card was not drawn because the %s contains a character that cannot be "
                 "printed (U+%04X), such as a line break. Enter it again."),
               find_words (text, at), g_utf8_get_char (text->text + at));
  return FALSE;
}

static gboolean
refuse_mark (const PltCardText  *text,
             gsize               at,
             GError            **error)
{
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH,
               /* Translators: a field, and the code of an accent, such as 0301. */
               _("The card was not drawn because an accent or mark of the %s (U+%04X) stands on no "
                 "letter. Enter it again."),
               find_words (text, at), g_utf8_get_char (text->text + at));
  return FALSE;
}

static gboolean
refuse_unknown (const PltCardText  *text,
                gsize               at,
                GError            **error)
{
  gunichar letter = g_utf8_get_char (text->text + at);
  char shown[8] = { 0 };

  g_unichar_to_utf8 (letter, shown);
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH,
               /* Translators: a letter, its code, and a field. */
               _("The card was not drawn because the fonts of this layout do not have the letter "
                 "“%s” (U+%04X) of the %s. Write it in another script or ask the administrator "
                 "for a layout that has it."), shown, letter, find_words (text, at));
  return FALSE;
}

/* Whether the layout itself has written what stands there. */
static gboolean
is_layouts_own (const PltCardText *text,
                gsize              at)
{
  for (guint i = 0; text->runs != NULL && i < text->runs->spans->len; i++)
    {
      const PltCardSpan *span = &g_array_index (text->runs->spans, PltCardSpan, i);

      if (at >= span->start && at < span->end)
        return span->field == NULL;
    }
  return FALSE;
}

/* Where the first glyph that no font has stands, in bytes; all of them go into @missing. -1: none */
static gssize
find_unknown (PangoLayout       *layout,
              const PltCardText *text,
              GString           *missing)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  gssize first = -1;

  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

      for (int i = 0; run != NULL && i < run->glyphs->num_glyphs; i++)
        {
          gsize at = (gsize) (run->item->offset + run->glyphs->log_clusters[i]);

          if ((run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0)
            continue;
          if (first < 0 || (gssize) at < first)
            first = (gssize) at;
          g_string_append_unichar (missing, g_utf8_get_char (text->text + at));
        }
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
  return first;
}

/* Only the layout itself may begin a new line, in a paragraph. */
static gboolean
may_break (const PltCardText *text,
           gsize              at)
{
  return text->runs != NULL && text->element->type == PLT_ELEMENT_PARAGRAPH && text->text[at] == '\n'
         && is_layouts_own (text, at);
}

typedef gboolean (*Refusal) (const PltCardText  *text,
                             gsize               at,
                             GError            **error);

static gboolean
refuse (PltCardDrawing     *self,
        const PltCardText  *text,
        gsize               at,
        Refusal             refusal,
        GError            **error)
{
  if (self->part != NULL && is_layouts_own (text, at))
    self->part->is_layouts_own = TRUE;
  return refusal (text, at, error);
}

/* What no font of the layout can show must not come out as a box: refused with the character and
 * the name of its field. Errors: GLYPH. */
gboolean
plt_card_type_check (PltCardDrawing     *self,
                     const PltCardText  *text,
                     GError            **error)
{
  PltCardRange all = { 0, strlen (text->text), FALSE };
  g_autoptr (GString) missing = NULL;
  PangoLayout *layout;
  gssize at;

  if (!g_utf8_validate (text->text, -1, NULL))
    {
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_GLYPH,
                   _("The card was not drawn because the %s is not valid text. Enter it again."),
                   text->words);
      return FALSE;
    }
  for (const char *p = text->text; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_printable (text->text, p) && !may_break (text, p - text->text))
      return refuse (self, text, (gsize) (p - text->text), refuse_unprintable, error);
    else if (lacks_letter (text->text, p))
      return refuse (self, text, (gsize) (p - text->text), refuse_mark, error);
  layout = plt_card_type_shape (self, text, &all, text->size);
  if (pango_layout_get_unknown_glyphs_count (layout) == 0)
    return TRUE;
  missing = g_string_new (NULL);
  at = find_unknown (layout, text, missing);
  if (self->part != NULL && self->part->missing_glyphs == NULL)
    self->part->missing_glyphs = g_string_free (g_steal_pointer (&missing), FALSE);
  return refuse (self, text, (gsize) MAX (at, 0), refuse_unknown, error);
}
