/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the stock by the books, live, and leads each entry to what is done with it next. */
#include "plt-stock-page.h"

#include "plt-notice.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-stock-check.h"
#include "plt-stock-form.h"
#include "plt-text-row.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

#define COALESCE_MS 60

struct _PltStockPage
{
  AdwBin        parent_instance;

  PltOffice    *office;
  GListModel   *printers;    /* NULL while nobody looks */
  GCancellable *cancellable; /* of the reading under way */
  GPtrArray    *entries;     /* PltStockEntry; NULL until they have been read */
  guint         reload_id;
  gboolean      done;        /* something was done: the keyboard goes to what is next */
  char         *deciding;    /* the proposal that the dialog is about */

  PltNotice    *notice;
  GtkStack     *stack;
  AdwStatusPage *failed;
  GtkWidget    *sections[PLT_N_STOCK_ENTRIES];
  GtkListBox   *lists[PLT_N_STOCK_ENTRIES];
  GtkWidget    *nothing;
  GtkWidget    *tools;
  PltStockForm *form;
};

G_DEFINE_FINAL_TYPE (PltStockPage, plt_stock_page, ADW_TYPE_BIN)

/* By the key and the button of each act. */
static const struct
{
  const char  *action;
  PltStockAct  act;
  PltRoles     roles;
} acts[] = {
  { "stock.receive", PLT_STOCK_RECEIVE, PLT_ROLE_OPERATOR | PLT_ROLE_SUPERVISOR | PLT_ROLE_ADMIN },
  { "stock.load", PLT_STOCK_LOAD, PLT_ROLE_OPERATOR },
  { "stock.unload", PLT_STOCK_UNLOAD, PLT_ROLE_OPERATOR },
  { "stock.move", PLT_STOCK_MOVE, PLT_ROLE_OPERATOR | PLT_ROLE_SUPERVISOR | PLT_ROLE_ADMIN },
  { "stock.count", PLT_STOCK_COUNT, PLT_ROLE_OPERATOR | PLT_ROLE_SUPERVISOR | PLT_ROLE_ADMIN },
  { "stock.destroy", PLT_STOCK_DESTROY, PLT_ROLE_OPERATOR | PLT_ROLE_SUPERVISOR | PLT_ROLE_ADMIN },
};

static gboolean
may (PltStockPage *self,
     PltRoles      roles)
{
  return plt_session_has_role (plt_office_get_session (self->office), roles);
}

static gboolean
may_write (PltStockPage *self)
{
  return may (self, PLT_ROLE_OPERATOR | PLT_ROLE_SUPERVISOR | PLT_ROLE_ADMIN);
}

/* ---- the list ---- */

static const char *
get_icon (const PltStockEntry *entry)
{
  switch (entry->kind)
    {
    case PLT_STOCK_ENTRY_PROPOSAL:
      return "system-users-symbolic";
    case PLT_STOCK_ENTRY_DIFFERENCE:
      return "dialog-warning-symbolic";
    case PLT_STOCK_ENTRY_PRINTER:
      return entry->pressing ? "printer-warning-symbolic" : "printer-symbolic";
    default:
      return entry->pressing ? "dialog-warning-symbolic" : "package-x-generic-symbolic";
    }
}

/* A printer is known to the books by its queue and to people by its title. */
static char *
dup_title (PltStockPage        *self,
           const PltStockEntry *entry)
{
  guint n_printers = self->printers != NULL ? g_list_model_get_n_items (self->printers) : 0;

  for (guint i = 0; entry->kind == PLT_STOCK_ENTRY_PRINTER && i < n_printers; i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (self->printers, i);
      g_autofree char *destination = NULL;
      g_autofree char *title = NULL;

      g_object_get (printer, "destination", &destination, "title", &title, NULL);
      if (g_strcmp0 (destination, entry->holder) == 0 && title != NULL && *title != '\0')
        return g_steal_pointer (&title);
    }
  return g_strdup (entry->title);
}

