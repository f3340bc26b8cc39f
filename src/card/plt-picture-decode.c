/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a file's bytes to upright pixels in sRGB, bounded: the format by its magic, the size before
 * anything is decoded, time between two pieces of work. */
#include "plt-picture-decode.h"

#include "plt-picture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
plt_picture_job_clear (PltPictureJob *job)
{
  g_clear_pointer (&job->profile, g_bytes_unref);
}

gboolean
plt_picture_job_is_over (PltPictureJob *job)
{
  job->is_late = job->is_late || g_get_monotonic_time () > job->deadline;
  return job->is_late || g_cancellable_is_cancelled (job->cancellable);
}

static const char *
get_sentence (PltPictureFault fault)
{
  switch (fault)
    {
    case PLT_PICTURE_FAULT_TRUNCATED:
      return _("The picture “%s” was not taken over because its file ends too early. Copy or scan it "
               "again.");
    case PLT_PICTURE_FAULT_ANIMATED:
      return _("The picture “%s” was not taken over because it is animated. Save a single picture.");
    case PLT_PICTURE_FAULT_PAGES:
      return _("The picture “%s” was not taken over because its file has several pages. Save the page "
               "with the picture by itself.");
    case PLT_PICTURE_FAULT_TOO_SLOW:
      return _("The picture “%s” was not taken over because it takes too long to read. Save it again "
               "as an ordinary JPEG or PNG file.");
    case PLT_PICTURE_FAULT_KIND:
      return _("The picture “%s” was not taken over because it is stored in an unusual way. Save it "
               "again as an ordinary JPEG or PNG file.");
    case PLT_PICTURE_FAULT_DAMAGED:
    default:
      return _("The picture “%s” was not taken over because its file is damaged. Copy or scan it "
               "again.");
    }
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
GdkPixbuf *
plt_picture_job_fail (PltPictureJob    *job,
                      PltPictureFault   fault,
                      GError          **error)
{
  if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
    return NULL;
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               get_sentence (job->is_late ? PLT_PICTURE_FAULT_TOO_SLOW : fault), job->name);
  return NULL;
}
#pragma GCC diagnostic pop

gboolean
plt_picture_job_check_size (PltPictureJob  *job,
                            gint64          width,
                            gint64          height,
                            GError        **error)
{
  if (width > 0 && height > 0 && width <= G_MAXINT && height <= PLT_PICTURE_MAX_PIXELS / width)
    return TRUE;
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
               _("The picture “%s” was not taken over because it has %d × %d pixels; at most 40 "
                 "million pixels are allowed. Scan it at a lower resolution."),
               job->name, (int) CLAMP (width, 0, G_MAXINT), (int) CLAMP (height, 0, G_MAXINT));
  return FALSE;
}

static GdkPixbuf *
decode (GBytes                *data,
        const PltPictureHead  *head,
        PltPictureJob         *job,
        GError               **error)
{
  switch (head->format)
    {
    case PLT_PICTURE_FORMAT_JPEG:
      return plt_picture_decode_jpeg (data, job, error);
    case PLT_PICTURE_FORMAT_PNG:
      return plt_picture_decode_png (data, job, error);
    case PLT_PICTURE_FORMAT_TIFF:
      return plt_picture_decode_tiff (data, job, error);
    case PLT_PICTURE_FORMAT_WEBP:
    default:
      return plt_picture_decode_webp (data, job, error);
    }
}

static GdkPixbuf *
set_upright (GdkPixbuf *pixbuf,
             int        orientation)
{
  char text[] = { (char) ('0' + orientation), '\0' };

  gdk_pixbuf_remove_option (pixbuf, "orientation");
  gdk_pixbuf_set_option (pixbuf, "orientation", text);
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

GdkPixbuf *
plt_picture_decode (GBytes         *data,
                    const char     *name,
                    GCancellable   *cancellable,
                    PltPictureJob  *job,
                    GError        **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  PltPictureHead head;

  *job = (PltPictureJob) { .name = name, .cancellable = cancellable, .orientation = 1 };
  job->deadline = g_get_monotonic_time () + PLT_PICTURE_MAX_SECONDS * G_USEC_PER_SEC;
  if (!plt_picture_head_read (data, name, &head, error))
    return NULL;
  pixbuf = decode (data, &head, job, error);
  if (pixbuf == NULL)
    return NULL;
  if (job->profile != NULL)
    job->is_converted = plt_picture_to_srgb (pixbuf, job->profile) || job->is_converted;
  if (plt_picture_job_is_over (job))
    return plt_picture_job_fail (job, PLT_PICTURE_FAULT_TOO_SLOW, error);
  return set_upright (pixbuf, job->orientation);
}
