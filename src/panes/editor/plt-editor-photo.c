/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photo desk over the editor: opened by hand, or with a photo that failed its checks. */
#include "plt-editor-pane-private.h"

#include "plt-photo-desk.h"

#define SETTINGS "org.platen.Platen"

void
plt_editor_pane_open_photo_desk (PltEditorPane *self,
                                 GBytes        *data,
                                 const char    *name)
{
  g_autoptr (GSettings) settings = g_settings_new (SETTINGS);
  g_autofree char *source = g_settings_get_string (settings, "camera-source");
  PltPhotoDesk *desk;

  if (self->kase == NULL)
    return;
  plt_image_section_show_error (self->portrait, NULL);
  desk = plt_photo_desk_open (GTK_WIDGET (self), self->kase, source);
  if (data != NULL)
    plt_photo_desk_add (desk, data, name, PLT_PHOTO_FROM_FILE);
}

static void
desk_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  plt_editor_pane_open_photo_desk (PLT_EDITOR_PANE (widget), NULL, NULL);
}

void
plt_editor_pane_install_photo (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.photo-desk", NULL, desk_action);
}
