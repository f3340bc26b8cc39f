/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows printers and cards in flight, and takes a card from there to the desk. */
#include "plt-room-pane.h"

#include "plt-calibration-dialog.h"
#include "plt-card-desk.h"
#include "plt-card-of-code.h"
#include "plt-key-news-bar.h"
#include "plt-notice.h"
#include "plt-orders-page.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-production.h"
#include "plt-room-rows.h"
#include "plt-stock-page.h"
#include "plt-worklist.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

struct _PltRoomPane
{
  AdwBin          parent_instance;

  PltOffice      *office;
  PltCardRoom    *cards;    /* NULL until first shown */
  PltPrinterList *printers; /* NULL while not shown */
  char           *wanted;   /* to be selected as soon as it is listed */
  gboolean        resolving; /* one card after the other is asked about */
  GHashTable     *later;     /* numbers of those that somebody answers later */
  char           *scanned; /* to be compared as soon as the cards are listed, and the one before is found */
  char           *sought;  /* of which card this is the code is asked just now */

  PltKeyNewsBar  *key_news;
  PltNotice      *notice;
  GtkStack       *pages;
  PltOrdersPage  *orders;
  PltStockPage   *stock;
  GtkStack       *cards_stack;
  GtkListBox     *card_list;
  GtkLabel       *cards_failed;
  GtkStack       *printers_stack;
  GtkListBox     *printer_list;
  GtkLabel       *printers_failed;
  PltCardDesk    *desk;
};

G_DEFINE_FINAL_TYPE (PltRoomPane, plt_room_pane, ADW_TYPE_BIN)

static gboolean
is_called (PltCard    *card,
           const char *name)
{
  return g_strcmp0 (plt_card_get_number (card), name) == 0 ||
         g_strcmp0 (plt_card_get_serial (card), name) == 0;
}

static gboolean
select_wanted (PltRoomPane *self)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->card_list, i);

      if (row == NULL)
        return FALSE;
      if (is_called (plt_card_row_get_card (PLT_CARD_ROW (row)), self->wanted))
        {
          g_clear_pointer (&self->wanted, g_free);
          gtk_list_box_select_row (self->card_list, row);
          return TRUE;
        }
    }
}

/* The only card that awaits a scan, when none is selected. */
static PltCard *
find_awaiting (PltRoomPane *self)
{
  PltCard *found = NULL;

  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->card_list, i);
      PltCard *card;

      if (row == NULL)
        return found;
      card = plt_card_row_get_card (PLT_CARD_ROW (row));
      if (plt_card_get_state (card) != PLT_CARD_STATE_OUT)
        continue;
      if (found != NULL)
        return NULL;
      found = card;
    }
}

/* ---- one card after the other ---- */

static GtkListBoxRow *
find_row (PltRoomPane  *self,
          gboolean    (*wanted) (PltRoomPane *self, PltCard *card),
          guint        *n_more)
{
  GtkListBoxRow *found = NULL;

  *n_more = 0;
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->card_list, i);

      if (row == NULL)
        return found;
      if (!wanted (self, plt_card_row_get_card (PLT_CARD_ROW (row))))
        continue;
      if (found != NULL)
        (*n_more)++;
      else
        found = row;
    }
}

static gboolean
is_to_be_asked (PltRoomPane *self,
                PltCard     *card)
{
  return plt_card_is_asked_about (card) && !g_hash_table_contains (self->later, plt_card_get_number (card));
}

static gboolean
is_to_be_read (PltRoomPane *self,
               PltCard     *card)
{
  return plt_card_get_state (card) == PLT_CARD_STATE_OUT && card != plt_card_desk_get_card (self->desk);
}

/* The next question, or the end of them. */
static void
ask_next (PltRoomPane *self)
{
  guint n_more;
  GtkListBoxRow *row = find_row (self, is_to_be_asked, &n_more);

  if (row == NULL)
    {
      self->resolving = FALSE;
      plt_card_desk_ask (self->desk, -1);
      plt_panes_toast (GTK_WIDGET (self), "%s", g_hash_table_size (self->later) > 0
                         ? _("The other cards are asked about later.") : _("No card is asked about any more."));
      gtk_widget_activate_action (GTK_WIDGET (self), "win.command", NULL);
      return;
    }
  gtk_list_box_select_row (self->card_list, row);
  plt_card_desk_set_card (self->desk, plt_card_row_get_card (PLT_CARD_ROW (row)));
  plt_card_desk_ask (self->desk, (int) n_more);
}

