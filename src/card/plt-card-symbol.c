/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the modules of a bar code as a one-bit mask, one pixel per module, in pure black on a white
 * ground that covers the quiet zone. Modules are whole dots of the device, so that no edge is
 * grey. */
#include "plt-card-symbol.h"

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
set_bit (guchar *row,
         int     x)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  row[x / 8] |= (guchar) (1u << (x % 8));
#else
  row[x / 8] |= (guchar) (0x80u >> (x % 8));
#endif
}

static cairo_surface_t *
make_mask (const PltCardSymbol *symbol)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A1, symbol->width,
                                                         symbol->height);
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < symbol->height; y++)
    for (int x = 0; x < symbol->width; x++)
      if (symbol->dark[y * symbol->width + x] != 0)
        set_bit (data + y * stride, x);
  cairo_surface_mark_dirty (surface);
  return surface;
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

/* In the middle of the box of @element, black on a white ground with its quiet zone; @module in
 * mm. */
void
plt_card_draw_symbol (PltCardDrawing      *self,
                      const PltElement    *element,
                      const PltCardSymbol *symbol,
                      double               module)
{
  gboolean is_exact = self->dpi <= 0 || can_snap (module, self->dpi);
  double dpi = self->dpi > 0 ? self->dpi : PLT_CARD_GRID_DPI;
  double side = is_exact ? (double) lround (module * dpi / MM_PER_INCH) * MM_PER_INCH / dpi : module;
  double width = (symbol->width + 2 * symbol->quiet_x) * side;
  double height = (symbol->height * symbol->row_modules + 2 * symbol->quiet_y) * side;
  double x = element->x + (element->width - width) / 2;
  double y = element->y + (element->height - height) / 2;
  double inset = self->dpi > 0 ? 0 : INSET_DOTS * MM_PER_INCH / PLT_CARD_GRID_DPI;
  cairo_surface_t *mask = make_mask (symbol);
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (mask);

  if (is_exact)
    snap_origin (self, &x, &y);
  cairo_save (self->cr);
  cairo_set_antialias (self->cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  cairo_rectangle (self->cr, x, y, width, height);
  cairo_fill (self->cr);
  cairo_set_source_rgb (self->cr, 0, 0, 0);
  cairo_translate (self->cr, x + symbol->quiet_x * side + inset,
                   y + symbol->quiet_y * side + inset);
  cairo_scale (self->cr, side - 2 * inset / symbol->width,
               side * symbol->row_modules - 2 * inset / symbol->height);
  cairo_pattern_set_filter (pattern, is_exact ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  if (!is_exact)
    {
      /* A linear code is a mask one pixel high: soft edges must not reach beyond its box. */
      cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
      cairo_rectangle (self->cr, 0, 0, symbol->width, symbol->height);
      cairo_clip (self->cr);
    }
  cairo_mask (self->cr, pattern);
  cairo_restore (self->cr);
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (mask);
}
