/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-card-scan.h"

#include "plt-code-reader.h"
#include "plt-picture-decode.h"

#include <glib/gi18n-lib.h>

static guint8 *
make_grey (GdkPixbuf *pixbuf,
           int       *width,
           int       *height)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  int n = gdk_pixbuf_get_n_channels (pixbuf);
  guint8 *grey;

  *width = gdk_pixbuf_get_width (pixbuf);
  *height = gdk_pixbuf_get_height (pixbuf);
  grey = g_malloc ((gsize) *width * (gsize) *height);
  for (int y = 0; y < *height; y++)
    for (int x = 0; x < *width; x++)
      {
        const guint8 *pixel = pixels + (gsize) y * (gsize) stride + (gsize) (x * n);
        guint value = (pixel[0] * 77u + pixel[1] * 150u + pixel[2] * 29u) >> 8;

        /* What is transparent shows the paper under it. */
        if (n == 4)
          value = (value * pixel[3] + 255u * (255u - pixel[3])) / 255u;
        grey[(gsize) y * (gsize) *width + (gsize) x] = (guint8) value;
      }
  return grey;
}

/**
 * plt_card_scan:
 * @picture: JPEG, PNG, TIFF or WebP; bounded as every picture is (plt-picture.h)
 *
 * Each kind of code once: a card has no two of a kind. Blocks: belongs into a worker thread.
 *
 * Returns: (transfer full) (nullable) (element-type GBytes): what the codes hold; none may have been found
 */
GPtrArray *
plt_card_scan (GBytes        *picture,
               GCancellable  *cancellable,
               GError       **error)
{
  static const PltCodeKind kinds[] = { PLT_CODE_QR, PLT_CODE_PDF417, PLT_CODE_DATA_MATRIX };
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  PltPictureJob job = { 0 };
  g_autoptr (GdkPixbuf) pixbuf =
    plt_picture_decode (picture, /* Translators: in place of the name of a picture */
                        _("picture of a card"), cancellable, &job, error);
  g_autofree guint8 *grey = NULL;
  int width, height;

  plt_picture_job_clear (&job);
  if (pixbuf == NULL)
    return NULL;
  grey = make_grey (pixbuf, &width, &height);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GBytes *code = plt_code_reader_read (kinds[i], grey, width, height, width);

      if (code != NULL)
        g_ptr_array_add (codes, code);
    }
  return g_steal_pointer (&codes);
}
