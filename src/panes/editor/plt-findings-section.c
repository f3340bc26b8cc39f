/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists what the rules found, or says that they found nothing. */
#include "plt-findings-section.h"

#include "plt-editor-section.h"
#include "plt-record-rows.h"

struct _PltFindingsSection
{
  AdwBin      parent_instance;

  GListModel *shown; /* of the case; never looked into when that is gone */
  GtkListBox *findings;
  GtkWidget  *no_findings;
};

static void
plt_findings_section_show (PltEditorSection *section,
                           PltOffice        *office,
                           PltCase          *kase,
                           PltCaseCan        can)
{
  PltFindingsSection *self = PLT_FINDINGS_SECTION (section);
  GListModel *model = kase != NULL ? plt_case_get_findings (kase) : NULL;
  gboolean any = model != NULL && g_list_model_get_n_items (model) > 0;

  if (g_set_object (&self->shown, model))
    gtk_list_box_bind_model (self->findings, model, plt_finding_row_new, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->findings), any);
  gtk_widget_set_visible (self->no_findings, !any);
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->show = plt_findings_section_show;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltFindingsSection, plt_findings_section, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static void
plt_findings_section_dispose (GObject *object)
{
  g_clear_object (&PLT_FINDINGS_SECTION (object)->shown);
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_FINDINGS_SECTION);

  G_OBJECT_CLASS (plt_findings_section_parent_class)->dispose (object);
}

static void
plt_findings_section_class_init (PltFindingsSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_findings_section_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-findings-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltFindingsSection, findings);
  gtk_widget_class_bind_template_child (widget_class, PltFindingsSection, no_findings);
}

static void
plt_findings_section_init (PltFindingsSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
