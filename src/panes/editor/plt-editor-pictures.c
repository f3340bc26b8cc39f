/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photo and the signature of the application: where they come from, and that none is lost while another
 * change is being written. */
#include "plt-editor-pane-private.h"

#include "plt-pane-keys.h"
#include "plt-photo-desk.h"
#include "plt-signature-desk.h"

#include <glib/gi18n-lib.h>

#define SETTINGS "org.platen.Platen"

static PltImageSection *
get_section (PltEditorPane *self,
             PltCaseImage   image)
{
  return image == PLT_CASE_IMAGE_PORTRAIT ? self->portrait : self->signature;
}

/* What is wrong with the picture stands under it; what is wrong with the office, at the top. */
static void
show_image_error (PltEditorPane *self,
                  const GError  *error)
{
  if (error->domain == PLT_OFFICE_ERROR && error->code != PLT_OFFICE_ERROR_INVALID)
    plt_editor_pane_show_error (self, error);
  else
    plt_image_section_show_error (get_section (self, self->saving_image), error->message);
}

static void
waiting_image_clear (PltWaitingImage *waiting)
{
  g_clear_pointer (&waiting->data, g_bytes_unref);
  g_clear_pointer (&waiting->name, g_free);
}

static void
image_saved_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = plt_case_set_image_finish (PLT_CASE (source), result, &error);
  PltWaitingImage saving;
  PltEditorPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  saving = self->saving;
  self->saving = (PltWaitingImage) { NULL, NULL, PLT_PHOTO_FROM_FILE };
  if (done)
    {
      plt_notice_clear (self->notice);
      plt_editor_pane_take_keyboard (self);
    }
  else
    {
      show_image_error (self, error);
      if (g_strcmp0 (plt_office_error_get_rule (error), "PHOTO") == 0)
        plt_editor_pane_open_photo_desk (self, saving.data, saving.name, saving.origin);
    }
  waiting_image_clear (&saving);
}

void
plt_editor_pane_forget_waiting (PltEditorPane *self)
{
  self->photo_wanted = FALSE;
  waiting_image_clear (&self->saving);
  for (gsize i = 0; i < G_N_ELEMENTS (self->waiting); i++)
    waiting_image_clear (&self->waiting[i]);
}

/* A write under way owns the row version: a picture that comes meanwhile is written after it. */
void
plt_editor_pane_set_image (PltEditorPane *self,
                           PltCaseImage   image,
                           GBytes        *data,
                           const char    *name,
                           PltPhotoOrigin origin)
{
  gboolean busy = FALSE;

  if (self->kase == NULL)
    return;
  plt_image_section_show_error (get_section (self, image), NULL);
  g_object_get (self->kase, "busy", &busy, NULL);
  if (busy)
    {
      waiting_image_clear (&self->waiting[image]);
      self->waiting[image].data = g_bytes_ref (data);
      self->waiting[image].name = g_strdup (name);
      self->waiting[image].origin = origin;
      return;
    }

  self->saving_image = image;
  waiting_image_clear (&self->saving);
  self->saving = (PltWaitingImage) { g_bytes_ref (data), g_strdup (name), origin };
  if (image == PLT_CASE_IMAGE_PORTRAIT)
    plt_case_import_photo_async (self->kase, data, name, origin, FALSE, self->cancellable,
                                 image_saved_cb, self);
  else
    plt_case_set_image_async (self->kase, image, data, name, self->cancellable, image_saved_cb, self);
}

/* Does one thing that was asked for while the case was opening or saving; the next one follows when
 * that has been saved. */
void
plt_editor_pane_take_waiting (PltEditorPane *self)
{
  gboolean busy = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (self->waiting); i++)
    if (self->waiting[i].data != NULL)
      {
        PltWaitingImage waiting = self->waiting[i];

        self->waiting[i] = (PltWaitingImage) { NULL, NULL, PLT_PHOTO_FROM_FILE };
        plt_editor_pane_set_image (self, (PltCaseImage) i, waiting.data, waiting.name, waiting.origin);
        waiting_image_clear (&waiting);
        return;
      }
  if (self->photo_wanted)
    {
      self->photo_wanted = FALSE;
      gtk_widget_activate_action (GTK_WIDGET (self), "editor.photo-registry", NULL);
    }
  g_object_get (self->kase, "busy", &busy, NULL);
  if (!busy && self->photo_lookup == NULL)
    plt_pane_keys_release (GTK_WIDGET (self));
}

