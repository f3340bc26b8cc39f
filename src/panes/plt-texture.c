/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes pictures off the main loop, to what a screen needs. */
#include "plt-texture.h"

/* What the office or a registry gives is far below; more would fill the memory. */
#define MAX_PIXELS ((gint64) 64 * 1000 * 1000)

typedef struct
{
  GBytes  *image;
  int      width_px;
  int      height_px;
  gboolean too_large;
} DecodeTask;

static void
decode_task_free (DecodeTask *decode)
{
  g_bytes_unref (decode->image);
  g_free (decode);
}

/* A JPEG that is asked for smaller is decoded smaller, which is several times quicker. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  DecodeTask *decode = user_data;
  double scale = decode->width_px > 0 ? MIN ((double) decode->width_px / width,
                                             (double) decode->height_px / height) : 1;

  decode->too_large = (gint64) width * height > MAX_PIXELS;
  if (decode->too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale + 0.5)),
                                MAX (1, (int) (height * scale + 0.5)));
}

/* JPEG and PNG by their first byte; without the machine's table of file types gdk-pixbuf knows neither. */
static GdkPixbufLoader *
new_loader (GBytes *image)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (image, &size);

  if (size > 0 && (data[0] == 0xff || data[0] == 0x89))
    return gdk_pixbuf_loader_new_with_type (data[0] == 0xff ? "jpeg" : "png", NULL);

  return gdk_pixbuf_loader_new ();
}

static GdkPixbuf *
decode_pixbuf (DecodeTask  *decode,
               GError     **error)
{
  g_autoptr (GdkPixbufLoader) loader = new_loader (decode->image);
  GdkPixbuf *pixbuf = NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), decode);
  if (!gdk_pixbuf_loader_write_bytes (loader, decode->image, error))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  if (!gdk_pixbuf_loader_close (loader, error))
    return NULL;
  if (!decode->too_large)
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY,
                         "The picture has too many pixels or none");

  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

/* In the format in which it is drawn, so that drawing need not convert it. */
static GdkTexture *
convert_for_drawing (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  gsize stride = (gsize) width * 4;
  guchar *pixels = g_malloc (stride * (gsize) height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * (gsize) height);

  gdk_texture_download (texture, pixels, stride);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  pixbuf = decode_pixbuf (task_data, &error);
  if (pixbuf == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  g_task_return_pointer (task, convert_for_drawing (texture), g_object_unref);
}

/**
 * plt_texture_load_async:
 * @image: a file in a format that gdk-pixbuf knows
 * @width_px: in what it has to fit, in pixels of the screen; 0: it stays as it is
 * @height_px: likewise
 * @cancellable: (nullable): the caller's, for a picture that nobody wants to see any more
 * @callback: called in the main loop
 */
void
plt_texture_load_async (GBytes              *image,
                        int                  width_px,
                        int                  height_px,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  DecodeTask *decode = g_new0 (DecodeTask, 1);

  decode->image = g_bytes_ref (image);
  decode->width_px = width_px;
  decode->height_px = height_px;
  g_task_set_task_data (task, decode, (GDestroyNotify) decode_task_free);
  g_task_run_in_thread (task, decode_thread);
}

/**
 * plt_texture_load_finish:
 *
 * Returns: (transfer full): the picture upright, or %NULL with a #GDK_PIXBUF_ERROR for one that is
 *   damaged or has more than 64 million pixels, or %G_IO_ERROR_CANCELLED
 */
GdkTexture *
plt_texture_load_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What a GtkPicture shows or is about to show. */
typedef struct
{
  GBytes       *image;
  GCancellable *cancellable;
  gboolean      damaged;
} Shown;

static GQuark
get_shown_quark (void)
{
  return g_quark_from_static_string ("plt-texture-shown");
}

static void
shown_free (Shown *shown)
{
  g_cancellable_cancel (shown->cancellable);
  g_object_unref (shown->cancellable);
  g_bytes_unref (shown->image);
  g_free (shown);
}

static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = plt_texture_load_finish (result, &error);
  Shown *shown;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture != NULL)
    {
      gtk_picture_set_paintable (user_data, GDK_PAINTABLE (texture));
      return;
    }
  shown = g_object_get_qdata (G_OBJECT (user_data), get_shown_quark ());
  shown->damaged = TRUE;
  g_message ("a picture is not shown: %s", error->message);
  g_object_notify (G_OBJECT (user_data), "paintable");
}

/**
 * plt_texture_show:
 * @image: (nullable): what @picture shall show; %NULL: nothing
 * @width_px: the largest that @picture becomes, in application pixels
 * @height_px: likewise
 *
 * A texture that is larger than what is seen of it costs time at each frame.
 * Until it is decoded @picture shows nothing, and so it stays with one that is damaged: never the
 * picture of another person. "notify::paintable" tells when it has come, or will not come. The same
 * picture again is not decoded again.
 */
void
plt_texture_show (GtkPicture *picture,
                  GBytes     *image,
                  int         width_px,
                  int         height_px)
{
  Shown *shown = g_object_get_qdata (G_OBJECT (picture), get_shown_quark ());
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (picture));

  if (shown != NULL && image != NULL && g_bytes_equal (shown->image, image))
    return;

  g_object_set_qdata (G_OBJECT (picture), get_shown_quark (), NULL);
  gtk_picture_set_paintable (picture, NULL);
  if (image == NULL)
    return;

  shown = g_new0 (Shown, 1);
  shown->image = g_bytes_ref (image);
  shown->cancellable = g_cancellable_new ();
  g_object_set_qdata_full (G_OBJECT (picture), get_shown_quark (), shown,
                           (GDestroyNotify) shown_free);
  plt_texture_load_async (image, width_px * scale, height_px * scale, shown->cancellable, decoded_cb,
                          picture);
}

/* Whether what @picture was to show turned out to be no picture that can be shown. */
gboolean
plt_texture_is_damaged (GtkPicture *picture)
{
  Shown *shown = g_object_get_qdata (G_OBJECT (picture), get_shown_quark ());

  return shown != NULL && shown->damaged;
}
