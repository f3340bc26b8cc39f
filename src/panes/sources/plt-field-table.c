/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows reconciled fields as rows with a column for each source. */
#include "plt-field-table.h"

#include "plt-comparison-cell.h"
#include "plt-comparison-said.h"
#include "plt-field-text.h"
#include "plt-panes.h"
#include "plt-reconciliation.h"
#include "plt-row-label.h"

#include <glib/gi18n-lib.h>

#define FIELD_KEY "plt-field-table-field"
#define AGE_SECONDS 30
#define ROWS_A_FRAME 3

struct _PltFieldTable
{
  GtkWidget   parent_instance;

  GtkBox     *head;
  GtkListBox *rows;
  GtkLabel   *keys;
  PltSource   n_sources; /* columns in the head */
  guint       may;       /* PltComparisonMay */
  GDateTime  *answered_at[PLT_N_SOURCES];
  GPtrArray  *decisions; /* PltDecision, newest first; NULL: none are known */
  guint       age_id;

  GListModel        *fields; /* what is shown, or NULL */
  GtkSliceListModel *slice;  /* as much of it as has rows already */
  guint              tick_id;
};

G_DEFINE_FINAL_TYPE (PltFieldTable, plt_field_table, GTK_TYPE_WIDGET)

static GtkWidget *
build_label (const char *text,
             const char *css_class)
{
  GtkWidget *label = plt_row_label_new (text, css_class);

  gtk_widget_set_hexpand (label, TRUE);

  return label;
}

/* A grid and not a box: a box asks each label how wide it would be for each height, and a label that
 * wraps answers that by trying; a table of twenty fields then takes a quarter of a second. */
static GtkWidget *
build_columns (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_widget_add_css_class (grid, "field-row");

  return grid;
}

/* What a clerk has set aside on this field and nobody has taken up since. */
static const PltDecision *
find_parked (PltFieldTable *self,
             PltField       field)
{
  for (guint i = 0; self->decisions != NULL && i < self->decisions->len; i++)
    {
      const PltDecision *decision = g_ptr_array_index (self->decisions, i);

      if (decision->field == field && decision->act != PLT_DECISION_UNDONE && !decision->undone)
        return decision->act == PLT_DECISION_PARKED ? decision : NULL;
    }

  return NULL;
}

static gboolean
was_decided (PltFieldTable *self,
             PltField       field)
{
  for (guint i = 0; self->decisions != NULL && i < self->decisions->len; i++)
    if (((const PltDecision *) g_ptr_array_index (self->decisions, i))->field == field)
      return TRUE;

  return FALSE;
}

/* Whose value it is does not matter where nobody says anything else. */
static char *
describe_agreed (PltReconciledField *field)
{
  PltField number = plt_reconciled_field_get_field (field);
  g_autofree char *value = plt_field_to_display (number, plt_reconciled_field_get_value (field));

  /* Translators: name of a field, its value */
  return g_strdup_printf (C_("source", "%s: %s"), plt_field_get_title (number), value);
}

static gboolean
is_agreed (PltReconciledField *field)
{
  PltChoice choice = plt_reconciled_field_get_choice (field);

  return choice == PLT_CHOICE_AGREED || choice == PLT_CHOICE_ONLY;
}

/* The row is what a screen reader reads: the field, each source's value, and what follows. */
static void
name_row (GtkWidget          *row,
          PltReconciledField *field,
          guint               may)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *label = NULL;
  g_autofree char *keys = plt_comparison_dup_keys (field, may);

  g_ptr_array_add (parts, is_agreed (field)
                            ? describe_agreed (field)
                            : g_strdup (plt_field_get_title (plt_reconciled_field_get_field (field))));
  for (PltSource source = 0; !is_agreed (field) && source < plt_source_get_count (); source++)
    {
      char *said = plt_comparison_said_to_text (field, source);

      if (said != NULL)
        g_ptr_array_add (parts, said);
    }
  g_ptr_array_add (parts, plt_reconciled_field_dup_why (field));
  g_ptr_array_add (parts, NULL);
  label = g_strjoinv (". ", (char **) parts->pdata);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (keys != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, keys,
                                    -1);
}

