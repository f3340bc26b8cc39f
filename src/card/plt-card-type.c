/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets one line of type with pango: fonts, styles and languages, its measure, its ink and its
 * drawing. */
#include "plt-card-type.h"

#include <glib/gi18n-lib.h>
#include <hb.h>
#include <math.h>
#include <string.h>

#define UNIT (PLT_CARD_TEXT_UNITS_PER_MM * PANGO_SCALE)
#define EDGE_TOLERANCE 0.02 /* mm */
/* Of the size, from the baseline: accents on accents are within, heaps of them are not. */
#define HIGHEST_INK 2.0
#define LOWEST_INK 1.0

static void
add_attribute (PangoAttrList  *list,
               PangoAttribute *attribute,
               gsize           start,
               gsize           end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (list, attribute);
}

static guint16
to_channel (double part)
{
  return (guint16) lround (part * 65535);
}

static void
add_style (PltCardDrawing      *self,
           PangoAttrList       *list,
           const PltTextStyle  *style,
           double               size,
           gsize                start,
           gsize                end)
{
  const PltLayoutFont *font = style->font != NULL ? plt_layout_find_font (self->layout, style->font)
                                                  : NULL;
  const PltColour *colour = &style->colour;

  if (font != NULL)
    {
      add_attribute (list, pango_attr_family_new (font->families), start, end);
      add_attribute (list, pango_attr_weight_new (font->bold ? PANGO_WEIGHT_BOLD
                                                             : PANGO_WEIGHT_NORMAL), start, end);
    }
  if (colour->alpha > 0)
    {
      add_attribute (list, pango_attr_foreground_new (to_channel (colour->red),
                                                      to_channel (colour->green),
                                                      to_channel (colour->blue)), start, end);
      add_attribute (list, pango_attr_foreground_alpha_new (MAX (to_channel (colour->alpha), 1)),
                     start, end);
    }
  if (style->scale != 1)
    add_attribute (list, pango_attr_scale_new (style->scale), start, end);
  if (style->rise != 0)
    add_attribute (list, pango_attr_rise_new ((int) lround (style->rise * size * PLT_MM_PER_POINT
                                                            * UNIT)), start, end);
  if (style->underline)
    add_attribute (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
}

static void
add_styles (PltCardDrawing     *self,
            PangoAttrList      *list,
            const PltCardText  *text,
            const PltCardRange *range,
            gsize               before,
            double              size)
{
  for (guint i = 0; i < text->runs->spans->len; i++)
    {
      const PltCardSpan *span = &g_array_index (text->runs->spans, PltCardSpan, i);
      gsize start = MAX (span->start, range->start), end = MIN (span->end, range->end);

      if (start < end)
        add_style (self, list, span->style, size, before + start - range->start,
                   before + end - range->start + (end == range->end && range->has_hyphen));
    }
}

/* That of the first letter, as in Unicode's bidirectional algorithm. */
static gboolean
is_right_to_left (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (!g_unichar_isalpha (letter))
        continue;
      switch (g_unichar_get_script (letter))
        {
        case G_UNICODE_SCRIPT_ARABIC:
        case G_UNICODE_SCRIPT_HEBREW:
        case G_UNICODE_SCRIPT_SYRIAC:
        case G_UNICODE_SCRIPT_THAANA:
        case G_UNICODE_SCRIPT_NKO:
          return TRUE;
        default:
          return FALSE;
        }
    }
  return FALSE;
}

/* A line keeps the direction of the whole text, whatever it begins with. */
static const char *
get_direction_mark (const PltCardText *text,
                    const char        *line)
{
  gboolean is_rtl = is_right_to_left (text->text);

  if (is_right_to_left (line) == is_rtl)
    return "";
  return is_rtl ? "\u200f" : "\u200e";
}

/* What differs within the line, or from what the script tells, is laid out anew each time. */
static PangoLayout *
shape_styled (PltCardDrawing     *self,
              const PltCardText  *text,
              const PltCardRange *range,
              const char         *string,
              gsize               before,
              double              size)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PltCardText sized = *text;

  sized.size = size;
  plt_card_set_style (self, &sized);
  if (text->spacing > 0)
    add_attribute (attributes,
                   pango_attr_letter_spacing_new ((int) (text->spacing * UNIT)), 0,
                   PANGO_ATTR_INDEX_TO_TEXT_END);
  if (text->element->language != NULL)
    add_attribute (attributes,
                   pango_attr_language_new (pango_language_from_string (text->element->language)),
                   0, PANGO_ATTR_INDEX_TO_TEXT_END);
  else
    plt_card_add_languages (attributes, string);
  if (text->runs != NULL)
    add_styles (self, attributes, text, range, before, size);
  pango_layout_set_attributes (self->text, attributes);
  pango_layout_set_text (self->text, string, -1);
  return self->text;
}

