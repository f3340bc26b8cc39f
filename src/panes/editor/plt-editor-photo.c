/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photo desk and the signature desk over the editor: opened by hand, or with a photo that failed its
 * checks. */
#include "plt-editor-pane-private.h"

#include "plt-photo-desk.h"
#include "plt-signature-desk.h"

#define SETTINGS "org.platen.Platen"

void
plt_editor_pane_open_photo_desk (PltEditorPane *self,
                                 GBytes        *data,
                                 const char    *name,
                                 PltPhotoOrigin origin)
{
  g_autoptr (GSettings) settings = g_settings_new (SETTINGS);
  g_autofree char *source = g_settings_get_string (settings, "camera-source");
  PltPhotoDesk *desk;

  if (self->kase == NULL)
    return;
  plt_image_section_show_error (self->portrait, NULL);
  desk = plt_photo_desk_open (GTK_WIDGET (self), self->kase, source);
  if (data != NULL)
    plt_photo_desk_add (desk, data, name, origin);
}

static void
desk_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  plt_editor_pane_open_photo_desk (PLT_EDITOR_PANE (widget), NULL, NULL, PLT_PHOTO_FROM_FILE);
}

static void
scan_chosen_cb (PltEditorPane *self,
                GBytes        *data,
                const char    *name,
                int            origin)
{
  plt_editor_pane_set_image (self, PLT_CASE_IMAGE_SIGNATURE, data, name, (PltPhotoOrigin) origin);
}

static void
signature_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  PltSignatureDesk *desk;

  if (self->kase == NULL)
    return;
  plt_image_section_show_error (self->signature, NULL);
  desk = plt_signature_desk_open (widget, self->kase);
  g_signal_connect_object (desk, "scan", G_CALLBACK (scan_chosen_cb), self, G_CONNECT_SWAPPED);
}

void
plt_editor_pane_install_photo (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.photo-desk", NULL, desk_action);
  gtk_widget_class_install_action (widget_class, "editor.signature-desk", NULL, signature_action);
}
