/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the line of the print queue, however long it is, and keeps place and selection while it moves. */
#include "plt-orders-page-private.h"

#include "plt-order-row.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PltOrdersPage, plt_orders_page, ADW_TYPE_BIN)

/* ---- what is selected ---- */

/* Returns: (transfer full) (element-type gint64): the applications of the selected orders */
GArray *
plt_orders_page_dup_selected (PltOrdersPage *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  if (self->selection == NULL)
    return ids;
  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (PltPrintOrder) order = g_list_model_get_item (G_LIST_MODEL (self->line), position);
      gint64 id = order != NULL ? plt_print_order_get_id (order) : 0;

      if (id != 0)
        g_array_append_val (ids, id);
    }
  return ids;
}

/* A selection is of places; people select orders, and these move. */
static void
reading_began_cb (PltOrdersPage *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  /* Until the line is whole what was selected before is not back yet. */
  if (plt_print_line_is_whole (self->line))
    g_hash_table_remove_all (self->kept);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_hash_table_add (self->kept, g_list_model_get_item (G_LIST_MODEL (self->line), position));
}

static void
restore_selection (PltOrdersPage *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (GtkBitset) mask = NULL;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->line));

  if (g_hash_table_size (self->kept) == 0 || !plt_print_line_is_whole (self->line))
    return;
  selected = gtk_bitset_new_empty ();
  mask = gtk_bitset_new_range (0, n_items);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (PltPrintOrder) order = g_list_model_get_item (G_LIST_MODEL (self->line), i);

      if (g_hash_table_contains (self->kept, order))
        gtk_bitset_add (selected, i);
    }
  g_hash_table_remove_all (self->kept);
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, mask);
}

/* ---- what is shown ---- */

static char *
dup_summary (PltOrdersPage *self)
{
  int total = plt_print_line_get_total (self->line);
  guint n_selected = (guint) gtk_bitset_get_size (
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection)));
  g_autoptr (GString) text = g_string_new (NULL);

  /* What was never read is not nothing. */
  if (total == 0 && plt_print_line_get_state (self->line) != PLT_WORKLIST_STATE_READY)
    return g_string_free (g_steal_pointer (&text), FALSE);
  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%d order", "%d orders", (gulong) total), total);
  for (int state = PLT_PRINT_ORDER_LEASED; state < PLT_N_PRINT_ORDER_STATES; state++)
    {
      int n = plt_print_line_get_count (self->line, (PltPrintOrderState) state);

      if (n > 0)
        g_string_append_printf (text, " · %s %d", plt_print_order_state_get_title ((PltPrintOrderState) state),
                                n);
    }
  if (n_selected > 0)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, " · %u selected", " · %u selected", n_selected),
                            n_selected);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
update_summary (PltOrdersPage *self)
{
  g_autofree char *text = dup_summary (self);

  gtk_label_set_text (self->summary, text);
  plt_orders_page_update_acts (self);
}

static void
selection_changed_cb (PltOrdersPage *self)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);

  /* Who selects all of a line means those, too, that are not shown yet. */
  if (!plt_print_line_is_whole (self->line) &&
      gtk_bitset_get_size (selected) == g_list_model_get_n_items (G_LIST_MODEL (self->line)))
    {
      plt_print_line_complete (self->line);
      gtk_selection_model_select_all (selection);
    }
  update_summary (self);
}

static void
show_pauses (PltOrdersPage *self)
{
  GPtrArray *pauses = plt_print_line_get_pauses (self->line);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < pauses->len; i++)
    {
      const PltPrintPause *pause = pauses->pdata[i];

      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (pause->printer == NULL)
        /* Translators: who paused it, and why */
        g_string_append_printf (text, _("All printing is paused by %s: %s"), pause->who, pause->reason);
      else
        /* Translators: a printer, who paused it, and why */
        g_string_append_printf (text, _("Printer %s is paused by %s: %s"), pause->printer, pause->who,
                                pause->reason);
    }
  if (text->len > 0)
    plt_notice_show (self->paused, PLT_NOTICE_WARNING, text->str, _("_Resume"), "orders.resume");
  else
    plt_notice_clear (self->paused);
}