/* Returns: (transfer none): the line at @size points; good until the next one is asked for */
PangoLayout *
plt_card_type_shape (PltCardDrawing     *self,
                     const PltCardText  *text,
                     const PltCardRange *range,
                     double              size)
{
  g_autofree char *words = g_strndup (text->text + range->start, range->end - range->start);
  const char *mark = get_direction_mark (text, words);
  g_autofree char *string = g_strconcat (mark, words, range->has_hyphen ? "-" : NULL, NULL);

  if (text->element != NULL
      && (text->element->language != NULL || (text->runs != NULL && text->runs->is_styled)))
    return shape_styled (self, text, range, string, strlen (mark), size);
  return plt_card_shape (self, text, size, string, -1)->layout;
}

static void
get_extents (PangoLayout    *layout,
             PltCardExtents *extents)
{
  PangoRectangle ink, logical;

  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, 0), &ink, &logical);
  extents->width = logical.width / UNIT;
  extents->left = ink.x / UNIT;
  extents->right = (ink.x + ink.width) / UNIT;
  extents->top = ink.y / UNIT;
  extents->bottom = (ink.y + ink.height) / UNIT;
}

void
plt_card_type_measure (PltCardDrawing     *self,
                       const PltCardText  *text,
                       const PltCardRange *range,
                       double              size,
                       PltCardExtents     *extents)
{
  get_extents (plt_card_type_shape (self, text, range, size), extents);
}

/* The ink of each glyph of a line from its origin and baseline, mm. */
static GArray *
list_ink (PltCardDrawing     *self,
          const PltCardText  *text,
          const PltCardRange *range)
{
  PangoLayout *layout = plt_card_type_shape (self, text, range, text->size);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (PltCardExtents));
  int x = 0;

  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoGlyphItem *run = l->data;

      for (int i = 0; i < run->glyphs->num_glyphs; i++)
        {
          const PangoGlyphInfo *glyph = &run->glyphs->glyphs[i];
          double left = x + glyph->geometry.x_offset, top = glyph->geometry.y_offset;
          PangoRectangle ink;
          PltCardExtents box;

          pango_font_get_glyph_extents (run->item->analysis.font, glyph->glyph, &ink, NULL);
          box.left = (left + ink.x) / UNIT;
          box.right = (left + ink.x + ink.width) / UNIT;
          box.top = (top + ink.y) / UNIT;
          box.bottom = (top + ink.y + ink.height) / UNIT;
          if (ink.width > 0 && ink.height > 0)
            g_array_append_val (boxes, box);
          x += glyph->geometry.width;
        }
    }
  return boxes;
}

static double
get_indent (PltCardDrawing     *self,
            const PltCardText  *text,
            const PltCardRange *range)
{
  PltCardExtents extents;
  PltAlign align = text->align;

  if (align == PLT_ALIGN_START || align == PLT_ALIGN_END)
    align = (align == PLT_ALIGN_START) == is_right_to_left (text->text) ? PLT_ALIGN_RIGHT
                                                                        : PLT_ALIGN_LEFT;
  plt_card_type_measure (self, text, range, text->size, &extents);
  return align == PLT_ALIGN_RIGHT ? -extents.width
         : align == PLT_ALIGN_CENTRE ? -extents.width / 2 : 0;
}

/* How far the baselines of two lines must be apart, at the size of the text, for no letter of one to
 * touch the letter of the other that stands under it; mm. */
double
plt_card_type_get_gap (PltCardDrawing     *self,
                       const PltCardText  *text,
                       const PltCardRange *above,
                       const PltCardRange *below)
{
  g_autoptr (GArray) upper = list_ink (self, text, above);
  g_autoptr (GArray) lower = list_ink (self, text, below);
  double shift = get_indent (self, text, below) - get_indent (self, text, above);
  double gap = 0;

  for (guint i = 0; i < upper->len; i++)
    for (guint k = 0; k < lower->len; k++)
      {
        const PltCardExtents *a = &g_array_index (upper, PltCardExtents, i);
        const PltCardExtents *b = &g_array_index (lower, PltCardExtents, k);

        if (a->left < b->right + shift && b->left + shift < a->right)
          gap = MAX (gap, a->bottom - b->top);
      }
  return gap;
}

/* Where the line begins so that it is aligned and no ink stands outside of its room. */
static double
find_x (const PltCardText    *text,
        const PltCardExtents *extents,
        double                condense)
{
  double room = text->width - extents->width * condense;
  gboolean is_rtl = is_right_to_left (text->text);
  PltAlign align = text->align;
  double x = text->x;

  if (text->width <= 0)
    return x;
  if (align == PLT_ALIGN_START || align == PLT_ALIGN_END)
    align = (align == PLT_ALIGN_START) == is_rtl ? PLT_ALIGN_RIGHT : PLT_ALIGN_LEFT;
  if (align == PLT_ALIGN_RIGHT)
    x += room;
  else if (align == PLT_ALIGN_CENTRE)
    x += room / 2;
  if (x + extents->right * condense > text->x + text->width)
    x = text->x + text->width - extents->right * condense;
  if (x + extents->left * condense < text->x)
    x = text->x - extents->left * condense;
  return x;
}

