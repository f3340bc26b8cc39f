/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows reconciled fields as rows with a column for each source. */
#include "plt-field-table.h"

#include "plt-comparison-cell.h"
#include "plt-field-text.h"
#include "plt-panes.h"
#include "plt-reconciliation.h"

#include <glib/gi18n-lib.h>

struct _PltFieldTable
{
  GtkWidget   parent_instance;

  GtkBox     *head;
  GtkListBox *rows;
  PltSource   n_sources; /* columns in the head */
  guint       may;       /* PltComparisonMay */
};

G_DEFINE_FINAL_TYPE (PltFieldTable, plt_field_table, GTK_TYPE_WIDGET)

static GtkWidget *
build_label (const char *text,
             const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/* A source that says something else than what is used carries a sign, not only a colour. */
static gboolean
differs (PltReconciledField *field,
         const char         *said)
{
  const char *used = plt_reconciled_field_get_value (field);
  PltChoice choice = plt_reconciled_field_get_choice (field);

  if (said == NULL || *said == '\0' || choice == PLT_CHOICE_AGREED || choice == PLT_CHOICE_ONLY ||
      choice == PLT_CHOICE_RULE)
    return FALSE;
  if (used == NULL || *used == '\0')
    return TRUE;

  return !g_str_equal (said, used);
}

/* A grid and not a box: a box asks each label how wide it would be for each height, and a label that
 * wraps answers that by trying; a table of twenty fields then takes a quarter of a second. */
static GtkWidget *
build_columns (int      spacing,
               gboolean homogeneous)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), (guint) spacing);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), homogeneous);

  return grid;
}

static void
add_column (GtkWidget *grid,
            GtkWidget *child)
{
  gtk_grid_attach_next_to (GTK_GRID (grid), child, NULL, GTK_POS_RIGHT, 1, 1);
}

static GtkWidget *
build_said (PltReconciledField *field,
            PltSource           source)
{
  const char *said = plt_reconciled_field_get_source_value (field, source);
  g_autofree char *text = plt_field_to_display (plt_reconciled_field_get_field (field), said);
  GtkWidget *box = build_columns (6, FALSE);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (differs (field, said))
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_set_tooltip_text (icon, _("This source says something else."));
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("This source says something else."), -1);
      gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (icon, "warning");
      add_column (box, icon);
    }
  add_column (box, build_label (text, said == NULL ? "dim-label" : NULL));

  return box;
}

static GtkWidget *
build_row (gpointer item,
           gpointer user_data)
{
  PltReconciledField *field = item;
  PltFieldTable *self = user_data;
  const char *title = plt_field_get_title (plt_reconciled_field_get_field (field));
  g_autofree char *state = plt_reconciled_field_dup_why (field);
  g_autofree char *label = g_strdup_printf ("%s: %s", title, state);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = build_columns (12, TRUE);

  gtk_widget_add_css_class (box, "field-row");
  add_column (box, build_label (title, "dim-label"));
  for (PltSource source = 0; source < self->n_sources; source++)
    add_column (box, build_said (field, source));
  add_column (box, plt_comparison_cell_new (field, self->may));

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  plt_comparison_install_keys (row, field, self->may);
  if (plt_reconciled_field_get_choice (field) == PLT_CHOICE_OPEN)
    gtk_widget_add_css_class (row, "open");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return row;
}

static void
plt_field_table_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), PLT_TYPE_FIELD_TABLE);
  /* The template's outermost box has no name by which it would be let go. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (plt_field_table_parent_class)->dispose (object);
}

static void
plt_field_table_class_init (PltFieldTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_field_table_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/sources/plt-field-table.ui");
  gtk_widget_class_bind_template_child (widget_class, PltFieldTable, head);
  gtk_widget_class_bind_template_child (widget_class, PltFieldTable, rows);
}

static void
plt_field_table_init (PltFieldTable *self)
{
  GtkWidget *nothing;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->n_sources = PLT_N_KNOWN_SOURCES;
  nothing = build_label (_("No source has said anything yet."), "dim-label");
  gtk_widget_add_css_class (nothing, "field-row");
  gtk_list_box_set_placeholder (self->rows, nothing);
}

static gboolean
has_any_value (gpointer item,
               gpointer user_data)
{
  return plt_reconciled_field_get_choice (item) != PLT_CHOICE_NONE;
}

static int
compare_ranks (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return plt_comparison_rank ((gpointer) a) - plt_comparison_rank ((gpointer) b);
}

/* Registries that only adapter files know have their columns before “Used”. */
static void
update_head (PltFieldTable *self)
{
  for (; self->n_sources < plt_source_get_count (); self->n_sources++)
    {
      GtkWidget *used = gtk_widget_get_last_child (GTK_WIDGET (self->head));
      GtkWidget *label = gtk_label_new (plt_source_get_title (self->n_sources));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_insert_child_after (self->head, label, gtk_widget_get_prev_sibling (used));
    }
}

void
plt_field_table_set_model (PltFieldTable *self,
                           GListModel    *fields,
                           guint          may)
{
  g_autoptr (GListModel) shown = NULL;

  self->may = may;
  update_head (self);
  if (fields != NULL)
    {
      GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (has_any_value, NULL, NULL));
      GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_ranks, NULL, NULL));
      GListModel *known = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (fields), filter));

      shown = G_LIST_MODEL (gtk_sort_list_model_new (known, sorter));
    }
  gtk_list_box_bind_model (self->rows, shown, build_row, self, NULL);
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* Returns: %FALSE when nothing waits for a choice here */
gboolean
plt_field_table_focus_open (PltFieldTable *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->rows, 0);
  GtkWidget *columns;

  if (self->may == 0 || row == NULL || !gtk_widget_has_css_class (GTK_WIDGET (row), "open"))
    return FALSE;
  columns = gtk_list_box_row_get_child (row);

  /* Where the focus is there already it would move on. */
  return has_focus (columns) || gtk_widget_child_focus (columns, GTK_DIR_TAB_FORWARD);
}