#define POSITION "plt-stock-entry"

static GtkWidget *
new_row (PltStockPage        *self,
         const PltStockEntry *entry,
         guint                position)
{
  g_autofree char *title = dup_title (self, entry);
  GtkWidget *row = plt_text_row_new (title, entry->subtitle);
  GtkWidget *icon = plt_panes_new_icon (get_icon (entry));

  if (entry->pressing)
    gtk_widget_add_css_class (icon, "warning");
  plt_text_row_add_prefix (PLT_TEXT_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), may_write (self));
  if (may_write (self))
    plt_text_row_add_suffix (PLT_TEXT_ROW (row), plt_panes_new_icon ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), POSITION, GUINT_TO_POINTER (position));
  return row;
}

static void
show_entries (PltStockPage *self)
{
  int focused[PLT_N_STOCK_ENTRIES];

  for (int kind = 0; kind < PLT_N_STOCK_ENTRIES; kind++)
    {
      focused[kind] = plt_panes_find_focus (self->lists[kind]);
      plt_panes_empty_list (self->lists[kind]);
    }
  for (guint i = 0; i < self->entries->len; i++)
    {
      const PltStockEntry *entry = self->entries->pdata[i];

      gtk_list_box_append (self->lists[entry->kind], new_row (self, entry, i));
    }
  for (int kind = 0; kind < PLT_N_STOCK_ENTRIES; kind++)
    {
      gtk_widget_set_visible (self->sections[kind],
                              gtk_list_box_get_row_at_index (self->lists[kind], 0) != NULL);
      plt_panes_put_focus (self->lists[kind], focused[kind]);
    }
  gtk_widget_set_visible (self->nothing, self->entries->len == 0);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

/* What was shown first had no list to put the keyboard into. */
static void
take_focus_from_tools (PltStockPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->tools))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_stock_act_finish (result, &error);
  GPtrArray *entries = json != NULL ? plt_stock_book_parse (json, &error) : NULL;
  PltStockPage *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (entries == NULL && self->entries != NULL)
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, _("_Read Again"), "stock.read-again");
  if (entries == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed, escaped);
      if (self->entries == NULL)
        gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  gboolean is_first = self->entries == NULL;

  plt_stock_form_set_places (self->form, entries);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries;
  show_entries (self);
  if (is_first)
    take_focus_from_tools (self);
  if (self->done && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  self->done = FALSE;
}

