/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the portrait of somebody who does not exist: the look follows from number, sex and age. */
#include "plt-demo-portrait.h"

#include "plt-demo-face.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

#define JPEG_QUALITY "88"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)

/* cairo keeps a pixel as 0xXXRRGGBB in the machine's byte order, JPEG wants three bytes. */
static GdkPixbuf *
take_pixels (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  const guint8 *from = cairo_image_surface_get_data (surface);
  guint8 *to = gdk_pixbuf_get_pixels (pixbuf);

  for (int y = 0; y < height; y++)
    {
      const guint32 *row = (const void *) (from + y * cairo_image_surface_get_stride (surface));
      guint8 *at = to + y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++)
        {
          *at++ = (guint8) (row[x] >> 16);
          *at++ = (guint8) (row[x] >> 8);
          *at++ = (guint8) row[x];
        }
    }

  return pixbuf;
}

GBytes *
plt_demo_portrait_draw (const char  *id_number,
                        char         sex,
                        int          birth_year,
                        GError     **error)
{
  g_autoptr (cairo_surface_t) surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                                    PLT_DEMO_PORTRAIT_WIDTH,
                                                                    PLT_DEMO_PORTRAIT_HEIGHT);
  g_autoptr (cairo_t) cr = cairo_create (surface);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  char *jpeg = NULL;
  gsize size = 0;

  plt_demo_face_draw (cr, g_ascii_strtoull (id_number, NULL, 10), sex, birth_year);
  cairo_surface_flush (surface);
  pixbuf = take_pixels (surface);
  if (!gdk_pixbuf_save_to_buffer (pixbuf, &jpeg, &size, "jpeg", error, "quality", JPEG_QUALITY,
                                  "x-dpi", "653", "y-dpi", "653", NULL))
    return NULL;

  return g_bytes_new_take (jpeg, size);
}

/* @reference: as the population register keeps it, "F/1985/10027182816". */
GBytes *
plt_demo_portrait_draw_reference (const char  *reference,
                                  GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (reference, "/", 3);

  if (g_strv_length (parts) == 3)
    return plt_demo_portrait_draw (parts[2], *parts[0],
                                   (int) g_ascii_strtoll (parts[1], NULL, 10), error);

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("“%s” names no portrait. Fill the registries anew with “platen-demo "
                 "generate”."), reference);

  return NULL;
}