static void
answered_cb (PltRoomPane *self)
{
  PltCard *card = plt_card_desk_get_card (self->desk);

  if (!self->resolving)
    return;
  if (card != NULL)
    g_hash_table_add (self->later, g_strdup (plt_card_get_number (card)));
  ask_next (self);
}

/* What came of the last card stays to be seen until the next is scanned. */
static void
checked_cb (PltRoomPane *self)
{
  guint n_more;
  GtkListBoxRow *row = find_row (self, is_to_be_read, &n_more);

  if (self->resolving)
    {
      ask_next (self);
      return;
    }
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->card_list, row);
  gtk_widget_grab_focus (GTK_WIDGET (self->desk));
}

static gboolean
is_loading (PltRoomPane *self)
{
  guint state = PLT_WORKLIST_STATE_LOADING;

  if (self->cards != NULL)
    g_object_get (self->cards, "state", &state, NULL);

  return state == PLT_WORKLIST_STATE_LOADING;
}

/* A scanner is faster than the list of cards: what it typed waits for that. */
static void
take_scan (PltRoomPane *self)
{
  g_autofree char *scan = NULL;

  if (self->scanned == NULL || self->sought != NULL || is_loading (self))
    return;
  scan = g_steal_pointer (&self->scanned);
  plt_room_pane_scan (self, scan);
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
  if (self->wanted != NULL && n_items > 0 && !select_wanted (self) &&
      state == PLT_WORKLIST_STATE_READY)
    {
      g_autofree char *text = g_strdup_printf (
        _("Card “%s” is not in flight in this office. It may have been handed over or spoiled."),
        self->wanted);

      g_clear_pointer (&self->wanted, g_free);
      plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, NULL, NULL);
    }
  else if (self->wanted == NULL && n_items > 0 && !self->resolving &&
           gtk_list_box_get_selected_row (self->card_list) == NULL &&
           plt_card_desk_get_card (self->desk) == NULL)
    gtk_list_box_select_row (self->card_list, gtk_list_box_get_row_at_index (self->card_list, 0));
  take_scan (self);
  if (self->resolving && state == PLT_WORKLIST_STATE_READY && plt_card_desk_get_card (self->desk) == NULL)
    ask_next (self);
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
  plt_card_desk_set_printers (self->desk, G_LIST_MODEL (self->printers));
  plt_orders_page_set_printers (self->orders, G_LIST_MODEL (self->printers));
  plt_stock_page_set_printers (self->stock, G_LIST_MODEL (self->printers));
}

static void
show_page (PltRoomPane *self,
           const char  *page)
{
  gtk_stack_set_visible_child_name (self->pages, page);
}

/* The keyboard goes where the eye goes. */
static void
page_shown_cb (PltRoomPane *self)
{
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
  show_page (PLT_ROOM_PANE (widget), g_variant_get_string (parameter, NULL));
}

static void
printers_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  gtk_widget_child_focus (GTK_WIDGET (PLT_ROOM_PANE (widget)->printer_list), GTK_DIR_TAB_FORWARD);
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
  plt_card_desk_set_printers (self->desk, NULL);
  plt_orders_page_set_printers (self->orders, NULL);
  plt_stock_page_set_printers (self->stock, NULL);
  g_clear_object (&self->printers);

  GTK_WIDGET_CLASS (plt_room_pane_parent_class)->unmap (widget);
}

