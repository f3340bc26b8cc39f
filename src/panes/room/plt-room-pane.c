/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows printers and cards in flight, and takes a card from there to the desk. */
#include "plt-room-pane-private.h"

#include "plt-calibration-dialog.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-room-rows.h"
#include "plt-worklist.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PltRoomPane, plt_room_pane, ADW_TYPE_BIN)

/* What was shown first had no card to put the keyboard at. */
static void
take_focus_from_switcher (PltRoomPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->switcher) &&
      g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "cards") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->desk));
}

static void
show_cards (PltRoomPane *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->cards));
  g_autofree char *error = NULL;
  guint state = PLT_WORKLIST_STATE_LOADING;

  g_object_get (self->cards, "state", &state, "error", &error, NULL);
  gtk_label_set_text (self->cards_failed, error != NULL ? error : "");
  gtk_stack_set_visible_child_name (self->cards_stack,
                                    n_items > 0 ? "list"
                                    : state == PLT_WORKLIST_STATE_FAILED ? "failed"
                                    : state == PLT_WORKLIST_STATE_LOADING ? "loading" : "none");
  if (self->wanted != NULL && n_items > 0 && !plt_room_pane_select_wanted (self) &&
      state == PLT_WORKLIST_STATE_READY)
    {
      g_autofree char *text = g_strdup_printf (
        _("Card “%s” is not in flight in this office. It may have been handed over or spoiled."),
        self->wanted);

      g_free (self->gone);
      self->gone = g_steal_pointer (&self->wanted);
      plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, _("Show Its _Twin"), "room.twin-of-gone");
    }
  else if (self->wanted == NULL && n_items > 0 && !self->resolving &&
           gtk_list_box_get_selected_row (self->card_list) == NULL &&
           plt_card_desk_get_card (self->desk) == NULL)
    {
      gtk_list_box_select_row (self->card_list, gtk_list_box_get_row_at_index (self->card_list, 0));
      take_focus_from_switcher (self);
    }
  plt_room_pane_take_scan (self);
  if (self->resolving && state == PLT_WORKLIST_STATE_READY && plt_card_desk_get_card (self->desk) == NULL)
    plt_room_pane_ask_next (self);
}

static void
give_printers (PltRoomPane *self)
{
  GListModel *printers = self->printers != NULL ? G_LIST_MODEL (self->printers) : NULL;

  plt_card_desk_set_printers (self->desk, printers);
  if (self->orders != NULL)
    plt_orders_page_set_printers (self->orders, printers);
  if (self->stock != NULL)
    plt_stock_page_set_printers (self->stock, printers);
  if (self->recalls != NULL && printers != NULL)
    plt_recalls_page_set_printers (self->recalls, printers);
}

static void
show_printers (PltRoomPane *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->printers));
  g_autofree char *error = NULL;
  guint state = PLT_WORKLIST_STATE_LOADING;

  g_object_get (self->printers, "state", &state, "error", &error, NULL);
  gtk_label_set_text (self->printers_failed, error != NULL ? error : "");
  gtk_stack_set_visible_child_name (self->printers_stack,
                                    state == PLT_WORKLIST_STATE_FAILED ? "failed"
                                    : n_items > 0 ? "list"
                                    : state == PLT_WORKLIST_STATE_LOADING ? "loading" : "none");
  give_printers (self);
}

void
plt_room_pane_show_page (PltRoomPane *self,
                         const char  *page)
{
  gtk_stack_set_visible_child_name (self->pages, page);
}

/* All pages at once take longer than a key press may: each is made when it is first shown. */
static void
make_page (PltRoomPane *self)
{
  GtkWidget *place = gtk_stack_get_visible_child (self->pages);

  if (place == GTK_WIDGET (self->orders_place) && self->orders == NULL)
    {
      self->orders = g_object_new (PLT_TYPE_ORDERS_PAGE, NULL);
      plt_orders_page_set_office (self->orders, self->office);
      adw_bin_set_child (self->orders_place, GTK_WIDGET (self->orders));
    }
  else if (place == GTK_WIDGET (self->stock_place) && self->stock == NULL)
    {
      self->stock = g_object_new (PLT_TYPE_STOCK_PAGE, NULL);
      plt_stock_page_set_office (self->stock, self->office);
      adw_bin_set_child (self->stock_place, GTK_WIDGET (self->stock));
    }
  else if (place == GTK_WIDGET (self->recalls_place) && self->recalls == NULL)
    {
      self->recalls = g_object_new (PLT_TYPE_RECALLS_PAGE, NULL);
      plt_recalls_page_set_office (self->recalls, self->office);
      adw_bin_set_child (self->recalls_place, GTK_WIDGET (self->recalls));
    }
  give_printers (self);
}

/* The keyboard goes where the eye goes. */
static void
page_shown_cb (PltRoomPane *self)
{
  if (self->office == NULL)
    return;
  make_page (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
row_selected_cb (PltRoomPane   *self,
                 GtkListBoxRow *row)
{
  /* A card that leaves the list stays shown until another is chosen. */
  if (row != NULL)
    plt_card_desk_set_card (self->desk, plt_card_row_get_card (PLT_CARD_ROW (row)));
}

static void
row_activated_cb (PltRoomPane *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->desk));
}

/* The printer is looked for again: lists change while people look at them. */
static void
calibrate_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltRoomPane *self = PLT_ROOM_PANE (widget);
  const char *wanted = g_variant_get_string (parameter, NULL);
  guint n_printers = self->printers != NULL
                       ? g_list_model_get_n_items (G_LIST_MODEL (self->printers))
                       : 0;

  for (guint i = 0; i < n_printers; i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (G_LIST_MODEL (self->printers), i);
      g_autofree char *destination = NULL;
      g_autofree char *title = NULL;

      g_object_get (printer, "destination", &destination, "title", &title, NULL);
      if (g_strcmp0 (destination, wanted) == 0)
        {
          gtk_window_present (plt_calibration_dialog_new (widget, self->office, destination, title));
          return;
        }
    }
}

