/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists why a layout was chosen, below a heading that opens it. It is asked only when it is opened: who asks is noted. */
#include "plt-layout-why.h"

#include "plt-editor-section.h"
#include "plt-layout-choice.h"
#include "plt-panes.h"
#include "plt-text-row.h"

#include <glib/gi18n-lib.h>

struct _PltLayoutWhy
{
  AdwBin        parent_instance;

  PltOffice    *office;      /* NULL: of no application */
  gint64        application;
  GCancellable *cancellable;

  GtkExpander  *expander;
  GtkLabel     *note;
  GtkListBox   *list;
};

static void
show_in_editor (PltEditorSection *section,
                PltOffice        *office,
                PltCase          *kase,
                PltCaseCan        can)
{
  plt_layout_why_show (PLT_LAYOUT_WHY (section), office,
                       kase != NULL ? plt_licence_application_get_id (plt_case_get_application (kase)) : 0);
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->show = show_in_editor;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltLayoutWhy, plt_layout_why, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static void
say (PltLayoutWhy *self,
     const char   *sentence)
{
  gtk_label_set_label (self->note, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), sentence != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->list), sentence == NULL);
}

static GtkWidget *
build_row (const PltLayoutChoice *choice)
{
  /* Translators: why somebody did something */
  g_autofree char *reason = choice->reason != NULL
                              ? g_strdup_printf (_("Reason: %s"), choice->reason)
                              : NULL;
  GtkWidget *row = plt_text_row_new (choice->text, reason);
  const char *icon = choice->chosen ? "emblem-ok-symbolic"
                     : choice->what == PLT_LAYOUT_CHOICE_CARD ? "dialog-information-symbolic" : NULL;
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  plt_text_row_add_prefix (PLT_TEXT_ROW (row), image);

  return row;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = plt_layout_choice_read_finish (result, &error);
  PltLayoutWhy *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  plt_panes_empty_list (self->list);
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    gtk_list_box_append (self->list, build_row (g_ptr_array_index (choices, i)));
  say (self, error != NULL ? error->message : NULL);
}

static void
stop (PltLayoutWhy *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (PltLayoutWhy *self)
{
  stop (self);
  if (self->office == NULL || self->application == 0 || !gtk_expander_get_expanded (self->expander))
    return;
  self->cancellable = g_cancellable_new ();
  plt_layout_choice_read_async (self->office, self->application, self->cancellable, read_cb, self);
}

/* Rules and versions are changed by others while it is open. */
static void
office_changed_cb (PltLayoutWhy *self,
                   const char   *subject)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && (g_str_equal (subject, "layout") || g_str_equal (subject, "everything")))
    load (self);
}

static void
plt_layout_why_dispose (GObject *object)
{
  PltLayoutWhy *self = PLT_LAYOUT_WHY (object);

  stop (self);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (plt_layout_why_parent_class)->dispose (object);
}

static void
plt_layout_why_class_init (PltLayoutWhyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_layout_why_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/inspector/plt-layout-why.ui");
  gtk_widget_class_bind_template_child (widget_class, PltLayoutWhy, expander);
  gtk_widget_class_bind_template_child (widget_class, PltLayoutWhy, note);
  gtk_widget_class_bind_template_child (widget_class, PltLayoutWhy, list);
  gtk_widget_class_bind_template_callback (widget_class, load);
}

static void
plt_layout_why_init (PltLayoutWhy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plt_layout_why_show (PltLayoutWhy *self,
                     PltOffice    *office,
                     gint64        application)
{
  g_return_if_fail (PLT_IS_LAYOUT_WHY (self));

  if (self->office == NULL && office != NULL)
    {
      self->office = g_object_ref (office);
      g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
    }
  if (self->application != application)
    {
      plt_panes_empty_list (self->list);
      say (self, _("Being asked…"));
    }
  self->application = application;
  gtk_widget_set_visible (GTK_WIDGET (self), application != 0);
  load (self);
}
