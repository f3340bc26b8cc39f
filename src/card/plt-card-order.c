/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-card-order.h"

#include "plt-card-drawing.h"
#include "plt-card-type.h"

#include <math.h>

#define MARGIN_MM 0.4 /* that lines and frames reach over their boxes */
#define ASCENT 1.4    /* of a font's size: marks upon capitals, and those of Thai */
#define DESCENT 0.6

typedef struct
{
  double x0, y0, x1, y1; /* mm */
} Box;

typedef struct
{
  guint    index;
  gboolean is_fixed;
  gboolean is_text; /* words in a line of their own, over which no words are meant to lie */
  Box      box;
} Item;

static const Box everywhere = { -G_MAXDOUBLE, -G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE };
static const Box nowhere = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };

/* What is the same on every card is drawn to see where it is. */
static Box
find_ink (PltLayout *layout,
          guint      page,
          guint      index)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  g_autoptr (PltCardInputs) inputs = plt_card_inputs_new ();
  PltCardDrawing drawing = {
    .layout = layout,
    .inputs = inputs,
    .page = page,
    .layers = PLT_CARD_LAYER_PRINTED,
    .text = plt_card_text_get_layout (layout),
    .cr = cairo_create (surface),
  };
  gboolean ok = plt_card_draw_element (&drawing, index, NULL);
  double x = 0, y = 0, width = 0, height = 0;

  cairo_destroy (drawing.cr);
  cairo_recording_surface_ink_extents (surface, &x, &y, &width, &height);
  ok = ok && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  if (!ok)
    return everywhere;
  return width > 0 && height > 0 ? (Box) { x, y, x + width, y + height } : nowhere;
}

/* Of a line that a value fills, in one line or several: never more than this. */
static Box
bound_text (const PltElement *element)
{
  double size = element->size * PLT_MM_PER_POINT, baseline = element->y + element->height;
  double rise = MAX (element->max_lines - 1, 0) * element->leading / 2;

  return (Box) { element->x - MARGIN_MM, MIN (element->y, baseline - rise - ASCENT * size),
                 element->x + element->width + MARGIN_MM, baseline + rise + DESCENT * size };
}

static Box
bound (const PltElement *element)
{
  if (element->width <= 0 || element->height <= 0
      || (element->angle != 0 && element->type != PLT_ELEMENT_SPECIMEN))
    return everywhere;
  if (element->type == PLT_ELEMENT_TEXT)
    return bound_text (element);
  return (Box) { element->x - MARGIN_MM, element->y - MARGIN_MM,
                 element->x + element->width + MARGIN_MM,
                 element->y + element->height + MARGIN_MM };
}

static void
item_init (Item      *item,
           PltLayout *layout,
           guint      page,
           guint      index)
{
  const PltElement *element = plt_layout_get_element (layout, page, index);

  item->index = index;
  item->is_text = element->type == PLT_ELEMENT_TEXT;
  item->is_fixed = plt_element_is_fixed (element);
  item->box = item->is_fixed ? find_ink (layout, page, index) : bound (element);
  if ((element->layers & PLT_CARD_LAYER_PRINTED) == 0)
    {
      item->is_fixed = TRUE;
      item->box = nowhere;
    }
}

/* Whether it matters which of the two is drawn first. */
static gboolean
do_meet (const Item *a,
         const Item *b)
{
  if (a->is_text && b->is_text)
    return FALSE;
  return a->box.x0 < b->box.x1 && b->box.x0 < a->box.x1 && a->box.y0 < b->box.y1
         && b->box.y0 < a->box.y1;
}

/* Behind the last that it meets, at the end of the fixed elements that follow next; where none do, before all
 * or where it was. */
static guint
find_place (GArray     *items,
            const Item *item)
{
  guint at = items->len, first;

  if (!item->is_fixed)
    return at;
  while (at > 0 && !do_meet (&g_array_index (items, Item, at - 1), item))
    at--;
  first = at;
  while (at < items->len && !g_array_index (items, Item, at).is_fixed
         && (at == 0 || !g_array_index (items, Item, at - 1).is_fixed))
    at++;
  if (first == 0 && at == items->len)
    return 0;
  while (at < items->len && g_array_index (items, Item, at).is_fixed)
    at++;
  return at;
}

GArray *
plt_card_order_find (PltLayout *layout,
                     guint      page)
{
  guint n = plt_layout_get_page (layout, page)->elements->len;
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n);

  for (guint i = 0; i < n; i++)
    {
      Item item;

      item_init (&item, layout, page, i);
      g_array_insert_val (items, find_place (items, &item), item);
    }
  for (guint i = 0; i < n; i++)
    g_array_append_val (order, g_array_index (items, Item, i).index);
  return order;
}
