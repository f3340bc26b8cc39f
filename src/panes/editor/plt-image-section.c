/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a picture of an application and takes a new one from a file, the clipboard or a drop. */
#include "plt-image-section.h"

#include "plt-panes.h"
#include "plt-texture.h"

#include <glib/gi18n-lib.h>

/* More than this is refused before it is read; what is read is checked by the office. */
#define MAX_BYTES (20 * 1024 * 1024)
/* As high as the section’s frame, and as wide as a signature becomes there. */
#define WIDTH_PX 480
#define HEIGHT_PX 150

struct _PltImageSection
{
  AdwBin                parent_instance;

  char                 *title;
  GtkFileChooserNative *chooser; /* alive while it is open */
  GCancellable         *cancellable;
  gboolean              editable;

  GtkLabel             *heading;
  GtkWidget            *picture;
  GtkWidget            *empty;
  GtkWidget            *file;
  GtkWidget            *paste;
  GtkWidget            *registry;
  GtkWidget            *desk;
  GtkWidget            *drop_hint;
  GtkLabel             *error;
};

G_DEFINE_FINAL_TYPE (PltImageSection, plt_image_section, ADW_TYPE_BIN)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
fail (PltImageSection *self,
      const char      *name,
      const char      *why)
{
  g_autofree char *sentence = NULL;

  /* Translators: the picture's file name, and why it cannot be used */
  sentence = g_strdup_printf (_("The picture “%s” was not taken: %s"), name, why);
  plt_image_section_show_error (self, sentence);
}

typedef struct
{
  PltImageSection *self;
  GInputStream    *stream;
  char            *name;
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->stream);
  g_free (reading->name);
  g_free (reading);
}

static void
bytes_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result,
                                                              &error);

  if (bytes != NULL)
    {
      if (g_bytes_get_size (bytes) > MAX_BYTES)
        fail (reading->self, reading->name, _("it is larger than 20 MB."));
      else
        g_signal_emit (reading->self, signals[CHOSEN], 0, bytes, reading->name);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (reading->self, reading->name, error->message);

  reading_free (reading);
}

/* A local file is read whole or, past the limit, one byte too far: that is how it is known to be
 * too large without reading it. */
static void
file_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Reading *reading = user_data;
  g_autoptr (GError) error = NULL;
  GFileInputStream *stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (reading->self, reading->name, error->message);
      reading_free (reading);
      return;
    }

  reading->stream = G_INPUT_STREAM (stream);
  g_input_stream_read_bytes_async (reading->stream, MAX_BYTES + 1, G_PRIORITY_DEFAULT,
                                   reading->self->cancellable, bytes_read_cb, reading);
}

static void
read_file (PltImageSection *self,
           GFile           *file)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->self = self;
  reading->name = g_file_get_basename (file);
  g_file_read_async (file, G_PRIORITY_DEFAULT, self->cancellable, file_opened_cb, reading);
}

static void
save_texture_thread (GTask        *task,
                     gpointer      source,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (task_data),
                         (GDestroyNotify) g_bytes_unref);
}

static void
texture_saved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (bytes != NULL)
    g_signal_emit (source, signals[CHOSEN], 0, bytes, _("pasted picture"));
}

static void
take_texture (PltImageSection *self,
              GdkTexture      *texture)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, texture_saved_cb, NULL);

  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, save_texture_thread);
}

static void
texture_pasted_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result,
                                                                     &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture != NULL)
    take_texture (user_data, texture);
  else
    plt_image_section_show_error (user_data, _("Nothing was pasted because the clipboard holds no "
                                               "picture. Copy one first."));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  PltImageSection *self = user_data;

  if (!self->editable)
    return FALSE;
  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    read_file (self, g_value_get_object (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    take_texture (self, g_value_get_object (value));
  else
    return FALSE;

  return TRUE;
}

static void
picture_changed_cb (PltImageSection *self)
{
  gboolean shown = gtk_picture_get_paintable (GTK_PICTURE (self->picture)) != NULL;

  gtk_widget_set_visible (self->picture, shown);
  gtk_widget_set_visible (self->empty, !shown);
}

static void
chooser_response_cb (PltImageSection *self,
                     int              response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    read_file (self, file);
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

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->title, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_IMAGE_SECTION);

  G_OBJECT_CLASS (plt_image_section_parent_class)->dispose (object);
}

static void
plt_image_section_class_init (PltImageSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_image_section_dispose;
  widget_class->grab_focus = plt_image_section_grab_focus;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_BYTES, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-image-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, heading);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, picture);
  gtk_widget_class_bind_template_child (widget_class, PltImageSection, empty);
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
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { G_TYPE_FILE, GDK_TYPE_TEXTURE };

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  g_signal_connect_object (self->picture, "notify::paintable", G_CALLBACK (picture_changed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
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
  g_free (self->title);
  self->title = g_strdup (title);
  gtk_label_set_text (self->heading, title);
  set_button (self->file, title, _("from a file"), file_action);
  set_button (self->paste, title, _("paste"), paste_action);
  set_button (self->registry, title, _("from the registry"), registry_action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
}

void
plt_image_section_set_desk (PltImageSection *self,
                            const char      *what,
                            const char      *action)
{
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
  plt_texture_show (GTK_PICTURE (self->picture), image, WIDTH_PX, HEIGHT_PX);
  self->editable = editable;
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
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_object (&self->chooser);
  plt_image_section_show_error (self, NULL);
}

void
plt_image_section_open_file (PltImageSection *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
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
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (chooser_response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
plt_image_section_paste (PltImageSection *self)
{
  gdk_clipboard_read_texture_async (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                                    self->cancellable, texture_pasted_cb, self);
}
