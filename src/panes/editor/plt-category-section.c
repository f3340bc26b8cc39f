/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the categories of an application as toggles with their titles. */
#include "plt-category-section.h"

#include "plt-category.h"
#include "plt-editor-section.h"

struct _PltCategorySection
{
  AdwBin           parent_instance;

  GtkFlowBox      *box;
  GtkToggleButton *toggles[PLT_N_CATEGORIES];
  gboolean         showing; /* the toggles move because the record did */
  gboolean         pending;
  char            *codes;   /* as they stood before the next toggle */
};

static guint changed_signal;

static const char *
plt_category_section_get_name (PltEditorSection *section)
{
  return "categories";
}

static void
plt_category_section_show_case (PltEditorSection *section,
                                PltOffice        *office,
                                PltCase          *kase,
                                PltCaseCan        can)
{
  if (kase != NULL && !PLT_CATEGORY_SECTION (section)->pending)
    plt_category_section_show (PLT_CATEGORY_SECTION (section),
                               plt_licence_application_get_categories (plt_case_get_application (kase)),
                               (can & PLT_CASE_CAN_EDIT) != 0);
}

static char *
dup_joined (PltCategorySection *self)
{
  g_auto (GStrv) codes = plt_category_section_dup_codes (self);

  return g_strjoinv (",", codes);
}

static void
set_codes (PltCategorySection *self,
           const char         *codes)
{
  g_auto (GStrv) held = g_strsplit (codes, ",", -1);

  self->showing = TRUE;
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    gtk_toggle_button_set_active (self->toggles[i],
                                  g_strv_contains ((const char * const *) held,
                                                   plt_category_to_code ((PltCategory) i)));
  self->showing = FALSE;
  g_free (self->codes);
  self->codes = dup_joined (self);
}

static gboolean
plt_category_section_put (PltEditorSection *section,
                          const char       *field,
                          const char       *value,
                          int               cursor)
{
  PltCategorySection *self = PLT_CATEGORY_SECTION (section);

  if (!g_str_equal (field, "codes"))
    return FALSE;
  set_codes (self, value);
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

static void
section_init (PltEditorSectionInterface *iface)
{
  iface->get_name = plt_category_section_get_name;
  iface->show = plt_category_section_show_case;
  iface->put = plt_category_section_put;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PltCategorySection, plt_category_section, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (PLT_TYPE_EDITOR_SECTION, section_init))

static void
toggled_cb (PltCategorySection *self)
{
  g_autofree char *before = NULL;

  if (self->showing)
    return;
  before = g_steal_pointer (&self->codes);
  self->codes = dup_joined (self);
  plt_editor_section_edited (PLT_EDITOR_SECTION (self), "codes", before != NULL ? before : "",
                             self->codes, -1);
  g_signal_emit (self, changed_signal, 0);
}

static GtkWidget *
build_toggle (PltCategorySection *self,
              PltCategory         category)
{
  const char *code_text = plt_category_to_code (category);
  const char *title_text = plt_category_get_title (category);
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *code = gtk_label_new (code_text);
  GtkWidget *title = gtk_label_new (title_text);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *label = g_strdup_printf ("%s: %s", code_text, title_text);

  gtk_label_set_width_chars (GTK_LABEL (code), 4);
  gtk_label_set_xalign (GTK_LABEL (code), 0);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (code, "heading");
  gtk_widget_add_css_class (title, "category-title");
  gtk_box_append (GTK_BOX (box), code);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), check);
  g_object_bind_property (toggle, "active", check, "visible", G_BINDING_SYNC_CREATE);
  gtk_button_set_child (GTK_BUTTON (toggle), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (toggle, "toggled", G_CALLBACK (toggled_cb), self);

  return toggle;
}

static void
plt_category_section_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_CATEGORY_SECTION);
  g_clear_pointer (&PLT_CATEGORY_SECTION (object)->codes, g_free);

  G_OBJECT_CLASS (plt_category_section_parent_class)->dispose (object);
}

static void
plt_category_section_class_init (PltCategorySectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_category_section_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/editor/plt-category-section.ui");
  gtk_widget_class_bind_template_child (widget_class, PltCategorySection, box);
}

static void
plt_category_section_init (PltCategorySection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    {
      GtkWidget *toggle = build_toggle (self, (PltCategory) i);

      self->toggles[i] = GTK_TOGGLE_BUTTON (toggle);
      gtk_flow_box_append (self->box, toggle);
      gtk_widget_set_focusable (gtk_widget_get_parent (toggle), FALSE);
    }
}

void
plt_category_section_show (PltCategorySection *self,
                           const char         *categories,
                           gboolean            editable)
{
  g_autoptr (GPtrArray) entries = plt_categories_parse (categories != NULL ? categories : "", NULL);
  gboolean held[PLT_N_CATEGORIES] = { FALSE };

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    held[((PltCategoryEntry *) g_ptr_array_index (entries, i))->category] = TRUE;

  self->showing = TRUE;
  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    {
      gtk_toggle_button_set_active (self->toggles[i], held[i]);
      gtk_widget_set_sensitive (GTK_WIDGET (self->toggles[i]), editable);
    }
  self->showing = FALSE;
  g_free (self->codes);
  self->codes = dup_joined (self);
}

void
plt_category_section_set_pending (PltCategorySection *self,
                                  gboolean            pending)
{
  self->pending = pending;
}

char **
plt_category_section_dup_codes (PltCategorySection *self)
{
  GPtrArray *codes = g_ptr_array_new ();

  for (int i = 0; i < PLT_N_CATEGORIES; i++)
    if (gtk_toggle_button_get_active (self->toggles[i]))
      g_ptr_array_add (codes, g_strdup (plt_category_to_code ((PltCategory) i)));
  g_ptr_array_add (codes, NULL);

  return (char **) g_ptr_array_free (codes, FALSE);
}