static gboolean
is_filtered (PltOrdersPage *self)
{
  return *gtk_editable_get_text (self->entry) != '\0' || gtk_drop_down_get_selected (self->filter) > 0;
}

/* What was shown first had no list to put the keyboard into. */
static void
take_focus_from_entry (PltOrdersPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->entry)) && !is_filtered (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
line_changed_cb (PltOrdersPage *self)
{
  gboolean was_loading = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "loading") == 0;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->line));
  PltWorklistState state = plt_print_line_get_state (self->line);
  const char *error = plt_print_line_get_error (self->line);
  g_autofree char *escaped = g_markup_escape_text (error != NULL ? error : "", -1);

  restore_selection (self);
  show_pauses (self);
  update_summary (self);
  adw_status_page_set_description (self->failed, escaped);
  gtk_stack_set_visible_child_name (self->stack, n_items > 0                              ? "list"
                                                 : state == PLT_WORKLIST_STATE_FAILED  ? "failed"
                                                 : state == PLT_WORKLIST_STATE_LOADING ? "loading"
                                                 : is_filtered (self)                  ? "filtered" : "empty");
  if (was_loading && n_items > 0)
    take_focus_from_entry (self);
  if (n_items > 0 && state == PLT_WORKLIST_STATE_FAILED)
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error, _("_Read Again"), "orders.read-again");
}

static void
batch_failed_cb (PltOrdersPage *self,
                 const char    *sentence)
{
  if (*sentence != '\0')
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, sentence, NULL, NULL);
  else
    plt_notice_clear (self->notice);
}

static void
filter_changed_cb (PltOrdersPage *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  guint state = gtk_drop_down_get_selected (self->filter);

  if (self->line != NULL)
    plt_print_line_set_filter (self->line, *text != '\0' ? text : NULL,
                               state > 0 ? plt_print_order_state_to_nick ((PltPrintOrderState) (state - 1))
                                         : NULL);
}

/* ---- rows ---- */

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, plt_order_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item,
             PltOrdersPage            *self)
{
  PltPrintOrder *order = gtk_list_item_get_item (item);

  plt_order_row_set_order (PLT_ORDER_ROW (gtk_list_item_get_child (item)), order);
  plt_print_line_look (self->line, order);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               PltOrdersPage            *self)
{
  PltOrderRow *row = PLT_ORDER_ROW (gtk_list_item_get_child (item));

  if (self->line != NULL)
    plt_print_line_look_away (self->line, plt_order_row_get_order (row));
  plt_order_row_set_order (row, NULL);
}

static void
row_activated_cb (PltOrdersPage *self,
                  guint          position)
{
  g_autoptr (PltPrintOrder) order = g_list_model_get_item (G_LIST_MODEL (self->line), position);
  const PltPrintOrderFacts *facts = order != NULL ? plt_print_order_get_facts (order) : NULL;

  if (facts != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-application", "s", facts->number);
}

static void
entry_activated_cb (PltOrdersPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

/* ---- actions that look ---- */

static void
look_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltOrdersPage *self = PLT_ORDERS_PAGE (widget);

  if (g_str_equal (action, "orders.find"))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  else if (g_str_equal (action, "orders.filter"))
    gtk_widget_grab_focus (GTK_WIDGET (self->filter));
  else if (g_str_equal (action, "orders.print"))
    plt_spool_bar_toggle (self->spool);
  else if (g_str_equal (action, "orders.release-batch"))
    plt_batch_list_release (self->batches);
  else if (g_str_equal (action, "orders.close"))
    gtk_widget_set_visible (self->outcome, FALSE);
  else if (self->line != NULL)
    {
      plt_notice_clear (self->notice);
      plt_print_line_reload (self->line);
    }
}

/* ---- the class ---- */

static void
load_first_time (PltOrdersPage *self)
{
  if (self->line != NULL)
    return;
  self->line = plt_print_line_new (self->office);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->line)));
  g_signal_connect_object (self->line, "reading-began", G_CALLBACK (reading_began_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->line, "changed", G_CALLBACK (line_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  filter_changed_cb (self);
}

static void
plt_orders_page_map (GtkWidget *widget)
{
  PltOrdersPage *self = PLT_ORDERS_PAGE (widget);

  GTK_WIDGET_CLASS (plt_orders_page_parent_class)->map (widget);
  load_first_time (self);
  plt_print_line_set_seen (self->line, TRUE);
}

static void
plt_orders_page_unmap (GtkWidget *widget)
{
  PltOrdersPage *self = PLT_ORDERS_PAGE (widget);

  if (self->line != NULL)
    plt_print_line_set_seen (self->line, FALSE);

  GTK_WIDGET_CLASS (plt_orders_page_parent_class)->unmap (widget);
}

static gboolean
plt_orders_page_grab_focus (GtkWidget *widget)
{
  PltOrdersPage *self = PLT_ORDERS_PAGE (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)) &&
      gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD))
    return TRUE;
  return gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