static void
stop (PltStockPage *self)
{
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (PltStockPage *self)
{
  stop (self);
  self->cancellable = g_cancellable_new ();
  plt_stock_act_async (self->office, PLT_STOCK_LIST, NULL, self->cancellable, read_cb, self);
}

static gboolean
reload_cb (gpointer user_data)
{
  PltStockPage *self = user_data;

  self->reload_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

/* Cards take blanks without a word of the stock. */
static void
office_changed_cb (PltStockPage *self,
                   const char   *subject)
{
  if (self->reload_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (g_str_equal (subject, "stock") || g_str_equal (subject, "card") ||
       g_str_equal (subject, "everything")))
    self->reload_id = g_timeout_add (COALESCE_MS, reload_cb, self);
}

/* ---- what takes two ---- */

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PltStockPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_stock_act_finish (result, &error);

  if (self->office == NULL)
    return;
  if (error != NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  plt_notice_clear (self->notice);
  plt_panes_toast (GTK_WIDGET (self), "%s",
                   json != NULL && strstr (json, "items") != NULL
                     ? _("It was confirmed.") : _("It was refused, and nothing was changed."));
  load (self);
}

static void
response_cb (PltStockPage *self,
             const char   *response)
{
  gboolean confirmed = g_strcmp0 (response, "confirm") == 0;

  if (self->office != NULL && (confirmed || g_strcmp0 (response, "refuse") == 0))
    plt_stock_act_async (self->office, confirmed ? PLT_STOCK_CONFIRM : PLT_STOCK_REFUSE,
                         (const char *[]) { self->deciding }, NULL, decided_cb, g_object_ref (self));
}

static void
decide (PltStockPage        *self,
        const PltStockEntry *entry)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *body = g_strdup_printf ("%s\n%s", entry->subtitle,
                                           _("Confirm only what you have seen yourself. It cannot be undone."));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, entry->title,
                                              body);

  g_free (self->deciding);
  self->deciding = g_strdup (entry->number);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Later"), "refuse", _("_Refuse"),
                                    "confirm", _("_Confirm"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "confirm",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  plt_panes_name_once (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- what people do ---- */

/* What is most often done next with what lies there. */
static PltStockAct
find_next_act (PltStockPage        *self,
               const PltStockEntry *entry)
{
  if (entry->kind == PLT_STOCK_ENTRY_DIFFERENCE)
    return PLT_STOCK_EXPLAIN;
  if (entry->kind == PLT_STOCK_ENTRY_PRINTER)
    return PLT_STOCK_LOAD;
  if (g_strcmp0 (entry->place, "received") == 0)
    return PLT_STOCK_MOVE;
  if (g_strcmp0 (entry->place, "spoiled") == 0)
    return PLT_STOCK_DESTROY;
  if (g_strcmp0 (entry->place, "missing") == 0)
    return PLT_STOCK_COUNT;
  if (!may (self, PLT_ROLE_OPERATOR))
    return PLT_STOCK_MOVE;
  return g_strcmp0 (entry->place, "loaded") == 0 ? PLT_STOCK_UNLOAD : PLT_STOCK_LOAD;
}

static void
row_activated_cb (PltStockPage  *self,
                  GtkListBoxRow *row)
{
  guint position = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), POSITION));
  const PltStockEntry *entry = self->entries->pdata[position];

  plt_notice_clear (self->notice);
  if (entry->kind == PLT_STOCK_ENTRY_PROPOSAL)
    decide (self, entry);
  else
    plt_stock_form_show (self->form, find_next_act (self, entry), entry);
}

/* The entry that has the keyboard, or NULL. */
static const PltStockEntry *
find_focused (PltStockPage *self)
{
  for (int kind = 0; kind < PLT_N_STOCK_ENTRIES; kind++)
    {
      int row = plt_panes_find_focus (self->lists[kind]);

      if (row >= 0)
        return self->entries->pdata[GPOINTER_TO_UINT (g_object_get_data (
          G_OBJECT (gtk_list_box_get_row_at_index (self->lists[kind], row)), POSITION))];
    }
  return NULL;
}

static void
act_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltStockPage *self = PLT_STOCK_PAGE (widget);
  const PltStockEntry *entry = find_focused (self);

  plt_notice_clear (self->notice);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].action, action))
      plt_stock_form_show (self->form, acts[i].act,
                           acts[i].act != PLT_STOCK_RECEIVE && entry != NULL &&
                           entry->kind >= PLT_STOCK_ENTRY_PRINTER ? entry : NULL);
}

static void
read_again_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  plt_notice_clear (PLT_STOCK_PAGE (widget)->notice);
  load (PLT_STOCK_PAGE (widget));
}

/* The form's own actions, from wherever the keyboard is on the page. */
static void
form_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (PLT_STOCK_PAGE (widget)->form),
                              g_str_equal (action, "stock.end") ? "stock.leave" : "stock.do", NULL);
}

static void
form_left_cb (PltStockPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
form_done_cb (PltStockPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->form), "stock.leave", NULL);
  self->done = TRUE;
  load (self);
}

/* ---- the class ---- */

static void
plt_stock_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plt_stock_page_parent_class)->map (widget);
  load (PLT_STOCK_PAGE (widget));
}

