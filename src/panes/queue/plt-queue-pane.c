/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the office's applications as a live table. */
#include "plt-queue-pane.h"

#include "plt-application.h"
#include "plt-key-news-bar.h"
#include "plt-layout-news-bar.h"
#include "plt-notice.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-pills.h"
#include "plt-worklist.h"

#include <glib/gi18n-lib.h>

#define LEAST_TYPE_CHARS 8
#define STATE(name) (1u << PLT_APPLICATION_STATE_##name)
#define AGE_REFRESH_SECONDS 60

/* What a person at a desk wants to see, in the order of the drop-down. */
static const struct
{
  const char *title;
  guint       states;
} filters[] = {
  { N_("All open"), STATE (DRAFT) | STATE (RETURNED) | STATE (WAITING) | STATE (SUBMITTED) |
                STATE (APPROVED) | STATE (IN_PRODUCTION) | STATE (READY) },
  { N_("To complete"), STATE (DRAFT) | STATE (RETURNED) | STATE (WAITING) },
  { N_("To approve"), STATE (SUBMITTED) },
  { N_("To print"), STATE (APPROVED) },
  { N_("In production"), STATE (IN_PRODUCTION) },
  { N_("To hand over"), STATE (READY) },
  { N_("Finished"), STATE (ISSUED) | STATE (REJECTED) | STATE (WITHDRAWN) },
  { N_("All"), 0 },
};

static const struct
{
  const char *title;
  const char *property;
  gboolean    expand;
} columns[] = {
  { N_("Number"), "number", FALSE },
  { N_("Holder"), "holder-name", TRUE },
  { N_("Type"), "type-title", FALSE },
  { N_("State"), "state", FALSE },
  { N_("Entered By"), "entered-by", FALSE },
  { N_("Age"), "age-text", FALSE },
};

struct _PltQueuePane
{
  AdwBin              parent_instance;

  PltOffice          *office;
  PltWorklist        *worklist; /* NULL until first shown */
  GtkSingleSelection *selection;
  guint               age_source;

  GtkEditable        *entry;
  GtkDropDown        *filter;
  PltLayoutNewsBar   *layout_news;
  PltKeyNewsBar      *key_news;
  PltNotice          *notice;
  GtkStack           *stack;
  GtkColumnView      *table;
  AdwStatusPage      *failed;
  GtkLabel           *count;
  GtkWidget          *more;
};

G_DEFINE_FINAL_TYPE (PltQueuePane, plt_queue_pane, ADW_TYPE_BIN)

static guint
get_states (PltQueuePane *self)
{
  guint index = gtk_drop_down_get_selected (self->filter);

  return index < G_N_ELEMENTS (filters) ? filters[index].states : 0;
}

static void
show_count (PltQueuePane *self,
            guint         n_items)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u application", "%u applications",
                                       n_items), n_items);
  gtk_label_set_text (self->count, text);
}

static void
update (PltQueuePane *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->worklist));
  PltWorklistState state = plt_worklist_get_state (self->worklist);
  const char *error = plt_worklist_get_error (self->worklist);
  gboolean more = FALSE;

  g_object_get (self->worklist, "more", &more, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "queue.more", more);
  gtk_widget_set_visible (self->more, more);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "queue.open", n_items > 0);
  show_count (self, n_items);

  /* What was read stays on the screen when reading it again fails. */
  if (state == PLT_WORKLIST_STATE_FAILED && n_items > 0)
    plt_notice_show (self->notice, PLT_NOTICE_WARNING, error, NULL, NULL);
  else
    plt_notice_clear (self->notice);

  if (n_items > 0)
    gtk_stack_set_visible_child_name (self->stack, "table");
  else if (state == PLT_WORKLIST_STATE_FAILED)
    {
      g_autofree char *escaped = g_markup_escape_text (error != NULL ? error : "", -1);

      adw_status_page_set_description (self->failed, escaped);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  else
    gtk_stack_set_visible_child_name (self->stack,
                                      state == PLT_WORKLIST_STATE_LOADING ? "loading" : "empty");
}

static void
apply_filter (PltQueuePane *self)
{
  const char *text = gtk_editable_get_text (self->entry);

  if (self->worklist == NULL)
    return;

  plt_worklist_set_filter (self->worklist, get_states (self), *text != '\0' ? text : NULL);
  update (self);
}

static void
load_first_time (PltQueuePane *self)
{
  if (self->worklist != NULL)
    return;

  self->worklist = plt_worklist_new (self->office, get_states (self), NULL);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->worklist)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->worklist, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->worklist, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

/* Ages grow while nothing changes in the database. */
static gboolean
refresh_ages_cb (gpointer user_data)
{
  PltQueuePane *self = user_data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->worklist));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->worklist), i);

      g_object_notify (item, "age-text");
    }

  return G_SOURCE_CONTINUE;
}

static void
open_position (PltQueuePane *self,
               guint         position)
{
  g_autoptr (PltLicenceApplication) application = NULL;

  if (self->worklist == NULL)
    return;
  application = g_list_model_get_item (G_LIST_MODEL (self->worklist), position);
  if (application != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-application", "s",
                                plt_licence_application_get_number (application));
}

static void
row_activated_cb (PltQueuePane *self,
                  guint         position)
{
  open_position (self, position);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltQueuePane *self = PLT_QUEUE_PANE (widget);

  if (self->selection != NULL)
    open_position (self, gtk_single_selection_get_selected (self->selection));
}

static void
find_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PLT_QUEUE_PANE (widget)->entry));
}

static void
filter_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PLT_QUEUE_PANE (widget)->filter));
}

