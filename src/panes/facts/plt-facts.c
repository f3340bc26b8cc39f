/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays captions and values out in columns of equal width on a card. */
#include "plt-facts.h"

struct _PltFacts
{
  AdwBin      parent_instance;

  GtkFlowBox *box;
  GPtrArray  *captions; /* of the labels, which are not owned */
  GPtrArray  *values;
};

G_DEFINE_FINAL_TYPE (PltFacts, plt_facts, ADW_TYPE_BIN)

static void
plt_facts_finalize (GObject *object)
{
  PltFacts *self = PLT_FACTS (object);

  g_ptr_array_unref (self->captions);
  g_ptr_array_unref (self->values);

  G_OBJECT_CLASS (plt_facts_parent_class)->finalize (object);
}

static void
plt_facts_class_init (PltFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_facts_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plt_facts_init (PltFacts *self)
{
  self->captions = g_ptr_array_new ();
  self->values = g_ptr_array_new ();
  self->box = g_object_new (GTK_TYPE_FLOW_BOX,
                            "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                            "selection-mode", GTK_SELECTION_NONE,
                            "homogeneous", TRUE,
                            "min-children-per-line", 2,
                            "max-children-per-line", 4,
                            "column-spacing", 12,
                            "row-spacing", 12,
                            NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "padded");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self, NULL, -1);
}

static GtkWidget *
build_label (const char *text,
             GPtrArray  *labels)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", text,
                                   "xalign", 0.0,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   NULL);

  g_ptr_array_add (labels, label);

  return label;
}

void
plt_facts_add (PltFacts   *self,
               const char *caption)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = build_label (caption, self->captions);
  GtkWidget *value = build_label ("—", self->values);

  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_widget_add_css_class (value, "numeric");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), value);
  gtk_flow_box_append (self->box, box);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
}

void
plt_facts_set_columns (PltFacts *self,
                       guint     n_columns)
{
  gtk_flow_box_set_max_children_per_line (self->box, n_columns);
}

void
plt_facts_set (PltFacts   *self,
               guint       fact,
               const char *value)
{
  g_autofree char *label = NULL;
  GtkWidget *shown;

  g_return_if_fail (fact < self->values->len);

  shown = g_ptr_array_index (self->values, fact);
  gtk_label_set_text (GTK_LABEL (shown), value != NULL && *value != '\0' ? value : "—");
  label = g_strdup_printf ("%s: %s",
                           gtk_label_get_text (g_ptr_array_index (self->captions, fact)),
                           gtk_label_get_text (GTK_LABEL (shown)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_ancestor (shown,
                                                                           GTK_TYPE_FLOW_BOX_CHILD)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
