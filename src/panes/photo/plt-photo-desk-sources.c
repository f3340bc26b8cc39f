/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gets pictures for the photo desk: from files, the clipboard, by drag and drop, from the camera; and
 * shows those on record. */
#include "plt-photo-desk-private.h"

#include "plt-texture.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#define MAX_BYTES (20 * 1024 * 1024)
#define THUMB_WIDTH 70
#define THUMB_HEIGHT 90

/* ---- where pictures come from ---- */

typedef struct
{
  PltPhotoDesk   *self;
  char           *name;
  PltPhotoOrigin  origin;
} Reading;

static void
reading_free (Reading *reading)
{
  g_free (reading->name);
  g_free (reading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

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
    plt_photo_desk_add (reading->self, bytes, reading->name, reading->origin);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plt_photo_desk_say (reading->self, error->message);
}

/* One byte more than is allowed is how a file is known to be too large without reading it. */
static void
file_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  GCancellable *cancellable;

  if (stream != NULL)
    {
      cancellable = reading->self->cancellable;
      g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), MAX_BYTES + 1, G_PRIORITY_DEFAULT,
                                       cancellable, bytes_read_cb, g_steal_pointer (&reading));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plt_photo_desk_say (reading->self, error->message);
}

static void
read_file (PltPhotoDesk   *self,
           GFile          *file,
           PltPhotoOrigin  origin)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->self = self;
  reading->name = g_file_get_basename (file);
  reading->origin = origin;
  g_file_read_async (file, G_PRIORITY_DEFAULT, self->cancellable, file_opened_cb, reading);
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
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (bytes != NULL)
    plt_photo_desk_add (reading->self, bytes, reading->name, reading->origin);
}

static void
take_texture (PltPhotoDesk   *self,
              GdkTexture     *texture,
              const char     *name,
              PltPhotoOrigin  origin)
{
  Reading *reading = g_new0 (Reading, 1);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, saved_cb, reading);

  reading->self = self;
  reading->name = g_strdup (name);
  reading->origin = origin;
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, save_thread);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result,
                                                                     &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture != NULL)
    take_texture (user_data, texture, _("pasted picture"), PLT_PHOTO_FROM_CLIPBOARD);
  else
    plt_photo_desk_say (user_data, _("Nothing was pasted because the clipboard holds no picture. Copy one first."));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    read_file (user_data, g_value_get_object (value), PLT_PHOTO_FROM_DROP);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    take_texture (user_data, g_value_get_object (value), _("dropped picture"), PLT_PHOTO_FROM_DROP);
  else
    return FALSE;
  return TRUE;
}

static void
chooser_response_cb (PltPhotoDesk *self,
                     int           response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    read_file (self, file, PLT_PHOTO_FROM_FILE);
}

static void
file_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltPhotoDesk *self = PLT_PHOTO_DESK (widget);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Photo"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_filter_set_name (filter, _("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/tiff");
  gtk_file_filter_add_mime_type (filter, "image/webp");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (chooser_response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
paste_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  gdk_clipboard_read_texture_async (gtk_widget_get_clipboard (widget),
                                    PLT_PHOTO_DESK (widget)->cancellable, pasted_cb, widget);
}

/* ---- the camera ---- */

static void
frame_cb (PltPhotoDesk *self,
          GdkTexture   *frame)
{
  plt_photo_view_show_live (self->view, GDK_PAINTABLE (frame));
}

static void
camera_failed_cb (PltPhotoDesk *self,
                  const char   *sentence)
{
  gtk_toggle_button_set_active (self->camera, FALSE);
  plt_photo_desk_say (self, sentence);
}

static void
camera_toggled_cb (PltPhotoDesk *self)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_toggle_button_get_active (self->camera))
    {
      plt_camera_stop (self->camera_device);
      plt_photo_view_show_live (self->view, NULL);
    }
  else if (plt_camera_start (self->camera_device, self->camera_source, &error))
    plt_photo_desk_say (self, NULL);
  else
    camera_failed_cb (self, error->message);
  plt_photo_desk_update (self);
}

static void
take_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltPhotoDesk *self = PLT_PHOTO_DESK (widget);
  GdkTexture *frame = plt_camera_get_frame (self->camera_device);

  if (frame != NULL)
    take_texture (self, frame, _("camera picture"), PLT_PHOTO_FROM_CAMERA);
}

/* ---- what is on record ---- */

static void
add_record (PltPhotoDesk *self,
            JsonObject   *entry)
{
  const char *encoded = json_object_get_string_member_with_default (entry, "image", "");
  const char *number = json_object_get_string_member_with_default (entry, "number", "");
  gsize size = 0;
  guchar *data = g_base64_decode (encoded, &size);
  g_autoptr (GBytes) image = g_bytes_new_take (data, size);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *picture = gtk_picture_new ();
  GtkWidget *label = gtk_label_new (json_object_get_string_member_with_default (entry, "at", ""));
  g_autofree char *title = g_strdup_printf (_("Photo of application %s"), number);

  gtk_widget_set_size_request (picture, THUMB_WIDTH, THUMB_HEIGHT);
  plt_texture_show (GTK_PICTURE (picture), image, THUMB_WIDTH * 2, THUMB_HEIGHT * 2);
  gtk_widget_set_tooltip_text (picture, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_parent (box, self->record);
  gtk_widget_set_visible (self->record_box, TRUE);
}

static void
history_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_case_answer_finish (PLT_CASE (source), result, &error);
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;

  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_info ("The photos on record were not read: %s", error != NULL ? error->message : "no list");
      return;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
    add_record (user_data, json_array_get_object_element (json_node_get_array (root), i));
}

void
plt_photo_desk_read_record (PltPhotoDesk *self)
{
  plt_case_read_history_async (self->kase, self->cancellable, history_read_cb, self);
}

void
plt_photo_desk_install_sources (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "photo.take", NULL, take_action);
  gtk_widget_class_install_action (widget_class, "photo.file", NULL, file_action);
  gtk_widget_class_install_action (widget_class, "photo.paste", NULL, paste_action);
  gtk_widget_class_bind_template_callback (widget_class, camera_toggled_cb);
}

void
plt_photo_desk_connect_sources (PltPhotoDesk *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { G_TYPE_FILE, GDK_TYPE_TEXTURE };

  g_signal_connect_swapped (self->camera_device, "frame", G_CALLBACK (frame_cb), self);
  g_signal_connect_swapped (self->camera_device, "failed", G_CALLBACK (camera_failed_cb), self);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
