/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds what is the same on every card, has it drawn once for files and once for each resolution of
 * pictures, and puts it where it belongs. Threads share what is kept; who comes first prepares it
 * and the others wait. */
#include "plt-card-fixed.h"

#include "plt-cairo-file.h"
#include "plt-card-order.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#define MOST_DOTS (8 * 1000 * 1000)            /* of a page that is kept: beyond, it is drawn */
#define MOST_KEPT_BYTES (gsize) (96 * 1024 * 1024)

typedef struct
{
  guint page, first, n;
  int   variant;
} Piece;

typedef struct
{
  Piece          piece;
  PltCardLayers  layers;
  double         scale; /* dots per mm */
  guchar        *dots;  /* reference-counted, premultiplied ARGB */
  int            x, y;  /* of the first dot, from the origin of the page */
  int            width, height;
  guint64        used;
} Raster;

/* What is put into files: of cards that are drawn today, and of those that were drawn before. */
typedef enum
{
  SET_GROUPED,
  SET_IN_ORDER,
  N_SETS,
} SetKind;

typedef struct
{
  gboolean      is_prepared;
  PltCardForms *forms;  /* one for each piece; NULL when they could not be made */
  GArray       *pieces;
  GPtrArray    *orders; /* by page: of guint; NULL: as the layout has them */
} FixedSet;

struct _PltCardFixed
{
  GMutex        lock;
  FixedSet      sets[N_SETS];
  GPtrArray    *rasters;
  gsize         kept_bytes;
  guint64       clock;
};

static void
raster_free (Raster *raster)
{
  g_clear_pointer (&raster->dots, g_atomic_rc_box_release);
  g_free (raster);
}

PltCardFixed *
plt_card_fixed_new (void)
{
  PltCardFixed *self = g_new0 (PltCardFixed, 1);

  g_mutex_init (&self->lock);
  for (guint i = 0; i < N_SETS; i++)
    self->sets[i].pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  self->rasters = g_ptr_array_new_with_free_func ((GDestroyNotify) raster_free);
  return self;
}

