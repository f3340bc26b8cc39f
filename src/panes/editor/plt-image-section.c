/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a picture of an application and takes a new one from a file, the clipboard or a drop. */
#include "plt-image-section.h"

#include "plt-editor-section.h"
#include "plt-panes.h"
#include "plt-picture-source.h"
#include "plt-texture.h"

#include <glib/gi18n-lib.h>

/* As high as the section’s frame, and as wide as a signature becomes there. */
#define WIDTH_PX 480
#define HEIGHT_PX 150

struct _PltImageSection
{
  AdwBin                parent_instance;

  char                 *title;
  PltPictureSource     *source; /* NULL until it was set up */
  gboolean              has_image;
  PltCaseImage          image;

  GtkLabel             *heading;
  GtkWidget            *picture;
  GtkWidget            *empty;
  GtkLabel             *none;
  GtkWidget            *file;
  GtkWidget            *paste;
  GtkWidget            *registry;
  GtkWidget            *desk;
  GtkWidget            *drop_hint;
  GtkLabel             *error;
};

static void
plt_image_section_show_case (PltEditorSection *section,
                             PltOffice        *office,
                             PltCase          *kase,
                             PltCaseCan        can)
{
  PltImageSection *self = PLT_IMAGE_SECTION (section);

  if (kase != NULL)
    plt_image_section_show (self, plt_case_get_image (kase, self->image),
                            (can & PLT_CASE_CAN_EDIT) != 0);
  else
    /* A picture that is still being read belongs to the application that was open before. */
    plt_image_section_stop (self);
}

static gboolean
plt_image_section_focus_missing (PltEditorSection *section,
                                 PltCase          *kase)
{
  return plt_case_get_image (kase, PLT_IMAGE_SECTION (section)->image) == NULL &&
         gtk_widget_grab_focus (GTK_WIDGET (section));
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->show = plt_image_section_show_case;
  iface->focus_missing = plt_image_section_focus_missing;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltImageSection, plt_image_section, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
picture_cb (PltImageSection *self,
            GBytes          *bytes,
            const char      *name,
            int              origin)
{
  g_signal_emit (self, signals[CHOSEN], 0, bytes, name, origin);
}

static void
picture_changed_cb (PltImageSection *self)
{
  GtkPicture *picture = GTK_PICTURE (self->picture);
  gboolean shown = gtk_picture_get_paintable (picture) != NULL;

  /* Nothing is said of one that is only being decoded. */
  gtk_widget_set_visible (self->picture, shown);
  gtk_widget_set_visible (self->empty,
                          !shown && (!self->has_image || plt_texture_is_damaged (picture)));
  gtk_label_set_label (self->none, self->has_image ? _("The picture on record cannot be shown.")
                                                   : _("None yet"));
}

static gboolean
plt_image_section_grab_focus (GtkWidget *widget)
{
  PltImageSection *self = PLT_IMAGE_SECTION (widget);

  return gtk_widget_grab_focus (gtk_widget_get_visible (self->registry) ? self->registry
                                                                        : self->file);
}

static void
plt_image_section_dispose (GObject *object)
{
  PltImageSection *self = PLT_IMAGE_SECTION (object);

  if (self->source != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->source, self);
      plt_picture_source_stop (self->source);
    }
  g_clear_object (&self->source);
  g_clear_pointer (&self->title, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_IMAGE_SECTION);

  G_OBJECT_CLASS (plt_image_section_parent_class)->dispose (object);
}

static void
plt_image_section_class_init (PltImageSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_image_section_dispose;
  plt_panes_class_set_grab_focus (widget_class, plt_image_section_grab_focus);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_BYTES, G_TYPE_STRING, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-image-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, heading);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, picture);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, empty);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, none);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, file);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, paste);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, registry);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, desk);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, error);
}

static void
plt_image_section_init (PltImageSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  g_signal_connect_object (self->picture, "notify::paintable", G_CALLBACK (picture_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
set_button (GtkWidget  *button,
            const char *title,
            const char *what,
            const char *action)
{
  g_autofree char *label = g_strdup_printf ("%s: %s", title, what);

  gtk_widget_set_visible (button, action != NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
plt_image_section_set_up (PltImageSection *self,
                          const char      *title,
                          const char      *file_action,
                          const char      *paste_action,
                          const char      *registry_action)
{
  g_return_if_fail (self->source == NULL);

  self->title = g_strdup (title);
  self->source = plt_picture_source_new (GTK_WIDGET (self), title);
  g_signal_connect_swapped (self->source, "picture", G_CALLBACK (picture_cb), self);
  g_signal_connect_swapped (self->source, "failed", G_CALLBACK (plt_image_section_show_error), self);
  gtk_label_set_text (self->heading, title);
  set_button (self->file, title, _("from a file"), file_action);
  set_button (self->paste, title, _("paste"), paste_action);
  set_button (self->registry, title, _("from the registry"), registry_action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

void
plt_image_section_set_image (PltImageSection *self,
                             PltCaseImage     image)
{
  self->image = image;
}

void
plt_image_section_set_desk (PltImageSection *self,
                            const char      *label,
                            const char      *what,
                            const char      *action)
{
  gtk_button_set_label (GTK_BUTTON (self->desk), label);
  set_button (self->desk, self->title, what, action);
}

static void
show_button (GtkWidget *button,
             gboolean   editable)
{
  gtk_widget_set_visible (button,
                          editable &&
                          gtk_actionable_get_action_name (GTK_ACTIONABLE (button)) != NULL);
}

/* @editable: FALSE when the picture is settled; then nothing is offered but the sight of it. */
void
plt_image_section_show (PltImageSection *self,
                        GBytes          *image,
                        gboolean         editable)
{
  self->has_image = image != NULL;
  plt_texture_show (GTK_PICTURE (self->picture), image, WIDTH_PX, HEIGHT_PX);
  picture_changed_cb (self);
  plt_picture_source_set_open (self->source, editable);
  show_button (self->file, editable);
  show_button (self->paste, editable);
  show_button (self->registry, editable);
  show_button (self->desk, editable);
  gtk_widget_set_visible (self->drop_hint, editable);
}

/* @sentence: (nullable): why the last picture was not taken, shown under the buttons */
void
plt_image_section_show_error (PltImageSection *self,
                              const char      *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

/* Lets go of a picture that is being read: it was meant for what was shown until now. */
void
plt_image_section_stop (PltImageSection *self)
{
  plt_picture_source_stop (self->source);
  plt_image_section_show_error (self, NULL);
}

void
plt_image_section_open_file (PltImageSection *self)
{
  plt_picture_source_choose_file (self->source);
}

void
plt_image_section_paste (PltImageSection *self)
{
  plt_picture_source_paste (self->source);
}
