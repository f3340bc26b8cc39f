/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the strokes of a signature and draws them with one line width. */
#include "plt-picture-strokes.h"

#include "plt-layout.h"

#include <cairo.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <png.h>
#include <string.h>

#define BITS_PER_DOT 4
#define N_SHADES (1 << BITS_PER_DOT)
#define BEST_COMPRESSION 9
#define MARGIN 0.05
#define MAX_SHARE 0.45
#define MAX_STROKES 4000
#define MAX_POINTS 200000 /* of all strokes: more is no hand */
#define MANY_POINTS 10000 /* a signature has some hundreds, noise has all that there is room for */
#define PIECE 100 /* points */

struct _PltStrokes
{
  GPtrArray *strokes; /* GArray of PltStrokePoint */
  guint      n_points;
};

typedef struct
{
  double left, top, right, bottom;
} Extent;

PltStrokes *
plt_strokes_new (void)
{
  PltStrokes *self = g_new0 (PltStrokes, 1);

  self->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return self;
}

void
plt_strokes_free (PltStrokes *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->strokes);
  g_free (self);
}

PltStrokes *
plt_strokes_copy (const PltStrokes *self)
{
  PltStrokes *copy = plt_strokes_new ();

  for (guint i = 0; i < self->strokes->len; i++)
    g_ptr_array_add (copy->strokes, g_array_copy (self->strokes->pdata[i]));
  copy->n_points = self->n_points;
  return copy;
}

void
plt_strokes_begin (PltStrokes *self)
{
  if (self->strokes->len < MAX_STROKES)
    g_ptr_array_add (self->strokes, g_array_new (FALSE, FALSE, sizeof (PltStrokePoint)));
}

void
plt_strokes_add (PltStrokes *self,
                 double      x,
                 double      y)
{
  PltStrokePoint point = { x, y };

  g_return_if_fail (self->strokes->len > 0);

  if (self->n_points >= MAX_POINTS || !isfinite (x) || !isfinite (y))
    return;
  g_array_append_val ((GArray *) self->strokes->pdata[self->strokes->len - 1], point);
  self->n_points++;
}

gboolean
plt_strokes_undo (PltStrokes *self)
{
  if (self->strokes->len == 0)
    return FALSE;
  self->n_points -= ((GArray *) self->strokes->pdata[self->strokes->len - 1])->len;
  g_ptr_array_remove_index (self->strokes, self->strokes->len - 1);
  return TRUE;
}

void
plt_strokes_clear (PltStrokes *self)
{
  g_ptr_array_set_size (self->strokes, 0);
  self->n_points = 0;
}

guint
plt_strokes_get_n (const PltStrokes *self)
{
  return self->strokes->len;
}

const PltStrokePoint *
plt_strokes_get_points (const PltStrokes *self,
                        guint             number,
                        guint            *n_points)
{
  GArray *stroke;

  g_return_val_if_fail (number < self->strokes->len, NULL);

  stroke = self->strokes->pdata[number];
  *n_points = stroke->len;
  return (const PltStrokePoint *) (gpointer) stroke->data;
}

static gboolean
measure (const PltStrokes *self,
         Extent           *extent)
{
  *extent = (Extent) { INFINITY, INFINITY, -INFINITY, -INFINITY };
  for (guint i = 0; i < self->strokes->len; i++)
    {
      GArray *stroke = self->strokes->pdata[i];

      for (guint k = 0; k < stroke->len; k++)
        {
          const PltStrokePoint *point = &g_array_index (stroke, PltStrokePoint, k);

          extent->left = MIN (extent->left, point->x);
          extent->right = MAX (extent->right, point->x);
          extent->top = MIN (extent->top, point->y);
          extent->bottom = MAX (extent->bottom, point->y);
        }
    }
  return extent->right > extent->left || extent->bottom > extent->top;
}

/* Through the points from @first to @last and round between them (Catmull and Rom), so that a quick hand has
 * no corners. */
static void
trace_points (cairo_t *cr,
              GArray  *stroke,
              guint    first,
              guint    last)
{
  const PltStrokePoint *p = (const PltStrokePoint *) (gpointer) stroke->data;
  guint n = stroke->len;

  cairo_move_to (cr, p[first].x, p[first].y);
  if (first == last)
    cairo_line_to (cr, p[first].x, p[first].y);
  for (guint i = first; i < last; i++)
    {
      const PltStrokePoint *before = &p[i > 0 ? i - 1 : 0], *after = &p[MIN (i + 2, n - 1)];

      cairo_curve_to (cr, p[i].x + (p[i + 1].x - before->x) / 6, p[i].y + (p[i + 1].y - before->y) / 6,
                      p[i + 1].x - (after->x - p[i].x) / 6, p[i + 1].y - (after->y - p[i].y) / 6,
                      p[i + 1].x, p[i + 1].y);
    }
}

static void
trace_stroke (cairo_t *cr,
              GArray  *stroke)
{
  if (stroke->len > 0)
    trace_points (cr, stroke, 0, stroke->len - 1);
}

void
plt_strokes_trace (const PltStrokes *self,
                   cairo_t          *cr)
{
  for (guint i = 0; i < self->strokes->len; i++)
    trace_stroke (cr, self->strokes->pdata[i]);
}

