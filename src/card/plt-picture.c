/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounded import of portraits and signatures: everything that a file could do to the program or to
 * a card is checked here, once, before its bytes are stored. */
#include "plt-picture.h"

#include "plt-picture-decode.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PORTRAIT_RATIO (35.0 / 45.0)
#define MIN_PORTRAIT_WIDTH 413 /* 35 mm at 300 dpi */
#define MAX_PORTRAIT_WIDTH 900
#define MAX_SIGNATURE_SIDE 1500

typedef struct
{
  GBytes         *data;
  char           *name;
  PltPictureKind  kind;
} ImportTask;

static void
import_task_free (ImportTask *task)
{
  g_bytes_unref (task->data);
  g_free (task->name);
  g_free (task);
}

/* @crop of @pixbuf on white, scaled to @width × @height. */
static GdkPixbuf *
flatten (GdkPixbuf *pixbuf,
         int        left,
         int        top,
         int        crop_width,
         int        crop_height,
         int        width,
         int        height)
{
  g_autoptr (GdkPixbuf) crop = gdk_pixbuf_new_subpixbuf (pixbuf, left, top, crop_width, crop_height);
  GdkPixbuf *result = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  gdk_pixbuf_fill (result, 0xffffffff);
  gdk_pixbuf_composite (crop, result, 0, 0, width, height, 0, 0, (double) width / crop_width,
                        (double) height / crop_height, GDK_INTERP_BILINEAR, 255);
  return result;
}

/* JPEG for machines: baseline, no metadata, density 300 dpi (ISO/IEC 19794-5 customs). */
static GBytes *
save_jpeg (GdkPixbuf   *pixbuf,
           GError     **error)
{
  gchar *buffer = NULL;
  gsize size = 0;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", error, "quality", "92",
                                  "x-dpi", "300", "y-dpi", "300", NULL))
    return NULL;
  return g_bytes_new_take (buffer, size);
}

static GBytes *
make_portrait (GdkPixbuf   *pixbuf,
               const char  *name,
               GError     **error)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int crop_width = MIN (width, (int) lround (height * PORTRAIT_RATIO));
  int crop_height = MIN (height, (int) lround (crop_width / PORTRAIT_RATIO));
  int out_width = MIN (crop_width, MAX_PORTRAIT_WIDTH);
  g_autoptr (GdkPixbuf) portrait = NULL;

  if (crop_width < MIN_PORTRAIT_WIDTH)
    {
      g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_IMAGE,
                   _("The portrait “%s” was not taken over because it is too small: cropped to 35 × "
                     "45 it has %d × %d pixels, and %d × %d are needed. Take or scan it at a higher "
                     "resolution."), name, crop_width, crop_height, MIN_PORTRAIT_WIDTH,
                   (int) lround (MIN_PORTRAIT_WIDTH / PORTRAIT_RATIO));
      return NULL;
    }
  portrait = flatten (pixbuf, (width - crop_width) / 2, (height - crop_height) / 2, crop_width,
                      crop_height, out_width, (int) lround (out_width / PORTRAIT_RATIO));
  return save_jpeg (portrait, error);
}

static GBytes *
make_signature (GdkPixbuf   *pixbuf,
                const char  *name,
                GError     **error)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  double scale = MIN (1.0, (double) MAX_SIGNATURE_SIDE / MAX (width, height));
  g_autoptr (GdkPixbuf) flat = flatten (pixbuf, 0, 0, width, height,
                                       MAX (1, (int) lround (width * scale)),
                                       MAX (1, (int) lround (height * scale)));

  return plt_picture_extract_ink (flat, name, error);
}

static GBytes *
import (GBytes          *data,
        const char      *name,
        PltPictureKind   kind,
        GCancellable    *cancellable,
        GError         **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  PltPictureJob job;

  pixbuf = plt_picture_decode (data, name, cancellable, &job, error);
  plt_picture_job_clear (&job);
  if (pixbuf == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return kind == PLT_PICTURE_PORTRAIT ? make_portrait (pixbuf, name, error)
                                      : make_signature (pixbuf, name, error);
}

static void
import_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  ImportTask *job = task_data;
  g_autoptr (GError) error = NULL;
  GBytes *result = import (job->data, job->name, job->kind, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
plt_picture_import_async (GBytes              *data,
                          const char          *name,
                          PltPictureKind       kind,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ImportTask *job;

  g_return_if_fail (data != NULL && name != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_name (task, "plt_picture_import_async");
  job = g_new0 (ImportTask, 1);
  job->data = g_bytes_ref (data);
  job->name = g_strdup (name);
  job->kind = kind;
  g_task_set_task_data (task, job, (GDestroyNotify) import_task_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, import_thread);
}

GBytes *
plt_picture_import_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GBytes *
plt_picture_import (GBytes          *data,
                    const char      *name,
                    PltPictureKind   kind,
                    GError         **error)
{
  g_return_val_if_fail (data != NULL && name != NULL, NULL);

  return import (data, name, kind, NULL, error);
}