plt_orders_page_dispose (GObject *object)
{
  PltOrdersPage *self = PLT_ORDERS_PAGE (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->line);
  g_clear_object (&self->printers);
  g_clear_object (&self->office);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  /* AdwBin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_ORDERS_PAGE);

  G_OBJECT_CLASS (plt_orders_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, notice);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, paused);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, spool);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, entry);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, filter);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, summary);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, failed);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, list);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, outcome_title);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, outcome_text);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, tools);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, allow);
  gtk_widget_class_bind_template_child (widget_class, PltOrdersPage, batches);
  gtk_widget_class_bind_template_callback (widget_class, batch_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
plt_orders_page_class_init (PltOrdersPageClass *klass)
{
  static const char * const looks[] = { "orders.find", "orders.filter", "orders.print", "orders.close",
                                         "orders.release-batch", "orders.read-again" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_orders_page_dispose;
  widget_class->map = plt_orders_page_map;
  widget_class->unmap = plt_orders_page_unmap;
  plt_panes_class_set_grab_focus (widget_class, plt_orders_page_grab_focus);

  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_BATCH_LIST);
  g_type_ensure (PLT_TYPE_SPOOL_BAR);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_class_install_action (widget_class, looks[i], NULL, look_action);
  plt_orders_page_install_acts (widget_class);
  plt_orders_page_install_allow (widget_class);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/room/plt-orders-page.ui");
  bind_children (widget_class);
}

static void
build_filter (PltOrdersPage *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, C_("print order", "All"));
  for (int state = 0; state < PLT_N_PRINT_ORDER_STATES; state++)
    gtk_string_list_append (titles, plt_print_order_state_get_title ((PltPrintOrderState) state));
  gtk_drop_down_set_model (self->filter, G_LIST_MODEL (titles));
  g_signal_connect_swapped (self->filter, "notify::selected", G_CALLBACK (filter_changed_cb), self);
}

static void
plt_orders_page_init (PltOrdersPage *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>f", "orders.find", NULL },
    { "<Control>d", "orders.filter", NULL },
    { "<Control>g", "orders.print", NULL },
    { "<Control>h", "orders.hold", NULL },
    { "<Control>r", "orders.release", NULL },
    { "<Control>p", "orders.prioritise", NULL },
    { "<Control>m", "orders.move", NULL },
    { "<Control>n", "orders.batch", NULL },
    { "<Control><Shift>n", "orders.allow", NULL },
    { "<Control><Shift>b", "orders.release-batch", NULL },
    { "<Control><Shift>p", "orders.pause", NULL },
    { "<Control><Shift>r", "orders.resume", NULL },
    { "Escape", "orders.close", NULL },
    { "F5", "orders.read-again", NULL },
  };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->kept = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->choices = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  build_filter (self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

void
plt_orders_page_set_office (PltOrdersPage *self,
                            PltOffice     *office)
{
  g_set_object (&self->office, office);
  plt_spool_bar_set_office (self->spool, office);
  plt_batch_list_set_office (self->batches, office);
  plt_orders_page_update_acts (self);
}

void
plt_orders_page_set_printers (PltOrdersPage *self,
                              GListModel    *printers)
{
  g_set_object (&self->printers, printers);
}
