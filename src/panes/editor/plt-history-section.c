/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists what was done to an application. */
#include "plt-history-section.h"

#include "plt-editor-section.h"
#include "plt-record-rows.h"

struct _PltHistorySection
{
  AdwBin      parent_instance;

  GListModel *shown;
  GtkListBox *events;
};

static void
plt_history_section_show (PltEditorSection *section,
                          PltOffice        *office,
                          PltCase          *kase,
                          PltCaseCan        can)
{
  PltHistorySection *self = PLT_HISTORY_SECTION (section);
  GListModel *model = kase != NULL ? plt_case_get_events (kase) : NULL;

  if (g_set_object (&self->shown, model))
    gtk_list_box_bind_model (self->events, model, plt_event_row_new, NULL, NULL);
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->show = plt_history_section_show;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltHistorySection, plt_history_section, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static void
plt_history_section_dispose (GObject *object)
{
  g_clear_object (&PLT_HISTORY_SECTION (object)->shown);
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_HISTORY_SECTION);

  G_OBJECT_CLASS (plt_history_section_parent_class)->dispose (object);
}

static void
plt_history_section_class_init (PltHistorySectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_history_section_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-history-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltHistorySection, events);
}

static void
plt_history_section_init (PltHistorySection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
