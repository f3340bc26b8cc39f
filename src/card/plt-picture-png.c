/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes PNG with gdk-pixbuf, which takes every depth down to 8 bits, piece by piece. */
#include "plt-picture-decode.h"

#include <string.h>

#define CHUNK (64 * 1024)

/* In pieces, so that a late or cancelled import ends between two of them. */
static gboolean
feed_loader (GdkPixbufLoader  *loader,
             GBytes           *data,
             PltPictureJob    *job,
             GError          **error)
{
  gsize size = 0;
  const guchar *bytes = g_bytes_get_data (data, &size);

  for (gsize at = 0; at < size; at += CHUNK)
    if (plt_picture_job_is_over (job)
        || !gdk_pixbuf_loader_write (loader, bytes + at, MIN (CHUNK, size - at), error))
      return FALSE;
  return TRUE;
}

static guint
read_u32 (const guint8 *p)
{
  return (guint) p[0] << 24 | (guint) p[1] << 16 | (guint) p[2] << 8 | p[3];
}

/* The chunk eXIf; the head has seen that the chunks reach the end. */
static int
find_orientation (GBytes *data)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  for (gsize at = 8; at + 12 <= size;)
    {
      gsize length = read_u32 (bytes + at);

      if (length > size - at - 12)
        break;
      if (memcmp (bytes + at + 4, "eXIf", 4) == 0)
        return plt_picture_exif_orientation (bytes + at + 8, length);
      at += 12 + length;
    }
  return 1;
}

static GBytes *
dup_profile (GdkPixbuf *pixbuf)
{
  const char *encoded = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  gsize size = 0;
  guchar *profile = encoded != NULL ? g_base64_decode (encoded, &size) : NULL;

  return profile != NULL ? g_bytes_new_take (profile, size) : NULL;
}

GdkPixbuf *
plt_picture_decode_png (GBytes         *data,
                        PltPictureJob  *job,
                        GError        **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("png", NULL);
  g_autoptr (GError) local_error = NULL;
  gboolean is_fed = loader != NULL && feed_loader (loader, data, job, &local_error);
  gboolean is_closed = loader != NULL
                       && gdk_pixbuf_loader_close (loader, is_fed ? &local_error : NULL);
  GdkPixbuf *pixbuf = is_fed && is_closed ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;

  if (pixbuf == NULL)
    {
      g_debug ("png: %s", local_error != NULL ? local_error->message : "no picture");
      return plt_picture_job_fail (job, PLT_PICTURE_FAULT_DAMAGED, error);
    }
  job->orientation = find_orientation (data);
  job->profile = dup_profile (pixbuf);
  return g_object_ref (pixbuf);
}
