/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets somebody sign, take strokes back, and stores what was written. */
#include "plt-signature-desk.h"

#include "plt-panes.h"
#include "plt-picture-source.h"
#include "plt-signature-pad.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

struct _PltSignatureDesk
{
  AdwWindow         parent_instance;

  PltCase          *kase;
  PltPictureSource *pictures;
  GCancellable     *cancellable;
  gboolean          is_storing;

  PltSignaturePad  *pad;
  GtkLabel         *message;
};

G_DEFINE_FINAL_TYPE (PltSignatureDesk, plt_signature_desk, ADW_TYPE_WINDOW)

enum { SCAN, SIGNED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
say (PltSignatureDesk *self,
     const char       *sentence)
{
  gtk_label_set_text (self->message, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), sentence != NULL);
}

static void
update (PltSignatureDesk *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_written = plt_strokes_get_n (plt_signature_pad_get_strokes (self->pad)) > 0;

  gtk_widget_action_set_enabled (widget, "signature.use", is_written && !self->is_storing);
  gtk_widget_action_set_enabled (widget, "signature.undo", is_written && !self->is_storing);
  gtk_widget_action_set_enabled (widget, "signature.clear", is_written && !self->is_storing);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = plt_case_set_strokes_finish (PLT_CASE (source), result, &error);
  PltSignatureDesk *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  self->is_storing = FALSE;
  update (self);
  if (done)
    gtk_window_close (GTK_WINDOW (self));
  else
    say (self, error->message);
}

static void
hand_out (PltSignatureDesk *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = plt_strokes_draw (plt_signature_pad_get_strokes (self->pad), _("Signature"), &error);

  if (picture == NULL)
    {
      say (self, error->message);
      return;
    }
  g_signal_emit (self, signals[SIGNED], 0, picture);
  gtk_window_close (GTK_WINDOW (self));
}

static void
use_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltSignatureDesk *self = PLT_SIGNATURE_DESK (widget);

  if (self->is_storing)
    return;
  if (self->kase == NULL)
    {
      hand_out (self);
      return;
    }
  self->is_storing = TRUE;
  say (self, NULL);
  plt_case_set_strokes_async (self->kase, plt_signature_pad_get_strokes (self->pad), self->cancellable,
                              stored_cb, self);
  update (self);
}

static void
undo_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  plt_signature_pad_undo (PLT_SIGNATURE_DESK (widget)->pad);
}

static void
clear_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  plt_signature_pad_clear (PLT_SIGNATURE_DESK (widget)->pad);
}

static void
file_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  plt_picture_source_choose_file (PLT_SIGNATURE_DESK (widget)->pictures);
}

static void
paste_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  plt_picture_source_paste (PLT_SIGNATURE_DESK (widget)->pictures);
}

static void
picture_cb (PltSignatureDesk *self,
            GBytes           *bytes,
            const char       *name,
            int               origin)
{
  g_signal_emit (self, signals[SCAN], 0, bytes, name, origin);
  gtk_window_close (GTK_WINDOW (self));
}

static void
changed_cb (PltSignatureDesk *self)
{
  say (self, NULL);
  update (self);
}

static void
plt_signature_desk_dispose (GObject *object)
{
  PltSignatureDesk *self = PLT_SIGNATURE_DESK (object);

  g_cancellable_cancel (self->cancellable);
  if (self->pictures != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->pictures, self);
      plt_picture_source_stop (self->pictures);
    }
  g_clear_object (&self->pictures);
  g_clear_object (&self->kase);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (plt_signature_desk_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "signature.use", NULL, use_action);
  gtk_widget_class_install_action (widget_class, "signature.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "signature.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "signature.file", NULL, file_action);
  gtk_widget_class_install_action (widget_class, "signature.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "signature.use", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "signature.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_CONTROL_MASK,
                                       "signature.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "signature.file",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "signature.paste",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plt_signature_desk_class_init (PltSignatureDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_signature_desk_dispose;
  signals[SCAN] = g_signal_new ("scan", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 3, G_TYPE_BYTES, G_TYPE_STRING, G_TYPE_INT);
  signals[SIGNED] = g_signal_new ("signed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BYTES);
  g_type_ensure (PLT_TYPE_SIGNATURE_PAD);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/panes/photo/plt-signature-desk.ui");
  install_actions (widget_class);
  gtk_widget_class_bind_template_child (widget_class, PltSignatureDesk, pad);
  gtk_widget_class_bind_template_child (widget_class, PltSignatureDesk, message);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
plt_signature_desk_init (PltSignatureDesk *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  self->pictures = plt_picture_source_new (GTK_WIDGET (self), _("Signature"));
  g_signal_connect_swapped (self->pictures, "picture", G_CALLBACK (picture_cb), self);
  g_signal_connect_swapped (self->pictures, "failed", G_CALLBACK (say), self);
  update (self);
}

PltSignatureDesk *
plt_signature_desk_open (GtkWidget *parent,
                         PltCase   *kase)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  PltSignatureDesk *self = g_object_new (PLT_TYPE_SIGNATURE_DESK, "transient-for",
                                         GTK_IS_WINDOW (root) ? root : NULL, NULL);

  g_set_object (&self->kase, kase);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->pad));
  return self;
}
