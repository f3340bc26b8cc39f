/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads pictures that are chosen, pasted, dropped or seen by the camera. */
#include "plt-picture-source.h"

#include <glib/gi18n-lib.h>

/* More than this is refused before it is read; what is read is checked by the office. */
#define MAX_BYTES (20 * 1024 * 1024)

struct _PltPictureSource
{
  GObject               parent_instance;

  GtkWidget            *widget;  /* which owns this; NULL: stopped for good */
  char                 *title;
  GtkFileChooserNative *chooser; /* alive while it is open */
  GCancellable         *cancellable;
  gboolean              is_open;
};

G_DEFINE_FINAL_TYPE (PltPictureSource, plt_picture_source, G_TYPE_OBJECT)

enum { PICTURE, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* One picture under way. The source lives as long as it does. */
typedef struct
{
  PltPictureSource *self;
  GCancellable     *cancellable;
  char             *name;
  PltPhotoOrigin    origin;
} Reading;

static Reading *
reading_new (PltPictureSource *self,
             const char       *name,
             PltPhotoOrigin    origin)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->self = g_object_ref (self);
  reading->cancellable = g_object_ref (self->cancellable);
  reading->name = g_strdup (name);
  reading->origin = origin;
  return reading;
}

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->self);
  g_object_unref (reading->cancellable);
  g_free (reading->name);
  g_free (reading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
fail (Reading    *reading,
      const char *why)
{
  g_autofree char *sentence = NULL;

  if (g_cancellable_is_cancelled (reading->cancellable))
    return;
  /* Translators: the picture's file name, and why it cannot be used */
  sentence = g_strdup_printf (_("The picture “%s” was not taken: %s"), reading->name, why);
  g_signal_emit (reading->self, signals[FAILED], 0, sentence);
}

static void
give (Reading *reading,
      GBytes  *bytes)
{
  if (g_cancellable_is_cancelled (reading->cancellable))
    return;
  if (g_bytes_get_size (bytes) > MAX_BYTES)
    fail (reading, _("it is larger than 20 MB."));
  else
    g_signal_emit (reading->self, signals[PICTURE], 0, bytes, reading->name, (int) reading->origin);
}

static void
bytes_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result,
                                                              &error);

  if (bytes != NULL)
    give (reading, bytes);
  else
    fail (reading, error->message);
}

/* A local file is read whole or, past the limit, one byte too far: that is how it is known to be too large
 * without reading it. */
static void
file_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  GCancellable *cancellable = reading->cancellable;

  if (stream != NULL)
    g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), MAX_BYTES + 1, G_PRIORITY_DEFAULT,
                                     cancellable, bytes_read_cb, g_steal_pointer (&reading));
  else
    fail (reading, error->message);
}

void
plt_picture_source_read_file (PltPictureSource *self,
                              GFile            *file,
                              PltPhotoOrigin    origin)
{
  g_autofree char *name = NULL;

  g_return_if_fail (PLT_IS_PICTURE_SOURCE (self));
  g_return_if_fail (G_IS_FILE (file));

  name = g_file_get_basename (file);
  g_file_read_async (file, G_PRIORITY_DEFAULT, self->cancellable, file_opened_cb,
                     reading_new (self, name, origin));
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (task_data),
                         (GDestroyNotify) g_bytes_unref);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (bytes != NULL)
    give (reading, bytes);
}

void
plt_picture_source_take_texture (PltPictureSource *self,
                                 GdkTexture       *texture,
                                 const char       *name,
                                 PltPhotoOrigin    origin)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PLT_IS_PICTURE_SOURCE (self));
  g_return_if_fail (GDK_IS_TEXTURE (texture));

  task = g_task_new (NULL, self->cancellable, saved_cb, reading_new (self, name, origin));
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, save_thread);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result,
                                                                     &error);

  if (g_cancellable_is_cancelled (reading->cancellable))
    return;
  if (texture != NULL)
    plt_picture_source_take_texture (reading->self, texture, reading->name, reading->origin);
  else
    g_signal_emit (reading->self, signals[FAILED], 0,
                   _("Nothing was pasted because the clipboard holds no picture. Copy one first."));
}

void
plt_picture_source_paste (PltPictureSource *self)
{
  g_return_if_fail (PLT_IS_PICTURE_SOURCE (self));

  if (self->widget != NULL)
    gdk_clipboard_read_texture_async (gtk_widget_get_clipboard (self->widget), self->cancellable,
                                      pasted_cb,
                                      reading_new (self, _("pasted picture"),
                                                   PLT_PHOTO_FROM_CLIPBOARD));
}

static gboolean
drop_cb (PltPictureSource *self,
         const GValue     *value)
{
  if (!self->is_open)
    return FALSE;
  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    plt_picture_source_read_file (self, g_value_get_object (value), PLT_PHOTO_FROM_DROP);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    plt_picture_source_take_texture (self, g_value_get_object (value), _("dropped picture"),
                                     PLT_PHOTO_FROM_DROP);
  else
    return FALSE;
  return TRUE;
}

static void
response_cb (PltPictureSource *self,
             int               response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    plt_picture_source_read_file (self, file, PLT_PHOTO_FROM_FILE);
}

void
plt_picture_source_choose_file (PltPictureSource *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root;

  g_return_if_fail (PLT_IS_PICTURE_SOURCE (self));

  if (self->chooser != NULL || self->widget == NULL)
    return;
  root = gtk_widget_get_root (self->widget);
  self->chooser = gtk_file_chooser_native_new (self->title,
                                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_filter_set_name (filter, _("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/tiff");
  gtk_file_filter_add_mime_type (filter, "image/webp");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
plt_picture_source_stop (PltPictureSource *self)
{
  g_return_if_fail (PLT_IS_PICTURE_SOURCE (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->chooser);
}

void
plt_picture_source_set_open (PltPictureSource *self,
                             gboolean          is_open)
{
  g_return_if_fail (PLT_IS_PICTURE_SOURCE (self));

  self->is_open = is_open;
}

static void
plt_picture_source_dispose (GObject *object)
{
  PltPictureSource *self = PLT_PICTURE_SOURCE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_weak_pointer (&self->widget);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (plt_picture_source_parent_class)->dispose (object);
}

static void
plt_picture_source_class_init (PltPictureSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_picture_source_dispose;
  signals[PICTURE] = g_signal_new ("picture", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 3, G_TYPE_BYTES, G_TYPE_STRING, G_TYPE_INT);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
plt_picture_source_init (PltPictureSource *self)
{
  self->cancellable = g_cancellable_new ();
  self->is_open = TRUE;
}

PltPictureSource *
plt_picture_source_new (GtkWidget  *widget,
                        const char *title)
{
  PltPictureSource *self = g_object_new (PLT_TYPE_PICTURE_SOURCE, NULL);
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { G_TYPE_FILE, GDK_TYPE_TEXTURE };

  g_set_weak_pointer (&self->widget, widget);
  self->title = g_strdup (title);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
  return self;
}
