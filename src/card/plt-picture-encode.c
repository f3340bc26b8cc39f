/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes JPEG, and searches the quality that a budget of bytes has room for. */
#include "plt-picture-encode.h"

#include "plt-layout.h"
#include "plt-picture-decode.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#define DPI 300
#define MIN_QUALITY 25   /* below it, blocks are seen before the face is */
#define LAST_QUALITY 8   /* of a picture that cannot be made smaller */
#define MIN_WIDTH 24
#define SMALLER 0.85
#define SOON_QUALITY 78  /* a portrait of 270 pixels has 6 to 8 kB then */
#define SOON_TRIES 3
#define SOON_MARGIN 0.93 /* sizes do not follow the quality exactly */

GBytes *
plt_picture_encode_jpeg (const guint8 *pixels,
                         int           width,
                         int           height,
                         int           n_channels,
                         int           quality)
{
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  unsigned char *data = NULL;
  unsigned long size = 0;

  info.err = jpeg_std_error (&errors);
  jpeg_create_compress (&info);
  jpeg_mem_dest (&info, &data, &size);
  info.image_width = (JDIMENSION) width;
  info.image_height = (JDIMENSION) height;
  info.input_components = n_channels;
  info.in_color_space = n_channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults (&info);
  jpeg_set_quality (&info, quality, TRUE);
  info.optimize_coding = TRUE;
  info.density_unit = 1;
  info.X_density = info.Y_density = DPI;
  jpeg_start_compress (&info, TRUE);
  while (info.next_scanline < info.image_height)
    {
      JSAMPROW rows[] = { (JSAMPROW) (pixels + (gsize) info.next_scanline * (gsize) width
                                               * (gsize) n_channels) };

      jpeg_write_scanlines (&info, rows, 1);
    }
  jpeg_finish_compress (&info);
  jpeg_destroy_compress (&info);
  return g_bytes_new_with_free_func (data, size, free, data);
}

/* @pixbuf at @width, without padding, in colour or grey. */
static guint8 *
scale_pixels (GdkPixbuf *pixbuf,
              int        width,
              int        height,
              gboolean   is_grey)
{
  g_autoptr (GdkPixbuf) flat = NULL;
  guint8 *pixels = g_malloc ((gsize) width * (gsize) height * 3), *out = pixels;
  const guchar *from;
  gsize stride;

  if (width == gdk_pixbuf_get_width (pixbuf) && height == gdk_pixbuf_get_height (pixbuf)
      && gdk_pixbuf_get_n_channels (pixbuf) == 3)
    {
      flat = g_object_ref (pixbuf);
    }
  else
    {
      flat = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
      gdk_pixbuf_fill (flat, 0xffffffff);
      gdk_pixbuf_composite (pixbuf, flat, 0, 0, width, height, 0, 0,
                            (double) width / gdk_pixbuf_get_width (pixbuf),
                            (double) height / gdk_pixbuf_get_height (pixbuf), GDK_INTERP_BILINEAR,
                            255);
    }
  from = gdk_pixbuf_read_pixels (flat);
  stride = (gsize) gdk_pixbuf_get_rowstride (flat);
  for (int y = 0; y < height; y++)
    {
      const guchar *p = from + (gsize) y * stride;

      if (!is_grey)
        memcpy (out + (gsize) y * (gsize) width * 3, p, (gsize) width * 3);
      for (int x = 0; is_grey && x < width; x++, p += 3)
        *out++ = (guint8) ((p[0] * 77 + p[1] * 150 + p[2] * 29) >> 8);
    }
  return pixels;
}

/* The highest quality from @lowest on that fits; NULL when @lowest does not. */
static GBytes *
search_quality (const guint8 *pixels,
                int           width,
                int           height,
                int           n_channels,
                int           lowest,
                int           highest,
                gsize         max_bytes,
                int          *quality)
{
  g_autoptr (GBytes) best = NULL;
  int low = lowest, high = highest;

  while (low <= high)
    {
      /* Most often there is room for the best. */
      int middle = low == lowest && high == highest ? highest : (low + high) / 2;
      g_autoptr (GBytes) jpeg = plt_picture_encode_jpeg (pixels, width, height, n_channels, middle);

      if (g_bytes_get_size (jpeg) <= max_bytes)
        {
          g_clear_pointer (&best, g_bytes_unref);
          best = g_steal_pointer (&jpeg);
          *quality = middle;
          low = middle + 1;
        }
      else
        high = middle - 1;
    }
  return g_steal_pointer (&best);
}

GBytes *
plt_picture_fit_jpeg (const guint8            *pixels,
                      int                      width,
                      int                      height,
                      const PltPortraitBudget *budget,
                      int                     *quality)
{
  int found = 0;
  GBytes *jpeg = search_quality (pixels, width, height, 3, MIN_QUALITY, budget->best_quality,
                                 budget->max_bytes, &found);

  if (jpeg != NULL && quality != NULL)
    *quality = found;
  return jpeg;
}

