/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the renderer in two threads that stay: one per side of a card. */
#include "plt-card-paint.h"

#include "plt-card-renderer.h"

#include <math.h>

#define MM_PER_INCH 25.4
#define N_THREADS 2

static void
ask_free (PltCardAsk *self)
{
  g_object_unref (self->layout);
  plt_card_inputs_unref (self->inputs);
  g_free (self);
}

static void
tile_free (PltCardTile *self)
{
  g_object_unref (self->texture);
  g_free (self);
}

/* The surface's own memory becomes the texture's. */
static GdkTexture *
take_surface (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
}

/* Light that is seen under an ultraviolet lamp alone is shown on a dark card. */
static void
paint_ground (cairo_t *cr,
              guint    layers)
{
  if ((layers & PLT_CARD_LAYER_PRINTED) == 0 && (layers & PLT_CARD_LAYER_UV) != 0)
    cairo_set_source_rgb (cr, 0.08, 0.06, 0.16);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
}

static gboolean
paint_tile (const PltCardAsk             *ask,
            const cairo_rectangle_int_t  *px,
            GPtrArray                    *tiles,
            GError                      **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, px->width, px->height);
  cairo_t *cr = cairo_create (surface);
  PltCardTile *tile;
  gboolean ok;

  paint_ground (cr, ask->layers);
  cairo_translate (cr, -px->x, -px->y);
  cairo_scale (cr, ask->scale, ask->scale);
  ok = plt_card_render_layers (ask->layout, ask->inputs, ask->page, ask->layers, cr,
                               ask->scale * MM_PER_INCH, error);
  cairo_destroy (cr);
  if (!ok)
    {
      cairo_surface_destroy (surface);
      return FALSE;
    }

  tile = g_new0 (PltCardTile, 1);
  tile->texture = take_surface (surface);
  graphene_rect_init (&tile->area, (float) (px->x / ask->scale), (float) (px->y / ask->scale),
                      (float) (px->width / ask->scale), (float) (px->height / ask->scale));
  g_ptr_array_add (tiles, tile);
  return TRUE;
}

static GPtrArray *
paint (const PltCardAsk  *ask,
       GCancellable      *cancellable,
       GError           **error)
{
  g_autoptr (GPtrArray) tiles = g_ptr_array_new_with_free_func ((GDestroyNotify) tile_free);
  int left = (int) floor (ask->area.origin.x * ask->scale);
  int top = (int) floor (ask->area.origin.y * ask->scale);
  int right = (int) ceil ((ask->area.origin.x + ask->area.size.width) * ask->scale);
  int bottom = (int) ceil ((ask->area.origin.y + ask->area.size.height) * ask->scale);

  for (int y = top; y < bottom; y += PLT_CARD_TILE_PX)
    for (int x = left; x < right; x += PLT_CARD_TILE_PX)
      {
        const cairo_rectangle_int_t px = { x, y, MIN (PLT_CARD_TILE_PX, right - x),
                                           MIN (PLT_CARD_TILE_PX, bottom - y) };

        if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
            !paint_tile (ask, &px, tiles, error))
          return NULL;
      }

  return g_steal_pointer (&tiles);
}

static void
paint_thread (gpointer data,
              gpointer user_data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gint64 begun = g_get_monotonic_time ();
  GPtrArray *tiles;

  if (g_task_return_error_if_cancelled (task))
    return;
  tiles = paint (g_task_get_task_data (task), g_task_get_cancellable (task), &error);
  g_debug ("a part of a card was painted in %d µs", (int) (g_get_monotonic_time () - begun));
  if (tiles != NULL)
    g_task_return_pointer (task, tiles, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* Threads of one pool for the whole program: what they keep warm is the same for each window. */
static GThreadPool *
get_painters (void)
{
  static GThreadPool *painters;

  if (g_once_init_enter (&painters))
    g_once_init_leave (&painters, g_thread_pool_new (paint_thread, NULL, N_THREADS, TRUE, NULL));

  return painters;
}

/**
 * plt_card_paint_async:
 * @ask: copied; its objects are referenced, and not changed by anybody until the end
 * @callback: called in the main loop
 */
void
plt_card_paint_async (const PltCardAsk    *ask,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  PltCardAsk *copy = g_memdup2 (ask, sizeof *ask);

  g_object_ref (copy->layout);
  plt_card_inputs_ref (copy->inputs);
  g_task_set_task_data (task, copy, (GDestroyNotify) ask_free);
  g_thread_pool_push (get_painters (), task, NULL);
}

/**
 * plt_card_paint_finish:
 *
 * Returns: (transfer full) (element-type PltCardTile): the area, in tiles; or %NULL with a
 *   #PLT_CARD_ERROR that says what cannot be drawn, or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
plt_card_paint_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