static void
page_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  plt_room_pane_show_page (PLT_ROOM_PANE (widget), g_variant_get_string (parameter, NULL));
}

static void
printers_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  gtk_widget_child_focus (GTK_WIDGET (PLT_ROOM_PANE (widget)->printer_list), GTK_DIR_TAB_FORWARD);
}

/* Of the card that was looked for and is not in flight any more. */
static void
twin_of_gone_action (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  if (PLT_ROOM_PANE (widget)->gone != NULL)
    gtk_widget_activate_action (widget, "win.show-twin", "s", PLT_ROOM_PANE (widget)->gone);
}

/* ---- life ---- */

static void
load_cards (PltRoomPane *self)
{
  if (self->cards != NULL)
    return;

  self->cards = plt_card_room_new (self->office);
  gtk_list_box_bind_model (self->card_list, G_LIST_MODEL (self->cards), plt_card_row_new, NULL,
                           NULL);
  g_signal_connect_object (self->cards, "items-changed", G_CALLBACK (show_cards), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->cards, "notify", G_CALLBACK (show_cards), self,
                           G_CONNECT_SWAPPED);
  show_cards (self);
}

static void
plt_room_pane_map (GtkWidget *widget)
{
  PltRoomPane *self = PLT_ROOM_PANE (widget);

  GTK_WIDGET_CLASS (plt_room_pane_parent_class)->map (widget);

  plt_key_news_bar_load (self->key_news, self->office);
  load_cards (self);
  self->printers = plt_printer_list_new (self->office);
  gtk_list_box_bind_model (self->printer_list, G_LIST_MODEL (self->printers), plt_printer_row_new,
                           self->office, NULL);
  g_signal_connect_object (self->printers, "items-changed", G_CALLBACK (show_printers), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->printers, "notify", G_CALLBACK (show_printers), self,
                           G_CONNECT_SWAPPED);
  show_printers (self);
}

/* The print system is asked only while somebody looks. */
static void
plt_room_pane_unmap (GtkWidget *widget)
{
  PltRoomPane *self = PLT_ROOM_PANE (widget);

  gtk_list_box_bind_model (self->printer_list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->printers);
  give_printers (self);

  GTK_WIDGET_CLASS (plt_room_pane_parent_class)->unmap (widget);
}

static gboolean
plt_room_pane_grab_focus (GtkWidget *widget)
{
  PltRoomPane *self = PLT_ROOM_PANE (widget);
  GtkWidget *place = gtk_stack_get_visible_child (self->pages);

  if (ADW_IS_BIN (place) && adw_bin_get_child (ADW_BIN (place)) != NULL)
    return gtk_widget_grab_focus (adw_bin_get_child (ADW_BIN (place)));
  return gtk_widget_grab_focus (GTK_WIDGET (self->desk)) ||
         gtk_widget_child_focus (GTK_WIDGET (self->card_list), GTK_DIR_TAB_FORWARD);
}

static void
plt_room_pane_dispose (GObject *object)
{
  PltRoomPane *self = PLT_ROOM_PANE (object);

  g_clear_object (&self->printers);
  g_clear_object (&self->cards);
  g_clear_object (&self->office);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->gone, g_free);
  g_clear_pointer (&self->scanned, g_free);
  g_clear_pointer (&self->sought, g_free);
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->later, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_ROOM_PANE);

  G_OBJECT_CLASS (plt_room_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, key_news);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, switcher);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, pages);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, orders_place);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, stock_place);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, recalls_place);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, cards_stack);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, card_list);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, cards_failed);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, printers_stack);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, printer_list);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, printers_failed);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, desk);
  gtk_widget_class_bind_template_callback (widget_class, page_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
plt_room_pane_class_init (PltRoomPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_room_pane_dispose;
  widget_class->map = plt_room_pane_map;
  widget_class->unmap = plt_room_pane_unmap;
  plt_panes_class_set_grab_focus (widget_class, plt_room_pane_grab_focus);

  g_type_ensure (PLT_TYPE_KEY_NEWS_BAR);
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_CARD_DESK);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_install_action (widget_class, "room.calibrate", "s", calibrate_action);
  gtk_widget_class_install_action (widget_class, "room.printers", NULL, printers_action);
  gtk_widget_class_install_action (widget_class, "room.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "room.twin-of-gone", NULL, twin_of_gone_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/room/plt-room-pane.ui");
  plt_room_pane_install_scan (widget_class);
  bind_children (widget_class);
}

static void
plt_room_pane_init (PltRoomPane *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>1", "room.page", "cards" },
    { "<Control>2", "room.page", "orders" },
    { "<Control>3", "room.page", "stock" },
    { "<Control>4", "room.page", "recalls" },
  };

  self->later = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

GtkWidget *
plt_room_pane_new (PltOffice *office)
{
  PltRoomPane *self = g_object_new (PLT_TYPE_ROOM_PANE, NULL);

  self->office = g_object_ref (office);
  plt_card_desk_set_office (self->desk, office);

  return GTK_WIDGET (self);
}

void
plt_room_pane_select (PltRoomPane *self,
                      const char  *card)
{
  g_free (self->wanted);
  self->wanted = g_strdup (card);
  plt_room_pane_show_page (self, "cards");
  plt_notice_clear (self->notice);
  if (self->cards != NULL)
    show_cards (self);
}