static void
more_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltQueuePane *self = PLT_QUEUE_PANE (widget);

  if (self->worklist != NULL)
    plt_worklist_load_more (self->worklist);
}

static void
entry_activate_cb (PltQueuePane *self)
{
  apply_filter (self);
  gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
}

/* Nothing is cut: a long name, and with large text every cell, takes a second line. */
static GtkWidget *
new_cell_label (void)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);

  return GTK_WIDGET (label);
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  const char *property = user_data;
  GtkWidget *label = new_cell_label ();
  GtkExpression *row = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");
  GtkExpression *text = gtk_property_expression_new (PLT_TYPE_LICENCE_APPLICATION, row, property);

  if (g_str_equal (property, "number") || g_str_equal (property, "age-text"))
    gtk_widget_add_css_class (label, "numeric");
  /* “Renouvellement” in large letters breaks before it moves the last column out of the window. */
  if (g_str_equal (property, "type-title"))
    {
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_width_chars (GTK_LABEL (label), LEAST_TYPE_CHARS);
    }
  gtk_expression_bind (text, label, "label", item);
  gtk_list_item_set_child (item, label);
}

static void
state_changed_cb (GtkLabel              *label,
                  GParamSpec            *pspec,
                  PltLicenceApplication *application)
{
  plt_pill_show_application (label, plt_licence_application_get_state (application));
}

static void
setup_state_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item)
{
  GtkWidget *label = new_cell_label ();

  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_list_item_set_child (item, label);
}

static void
bind_state_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GObject *application = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);

  g_signal_connect_object (application, "notify::state", G_CALLBACK (state_changed_cb), label,
                           G_CONNECT_SWAPPED);
  plt_pill_show_application (GTK_LABEL (label), plt_licence_application_get_state (
                                                  PLT_LICENCE_APPLICATION (application)));
}

static void
unbind_state_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item),
                                        gtk_list_item_get_child (item));
}

static void
watch_factory (GtkListItemFactory *factory,
               const char         *property)
{
  if (!g_str_equal (property, "state"))
    {
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), (gpointer) property);
      return;
    }
  g_signal_connect (factory, "setup", G_CALLBACK (setup_state_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_state_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_state_cb), NULL);
}

static void
build_columns (PltQueuePane *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      watch_factory (factory, columns[i].property);
      column = gtk_column_view_column_new (_(columns[i].title), factory);
      gtk_column_view_column_set_expand (column, columns[i].expand);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->table, column);
    }
}

static void
build_filters (PltQueuePane *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_string_list_append (titles, _(filters[i].title));
  gtk_drop_down_set_model (self->filter, G_LIST_MODEL (titles));
}

static void
plt_queue_pane_map (GtkWidget *widget)
{
  PltQueuePane *self = PLT_QUEUE_PANE (widget);

  plt_layout_news_bar_load (self->layout_news, self->office);
  plt_key_news_bar_load (self->key_news, self->office);
  GTK_WIDGET_CLASS (plt_queue_pane_parent_class)->map (widget);

  load_first_time (self);
  self->age_source = g_timeout_add_seconds (AGE_REFRESH_SECONDS, refresh_ages_cb, self);
}

static void
plt_queue_pane_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PLT_QUEUE_PANE (widget)->age_source, g_source_remove);

  GTK_WIDGET_CLASS (plt_queue_pane_parent_class)->unmap (widget);
}

static gboolean
plt_queue_pane_grab_focus (GtkWidget *widget)
{
  PltQueuePane *self = PLT_QUEUE_PANE (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->table)))
    return gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);

  return gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
plt_queue_pane_dispose (GObject *object)
{
  PltQueuePane *self = PLT_QUEUE_PANE (object);

  g_clear_handle_id (&self->age_source, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->worklist);
  g_clear_object (&self->office);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_QUEUE_PANE);

  G_OBJECT_CLASS (plt_queue_pane_parent_class)->dispose (object);
}

static void
plt_queue_pane_class_init (PltQueuePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_queue_pane_dispose;
  widget_class->map = plt_queue_pane_map;
  widget_class->unmap = plt_queue_pane_unmap;
  plt_panes_class_set_grab_focus (widget_class, plt_queue_pane_grab_focus);

  g_type_ensure (PLT_TYPE_KEY_NEWS_BAR);
  g_type_ensure (PLT_TYPE_LAYOUT_NEWS_BAR);
  g_type_ensure (PLT_TYPE_NOTICE);
  gtk_widget_class_install_action (widget_class, "queue.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "queue.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "queue.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "queue.more", NULL, more_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/queue/plt-queue-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, entry);
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, filter);
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, key_news);
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, layout_news);
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, stack);
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, table);
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, failed);
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, count);
  gtk_widget_class_bind_template_child (widget_class, PltQueuePane, more);
  gtk_widget_class_bind_template_callback (widget_class, apply_filter);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
plt_queue_pane_init (PltQueuePane *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>f", "queue.find", NULL },
    { "<Control>d", "queue.filter", NULL },
    { "<Control>o", "queue.open", NULL },
    { "<Control>m", "queue.more", NULL },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  build_columns (self);
  build_filters (self);
  g_signal_connect_swapped (self->filter, "notify::selected", G_CALLBACK (apply_filter), self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "queue.more", FALSE);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

GtkWidget *
plt_queue_pane_new (PltOffice *office)
{
  PltQueuePane *self = g_object_new (PLT_TYPE_QUEUE_PANE, NULL);

  self->office = g_object_ref (office);

  return GTK_WIDGET (self);
}
