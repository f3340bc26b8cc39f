/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the test card. It is sent as it is, whatever calibration a printer has: it shows the printer
 * itself, so that what is measured today compares with what was measured last year. */
#include "plt-test-card.h"

#include "plt-cairo-file.h"
#include "plt-card-renderer.h"
#include "plt-print-measure.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

#define A PLT_PRINT_MEASURE_EDGE_MM
#define B (PLT_PRINT_MEASURE_EDGE_MM + PLT_PRINT_MEASURE_LENGTH_MM)
#define LINE_MM 0.1
#define CROSS_MM 3.0
#define UNITS_PER_MM 100.0

static void
draw_line (cairo_t *cr,
           double   x0,
           double   y0,
           double   x1,
           double   y1)
{
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  cairo_stroke (cr);
}

static void
draw_words (cairo_t    *cr,
            const char *words,
            double      x,
            double      y,
            double      width,
            double      size_mm)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, size_mm * UNITS_PER_MM * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, words, -1);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * UNITS_PER_MM * PANGO_SCALE));
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, 1 / UNITS_PER_MM, 1 / UNITS_PER_MM);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}

/* A tick each half millimetre, longer each whole and each fifth one. */
static double
get_tick (int half)
{
  return half % 10 == 0 ? 2.4 : half % 2 == 0 ? 1.6 : 0.9;
}

/* Counted from the edge of the card: where a printer hits its places, the edge cuts them at 0. */
static void
draw_rulers (cairo_t *cr)
{
  for (int half = 0; half <= 2 * (int) PLT_CARD_WIDTH_MM; half++)
    {
      draw_line (cr, half / 2.0, 13, half / 2.0, 13 + get_tick (half));
      if (half % 20 == 0 && half > 0)
        {
          g_autofree char *number = g_strdup_printf ("%d", half / 2);

          draw_words (cr, number, half / 2.0 - 1.2, 15.6, 0, 1.9);
        }
    }
  for (int half = 0; half <= 2 * (int) PLT_CARD_HEIGHT_MM; half++)
    {
      draw_line (cr, 10, half / 2.0, 10 + get_tick (half), half / 2.0);
      if (half % 20 == 0 && half > 0 && half != 20)
        {
          g_autofree char *number = g_strdup_printf ("%d", half / 2);

          draw_words (cr, number, 12.7, half / 2.0 - 1.3, 0, 1.9);
        }
    }
}

static void
draw_cross (cairo_t    *cr,
            double      x,
            const char *name)
{
  draw_line (cr, x - CROSS_MM, A, x + CROSS_MM, A);
  draw_line (cr, x, A - CROSS_MM, x, A + CROSS_MM);
  draw_words (cr, name, x + 0.8, A + 0.5, 0, 2.4);
}

static void
draw_side (cairo_t    *cr,
           const char *side,
           const char *words)
{
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, LINE_MM);
  draw_cross (cr, A, "A");
  draw_cross (cr, B, "B");
  draw_line (cr, A, A, B, A);
  draw_rulers (cr);
  draw_words (cr, side, 17, 19, 64, 3);
  if (words != NULL)
    draw_words (cr, words, 17, 23.4, 64, 2.6);
  draw_words (cr, _("Measure on the front, in millimetres and hundredths: 1. from the left edge to the middle "
                    "of A (5.00), 2. from the top edge to the middle of A (5.00), 3. from A to B (75.00), "
                    "4. from the top edge to the middle of B (5.00)."), 17, 30.5, 64, 2.4);
}

void
plt_test_card_draw_front (cairo_t    *cr,
                          const char *words)
{
  draw_side (cr, _("Test card, front"), words);
}

GBytes *
plt_test_card_render_pdf (const char  *words,
                          GError     **error)
{
  cairo_surface_t *surface = plt_pdf_surface_new (PLT_CARD_WIDTH_MM, PLT_CARD_HEIGHT_MM);
  cairo_t *cr = cairo_create (surface);
  GBytes *pdf;
  cairo_status_t status;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_scale (cr, PLT_POINTS_PER_MM, PLT_POINTS_PER_MM);
  plt_test_card_draw_front (cr, words);
  cairo_show_page (cr);
  draw_side (cr, _("Test card, back"), words);
  cairo_show_page (cr);
  cairo_destroy (cr);
  pdf = plt_pdf_surface_end (surface, &status);
  if (pdf == NULL)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                 _("The card was not drawn: %s. Close other programs and try again."),
                 cairo_status_to_string (status));
  return pdf;
}