static gboolean
check_edges (PltCardDrawing     *self,
             const PltCardText  *text,
             double              left,
             double              top,
             double              right,
             double              bottom,
             GError            **error)
{
  double width, height;

  plt_layout_get_page_size (self->layout, self->page, &width, &height);
  if (text->is_turned || right <= left
      || (left >= -EDGE_TOLERANCE && top >= -EDGE_TOLERANCE && right <= width + EDGE_TOLERANCE
          && bottom <= height + EDGE_TOLERANCE))
    return TRUE;
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
               _("The card was not drawn because letters of the %s would be cut at the edge. Ask "
                 "the administrator for a layout with more room."), text->words);
  return FALSE;
}

/* Marks heaped upon each other would cover the lines above or below. */
static gboolean
check_height (const PltCardText    *text,
              const PltCardExtents *extents,
              double                size,
              GError              **error)
{
  if (-extents->top <= size * PLT_MM_PER_POINT * HIGHEST_INK
      && extents->bottom <= size * PLT_MM_PER_POINT * LOWEST_INK)
    return TRUE;
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT,
               _("The card was not drawn because accents or marks of the %s would cover other lines. "
                 "Enter it with fewer of them."), text->words);
  return FALSE;
}

/* Notes down where a line stands, for plt_card_list_parts(). */
static void
note_line (PltCardPart *part,
           const char  *shown,
           double       left,
           double       top,
           double       right,
           double       bottom)
{
  if (part->size > 0)
    {
      part->wrapped = TRUE;
      right = MAX (right, part->x + part->width);
      bottom = MAX (bottom, part->y + part->height);
      left = MIN (left, part->x);
      top = MIN (top, part->y);
    }
  part->x = left;
  part->y = top;
  part->width = right - left;
  part->height = bottom - top;
  plt_card_part_add_text (part, shown);
}

/* Whether any of the line's fonts has outlines of the PostScript kind (CFF). */
static gboolean
has_postscript_outlines (PangoLayoutLine *line)
{
  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoGlyphItem *run = l->data;
      hb_face_t *face = hb_font_get_face (pango_font_get_hb_font (run->item->analysis.font));
      hb_blob_t *table = hb_face_reference_table (face, HB_TAG ('C', 'F', 'F', ' '));
      unsigned int length = hb_blob_get_length (table);

      hb_blob_destroy (table);
      if (length > 0)
        return TRUE;
    }
  return FALSE;
}

/* In a file such letters are outlines: cairo 1.16 writes a damaged one when it embeds the OCR B of
 * fonts-ocr-b. */
static void
show_line (PltCardDrawing  *self,
           PangoLayoutLine *line)
{
  if (self->dpi <= 0 && has_postscript_outlines (line))
    {
      pango_cairo_layout_line_path (self->cr, line);
      cairo_fill (self->cr);
      return;
    }
  pango_cairo_show_layout_line (self->cr, line);
}

/* Draws the line with its baseline at @y. Fails where ink would leave the page. */
gboolean
plt_card_type_draw (PltCardDrawing     *self,
                    const PltCardText  *text,
                    const PltCardRange *range,
                    double              y,
                    double              size,
                    double              condense,
                    GError            **error)
{
  PangoLayout *layout = plt_card_type_shape (self, text, range, size);
  PltCardExtents extents;
  double x, left, right;

  get_extents (layout, &extents);
  x = find_x (text, &extents, condense);
  left = x + extents.left * condense;
  right = x + extents.right * condense;
  if (!check_height (text, &extents, size, error)
      || !check_edges (self, text, left, y + extents.top, right, y + extents.bottom, error))
    return FALSE;
  if (self->part != NULL && text->element != NULL)
    {
      note_line (self->part, pango_layout_get_text (layout), left, y + extents.top, right,
                 y + extents.bottom);
      self->part->size = size;
      self->part->condensed = condense;
      self->part->hyphenated |= range->has_hyphen;
    }
  else if (self->part != NULL)
    plt_card_part_add_text (self->part, pango_layout_get_text (layout));
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &text->colour);
  cairo_translate (self->cr, x, y);
  cairo_scale (self->cr, condense / PLT_CARD_TEXT_UNITS_PER_MM, 1 / PLT_CARD_TEXT_UNITS_PER_MM);
  cairo_move_to (self->cr, 0, 0);
  show_line (self, pango_layout_get_line_readonly (layout, 0));
  cairo_restore (self->cr);
  return TRUE;
}