/* What an applicant stated has a column only where something was prepared at home. */
static gboolean
has_column (PltFieldTable *self,
            PltSource      source)
{
  return !plt_source_is_applicant (source) || self->answered_at[source] != NULL;
}

static void
fill_row (PltFieldTable      *self,
          GtkWidget          *row,
          PltReconciledField *field)
{
  PltField number = plt_reconciled_field_get_field (field);
  GtkWidget *columns = build_columns ();
  GtkWidget *title = build_label (plt_field_get_title (number), "dim-label");
  int column = 0;

  if (plt_reconciled_field_get_difference (field) != PLT_DIFFERENCE_NONE)
    gtk_label_set_yalign (GTK_LABEL (title), 0);
  gtk_grid_attach (GTK_GRID (columns), title, column++, 0, 1, 1);
  for (PltSource source = 0; source < self->n_sources; source++)
    {
      GtkWidget *said = plt_comparison_said_new (field, source, self->answered_at[source]);

      gtk_widget_set_visible (said, has_column (self, source));
      gtk_grid_attach (GTK_GRID (columns), said, column++, 0, 1, 1);
    }
  gtk_grid_attach (GTK_GRID (columns),
                   plt_comparison_cell_new (field, self->may, find_parked (self, number),
                                            was_decided (self, number)), column, 0, 1, 1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), columns);
}

static GtkWidget *
build_row (gpointer item,
           gpointer user_data)
{
  PltReconciledField *field = item;
  PltFieldTable *self = user_data;
  GtkWidget *row = gtk_list_box_row_new ();

  fill_row (self, row, field);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data_full (G_OBJECT (row), FIELD_KEY, g_object_ref (field), g_object_unref);
  plt_comparison_install_keys (row, field, self->may);
  if (plt_reconciled_field_get_choice (field) == PLT_CHOICE_OPEN)
    gtk_widget_add_css_class (row, "open");
  name_row (row, field, self->may);

  return row;
}

/* ---- what becomes older ---- */

static void
update_ages (PltFieldTable *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      GtkGrid *columns = GTK_GRID (gtk_list_box_row_get_child (row));

      for (PltSource source = 0; source < self->n_sources; source++)
        {
          GtkWidget *said = gtk_grid_get_child_at (columns, 1 + (int) source, 0);

          if (said != NULL)
            plt_comparison_said_age (said, self->answered_at[source]);
        }
    }
}

static gboolean
age_cb (gpointer user_data)
{
  update_ages (user_data);

  return G_SOURCE_CONTINUE;
}

static void
plt_field_table_map (GtkWidget *widget)
{
  PltFieldTable *self = PLT_FIELD_TABLE (widget);

  GTK_WIDGET_CLASS (plt_field_table_parent_class)->map (widget);
  update_ages (self);
  self->age_id = g_timeout_add_seconds (AGE_SECONDS, age_cb, self);
}

static void
plt_field_table_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PLT_FIELD_TABLE (widget)->age_id, g_source_remove);

  GTK_WIDGET_CLASS (plt_field_table_parent_class)->unmap (widget);
}

/* ---- rows that come frame by frame ---- */

static void
stop_growing (PltFieldTable *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

/* Twenty rows of labels are more than fits between two frames. */
static gboolean
grow_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  PltFieldTable *self = PLT_FIELD_TABLE (widget);
  guint size = gtk_slice_list_model_get_size (self->slice) + ROWS_A_FRAME;
  gboolean all = size >= g_list_model_get_n_items (gtk_slice_list_model_get_model (self->slice));

  if (all)
    self->tick_id = 0;
  gtk_slice_list_model_set_size (self->slice, all ? G_MAXUINT : size);

  return all ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Takes @known. */
static void
show_rows (PltFieldTable *self,
           GListModel    *known)
{
  gboolean at_once = !gtk_widget_get_mapped (GTK_WIDGET (self));

  stop_growing (self);
  g_set_object (&self->slice, NULL);
  if (known != NULL)
    {
      self->slice = gtk_slice_list_model_new (known, 0, at_once ? G_MAXUINT : ROWS_A_FRAME);
      if (!at_once)
        self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), grow_cb, NULL, NULL);
    }
  gtk_list_box_bind_model (self->rows, G_LIST_MODEL (self->slice), build_row, self, NULL);
}

