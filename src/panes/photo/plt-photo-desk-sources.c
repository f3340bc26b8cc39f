/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gets pictures for the photo desk: from files, the clipboard, by drag and drop, from the camera; and
 * shows those on record. */
#include "plt-photo-desk-private.h"

#include "plt-texture.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#define THUMB_WIDTH 70
#define THUMB_HEIGHT 90

static void
picture_cb (PltPhotoDesk *self,
            GBytes       *bytes,
            const char   *name,
            int           origin)
{
  plt_photo_desk_add (self, bytes, name, (PltPhotoOrigin) origin);
}

static void
file_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  plt_picture_source_choose_file (PLT_PHOTO_DESK (widget)->pictures);
}

static void
paste_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  plt_picture_source_paste (PLT_PHOTO_DESK (widget)->pictures);
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
    plt_picture_source_take_texture (self->pictures, frame, _("camera picture"), PLT_PHOTO_FROM_CAMERA);
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
  self->pictures = plt_picture_source_new (GTK_WIDGET (self), _("Photo"));
  g_signal_connect_swapped (self->pictures, "picture", G_CALLBACK (picture_cb), self);
  g_signal_connect_swapped (self->pictures, "failed", G_CALLBACK (plt_photo_desk_say), self);
  g_signal_connect_swapped (self->camera_device, "frame", G_CALLBACK (frame_cb), self);
  g_signal_connect_swapped (self->camera_device, "failed", G_CALLBACK (camera_failed_cb), self);
}
