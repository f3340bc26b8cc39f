/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the sources of an application and its fields. */
#include "plt-person-section.h"

#include "plt-comparison-cell.h"
#include "plt-editor-section.h"
#include "plt-field-table.h"
#include "plt-source-card.h"
#include "plt-wrap-box.h"

struct _PltPersonSection
{
  AdwBin         parent_instance;

  GListModel    *shown; /* the fields */
  PltSourceCard *cards[PLT_N_SOURCES];
  PltFieldTable *fields;
};

static void
show_sources (PltPersonSection *self,
              PltCase          *kase)
{
  for (PltSource source = 0; source < plt_source_get_count (); source++)
    {
      PltSourceAnswer *answer = plt_case_get_answer (kase, source);

      if (answer != NULL || source < PLT_N_KNOWN_SOURCES)
        plt_source_card_show (plt_source_card_get_one (self->cards, source), source,
                              plt_source_get_title (source), answer, 0, FALSE);
      /* What the application before this one had of a source beside the three. */
      if (self->cards[source] != NULL)
        gtk_widget_set_visible (GTK_WIDGET (self->cards[source]),
                                answer != NULL || source < PLT_N_KNOWN_SOURCES);
      plt_field_table_set_answer (self->fields, source, answer);
    }
}

static void
plt_person_section_show (PltEditorSection *section,
                         PltOffice        *office,
                         PltCase          *kase,
                         PltCaseCan        can)
{
  PltPersonSection *self = PLT_PERSON_SECTION (section);
  GListModel *model = kase != NULL ? plt_case_get_fields (kase) : NULL;

  if (g_set_object (&self->shown, model))
    plt_field_table_set_model (self->fields, model,
                               ((can & PLT_CASE_CAN_EDIT) != 0 ? PLT_COMPARISON_MAY_CHOOSE : 0) |
                               ((can & PLT_CASE_CAN_DECIDE) != 0 ? PLT_COMPARISON_MAY_DECIDE : 0));
  if (kase != NULL)
    show_sources (self, kase);
}

static gboolean
plt_person_section_focus_missing (PltEditorSection *section,
                                  PltCase          *kase)
{
  return plt_person_section_focus_open (PLT_PERSON_SECTION (section));
}

static void
section_init (PltEditorSectionInterface *iface)
{
  /* Who it is comes before everything else. */
  iface->rank = -1;
  iface->show = plt_person_section_show;
  iface->focus_missing = plt_person_section_focus_missing;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltPersonSection, plt_person_section, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static void
plt_person_section_dispose (GObject *object)
{
  g_clear_object (&PLT_PERSON_SECTION (object)->shown);
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_PERSON_SECTION);

  G_OBJECT_CLASS (plt_person_section_parent_class)->dispose (object);
}

static void
plt_person_section_class_init (PltPersonSectionClass *klass)
{
  static const char * const card_ids[] = { "identity_card", "driver_card", "infringement_card" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_person_section_dispose;
  g_type_ensure (PLT_TYPE_SOURCE_CARD);
  g_type_ensure (PLT_TYPE_FIELD_TABLE);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-person-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltPersonSection, fields);
  for (gsize i = 0; i < G_N_ELEMENTS (card_ids); i++)
    gtk_widget_class_bind_template_child_full (
      widget_class, card_ids[i], FALSE,
      (gssize) (G_STRUCT_OFFSET (PltPersonSection, cards) + i * sizeof (PltSourceCard *)));
}

static void
plt_person_section_init (PltPersonSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plt_person_section_set_decisions (PltPersonSection *self,
                                  GPtrArray        *decisions)
{
  plt_field_table_set_decisions (self->fields, decisions);
}

gboolean
plt_person_section_focus_open (PltPersonSection *self)
{
  return plt_field_table_focus_open (self->fields);
}