void
plt_card_fixed_free (PltCardFixed *self)
{
  for (guint i = 0; i < N_SETS; i++)
    {
      g_clear_pointer (&self->sets[i].forms, plt_card_forms_free);
      g_array_unref (self->sets[i].pieces);
      g_clear_pointer (&self->sets[i].orders, g_ptr_array_unref);
    }
  g_ptr_array_unref (self->rasters);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* What is on none of the wanted layers is passed over on every card, so it parts no piece. */
static gboolean
is_fixed (const PltElement *element,
          PltCardLayers     layers)
{
  if ((element->layers & layers) == 0)
    return TRUE;
  return plt_element_is_fixed (element);
}

static FixedSet *
get_set (PltLayout     *layout,
         PltCardInputs *inputs)
{
  gboolean is_old = plt_card_inputs_get_renderer (inputs) <= PLT_CARD_RENDERER_IN_ORDER;

  return &layout->fixed->sets[is_old ? SET_IN_ORDER : SET_GROUPED];
}

/* (nullable): for the page of @drawing, once plt_card_fixed_get_forms() was called for its inputs. */
const guint *
plt_card_fixed_get_order (const PltCardDrawing *drawing)
{
  const FixedSet *set = get_set (drawing->layout, drawing->inputs);

  return set->orders != NULL
         ? (const guint *) (gpointer) ((GArray *) g_ptr_array_index (set->orders, drawing->page))->data
         : NULL;
}

static guint
count_fixed (const PltCardDrawing *drawing,
             guint                 first)
{
  GPtrArray *elements = plt_layout_get_page (drawing->layout, drawing->page)->elements;
  guint n = 0;

  while (first + n < elements->len
         && is_fixed (g_ptr_array_index (elements, plt_card_get_index (drawing, first + n)),
                      drawing->layers))
    n++;
  return n;
}

/* How many elements from the place @first on are a piece that plt_card_fixed_draw() takes; 0: draw the first
 * one as it comes. */
guint
plt_card_fixed_count (PltCardDrawing *drawing,
                      guint           first)
{
  if (drawing->dpi <= 0 && (drawing->pdf == NULL || drawing->layers != PLT_CARD_LAYER_PRINTED))
    return 0;
  return count_fixed (drawing, first);
}

static int
count_variants (const PltElement *element)
{
  if (element->type == PLT_ELEMENT_CATEGORIES)
    return PLT_CARD_N_CATEGORY_PARTS;
  return element->type == PLT_ELEMENT_MRZ ? (int) strlen (PLT_CARD_MRZ_CHARACTERS) : 0;
}

static void
list_pieces_of_page (FixedSet             *self,
                     const PltCardDrawing *drawing)
{
  guint n = plt_layout_get_page (drawing->layout, drawing->page)->elements->len;

  for (guint i = 0; i < n; i++)
    {
      guint index = plt_card_get_index (drawing, i);
      const PltElement *element = plt_layout_get_element (drawing->layout, drawing->page, index);
      Piece piece = { drawing->page, i, count_fixed (drawing, i), PLT_CARD_WHOLE };

      if (piece.n > 0)
        {
          g_array_append_val (self->pieces, piece);
          i += piece.n - 1;
          continue;
        }
      piece.first = index;
      piece.n = 1;
      for (piece.variant = 0; piece.variant < count_variants (element); piece.variant++)
        g_array_append_val (self->pieces, piece);
    }
}

/* Gives the page of @surface, a PDF, its size, and its contents the millimetre, with the trimmed corner
 * at the origin. */
void
plt_card_begin_page (PltCardDrawing   *drawing,
                     cairo_surface_t  *surface)
{
  double bleed = plt_layout_get_shown_bleed (drawing->layout);
  double width, height;

  plt_layout_get_page_size (drawing->layout, drawing->page, &width, &height);
  cairo_pdf_surface_set_size (surface, (width + 2 * bleed) * PLT_POINTS_PER_MM,
                              (height + 2 * bleed) * PLT_POINTS_PER_MM);
  cairo_scale (drawing->cr, PLT_POINTS_PER_MM, PLT_POINTS_PER_MM);
  cairo_translate (drawing->cr, bleed, bleed);
}

static gboolean
draw_form (PltLayout        *layout,
           PltCardInputs    *inputs,
           cairo_surface_t  *surface,
           const Piece      *piece)
{
  g_autoptr (GError) error = NULL;
  /* Its @inputs are of today or of before, and so it has the order of the pieces. */
  PltCardDrawing drawing = {
    .layout = layout,
    .inputs = inputs,
    .page = piece->page,
    .layers = PLT_CARD_LAYER_PRINTED,
    .text = plt_card_text_get_layout (layout),
    .cr = cairo_create (surface),
  };
  gboolean ok;

  drawing.order = plt_card_fixed_get_order (&drawing);
  plt_card_begin_page (&drawing, surface);
  ok = plt_card_draw_piece (&drawing, piece->first, piece->n, piece->variant, &error);
  if (!ok)
    g_debug ("fixed part: %s", error->message);
  cairo_show_page (drawing.cr);
  cairo_destroy (drawing.cr);
  return ok;
}

/* All pieces in one file, so that they share their fonts. One that cannot be drawn fails all: each
 * card then tells why. */
static PltCardForms *
make_forms (FixedSet      *self,
            PltLayout     *layout,
            PltCardInputs *inputs)
{
  g_autoptr (GBytes) pdf = NULL;
  cairo_surface_t *surface = plt_pdf_surface_new (layout->width, layout->height);
  cairo_status_t status;
  gboolean ok = TRUE;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  for (guint i = 0; ok && i < self->pieces->len; i++)
    ok = draw_form (layout, inputs, surface, &g_array_index (self->pieces, Piece, i));
  pdf = plt_pdf_surface_end (surface, &status);
  return ok && pdf != NULL ? plt_card_forms_new (pdf) : NULL;
}

static void
free_order (gpointer order)
{
  g_array_unref (order);
}

static void
prepare (FixedSet  *self,
         PltLayout *layout,
         int        renderer)
{
  g_autoptr (PltCardInputs) inputs = plt_card_inputs_new ();
  guint n_pages = plt_layout_get_n_pages (layout);

  plt_card_inputs_set_renderer (inputs, renderer);
  if (renderer > PLT_CARD_RENDERER_IN_ORDER)
    {
      self->orders = g_ptr_array_new_with_free_func (free_order);
      for (guint page = 0; page < n_pages; page++)
        g_ptr_array_add (self->orders, plt_card_order_find (layout, page));
    }
  for (guint page = 0; page < n_pages; page++)
    {
      PltCardDrawing drawing = { .layout = layout, .inputs = inputs, .page = page,
                                 .layers = PLT_CARD_LAYER_PRINTED };

      drawing.order = plt_card_fixed_get_order (&drawing);
      list_pieces_of_page (self, &drawing);
    }
  self->forms = make_forms (self, layout, inputs);
  self->is_prepared = TRUE;
}

/* @inputs: of a card; its renderer decides in which order it is drawn
 *
 * Returns: (transfer none) (nullable): for plt_card_pdf_new() */
PltCardForms *
plt_card_fixed_get_forms (PltLayout     *layout,
                          PltCardInputs *inputs)
{
  FixedSet *set = get_set (layout, inputs);

  g_mutex_lock (&layout->fixed->lock);
  if (!set->is_prepared)
    prepare (set, layout, plt_card_inputs_get_renderer (inputs));
  g_mutex_unlock (&layout->fixed->lock);
  return set->forms;
}

/* The list does not change once the forms were asked for. Returns: -1 when there is none */
static int
find_form (const FixedSet *self,
           const Piece    *piece)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *known = &g_array_index (self->pieces, Piece, i);

      if (known->page == piece->page && known->first == piece->first && known->n == piece->n
          && known->variant == piece->variant)
        return (int) i;
    }
  return -1;
}

