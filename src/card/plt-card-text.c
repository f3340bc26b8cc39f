/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws text so that it fits its place whole: smaller, then condensed, then on two lines, else
 * refused with the name of the field. Nothing is ever clipped or silently shortened. */
#include "plt-card-drawing.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

/* Text is laid out in hundredths of a millimetre with hinting off, so that a line has the same
 * width on every device and glyph positions keep their precision. */
#define UNITS_PER_MM 100.0
#define MM_PER_POINT (25.4 / 72)
#define MIN_CONDENSE 0.8

typedef struct
{
  guint        serial;
  PangoLayout *text;
} ThreadFonts;

static void
thread_fonts_free (gpointer data)
{
  ThreadFonts *fonts = data;

  g_clear_object (&fonts->text);
  g_free (fonts);
}

static GPrivate thread_fonts = G_PRIVATE_INIT (thread_fonts_free);

static PangoLayout *
make_text (PltLayout *layout)
{
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  PangoContext *context;
  PangoLayout *text;
  cairo_font_options_t *options = cairo_font_options_create ();

  pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (map), layout->font_config);
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (map), 72);
  context = pango_font_map_create_context (map);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("en"));
  text = pango_layout_new (context);
  g_object_unref (context);
  return text;
}

/* Font maps must not be shared between threads; making one costs 20 ms, so each thread keeps that
 * of the layout it drew last. Returns: (transfer none) */
PangoLayout *
plt_card_text_get_layout (PltLayout *layout)
{
  ThreadFonts *fonts = g_private_get (&thread_fonts);

  if (fonts == NULL)
    {
      fonts = g_new0 (ThreadFonts, 1);
      g_private_set (&thread_fonts, fonts);
    }
  if (fonts->serial != layout->serial)
    {
      g_clear_object (&fonts->text);
      fonts->text = make_text (layout);
      fonts->serial = layout->serial;
    }
  return fonts->text;
}

static void
set_style (PltCardDrawing    *self,
           const PltCardText *text,
           double             size)
{
  const PltLayoutFont *font = plt_layout_find_font (self->layout, text->font);
  PangoFontDescription *description = pango_font_description_new ();

  pango_font_description_set_family_static (description, font->families);
  pango_font_description_set_weight (description,
                                     font->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (description,
                                            size * MM_PER_POINT * UNITS_PER_MM * PANGO_SCALE);
  pango_layout_set_font_description (self->text, description);
  pango_font_description_free (description);
  if (text->spacing > 0)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
      int spacing = (int) (text->spacing * UNITS_PER_MM * PANGO_SCALE);

      pango_attr_list_insert (attributes, pango_attr_letter_spacing_new (spacing));
      pango_layout_set_attributes (self->text, attributes);
    }
  else
    {
      pango_layout_set_attributes (self->text, NULL);
    }
  pango_layout_set_width (self->text, -1);
}

static double
measure (PltCardDrawing *self,
         const char     *text,
         gssize          length)
{
  int width = 0;

  pango_layout_set_text (self->text, text, (int) length);
  pango_layout_get_size (self->text, &width, NULL);
  return width / (UNITS_PER_MM * PANGO_SCALE);
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
  pango_layout_set_text (self->text, text->text, -1);
  if (pango_layout_get_unknown_glyphs_count (self->text) > 0)
    return refuse (error, _("The card was not drawn because the %s contains a letter that the "
                            "fonts of this layout do not have. Write it in another script or ask "
                            "the administrator for a layout that has it."), text->words);
  return TRUE;
}

/* Notes down where a line was drawn, for plt_card_list_parts(). */
static void
note_line (PltCardDrawing    *self,
           const PltCardText *text,
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

  pango_layout_line_get_extents (pango_layout_get_line_readonly (self->text, 0), &ink, NULL);
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
  double width = measure (self, line, length) * condense;
  double room = text->width > 0 ? text->width - width : 0;
  double x = text->x;

  if (text->align == PLT_ALIGN_RIGHT)
    x += room;
  else if (text->align == PLT_ALIGN_CENTRE)
    x += room / 2;
  if (self->part != NULL && g_str_equal (self->part->type, "text"))
    note_line (self, text, line, length, x, y, size, condense);
  else if (self->part != NULL)
    plt_card_part_add_text (self->part, text->text);
  cairo_save (self->cr);
  plt_card_set_colour (self->cr, &text->colour);
  cairo_translate (self->cr, x, y);
  cairo_scale (self->cr, condense / UNITS_PER_MM, 1 / UNITS_PER_MM);
  cairo_move_to (self->cr, 0, 0);
  pango_cairo_show_layout_line (self->cr, pango_layout_get_line_readonly (self->text, 0));
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
        double longer = MAX (measure (self, text->text, end - text->text),
                             measure (self, p + 1, -1));

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
  set_style (self, text, size);
  show_line (self, text, text->text, (*at == '-' ? at + 1 : at) - text->text,
             text->y - leading * 0.5, size, condense);
  show_line (self, text, at + 1, -1, text->y + leading * 0.5, size, condense);
  return TRUE;
}

double
plt_card_measure_text (PltCardDrawing    *self,
                       const PltCardText *text)
{
  set_style (self, text, text->size);
  return measure (self, text->text, -1);
}

/* Draws one value on its baseline. Fails with PLT_CARD_ERROR_DOES_NOT_FIT naming text->words. */
gboolean
plt_card_draw_text (PltCardDrawing     *self,
                    const PltCardText  *text,
                    GError            **error)
{
  double size = text->size;
  double condense = 1;

  set_style (self, text, size);
  if (!check_characters (self, text, error))
    return FALSE;
  if (fit_width (text, measure (self, text->text, -1), &size, &condense))
    {
      if (size < text->size)
        set_style (self, text, size);
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

  set_style (self, text, text->size);
  if (!check_characters (self, text, error))
    return FALSE;
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

  set_style (self, text, text->size);
  if (!check_characters (self, text, error))
    return FALSE;
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
