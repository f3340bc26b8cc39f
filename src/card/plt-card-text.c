/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws text so that it fits its place whole: smaller, then condensed, then on two lines, else
 * refused with the name of the field. Nothing is ever clipped or silently shortened. */
#include "plt-card-drawing.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define UNITS_PER_MM PLT_CARD_TEXT_UNITS_PER_MM
#define MM_PER_POINT (25.4 / 72)
#define MIN_CONDENSE 0.8

/* mm */
static double
measure (PltCardDrawing    *self,
         const PltCardText *text,
         const char        *string,
         gssize             length)
{
  return plt_card_shape (self, text, text->size, string, length)->width;
}

static gboolean
refuse (GError     **error,
        const char  *format,
        const char  *words)
{
  g_autofree char *message = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  message = g_strdup_printf (format, words);
#pragma GCC diagnostic pop
  g_set_error_literal (error, PLT_CARD_ERROR, PLT_CARD_ERROR_DOES_NOT_FIT, message);
  return FALSE;
}

/* What no font of the layout can show must not come out as a box. */
static gboolean
check_characters (PltCardDrawing     *self,
                  const PltCardText  *text,
                  GError            **error)
{
  if (!g_utf8_validate (text->text, -1, NULL))
    return refuse (error, _("The card was not drawn because the %s is not valid text. Enter it "
                            "again."), text->words);
  for (const char *p = text->text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      return refuse (error, _("The card was not drawn because the %s contains a line break or "
                              "another character that cannot be printed. Enter it again."),
                     text->words);
  if (plt_card_shape (self, text, text->size, text->text, -1)->n_unknown > 0)
    return refuse (error, _("The card was not drawn because the %s contains a letter that the "
                            "fonts of this layout do not have. Write it in another script or ask "
                            "the administrator for a layout that has it."), text->words);
  return TRUE;
}

/* Notes down where a line was drawn, for plt_card_list_parts(). */
static void
note_line (PltCardDrawing    *self,
           PangoLayout       *layout,
           const char        *line,
           gssize             length,
           double             x,
           double             y,
           double             size,
           double             condense)
{
  PltCardPart *part = self->part;
  g_autofree char *shown = g_strndup (line, length < 0 ? strlen (line) : (gsize) length);
  PangoRectangle ink;
  double unit = UNITS_PER_MM * PANGO_SCALE, right, bottom;

  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, 0), &ink, NULL);
  part->wrapped = part->size > 0 && part->text != NULL;
  right = x + (ink.x + ink.width) / unit * condense;
  bottom = y + (ink.y + ink.height) / unit;
  x += ink.x / unit * condense;
  y += ink.y / unit;
  if (part->wrapped)
    {
      right = MAX (right, part->x + part->width);
      bottom = MAX (bottom, part->y + part->height);
      x = MIN (x, part->x);
      y = MIN (y, part->y);
    }
  part->x = x;
  part->y = y;
  part->width = right - x;
  part->height = bottom - y;
  part->condensed = condense;
  part->size = size;
  plt_card_part_add_text (part, shown);
}

static void
show_line (PltCardDrawing    *self,
           const PltCardText *text,
           const char        *line,
           gssize             length,
           double             y,
           double             size,
           double             condense)
{
  const PltCardLine *shaped = plt_card_shape (self, text, size, line, length);
  double room = text->width > 0 ? text->width - shaped->width * condense : 0;
  double x = text->x;

  if (text->align == PLT_ALIGN_RIGHT)
    x += room;
  else if (text->align == PLT_ALIGN_CENTRE)
    x += room / 2;
  if (self->part != NULL && g_str_equal (self->part->type, "text"))
    note_line (self, shaped->layout, line, length, x, y, size, condense);
  else if (self->part != NULL)
    plt_card_part_add_text (self->part, text->text);
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &text->colour);
  cairo_translate (self->cr, x, y);
  cairo_scale (self->cr, condense / UNITS_PER_MM, 1 / UNITS_PER_MM);
  cairo_move_to (self->cr, 0, 0);
  pango_cairo_show_layout_line (self->cr, pango_layout_get_line_readonly (shaped->layout, 0));
  cairo_restore (self->cr);
}

/* Size and condensing at which a line @width mm wide at text->size fits; FALSE when it cannot. */
static gboolean
fit_width (const PltCardText *text,
           double             width,
           double            *size,
           double            *condense)
{
  *condense = 1;
  if (text->width <= 0 || width <= text->width)
    return TRUE;
  *size = MAX (text->min_size, text->size * text->width / width);
  width *= *size / text->size;
  if (width <= text->width)
    return TRUE;
  *condense = text->width / width;
  return *condense >= MIN_CONDENSE;
}

/* The break after a space or hyphen that leaves the shorter longer half. */
static const char *
find_break (PltCardDrawing    *self,
            const PltCardText *text,
            double            *width)
{
  const char *best = NULL;

  for (const char *p = text->text + 1; p[0] != '\0' && p[1] != '\0'; p++)
    if (*p == ' ' || *p == '-')
      {
        const char *end = *p == '-' ? p + 1 : p;
        double longer = MAX (measure (self, text, text->text, end - text->text),
                             measure (self, text, p + 1, -1));

        if (best == NULL || longer < *width)
          {
            *width = longer;
            best = p;
          }
      }
  return best;
}

