/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes WebP: one still picture, with its profile and its orientation from the chunks around it. */
#include "plt-picture-decode.h"

#include <string.h>
#include <webp/decode.h>

#define CHUNK (64 * 1024)

static gsize
read_u32 (const guint8 *p)
{
  return (gsize) p[3] << 24 | (gsize) p[2] << 16 | (gsize) p[1] << 8 | p[0];
}

/* RIFF's chunks: a name, a length, the bytes, padded to an even number. FALSE: cut off. */
static gboolean
walk (GBytes         *data,
      PltPictureJob  *job)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  gsize end = read_u32 (bytes + 4) + 8;

  if (end > size)
    return FALSE;
  for (gsize at = 12; at + 8 <= end;)
    {
      gsize length = read_u32 (bytes + at + 4);

      if (length > end - at - 8)
        return FALSE;
      if (memcmp (bytes + at, "ICCP", 4) == 0 && job->profile == NULL)
        job->profile = g_bytes_new_from_bytes (data, at + 8, length);
      else if (memcmp (bytes + at, "EXIF", 4) == 0)
        job->orientation = plt_picture_exif_orientation (bytes + at + 8, length);
      at += 8 + length + length % 2;
    }
  return TRUE;
}

static void
set_output (WebPDecoderConfig *config,
            GdkPixbuf         *pixbuf)
{
  config->output.colorspace = gdk_pixbuf_get_has_alpha (pixbuf) ? MODE_RGBA : MODE_RGB;
  config->output.is_external_memory = 1;
  config->output.u.RGBA.rgba = gdk_pixbuf_get_pixels (pixbuf);
  config->output.u.RGBA.stride = gdk_pixbuf_get_rowstride (pixbuf);
  config->output.u.RGBA.size = (size_t) gdk_pixbuf_get_rowstride (pixbuf)
                               * (size_t) gdk_pixbuf_get_height (pixbuf);
}

static VP8StatusCode
feed (WebPIDecoder   *decoder,
      GBytes         *data,
      PltPictureJob  *job)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  VP8StatusCode status = VP8_STATUS_SUSPENDED;

  for (gsize at = 0; at < size && status == VP8_STATUS_SUSPENDED; at += CHUNK)
    {
      if (plt_picture_job_is_over (job))
        return VP8_STATUS_USER_ABORT;
      status = WebPIUpdate (decoder, bytes, MIN (at + CHUNK, size));
    }
  return status;
}

static GdkPixbuf *
decode (GBytes                       *data,
        const WebPBitstreamFeatures  *features,
        PltPictureJob                *job,
        GError                      **error)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, features->has_alpha != 0, 8,
                                                features->width, features->height);
  WebPDecoderConfig config;
  WebPIDecoder *decoder;
  VP8StatusCode status;

  if (pixbuf == NULL || !WebPInitDecoderConfig (&config))
    return plt_picture_job_fail (job, PLT_PICTURE_FAULT_DAMAGED, error);
  set_output (&config, pixbuf);
  decoder = WebPIDecode (NULL, 0, &config);
  status = decoder != NULL ? feed (decoder, data, job) : VP8_STATUS_OUT_OF_MEMORY;
  WebPIDelete (decoder);
  WebPFreeDecBuffer (&config.output);
  if (status == VP8_STATUS_OK)
    return g_steal_pointer (&pixbuf);
  return plt_picture_job_fail (job, status == VP8_STATUS_SUSPENDED ? PLT_PICTURE_FAULT_TRUNCATED
                                                                   : PLT_PICTURE_FAULT_DAMAGED,
                               error);
}

GdkPixbuf *
plt_picture_decode_webp (GBytes         *data,
                         PltPictureJob  *job,
                         GError        **error)
{
  WebPBitstreamFeatures features = { 0 };
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  VP8StatusCode status;

  if (size < 20 || !walk (data, job))
    return plt_picture_job_fail (job, PLT_PICTURE_FAULT_TRUNCATED, error);
  status = WebPGetFeatures (bytes, size, &features);
  if (status != VP8_STATUS_OK)
    return plt_picture_job_fail (job, status == VP8_STATUS_NOT_ENOUGH_DATA
                                        ? PLT_PICTURE_FAULT_TRUNCATED : PLT_PICTURE_FAULT_DAMAGED,
                                 error);
  if (features.has_animation)
    return plt_picture_job_fail (job, PLT_PICTURE_FAULT_ANIMATED, error);
  if (!plt_picture_job_check_size (job, features.width, features.height, error))
    return NULL;
  return decode (data, &features, job, error);
}
