/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for elements that lie on each other, by where each stands on one card. */
#include "plt-card-overlaps.h"

#include "plt-card-drawing.h"

#include <math.h>

/* Less than this nobody sees. */
#define TOLERANCE_MM 0.1
/* Letters of two lines may reach into each other's boxes and not touch: then their dots are looked at. */
#define DOTS_PER_MM 20
#define INK 96

/* Whether people or machines read it on the card, so that nothing may lie on it. */
static gboolean
is_read (const PltElement *element)
{
  switch (element->type)
    {
    case PLT_ELEMENT_TEXT:
    case PLT_ELEMENT_PARAGRAPH:
    case PLT_ELEMENT_CATEGORIES:
    case PLT_ELEMENT_SIGNATURE:
    case PLT_ELEMENT_MRZ:
    case PLT_ELEMENT_PDF417:
    case PLT_ELEMENT_QR:
    case PLT_ELEMENT_CODE128:
    case PLT_ELEMENT_DATAMATRIX:
      return (element->layers & PLT_CARD_LAYER_PRINTED) != 0;
    case PLT_ELEMENT_PORTRAIT: /* a faint one is a ghost, which others may cover */
      return (element->layers & PLT_CARD_LAYER_PRINTED) != 0 && element->opacity >= 1;
    case PLT_ELEMENT_CHIP: /* not printed, but nothing can be printed there */
    case PLT_ELEMENT_MAGNETIC:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_there (const PltCardPart *part)
{
  return part->is_shown && part->error == NULL && part->width > 0 && part->height > 0;
}

/* Whether its whole box must be free: a picture, a code with its quiet zone, a chip. */
static gboolean
fills_its_box (const PltElement *element)
{
  switch (element->type)
    {
    case PLT_ELEMENT_TEXT:
    case PLT_ELEMENT_PARAGRAPH:
    case PLT_ELEMENT_CATEGORIES:
    case PLT_ELEMENT_SIGNATURE:
    case PLT_ELEMENT_MRZ:
      return FALSE;
    default:
      return TRUE;
    }
}

/* What of one element is inked in the rectangle, a byte a dot. */
static cairo_surface_t *
draw_alone (PltCardDrawing       *drawing,
            guint                 index,
            const cairo_rectangle_t *area)
{
  cairo_surface_t *surface
    = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) ceil (area->width * DOTS_PER_MM),
                                  (int) ceil (area->height * DOTS_PER_MM));

  drawing->cr = cairo_create (surface);
  cairo_scale (drawing->cr, DOTS_PER_MM, DOTS_PER_MM);
  cairo_translate (drawing->cr, -area->x, -area->y);
  if (fills_its_box (plt_layout_get_element (drawing->layout, drawing->page, index)))
    cairo_paint (drawing->cr);
  else
    plt_card_draw_element (drawing, index, NULL);
  g_clear_pointer (&drawing->cr, cairo_destroy);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
have_a_dot_in_common (cairo_surface_t *a,
                      cairo_surface_t *b)
{
  const guint8 *of_a = cairo_image_surface_get_data (a);
  const guint8 *of_b = cairo_image_surface_get_data (b);
  int stride = cairo_image_surface_get_stride (a);

  for (int y = 0; y < cairo_image_surface_get_height (a); y++)
    for (int x = 0; x < cairo_image_surface_get_width (a); x++)
      if (of_a[y * stride + x] >= INK && of_b[y * stride + x] >= INK)
        return TRUE;
  return FALSE;
}

static gboolean
do_touch (PltCardDrawing          *drawing,
          guint                    upper,
          guint                    lower,
          const cairo_rectangle_t *area)
{
  cairo_surface_t *a = draw_alone (drawing, upper, area);
  cairo_surface_t *b = draw_alone (drawing, lower, area);
  gboolean touch = have_a_dot_in_common (a, b);

  cairo_surface_destroy (a);
  cairo_surface_destroy (b);
  return touch;
}

/* What both boxes cover. */
static gboolean
have_area_in_common (const PltCardPart *a,
                     const PltCardPart *b,
                     cairo_rectangle_t *area)
{
  area->x = MAX (a->x, b->x);
  area->y = MAX (a->y, b->y);
  area->width = MIN (a->x + a->width, b->x + b->width) - area->x;
  area->height = MIN (a->y + a->height, b->y + b->height) - area->y;
  return area->width > TOLERANCE_MM && area->height > TOLERANCE_MM;
}

/**
 * plt_card_find_overlaps:
 * @parts: (element-type PltCardPart): what plt_card_list_parts() says of @page of that card
 *
 * By the ink of texts and signatures, and the boxes of all else, on that one card: what only a long name
 * covers is found with the record of the long name.
 *
 * Returns: (transfer full) (element-type PltCardOverlap)
 */
GArray *
plt_card_find_overlaps (PltLayout     *layout,
                        PltCardInputs *inputs,
                        guint          page,
                        GPtrArray     *parts)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (PltCardOverlap));
  PltCardDrawing drawing = {
    .layout = layout, .inputs = inputs, .page = page, .layers = PLT_CARD_LAYER_ALL,
    .text = plt_card_text_get_layout (layout),
  };

  for (guint upper = 0; upper < parts->len; upper++)
    for (guint lower = 0; lower < upper; lower++)
      {
        const PltCardPart *a = g_ptr_array_index (parts, lower);
        const PltCardPart *b = g_ptr_array_index (parts, upper);
        cairo_rectangle_t area;

        if (is_there (a) && is_there (b) && have_area_in_common (a, b, &area)
            && is_read (plt_layout_get_element (layout, page, lower))
            && is_read (plt_layout_get_element (layout, page, upper))
            && do_touch (&drawing, upper, lower, &area))
          {
            PltCardOverlap overlap = { upper, lower, area.width, area.height };

            g_array_append_val (found, overlap);
          }
      }
  return found;
}

/**
 * plt_card_get_edge_distance:
 *
 * Returns: how far what is read of a part stands from the nearest edge of the trimmed page, mm, less than
 *   0 where it is cut; %G_MAXDOUBLE for what may be cut
 */
double
plt_card_get_edge_distance (PltLayout *layout,
                            guint      page,
                            GPtrArray *parts,
                            guint      index)
{
  const PltCardPart *part = g_ptr_array_index (parts, index);
  double width, height;

  if (!is_there (part) || !is_read (plt_layout_get_element (layout, page, index))
      || (part->layer & PLT_CARD_LAYER_PRINTED) == 0)
    return G_MAXDOUBLE;
  plt_layout_get_page_size (layout, page, &width, &height);
  return MIN (MIN (part->x, part->y),
              MIN (width - part->x - part->width, height - part->y - part->height));
}