/* Lines in their hundreds are worth keeping; a few words or a frame are drawn as fast. */
static gboolean
is_worth_keeping (PltCardDrawing *drawing,
                  const Piece    *piece)
{
  GPtrArray *elements = plt_layout_get_page (drawing->layout, drawing->page)->elements;

  for (guint i = piece->first; piece->variant == PLT_CARD_WHOLE && i < piece->first + piece->n; i++)
    switch (((PltElement *) g_ptr_array_index (elements, i))->type)
      {
      case PLT_ELEMENT_WAVES:
      case PLT_ELEMENT_ROSETTE:
      case PLT_ELEMENT_MICROTEXT:
        return TRUE;
      default:
        break;
      }
  return FALSE;
}

/* The page with its bleed on all sides, mm. */
static void
get_size (PltCardDrawing *drawing,
          double         *width,
          double         *height)
{
  double bleed = plt_layout_get_bleed (drawing->layout);

  plt_layout_get_page_size (drawing->layout, drawing->page, width, height);
  *width += 2 * bleed;
  *height += 2 * bleed;
}

/* Only where the dots of the page are the dots of the device: not turned, not between two. */
static gboolean
can_keep (PltCardDrawing *drawing,
          double         *scale)
{
  cairo_matrix_t m;
  double width, height, device_x, device_y;

  get_size (drawing, &width, &height);
  cairo_get_matrix (drawing->cr, &m);
  cairo_surface_get_device_scale (cairo_get_group_target (drawing->cr), &device_x, &device_y);
  *scale = m.xx;
  return device_x == 1 && device_y == 1 && m.xy == 0 && m.yx == 0 && m.xx > 0
         && fabs (m.xx - m.yy) < 1e-9 && fabs (m.x0 - round (m.x0)) < 1e-6
         && fabs (m.y0 - round (m.y0)) < 1e-6
         && width * m.xx * height * m.yy <= MOST_DOTS;
}

/* The smallest box of @surface outside of which nothing was drawn, copied. */
static void
crop (Raster          *raster,
      cairo_surface_t *surface)
{
  const guint32 *dots = (const guint32 *) (const void *) cairo_image_surface_get_data (surface);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface) / 4;
  int x0 = width, x1 = 0, y0 = height, y1 = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (dots[y * stride + x] != 0)
        {
          x0 = MIN (x0, x);
          x1 = MAX (x1, x + 1);
          y0 = MIN (y0, y);
          y1 = y + 1;
        }
  raster->x = x0;
  raster->y = y0;
  raster->width = MAX (x1 - x0, 0);
  raster->height = MAX (y1 - y0, 0);
  raster->dots = g_atomic_rc_box_alloc ((gsize) raster->width * raster->height * 4 + 4);
  for (int y = 0; y < raster->height; y++)
    memcpy (raster->dots + (gsize) y * raster->width * 4, dots + (y0 + y) * stride + x0,
            (gsize) raster->width * 4);
}

static Raster *
make_raster (PltCardDrawing  *drawing,
             const Piece     *piece,
             double           scale,
             GError         **error)
{
  int margin = (int) ceil (plt_layout_get_bleed (drawing->layout) * scale);
  double width, height;
  cairo_surface_t *surface;
  PltCardDrawing own = *drawing;
  Raster *raster = NULL;
  gboolean ok;

  plt_layout_get_page_size (drawing->layout, drawing->page, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (width * scale) + 2 * margin,
                                        (int) ceil (height * scale) + 2 * margin);
  own.cr = cairo_create (surface);
  cairo_translate (own.cr, margin, margin);
  cairo_scale (own.cr, scale, scale);
  ok = plt_card_draw_piece (&own, piece->first, piece->n, piece->variant, error);
  cairo_destroy (own.cr);
  cairo_surface_flush (surface);
  if (ok && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      raster = g_new0 (Raster, 1);
      raster->piece = *piece;
      raster->layers = drawing->layers;
      raster->scale = scale;
      crop (raster, surface);
      raster->x -= margin;
      raster->y -= margin;
    }
  cairo_surface_destroy (surface);
  return raster;
}

