/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the modules of a bar code as a one-bit mask, one pixel per module, in pure black on a white
 * ground that covers the quiet zone. Modules are whole dots of the device, so that no edge is
 * grey. */
#include "plt-card-symbol.h"

#include "plt-card-mask.h"

#include <math.h>

#define MM_PER_INCH 25.4

/* By how much a mask in a PDF is smaller than its place on each side, in dots: a rasteriser that
 * paints every dot that a mask touches would else widen the last bar by a dot (poppler does). */
#define INSET_DOTS 0.02

void
plt_card_symbol_clear (PltCardSymbol *symbol)
{
  g_clear_pointer (&symbol->dark, g_free);
}

static void
fill_mask (const PltCardSymbol *symbol,
           PltCardMask         *mask)
{
  plt_card_mask_init (mask, symbol->width, symbol->height);
  for (int y = 0; y < symbol->height; y++)
    for (int x = 0; x < symbol->width; x++)
      if (symbol->dark[y * symbol->width + x] != 0)
        plt_card_mask_set (mask, x, y);
}

/* On a screen of less than a printer's resolution whole dots may not fit; then the symbol keeps
 * its size and its edges are soft, for the eye only. */
static gboolean
can_snap (double module,
          double dpi)
{
  double dots = module * dpi / MM_PER_INCH;

  return lround (dots) >= 1 && fabs (dots - (double) lround (dots)) < 0.02 * dots;
}

static void
snap_origin (PltCardDrawing *self,
             double         *x,
             double         *y)
{
  if (self->dpi > 0)
    {
      cairo_user_to_device (self->cr, x, y);
      *x = round (*x);
      *y = round (*y);
      cairo_device_to_user (self->cr, x, y);
    }
  else
    {
      *x = round (*x * PLT_CARD_GRID_DPI / MM_PER_INCH) * MM_PER_INCH / PLT_CARD_GRID_DPI;
      *y = round (*y * PLT_CARD_GRID_DPI / MM_PER_INCH) * MM_PER_INCH / PLT_CARD_GRID_DPI;
    }
}

/* Fills the unit square with soft edges, which must not reach beyond it: a linear code is a mask one
 * dot high. */
static void
paint_soft (PltCardDrawing    *self,
            const PltCardMask *mask)
{
  cairo_surface_t *surface = plt_card_mask_make_surface (mask);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (surface);

  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_rectangle (self->cr, 0, 0, 1, 1);
  cairo_clip (self->cr);
  cairo_scale (self->cr, 1.0 / mask->width, 1.0 / mask->height);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_mask (self->cr, pattern);
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (surface);
}

/* In the middle of the box of @element, black on a white ground with its quiet zone; @module in
 * mm. */
void
plt_card_draw_symbol (PltCardDrawing      *self,
                      const PltElement    *element,
                      const PltCardSymbol *symbol,
                      double               module)
{
  static const PltColour black = { 0, 0, 0, 1 };
  gboolean is_exact = self->dpi <= 0 || can_snap (module, self->dpi);
  double dpi = self->dpi > 0 ? self->dpi : PLT_CARD_GRID_DPI;
  double side = is_exact ? (double) lround (module * dpi / MM_PER_INCH) * MM_PER_INCH / dpi : module;
  double width = (symbol->width + 2 * symbol->quiet_x) * side;
  double height = (symbol->height * symbol->row_modules + 2 * symbol->quiet_y) * side;
  double x = element->x + (element->width - width) / 2;
  double y = element->y + (element->height - height) / 2;
  double inset = self->dpi > 0 ? 0 : INSET_DOTS * MM_PER_INCH / PLT_CARD_GRID_DPI;
  g_auto (PltCardMask) mask = { 0 };

  fill_mask (symbol, &mask);
  if (is_exact)
    snap_origin (self, &x, &y);
  cairo_save (self->cr);
  cairo_set_antialias (self->cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  cairo_rectangle (self->cr, x, y, width, height);
  cairo_fill (self->cr);
  cairo_translate (self->cr, x + symbol->quiet_x * side + inset,
                   y + symbol->quiet_y * side + inset);
  cairo_scale (self->cr, symbol->width * side - 2 * inset,
               symbol->height * side * symbol->row_modules - 2 * inset);
  if (is_exact)
    plt_card_mask_use (&mask, self, &black);
  else
    paint_soft (self, &mask);
  cairo_restore (self->cr);
}
