/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "studio.h"

#include "plt-demo-face.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define DRAWN_HEIGHT 1157.0
#define EYES_Y 560.0

static GdkPixbuf *
take_pixbuf (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *p = cairo_image_surface_get_data (surface)
                          + y * cairo_image_surface_get_stride (surface) + x * 4;
        guchar *q = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * 3;

        q[0] = p[2];
        q[1] = p[1];
        q[2] = p[0];
      }
  return pixbuf;
}

PltPhoto *
studio_shoot (const Scene *scene, guint64 seed)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, scene->width, scene->height);
  cairo_t *cr = cairo_create (surface);
  double scale = scene->scale * scene->height / DRAWN_HEIGHT;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  PltPhoto *photo;
  gchar *buffer = NULL;
  gsize size = 0;

  cairo_set_source_rgb (cr, 0.84, 0.87, 0.92);
  cairo_paint (cr);
  cairo_translate (cr, scene->x * scene->width, scene->y * scene->height);
  cairo_rotate (cr, scene->degrees * G_PI / 180);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -450, -EYES_Y);
  cairo_rectangle (cr, 0, 0, 900, DRAWN_HEIGHT);
  cairo_clip (cr);
  plt_demo_face_draw (cr, seed, seed % 2 ? 'F' : 'M', 1985);
  cairo_destroy (cr);
  pixbuf = take_pixbuf (surface);
  cairo_surface_destroy (surface);
  if (scene->spoil != NULL)
    scene->spoil (gdk_pixbuf_get_pixels (pixbuf), gdk_pixbuf_get_rowstride (pixbuf), scene->height);
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", &error, "quality", "95", NULL);
  g_assert_no_error (error);
  file = g_bytes_new_take (buffer, size);
  photo = plt_photo_load (file, "shot", NULL, &error);
  g_assert_no_error (error);
  return photo;
}