static Raster *
find_raster (PltCardFixed  *self,
             const Piece   *piece,
             PltCardLayers  layers,
             double         scale)
{
  for (guint i = 0; i < self->rasters->len; i++)
    {
      Raster *raster = g_ptr_array_index (self->rasters, i);

      if (raster->piece.page == piece->page && raster->piece.first == piece->first
          && raster->piece.n == piece->n && raster->layers == layers && raster->scale == scale)
        return raster;
    }
  return NULL;
}

static gsize
get_bytes (const Raster *raster)
{
  return (gsize) raster->width * raster->height * 4;
}

/* Drops what was not used for the longest time until there is room. */
static void
keep_raster (PltCardFixed *self,
             Raster       *raster)
{
  self->kept_bytes += get_bytes (raster);
  while (self->kept_bytes > MOST_KEPT_BYTES && self->rasters->len > 0)
    {
      guint oldest = 0;

      for (guint i = 1; i < self->rasters->len; i++)
        if (((Raster *) g_ptr_array_index (self->rasters, i))->used
            < ((Raster *) g_ptr_array_index (self->rasters, oldest))->used)
          oldest = i;
      self->kept_bytes -= get_bytes (g_ptr_array_index (self->rasters, oldest));
      g_ptr_array_remove_index_fast (self->rasters, oldest);
    }
  g_ptr_array_add (self->rasters, raster);
}

/* A surface belongs to one thread; only the dots are shared. */
static void
paint_dots (cairo_t *cr,
            guchar  *dots,
            int      x,
            int      y,
            int      width,
            int      height)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data (dots, CAIRO_FORMAT_ARGB32, width,
                                                                  height, width * 4);
  cairo_matrix_t m;

  cairo_get_matrix (cr, &m);
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_set_source_surface (cr, surface, round (m.x0) + x, round (m.y0) + y);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static gboolean
draw_kept (PltCardDrawing  *drawing,
           const Piece     *piece,
           double           scale,
           GError         **error)
{
  PltCardFixed *self = drawing->layout->fixed;
  Raster *raster, at;

  g_mutex_lock (&self->lock);
  raster = find_raster (self, piece, drawing->layers, scale);
  if (raster == NULL && (raster = make_raster (drawing, piece, scale, error)) != NULL)
    keep_raster (self, raster);
  if (raster != NULL)
    {
      raster->used = ++self->clock;
      at = *raster;
      g_atomic_rc_box_acquire (at.dots);
    }
  g_mutex_unlock (&self->lock);
  if (raster == NULL)
    return FALSE;
  if (at.width > 0)
    paint_dots (drawing->cr, at.dots, at.x, at.y, at.width, at.height);
  g_atomic_rc_box_release (at.dots);
  return TRUE;
}

/* To be called before something is drawn otherwise than by plt_card_fixed_draw(): in a file the pieces
 * that follow each other are painted as one. */
void
plt_card_fixed_end (PltCardDrawing *drawing)
{
  if (drawing->pdf != NULL)
    plt_card_pdf_end_forms (drawing->pdf);
}

/* Draws a piece of plt_card_fixed_count(), or the part @variant of the element @first: from what is
 * kept where it can be, else as it comes. */
gboolean
plt_card_fixed_draw (PltCardDrawing  *drawing,
                     guint            first,
                     guint            n,
                     int              variant,
                     GError         **error)
{
  Piece piece = { drawing->page, first, n, variant };
  double bleed = plt_layout_get_shown_bleed (drawing->layout);
  double width, height, scale;
  int form;

  const FixedSet *set = get_set (drawing->layout, drawing->inputs);

  if (drawing->pdf != NULL && drawing->layers == PLT_CARD_LAYER_PRINTED && set->forms != NULL
      && (form = find_form (set, &piece)) >= 0)
    {
      plt_layout_get_page_size (drawing->layout, drawing->page, &width, &height);
      cairo_save (drawing->cr);
      cairo_translate (drawing->cr, -bleed, -bleed);
      plt_card_pdf_use_form (drawing->pdf, drawing->cr, (guint) form, width + 2 * bleed,
                             height + 2 * bleed);
      cairo_restore (drawing->cr);
      return TRUE;
    }
  plt_card_fixed_end (drawing);
  if (drawing->dpi > 0 && is_worth_keeping (drawing, &piece) && can_keep (drawing, &scale))
    return draw_kept (drawing, &piece, scale, error);
  return plt_card_draw_piece (drawing, first, n, variant, error);
}