/* The line is as wide in dots whatever the scale of the points is. */
static void
stroke_path (cairo_t *cr)
{
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* What no hand has drawn is painted piece by piece. */
static void
paint_pieces (const PltStrokes *self,
              cairo_t          *cr)
{
  for (guint i = 0; i < self->strokes->len; i++)
    {
      GArray *stroke = self->strokes->pdata[i];

      for (guint first = 0; first < stroke->len; first += PIECE)
        {
          trace_points (cr, stroke, first, MIN (first + PIECE, stroke->len - 1));
          stroke_path (cr);
        }
    }
}

/* Lines that touch are one outline, whose cost grows with their crossings: half a minute for a photograph of
 * grain. */
static void
paint (const PltStrokes *self,
       cairo_t          *cr)
{
  if (self->n_points > MANY_POINTS)
    {
      paint_pieces (self, cr);
      return;
    }
  plt_strokes_trace (self, cr);
  stroke_path (cr);
}

static cairo_surface_t *
draw (const PltStrokes *self,
      const Extent     *extent)
{
  double line = PLT_SIGNATURE_LINE_MM * PLT_SIGNATURE_DOTS_PER_MM;
  double room_x = PLT_SIGNATURE_WIDTH_MM * PLT_SIGNATURE_DOTS_PER_MM * (1 - 2 * MARGIN) - line;
  double room_y = PLT_SIGNATURE_HEIGHT_MM * PLT_SIGNATURE_DOTS_PER_MM * (1 - 2 * MARGIN) - line;
  double wide = extent->right - extent->left, high = extent->bottom - extent->top;
  double scale = MIN (wide > 0 ? room_x / wide : INFINITY, high > 0 ? room_y / high : INFINITY);
  /* One of the two fills the field; the other keeps a margin of the same share. */
  double width = (wide * scale + line) / (1 - 2 * MARGIN),
         height = (high * scale + line) / (1 - 2 * MARGIN);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) ceil (width - 1e-6),
                                                         (int) ceil (height - 1e-6));
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, width / 2, height / 2);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -(extent->left + extent->right) / 2, -(extent->top + extent->bottom) / 2);
  cairo_set_line_width (cr, line);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  paint (self, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static double
measure_share (cairo_surface_t *surface)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int width = cairo_image_surface_get_width (surface),
      height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  gsize n = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      n += data[(gsize) y * (gsize) stride + (gsize) x] >= 128;
  /* A dash is a mark like others, however low its box. */
  return (double) n /
         ((double) width * MAX (height, PLT_SIGNATURE_HEIGHT_MM * PLT_SIGNATURE_DOTS_PER_MM / 5));
}

/* ---- PNG ---- */

static void
write_cb (png_structp png,
          png_bytep   bytes,
          png_size_t  length)
{
  g_byte_array_append (png_get_io_ptr (png), bytes, (guint) length);
}

static void
flush_cb (png_structp png)
{
}

/* Two dots in a byte, the left one above. */
static void
pack_row (const guint8 *ink,
          int           width,
          guint8       *row)
{
  memset (row, 0, (gsize) (width + 1) / 2);
  for (int x = 0; x < width; x++)
    row[x / 2] |= (guint8) ((ink[x] * (N_SHADES - 1) + 127) / 255 << (x % 2 == 0 ? 4 : 0));
}

/* Black in so many opacities: a card file, which holds the picture, has less than a third of the bytes
 * that it would have in full colour, and nobody sees the difference. */
static GBytes *
save (cairo_surface_t *ink)
{
  int width = cairo_image_surface_get_width (ink), height = cairo_image_surface_get_height (ink);
  const guint8 *data = cairo_image_surface_get_data (ink);
  g_autofree guint8 *row = g_malloc ((gsize) (width + 1) / 2);
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  GByteArray *bytes = g_byte_array_new ();
  png_color colours[N_SHADES] = { 0 };
  png_byte opacities[N_SHADES];

  for (int i = 0; i < N_SHADES; i++)
    opacities[i] = (png_byte) (i * 255 / (N_SHADES - 1));
  png_set_write_fn (png, bytes, write_cb, flush_cb);
  png_set_compression_level (png, BEST_COMPRESSION);
  png_set_filter (png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_IHDR (png, info, (png_uint_32) width, (png_uint_32) height, BITS_PER_DOT,
                PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  png_set_PLTE (png, info, colours, N_SHADES);
  png_set_tRNS (png, info, opacities, N_SHADES, NULL);
  png_write_info (png, info);
  for (int y = 0; y < height; y++)
    {
      pack_row (data + (gsize) y * (gsize) cairo_image_surface_get_stride (ink), width, row);
      png_write_row (png, row);
    }
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
plt_strokes_draw (const PltStrokes  *self,
                  const char        *name,
                  GError           **error)
{
  cairo_surface_t *ink;
  GBytes *png = NULL;
  Extent extent;
  double share;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (!measure (self, &extent))
    {
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                   _("The signature “%s” was not taken over because there is nothing on it but a dot. "
                     "Ask for the signature again."), name);
      return NULL;
    }
  ink = draw (self, &extent);
  share = measure_share (ink);
  if (share <= MAX_SHARE)
    png = save (ink);
  else
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                 _("The signature “%s” was not taken over because %.0f %% of it is ink; at most "
                   "%.0f %% are allowed. Ask for the signature again, with a finer pen on white "
                   "paper."), name, share * 100, MAX_SHARE * 100);
  cairo_surface_destroy (ink);
  return png;
}
