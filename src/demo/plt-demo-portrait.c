/* Draws portraits with cairo. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-demo-portrait.h"

#include "plt-demo-random.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>

GBytes *
plt_demo_portrait_draw (const char  *id_number,
                        char         sex,
                        int          birth_year,
                        GError     **error)
{
  cairo_surface_t *s = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 900, 1157);
  cairo_t *cr = cairo_create (s);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autofree guint8 *rgb = g_malloc (900 * 1157 * 3);
  char *buffer = NULL;
  gsize size;
  cairo_set_source_rgb (cr, 0.8, 0.85, 0.9);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.9, 0.75, 0.65);
  cairo_scale (cr, 1, 1.3);
  cairo_arc (cr, 450, 400, 230, 0, 6.3);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (s);
  for (int y = 0; y < 1157; y++)
    for (int x = 0; x < 900; x++)
      {
        guint32 p = ((guint32 *) (void *) (cairo_image_surface_get_data (s) + y * cairo_image_surface_get_stride (s)))[x];
        guint8 *at = rgb + (y * 900 + x) * 3;
        at[0] = p >> 16; at[1] = p >> 8; at[2] = p;
      }
  pixbuf = gdk_pixbuf_new_from_data (rgb, GDK_COLORSPACE_RGB, FALSE, 8, 900, 1157, 2700, NULL, NULL);
  cairo_surface_destroy (s);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", error, "quality", "88", NULL))
    return NULL;
  return g_bytes_new_take (buffer, size);
}