/* ---- the class ---- */

static void
plt_field_table_dispose (GObject *object)
{
  PltFieldTable *self = PLT_FIELD_TABLE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->age_id, g_source_remove);
  stop_growing (self);
  g_clear_object (&self->slice);
  g_clear_object (&self->fields);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  for (int i = 0; i < PLT_N_SOURCES; i++)
    g_clear_pointer (&self->answered_at[i], g_date_time_unref);
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
  widget_class->map = plt_field_table_map;
  widget_class->unmap = plt_field_table_unmap;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/sources/plt-field-table.ui");
  gtk_widget_class_bind_template_child (widget_class, PltFieldTable, head);
  gtk_widget_class_bind_template_child (widget_class, PltFieldTable, rows);
  gtk_widget_class_bind_template_child (widget_class, PltFieldTable, keys);
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

static void
show_columns (PltFieldTable *self)
{
  GtkWidget *label = gtk_widget_get_first_child (GTK_WIDGET (self->head));
  GtkListBoxRow *row;

  for (PltSource source = 0; source < self->n_sources; source++)
    {
      label = gtk_widget_get_next_sibling (label);
      gtk_widget_set_visible (label, has_column (self, source));
      for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
        gtk_widget_set_visible (gtk_grid_get_child_at (GTK_GRID (gtk_list_box_row_get_child (row)),
                                                       1 + (int) source, 0),
                                has_column (self, source));
    }
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
      gtk_widget_set_visible (label, has_column (self, self->n_sources));
      gtk_box_insert_child_after (self->head, label, gtk_widget_get_prev_sibling (used));
    }
}

void
plt_field_table_set_model (PltFieldTable *self,
                           GListModel    *fields,
                           guint          may)
{
  GListModel *shown = NULL;

  /* What changes in it shows itself. */
  if (fields == self->fields && may == self->may && self->n_sources == plt_source_get_count ())
    return;
  g_set_object (&self->fields, fields);
  self->may = may;
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->keys),
                          (may & (PLT_COMPARISON_MAY_CHOOSE | PLT_COMPARISON_MAY_DECIDE)) != 0);
  update_head (self);
  if (fields != NULL)
    {
      GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (has_any_value, NULL, NULL));
      GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_ranks, NULL, NULL));
      GListModel *known = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (fields), filter));

      shown = G_LIST_MODEL (gtk_sort_list_model_new (known, sorter));
    }
  show_rows (self, shown);
}

void
plt_field_table_set_answer (PltFieldTable   *self,
                            PltSource        source,
                            PltSourceAnswer *answer)
{
  GDateTime *at = answer != NULL ? plt_source_answer_get_answered_at (answer) : NULL;

  if (at == self->answered_at[source])
    return;
  g_clear_pointer (&self->answered_at[source], g_date_time_unref);
  self->answered_at[source] = at != NULL ? g_date_time_ref (at) : NULL;
  if (plt_source_is_applicant (source))
    show_columns (self);
  update_ages (self);
}

/* A row that has the keyboard keeps it: its buttons are others afterwards. */
static void
refill_row (PltFieldTable *self,
            GtkListBoxRow *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (row));

  fill_row (self, GTK_WIDGET (row), g_object_get_data (G_OBJECT (row), FIELD_KEY));
  if (had_focus)
    gtk_widget_child_focus (gtk_list_box_row_get_child (row), GTK_DIR_TAB_FORWARD);
}

void
plt_field_table_set_decisions (PltFieldTable *self,
                               GPtrArray     *decisions)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->decisions);
  GtkListBoxRow *row;

  self->decisions = g_ptr_array_ref (decisions);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      PltReconciledField *field = g_object_get_data (G_OBJECT (row), FIELD_KEY);
      PltField number = plt_reconciled_field_get_field (field);
      gboolean changed = before == NULL || before->len != decisions->len;

      if (changed && plt_reconciled_field_get_difference (field) != PLT_DIFFERENCE_NONE &&
          (was_decided (self, number) || before != NULL))
        refill_row (self, row);
    }
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
