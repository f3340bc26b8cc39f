/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounded import of portraits and signatures: everything that a file could do to the program or to
 * a card is checked here, once, before its bytes are stored. */
#include "plt-picture.h"

#include "plt-photo.h"
#include "plt-picture-decode.h"

#include <glib/gi18n-lib.h>
#include <math.h>

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

/* In the frame that the face suggests. */
static GBytes *
import_portrait (GBytes        *data,
                 const char    *name,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (PltPhoto) photo = plt_photo_load (data, name, cancellable, error);
  PltPhotoCrop crop;

  if (photo == NULL)
    return NULL;
  crop = plt_photo_suggest_crop (photo);
  return plt_photo_cut (photo, &crop, NULL, error);
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

  if (kind == PLT_PICTURE_PORTRAIT)
    return import_portrait (data, name, cancellable, error);

  pixbuf = plt_picture_decode (data, name, cancellable, &job, error);
  plt_picture_job_clear (&job);
  if (pixbuf == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return make_signature (pixbuf, name, error);
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