/* What waits for somebody comes first, then what lies somewhere. */
static gboolean
plt_stock_page_grab_focus (GtkWidget *widget)
{
  static const PltStockEntryKind first[] = {
    PLT_STOCK_ENTRY_PROPOSAL, PLT_STOCK_ENTRY_DIFFERENCE, PLT_STOCK_ENTRY_PLACE, PLT_STOCK_ENTRY_PRINTER,
  };
  PltStockPage *self = PLT_STOCK_PAGE (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->lists[first[i]], 0);

      if (row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row)))
        return TRUE;
    }
  return gtk_widget_child_focus (self->tools, GTK_DIR_TAB_FORWARD);
}

static void
plt_stock_page_dispose (GObject *object)
{
  PltStockPage *self = PLT_STOCK_PAGE (object);

  stop (self);
  g_clear_object (&self->office);
  g_clear_object (&self->printers);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->deciding, g_free);
  /* AdwBin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_STOCK_PAGE);

  G_OBJECT_CLASS (plt_stock_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const char * const names[PLT_N_STOCK_ENTRIES] = {
    [PLT_STOCK_ENTRY_PROPOSAL] = "proposals", [PLT_STOCK_ENTRY_DIFFERENCE] = "differences",
    [PLT_STOCK_ENTRY_PRINTER] = "printers", [PLT_STOCK_ENTRY_PLACE] = "places",
  };

  for (gsize i = 0; i < PLT_N_STOCK_ENTRIES; i++)
    {
      g_autofree char *section = g_strdup_printf ("%s_section", names[i]);

      gtk_widget_class_bind_template_child_full (
        widget_class, names[i], FALSE,
        (gssize) (G_STRUCT_OFFSET (PltStockPage, lists) + i * sizeof (GtkListBox *)));
      gtk_widget_class_bind_template_child_full (
        widget_class, g_intern_string (section), FALSE,
        (gssize) (G_STRUCT_OFFSET (PltStockPage, sections) + i * sizeof (GtkWidget *)));
    }
  gtk_widget_class_bind_template_child (widget_class, PltStockPage, notice);
  gtk_widget_class_bind_template_child (widget_class, PltStockPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PltStockPage, failed);
  gtk_widget_class_bind_template_child (widget_class, PltStockPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, PltStockPage, tools);
  gtk_widget_class_bind_template_child (widget_class, PltStockPage, form);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_done_cb);
}

static void
plt_stock_page_class_init (PltStockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_stock_page_dispose;
  widget_class->map = plt_stock_page_map;
  plt_panes_class_set_grab_focus (widget_class, plt_stock_page_grab_focus);

  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_STOCK_FORM);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i].action, NULL, act_action);
  gtk_widget_class_install_action (widget_class, "stock.read-again", NULL, read_again_action);
  gtk_widget_class_install_action (widget_class, "stock.end", NULL, form_action);
  gtk_widget_class_install_action (widget_class, "stock.finish", NULL, form_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/room/plt-stock-page.ui");
  bind_children (widget_class);
}

static void
plt_stock_page_init (PltStockPage *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>r", "stock.receive", NULL },
    { "<Control>l", "stock.load", NULL },
    { "<Control>u", "stock.unload", NULL },
    { "<Control>m", "stock.move", NULL },
    { "<Control>n", "stock.count", NULL },
    { "<Control>d", "stock.destroy", NULL },
    { "<Control>Return", "stock.finish", NULL },
    { "Escape", "stock.end", NULL },
    { "F5", "stock.read-again", NULL },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

void
plt_stock_page_set_office (PltStockPage *self,
                           PltOffice    *office)
{
  g_set_object (&self->office, office);
  plt_stock_form_set_office (self->form, office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), acts[i].action, may (self, acts[i].roles));
  gtk_widget_set_visible (self->tools, may_write (self));
}

/* @printers: (nullable): while somebody looks */
void
plt_stock_page_set_printers (PltStockPage *self,
                             GListModel   *printers)
{
  g_set_object (&self->printers, printers);
  if (printers == NULL)
    return;
  plt_stock_form_set_printers (self->form, printers);
  if (self->entries != NULL)
    show_entries (self);
}