static gboolean
plt_room_pane_grab_focus (GtkWidget *widget)
{
  PltRoomPane *self = PLT_ROOM_PANE (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (page == GTK_WIDGET (self->stock) || page == GTK_WIDGET (self->orders))
    return gtk_widget_grab_focus (page);
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
  g_clear_pointer (&self->scanned, g_free);
  g_clear_pointer (&self->sought, g_free);
  g_clear_pointer (&self->later, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_ROOM_PANE);

  G_OBJECT_CLASS (plt_room_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, key_news);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, pages);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, orders);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, stock);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, cards_stack);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, card_list);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, cards_failed);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, printers_stack);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, printer_list);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, printers_failed);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, desk);
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, checked_cb);
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
  g_type_ensure (PLT_TYPE_ORDERS_PAGE);
  g_type_ensure (PLT_TYPE_STOCK_PAGE);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_install_action (widget_class, "room.calibrate", "s", calibrate_action);
  gtk_widget_class_install_action (widget_class, "room.printers", NULL, printers_action);
  gtk_widget_class_install_action (widget_class, "room.page", "s", page_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/room/plt-room-pane.ui");
  bind_children (widget_class);
}

static void
plt_room_pane_init (PltRoomPane *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>1", "room.page", "cards" },
    { "<Control>2", "room.page", "orders" },
    { "<Control>3", "room.page", "stock" },
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
  plt_orders_page_set_office (self->orders, office);
  plt_stock_page_set_office (self->stock, office);

  return GTK_WIDGET (self);
}

void
plt_room_pane_select (PltRoomPane *self,
                      const char  *card)
{
  g_free (self->wanted);
  self->wanted = g_strdup (card);
  show_page (self, "cards");
  plt_notice_clear (self->notice);
  if (self->cards != NULL)
    show_cards (self);
}

/* Asks about each card of which nobody knows whether it came out, one after the other. */
void
plt_room_pane_resolve (PltRoomPane *self)
{
  g_return_if_fail (PLT_IS_ROOM_PANE (self));

  show_page (self, "cards");
  self->resolving = TRUE;
  g_hash_table_remove_all (self->later);
  plt_notice_clear (self->notice);
  if (!is_loading (self))
    ask_next (self);
}

gboolean
plt_room_pane_awaits_scan (PltRoomPane *self)
{
  return plt_card_desk_is_readable (self->desk) || plt_card_desk_is_handed_over (self->desk) ||
         find_awaiting (self) != NULL;
}

static gboolean
is_shown (PltRoomPane *self,
          const char  *number)
{
  PltCard *card = plt_card_desk_get_card (self->desk);

  return card != NULL && is_called (card, number);
}

static void
compare (PltRoomPane *self,
         const char  *text)
{
  if (!plt_card_desk_is_readable (self->desk))
    {
      PltCard *card = find_awaiting (self);

      if (card == NULL && !plt_card_desk_is_handed_over (self->desk))
        {
          plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                           _("The scanned code was not compared with anything. Select the card "
                             "that it belongs to and scan it again."), NULL, NULL);
          return;
        }
      if (card != NULL)
        plt_card_desk_set_card (self->desk, card);
    }

  plt_notice_clear (self->notice);
  plt_card_desk_scan (self->desk, text);
}

/* Cards come out of a tray in any order: the one that has this code goes to the desk. A code of none of
 * them is compared with the card that is there. */
static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PltRoomPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = plt_card_of_code_finish (result, &error);
  g_autofree char *text = g_steal_pointer (&self->sought);

  if (self->office == NULL)
    return;
  if (number != NULL && !is_shown (self, number))
    {
      g_free (self->wanted);
      self->wanted = g_steal_pointer (&number);
      if (select_wanted (self))
        plt_card_desk_set_card (self->desk, plt_card_row_get_card (PLT_CARD_ROW (gtk_list_box_get_selected_row (
                                              self->card_list))));
      g_clear_pointer (&self->wanted, g_free);
    }
  compare (self, text);
  take_scan (self);
}

void
plt_room_pane_scan (PltRoomPane *self,
                    const char  *text)
{
  show_page (self, "cards");
  if (self->sought != NULL || is_loading (self))
    {
      g_free (self->scanned);
      self->scanned = g_strdup (text);
      return;
    }
  self->sought = g_strdup (text);
  plt_card_of_code_async (self->office, text, NULL, found_cb, g_object_ref (self));
}