static gboolean
draw_two_lines (PltCardDrawing    *self,
                const PltCardText *text)
{
  double width = 0;
  double size = text->size;
  double condense = 1;
  double leading = text->leading > 0 ? text->leading : text->size * MM_PER_POINT;
  const char *at = find_break (self, text, &width);
  PltCardText small = *text;

  if (at == NULL)
    return FALSE;
  /* Letters on two lines must not touch: their size is bounded by the leading too. */
  small.size = MIN (text->size, leading / MM_PER_POINT / 1.05);
  small.size = MAX (small.size, text->min_size);
  size = small.size;
  if (!fit_width (&small, width * small.size / text->size, &size, &condense))
    return FALSE;
  show_line (self, text, text->text, (*at == '-' ? at + 1 : at) - text->text,
             text->y - leading * 0.5, size, condense);
  show_line (self, text, at + 1, -1, text->y + leading * 0.5, size, condense);
  return TRUE;
}

double
plt_card_measure_text (PltCardDrawing    *self,
                       const PltCardText *text)
{
  return measure (self, text, text->text, -1);
}

/* Draws one value on its baseline. Fails with PLT_CARD_ERROR_DOES_NOT_FIT naming text->words. */
gboolean
plt_card_draw_text (PltCardDrawing     *self,
                    const PltCardText  *text,
                    GError            **error)
{
  double size = text->size;
  double condense = 1;

  if (!check_characters (self, text, error))
    return FALSE;
  if (fit_width (text, measure (self, text, text->text, -1), &size, &condense))
    {
      show_line (self, text, text->text, -1, text->y, size, condense);
      return TRUE;
    }
  if (text->max_lines > 1 && draw_two_lines (self, text))
    return TRUE;
  return refuse (error, _("The card was not drawn because the %s is too long for its place on the "
                          "card. Enter the short form that the rules allow."), text->words);
}

/* Text wrapped at words into text->width; must end within @height. */
gboolean
plt_card_draw_paragraph (PltCardDrawing     *self,
                         const PltCardText  *text,
                         double              height,
                         GError            **error)
{
  double y = text->y + text->size * MM_PER_POINT * 0.8;

  if (!check_characters (self, text, error))
    return FALSE;
  plt_card_set_style (self, text);
  pango_layout_set_text (self->text, text->text, -1);
  pango_layout_set_width (self->text, (int) (text->width * UNITS_PER_MM * PANGO_SCALE));
  if (text->leading * pango_layout_get_line_count (self->text) > height + 0.01)
    return refuse (error, _("The card was not drawn because the %s is too long for its place on "
                            "the card. Ask the administrator for a layout with more room."),
                   text->words);
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &text->colour);
  for (int i = 0; i < pango_layout_get_line_count (self->text); i++)
    {
      cairo_save (self->cr);
      cairo_translate (self->cr, text->x, y + i * text->leading);
      cairo_scale (self->cr, 1 / UNITS_PER_MM, 1 / UNITS_PER_MM);
      cairo_move_to (self->cr, 0, 0);
      pango_cairo_show_layout_line (self->cr, pango_layout_get_line_readonly (self->text, i));
      cairo_restore (self->cr);
    }
  cairo_restore (self->cr);
  pango_layout_set_width (self->text, -1);
  return TRUE;
}

/* One character per cell of @pitch mm, as machine-readable zones want it (ICAO Doc 9303-3): no
 * kerning, no justification. The text must be ASCII, one glyph per character. It is drawn as
 * outlines: cairo 1.16 writes a damaged PDF when it embeds the OCR B of fonts-ocr-b. */
gboolean
plt_card_draw_cells (PltCardDrawing     *self,
                     const PltCardText  *text,
                     double              pitch,
                     GError            **error)
{
  PangoLayoutLine *line;
  PangoGlyphString *glyphs;
  int cell = (int) lround (pitch * UNITS_PER_MM * PANGO_SCALE);

  if (!check_characters (self, text, error))
    return FALSE;
  plt_card_set_style (self, text);
  pango_layout_set_text (self->text, text->text, -1);
  line = pango_layout_get_line (self->text, 0);
  glyphs = ((PangoGlyphItem *) line->runs->data)->glyphs;
  if (line->runs->next != NULL || glyphs->num_glyphs != (int) strlen (text->text)
      || pitch * glyphs->num_glyphs > text->width + 0.01)
    return refuse (error, _("The card was not drawn because the %s does not fit its cells."),
                   text->words);
  for (int i = 0; i < glyphs->num_glyphs; i++)
    {
      PangoGlyphGeometry *geometry = &glyphs->glyphs[i].geometry;

      geometry->x_offset = (cell - geometry->width) / 2;
      geometry->width = cell;
    }
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &text->colour);
  cairo_translate (self->cr, text->x, text->y);
  cairo_scale (self->cr, 1 / UNITS_PER_MM, 1 / UNITS_PER_MM);
  cairo_move_to (self->cr, 0, 0);
  pango_cairo_layout_line_path (self->cr, line);
  cairo_fill (self->cr);
  cairo_restore (self->cr);
  pango_layout_context_changed (self->text);
  return TRUE;
}
