/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fonts of a layout as a thread uses them, and the lines of text that it has shaped. */
#include "plt-card-drawing.h"

#include <pango/pangofc-fontmap.h>
#include <string.h>

#define UNITS_PER_MM PLT_CARD_TEXT_UNITS_PER_MM
#define MM_PER_POINT (25.4 / 72)
#define MOST_LINES 600 /* kept by a thread; some kilobytes each */

/* A line that was shaped; most of a card's lines are on the next card too, and of the others each is
 * asked for several times while it is fitted. */
typedef struct
{
  PltCardLine          line;
  const PltLayoutFont *font;
  double               size, spacing;
  const char          *text;
  gsize                length;
} Line;

typedef struct
{
  guint        serial;
  PangoLayout *text;
  GHashTable  *lines; /* of Line, by font, size, spacing and text */
} ThreadFonts;

static guint
hash_line (gconstpointer data)
{
  const Line *line = data;
  guint hash = (guint) (line->size * 4096) ^ (guint) (line->spacing * 1024) << 16;

  for (gsize i = 0; i < line->length; i++)
    hash = hash * 33 + (guchar) line->text[i];
  return hash;
}

static gboolean
equal_lines (gconstpointer a,
             gconstpointer b)
{
  const Line *left = a, *right = b;

  return left->font == right->font && left->length == right->length
         && !(left->size < right->size || left->size > right->size)
         && !(left->spacing < right->spacing || left->spacing > right->spacing)
         && memcmp (left->text, right->text, left->length) == 0;
}

static void
line_free (gpointer data)
{
  Line *line = data;

  g_object_unref (line->line.layout);
  g_free ((char *) line->text);
  g_free (line);
}

static void
thread_fonts_free (gpointer data)
{
  ThreadFonts *fonts = data;

  g_hash_table_unref (fonts->lines);
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
      fonts->lines = g_hash_table_new_full (hash_line, equal_lines, NULL, line_free);
      g_private_set (&thread_fonts, fonts);
    }
  if (fonts->serial != layout->serial)
    {
      g_hash_table_remove_all (fonts->lines);
      g_clear_object (&fonts->text);
      fonts->text = make_text (layout);
      fonts->serial = layout->serial;
    }
  return fonts->text;
}

static void
apply_style (PangoLayout         *layout,
             const PltLayoutFont *font,
             double               size,
             double               spacing,
             const char          *string)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoFontDescription *description = pango_font_description_new ();

  pango_font_description_set_family_static (description, font->families);
  pango_font_description_set_weight (description,
                                     font->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (description,
                                            size * MM_PER_POINT * UNITS_PER_MM * PANGO_SCALE);
  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  if (spacing > 0)
    pango_attr_list_insert (attributes,
                            pango_attr_letter_spacing_new ((int) (spacing * UNITS_PER_MM
                                                                  * PANGO_SCALE)));
  plt_card_add_languages (attributes, string);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_width (layout, -1);
}

/* For what is laid out anew each time: styled lines and cells. */
void
plt_card_set_style (PltCardDrawing    *self,
                    const PltCardText *text)
{
  apply_style (self->text, plt_layout_find_font (self->layout, text->font), text->size,
               text->spacing, text->text);
}

static Line *
make_line (PltCardDrawing *self,
           const Line     *asked)
{
  Line *line = g_memdup2 (asked, sizeof *asked);
  int width = 0;

  line->text = g_strndup (asked->text, asked->length);
  line->line.layout = pango_layout_new (pango_layout_get_context (self->text));
  apply_style (line->line.layout, line->font, line->size, line->spacing,
               line->text);
  pango_layout_set_text (line->line.layout, line->text, (int) line->length);
  pango_layout_get_size (line->line.layout, &width, NULL);
  line->line.width = width / (UNITS_PER_MM * PANGO_SCALE);
  return line;
}

/* @length bytes of @string, all for -1, in the style of @text at @size, on one line.
 *
 * Returns: (transfer none): good until the next one is asked for */
const PltCardLine *
plt_card_shape (PltCardDrawing    *self,
                const PltCardText *text,
                double             size,
                const char        *string,
                gssize             length)
{
  ThreadFonts *fonts = g_private_get (&thread_fonts);
  Line asked = {
    .font = plt_layout_find_font (self->layout, text->font),
    .size = size,
    .spacing = MAX (text->spacing, 0),
    .text = string,
    .length = length < 0 ? strlen (string) : (gsize) length,
  };
  Line *line = g_hash_table_lookup (fonts->lines, &asked);

  if (line != NULL)
    return &line->line;
  if (g_hash_table_size (fonts->lines) >= MOST_LINES)
    g_hash_table_remove_all (fonts->lines);
  line = make_line (self, &asked);
  g_hash_table_add (fonts->lines, line);
  return &line->line;
}