static void
image_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);

  if (self->kase == NULL)
    return;
  if (g_str_equal (action, "editor.photo-file"))
    plt_image_section_open_file (self->portrait);
  else if (g_str_equal (action, "editor.signature-file"))
    plt_image_section_open_file (self->signature);
  else if (g_str_equal (action, "editor.photo-paste"))
    plt_image_section_paste (self->portrait);
  else
    plt_image_section_paste (self->signature);
}

/* The office keeps no portrait of the registry beside the application's own, so the registry is
 * asked again when a case was opened from the database. */
void
plt_editor_pane_drop_photo_lookup (PltEditorPane *self)
{
  if (self->photo_lookup == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->photo_lookup, self);
  plt_lookup_cancel (self->photo_lookup);
  g_clear_object (&self->photo_lookup);
}

static void
photo_looked_up_cb (PltEditorPane *self)
{
  PltSourceAnswer *answer = plt_lookup_get_answer (self->photo_lookup, PLT_SOURCE_IDENTITY);
  GBytes *portrait = plt_source_answer_get_portrait (answer);

  if (!plt_source_state_is_final (plt_source_answer_get_state (answer)))
    return;

  if (portrait != NULL)
    plt_editor_pane_set_image (self, PLT_CASE_IMAGE_PORTRAIT, portrait,
                               _("the registry’s portrait"), PLT_PHOTO_FROM_REGISTRY);
  else
    plt_image_section_show_error (self->portrait,
                                  _("The photo was not taken because the population registry gave "
                                    "no portrait. Load one from a file."));
  plt_editor_pane_drop_photo_lookup (self);
  plt_editor_pane_update_actions (self);
  plt_editor_pane_take_waiting (self);
}

static void
photo_lookup_failed_cb (PltEditorPane *self,
                        GError        *error)
{
  plt_image_section_show_error (self->portrait, error->message);
  plt_pane_keys_forget (GTK_WIDGET (self));
  plt_editor_pane_drop_photo_lookup (self);
  plt_editor_pane_update_actions (self);
}

static void
look_photo_up (PltEditorPane *self)
{
  g_autoptr (GError) error = NULL;
  PltLicenceApplication *application = plt_case_get_application (self->kase);

  plt_editor_pane_drop_photo_lookup (self);
  self->photo_lookup = plt_lookup_new (self->office,
                                       plt_licence_application_get_id_number (application), &error);
  if (self->photo_lookup == NULL)
    {
      plt_editor_pane_show_error (self, error);
      return;
    }
  g_signal_connect_swapped (self->photo_lookup, "answered", G_CALLBACK (photo_looked_up_cb), self);
  g_signal_connect_swapped (self->photo_lookup, "failed", G_CALLBACK (photo_lookup_failed_cb), self);
  plt_editor_pane_update_actions (self);
}

static void
registry_photo_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);
  PltSourceAnswer *answer;
  GBytes *portrait;
  gboolean busy = self->kase == NULL;

  if (self->kase != NULL)
    g_object_get (self->kase, "busy", &busy, NULL);
  self->photo_wanted = busy;
  if (busy)
    return;

  answer = plt_case_get_answer (self->kase, PLT_SOURCE_IDENTITY);
  portrait = answer != NULL ? plt_source_answer_get_portrait (answer) : NULL;
  if (portrait != NULL)
    plt_editor_pane_set_image (self, PLT_CASE_IMAGE_PORTRAIT, portrait,
                               _("the registry’s portrait"), PLT_PHOTO_FROM_REGISTRY);
  else
    look_photo_up (self);
}

/* ---- the desks, opened by hand, or with a photo that failed its checks ---- */

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
plt_editor_pane_install_pictures (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.photo-file", NULL, image_action);
  gtk_widget_class_install_action (widget_class, "editor.photo-paste", NULL, image_action);
  gtk_widget_class_install_action (widget_class, "editor.photo-desk", NULL, desk_action);
  gtk_widget_class_install_action (widget_class, "editor.photo-registry", NULL,
                                   registry_photo_action);
  gtk_widget_class_install_action (widget_class, "editor.signature-file", NULL, image_action);
  gtk_widget_class_install_action (widget_class, "editor.signature-paste", NULL, image_action);
  gtk_widget_class_install_action (widget_class, "editor.signature-desk", NULL, signature_action);
}