static GBytes *
fit (GdkPixbuf               *pixbuf,
     const PltPortraitBudget *budget,
     int                     *quality)
{
  double ratio = (double) gdk_pixbuf_get_height (pixbuf) / gdk_pixbuf_get_width (pixbuf);
  int width = MIN (budget->max_width, gdk_pixbuf_get_width (pixbuf));

  while (TRUE)
    {
      int height = MAX (1, (int) lround (width * ratio)), smaller = (int) (width * SMALLER);
      gboolean is_last = smaller < MIN_WIDTH;
      g_autofree guint8 *pixels = scale_pixels (pixbuf, width, height, budget->is_grey);
      GBytes *jpeg = search_quality (pixels, width, height, budget->is_grey ? 1 : 3,
                                     is_last ? LAST_QUALITY : MIN_QUALITY,
                                     MAX (budget->best_quality, MIN_QUALITY), budget->max_bytes,
                                     quality);

      if (jpeg != NULL || is_last)
        return jpeg;
      width = smaller;
    }
}

GBytes *
plt_portrait_fit (GBytes                   *portrait,
                  const PltPortraitBudget  *budget,
                  int                      *quality,
                  GError                  **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  PltPictureJob job;
  GBytes *jpeg;
  int found = 0;

  g_return_val_if_fail (portrait != NULL && budget->max_width > 0, NULL);

  pixbuf = plt_picture_decode (portrait, _("portrait"), NULL, &job, error);
  plt_picture_job_clear (&job);
  if (pixbuf == NULL)
    return NULL;
  jpeg = fit (pixbuf, budget, &found);
  if (jpeg == NULL)
    g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                 _("The portrait was not made smaller, because %u bytes have no room for a face. "
                   "Allow more bytes."), (guint) budget->max_bytes);
  else if (quality != NULL)
    *quality = found;
  return jpeg;
}

typedef struct
{
  int max_width;
  int width; /* of the whole picture */
} SoonSize;

/* libjpeg decodes a half, a quarter or an eighth in less time than the whole. */
static void
soon_size_cb (GdkPixbufLoader *loader,
              int              width,
              int              height,
              gpointer         user_data)
{
  SoonSize *wanted = user_data;
  int part = 1;

  wanted->width = width;
  while (part < 8 && width / (part * 2) >= wanted->max_width)
    part *= 2;
  if (part > 1)
    gdk_pixbuf_loader_set_size (loader, (width + part - 1) / part, (height + part - 1) / part);
}

/* NULL for what is not a sound JPEG or PNG. */
static GdkPixbuf *
decode_soon (GBytes   *portrait,
             SoonSize *wanted)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (portrait, &size);
  g_autoptr (GdkPixbufLoader) loader =
    gdk_pixbuf_loader_new_with_type (size > 0 && data[0] == 0x89 ? "png" : "jpeg", NULL);
  GdkPixbuf *pixbuf = NULL;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (soon_size_cb), wanted);
  if (gdk_pixbuf_loader_write_bytes (loader, portrait, NULL) && gdk_pixbuf_loader_close (loader, NULL))
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  else
    gdk_pixbuf_loader_close (loader, NULL);

  return pixbuf != NULL ? g_object_ref (pixbuf) : NULL;
}

GBytes *
plt_picture_fit_jpeg_soon (const guint8            *pixels,
                           int                      width,
                           int                      height,
                           int                      n_channels,
                           const PltPortraitBudget *budget)
{
  int quality = MIN (SOON_QUALITY, budget->best_quality);

  for (int i = 0; i < SOON_TRIES && quality >= MIN_QUALITY; i++)
    {
      g_autoptr (GBytes) jpeg = plt_picture_encode_jpeg (pixels, width, height, n_channels, quality);
      gsize size = g_bytes_get_size (jpeg);

      if (size <= budget->max_bytes)
        return g_steal_pointer (&jpeg);
      quality = MIN (quality - 1,
                     (int) (quality * SOON_MARGIN * (double) budget->max_bytes / (double) size));
    }
  return NULL;
}

static GBytes *
encode_soon (GdkPixbuf               *pixbuf,
             const PltPortraitBudget *budget)
{
  int width = MIN (budget->max_width, gdk_pixbuf_get_width (pixbuf));
  int height = MAX (1, (int) lround ((double) width * gdk_pixbuf_get_height (pixbuf)
                                     / gdk_pixbuf_get_width (pixbuf)));
  g_autofree guint8 *pixels = scale_pixels (pixbuf, width, height, budget->is_grey);

  return plt_picture_fit_jpeg_soon (pixels, width, height, budget->is_grey ? 1 : 3, budget);
}

static gboolean
fits_already (GBytes                  *portrait,
              int                      width,
              const PltPortraitBudget *budget)
{
  const guint8 *data = g_bytes_get_data (portrait, NULL);

  return g_bytes_get_size (portrait) <= budget->max_bytes && data[0] == 0xff && !budget->is_grey
         && width <= budget->max_width;
}

GBytes *
plt_portrait_fit_soon (GBytes                   *portrait,
                       const PltPortraitBudget  *budget,
                       GError                  **error)
{
  SoonSize wanted = { .max_width = budget->max_width };
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GBytes *jpeg = NULL;

  g_return_val_if_fail (portrait != NULL && budget->max_width > 0, NULL);

  pixbuf = decode_soon (portrait, &wanted);
  if (pixbuf != NULL)
    jpeg = fits_already (portrait, wanted.width, budget) ? g_bytes_ref (portrait)
                                                         : encode_soon (pixbuf, budget);
  /* The patient way finds what this one did not, or says what is wrong. */
  return jpeg != NULL ? jpeg : plt_portrait_fit (portrait, budget, NULL, error);
}
