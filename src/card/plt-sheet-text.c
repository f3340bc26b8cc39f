/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-sheet-text.h"

/* Pango rounds to its units, which are small ones here. */
#define UNITS_PER_MM 100.0
#define MM_PER_POINT (25.4 / 72)

PangoLayout *
plt_sheet_text_new (cairo_t    *cr,
                    const char *words,
                    double      width_mm,
                    double      points)
{
  PangoLayout *text = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, points * MM_PER_POINT * UNITS_PER_MM * PANGO_SCALE);
  pango_layout_set_font_description (text, font);
  pango_font_description_free (font);
  pango_layout_set_text (text, words, -1);
  pango_layout_set_width (text, (int) (width_mm * UNITS_PER_MM * PANGO_SCALE));
  pango_layout_set_wrap (text, PANGO_WRAP_WORD_CHAR);
  return text;
}

double
plt_sheet_text_get_height (PangoLayout *text)
{
  int height;

  pango_layout_get_size (text, NULL, &height);
  return height / (UNITS_PER_MM * PANGO_SCALE);
}

double
plt_sheet_text_show (PangoLayout *text,
                     cairo_t     *cr,
                     double       x,
                     double       y)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, 1 / UNITS_PER_MM, 1 / UNITS_PER_MM);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, text);
  cairo_restore (cr);
  return y + plt_sheet_text_get_height (text);
}
