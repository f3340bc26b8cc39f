/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows printers and cards in flight, reads cards back and hands them over. */
#include "plt-room-pane.h"

#include "plt-notice.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-production.h"
#include "plt-reason-dialog.h"
#include "plt-room-rows.h"
#include "plt-worklist.h"

#include <glib/gi18n-lib.h>

struct _PltRoomPane
{
  AdwBin          parent_instance;

  PltOffice      *office;
  PltCardRoom    *cards;    /* NULL until first shown */
  PltPrinterList *printers; /* NULL while not shown */
  GCancellable   *cancellable;
  PltCard        *card;     /* the selected one, or NULL */
  char           *wanted;   /* to be selected as soon as it is listed */
  PltCardStep     step;     /* what is under way */
  gboolean        busy;
  GListStore     *readback; /* PltReadbackField */

  PltNotice      *notice;
  GtkStack       *cards_stack;
  GtkListBox     *card_list;
  GtkLabel       *cards_failed;
  GtkStack       *printers_stack;
  GtkListBox     *printer_list;
  GtkLabel       *printers_failed;
  GtkStack       *detail_stack;
  GtkLabel       *title;
  GtkLabel       *state;
  GtkLabel       *advice;
  GtkEditable    *scan;
  GtkEditable    *serial;
  GtkWidget      *read;
  GtkWidget      *hand_over;
  GtkWidget      *spinner;
  GtkWidget      *result_group;
  GtkListBox     *result;
};

G_DEFINE_FINAL_TYPE (PltRoomPane, plt_room_pane, ADW_TYPE_BIN)

static gboolean
is_readable (PltCardState state)
{
  return state == PLT_CARD_STATE_OUT || state == PLT_CARD_STATE_ON_DEVICE ||
         state == PLT_CARD_STATE_SENT || state == PLT_CARD_STATE_DOUBTFUL;
}

static const char *
get_advice (PltCardState state)
{
  switch (state)
    {
    case PLT_CARD_STATE_OUT:
      return _("The card has left the printer. Scan its QR code to prove that it is the right one.");
    case PLT_CARD_STATE_DOUBTFUL:
      return _("Nobody can say whether this card came out. Look into the printer and its tray: if "
               "it is there, choose Came Out; if not, or if it is damaged, choose Spoil.");
    case PLT_CARD_STATE_CHECKED:
      return _("The card was read back and is right. Hand it over to its holder.");
    case PLT_CARD_STATE_ISSUED:
      return _("The card was handed over.");
    case PLT_CARD_STATE_SENT:
    case PLT_CARD_STATE_ON_DEVICE:
      return _("The printer has the card. It can be read back when it is out.");
    default:
      return _("The card is being made ready for the printer.");
    }
}

static void
update_actions (PltRoomPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PltCardState state = self->card != NULL ? plt_card_get_state (self->card)
                                          : PLT_CARD_STATE_ISSUED;
  gboolean free_now = self->card != NULL && !self->busy;
  gboolean unsent = state == PLT_CARD_STATE_RESERVED || state == PLT_CARD_STATE_RENDERED;
  gboolean ended = state == PLT_CARD_STATE_ISSUED || state == PLT_CARD_STATE_SPOILED ||
                   state == PLT_CARD_STATE_CANCELLED;

  gtk_widget_action_set_enabled (widget, "room.read", free_now && is_readable (state));
  gtk_widget_action_set_enabled (widget, "room.came-out",
                                 free_now && state == PLT_CARD_STATE_DOUBTFUL);
  gtk_widget_action_set_enabled (widget, "room.spoil", free_now && !ended && !unsent);
  gtk_widget_action_set_enabled (widget, "room.cancel", free_now && unsent);
  gtk_widget_action_set_enabled (widget, "room.issue",
                                 free_now && state == PLT_CARD_STATE_CHECKED);
  gtk_widget_action_set_enabled (widget, "room.open", self->card != NULL);
  gtk_widget_set_visible (self->spinner, self->busy);
}

static void
show_card (PltRoomPane *self)
{
  g_autofree char *holder = NULL;
  g_autofree char *application = NULL;
  g_autofree char *printer = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *state = NULL;
  const char *serial;

  gtk_stack_set_visible_child_name (self->detail_stack, self->card != NULL ? "card" : "none");
  update_actions (self);
  if (self->card == NULL)
    return;

  g_object_get (self->card, "holder-name", &holder, "application-number", &application,
                "printer", &printer, "reason", &reason, NULL);
  serial = plt_card_get_serial (self->card);
  gtk_label_set_text (self->title, holder != NULL ? holder : "—");
  /* Translators: state · card number · serial of the blank · application · printer */
  state = g_strdup_printf (_("%s · card %s · blank %s · application %s · printer %s"),
                           plt_card_state_get_title (plt_card_get_state (self->card)),
                           plt_card_get_number (self->card), serial != NULL ? serial : "—",
                           application != NULL ? application : "—",
                           printer != NULL ? printer : "—");
  gtk_label_set_text (self->state, state);
  gtk_label_set_text (self->advice, reason != NULL && *reason != '\0'
                                    ? reason : get_advice (plt_card_get_state (self->card)));
}

static void
set_card (PltRoomPane *self,
          PltCard     *card)
{
  if (card == self->card)
    return;
  if (self->card != NULL)
    g_signal_handlers_disconnect_by_data (self->card, self);
  g_set_object (&self->card, card);
  if (card != NULL)
    g_signal_connect_object (card, "notify", G_CALLBACK (show_card), self, G_CONNECT_SWAPPED);

  g_list_store_remove_all (self->readback);
  gtk_widget_set_visible (self->result_group, FALSE);
  gtk_editable_set_text (self->scan, "");
  gtk_editable_set_text (self->serial, "");
  show_card (self);
}

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
  else if (self->wanted == NULL && n_items > 0 &&
           gtk_list_box_get_selected_row (self->card_list) == NULL && self->card == NULL)
    gtk_list_box_select_row (self->card_list, gtk_list_box_get_row_at_index (self->card_list, 0));
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
}

static void
row_selected_cb (PltRoomPane   *self,
                 GtkListBoxRow *row)
{
  /* A card that leaves the list stays shown until another is chosen. */
  if (row != NULL)
    set_card (self, plt_card_row_get_card (PLT_CARD_ROW (row)));
}

static void
row_activated_cb (PltRoomPane *self)
{
  if (self->card != NULL && plt_card_get_state (self->card) == PLT_CARD_STATE_CHECKED)
    gtk_widget_grab_focus (self->hand_over);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->scan));
}

/* What the office answered is this card as it is now, also when it has left the list. */
static void
take_card (PltRoomPane *self,
           PltCard     *card)
{
  if (self->card != NULL && plt_card_get_id (self->card) == plt_card_get_id (card))
    plt_card_update (self->card, card);
  show_card (self);
}

/* ---- read-back ---- */

static void
show_readback (PltRoomPane *self,
               GPtrArray   *fields)
{
  g_list_store_remove_all (self->readback);
  if (fields != NULL && fields->len > 0)
    g_list_store_splice (self->readback, 0, 0, fields->pdata, fields->len);
  gtk_widget_set_visible (self->result_group, fields != NULL && fields->len > 0);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (PltCard) card = plt_production_read_finish (result, &fields, &error);
  PltRoomPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  self->busy = FALSE;
  gtk_editable_set_text (self->scan, "");
  show_readback (self, fields);
  if (card == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      update_actions (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->scan));
      return;
    }

  plt_notice_clear (self->notice);
  take_card (self, card);
  plt_panes_toast (GTK_WIDGET (self), _("Card %s was read back and is right."),
                   plt_card_get_number (card));
  gtk_widget_grab_focus (self->hand_over);
}

static void
read_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltRoomPane *self = PLT_ROOM_PANE (widget);
  const char *scan = gtk_editable_get_text (self->scan);
  const char *serial = gtk_editable_get_text (self->serial);

  if (self->card == NULL || self->busy)
    return;
  if (*scan == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->scan));
      return;
    }

  self->busy = TRUE;
  show_readback (self, NULL);
  update_actions (self);
  plt_production_read_async (self->office, plt_card_get_number (self->card), scan,
                             *serial != '\0' ? serial : NULL, self->cancellable, read_cb, self);
}

static void
scan_activate_cb (PltRoomPane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "room.read", NULL);
}

/* ---- steps ---- */

/* How each step is asked for and said to have been done. */
static const struct
{
  const char *action;
  const char *heading; /* NULL: no reason is asked for */
  const char *body;
  const char *verb;
  const char *done;    /* %s: the card's number */
} steps[] = {
  [PLT_CARD_STEP_CAME_OUT] = { "room.came-out", NULL, NULL, NULL,
                               N_("Card %s is out. Read it back now.") },
  [PLT_CARD_STEP_SPOIL] = { "room.spoil", N_("Spoil the Card?"),
                            N_("The blank is written off and must be destroyed. The application "
                               "can be printed again on another one."),
                            N_("_Spoil"), N_("Card %s was spoiled.") },
  [PLT_CARD_STEP_CANCEL] = { "room.cancel", N_("Cancel the Card?"),
                             N_("It was never printed; its blank goes back to the stock."),
                             N_("_Cancel Card"), N_("Card %s was cancelled.") },
  [PLT_CARD_STEP_ISSUE] = { "room.issue", NULL, NULL, NULL, N_("Card %s was handed over.") },
};

static void
step_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_production_step_finish (result, &error);
  PltRoomPane *self;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  self->busy = FALSE;
  if (card == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      update_actions (self);
      return;
    }

  plt_notice_clear (self->notice);
  take_card (self, card);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (_(steps[self->step].done), plt_card_get_number (card));
#pragma GCC diagnostic pop
  plt_panes_toast (GTK_WIDGET (self), "%s", text);
  if (self->step == PLT_CARD_STEP_CAME_OUT)
    gtk_widget_grab_focus (GTK_WIDGET (self->scan));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.command", NULL);
}

static void
take_step (PltRoomPane *self,
           const char  *text)
{
  self->busy = TRUE;
  update_actions (self);
  plt_production_step_async (self->office, plt_card_get_number (self->card), self->step, text,
                             self->cancellable, step_cb, self);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  PltRoomPane *self = PLT_ROOM_PANE (source);

  if (reason != NULL && self->card != NULL)
    take_step (self, reason);
}

static void
step_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltRoomPane *self = PLT_ROOM_PANE (widget);
  const char *scan = gtk_editable_get_text (self->scan);

  if (self->card == NULL || self->busy)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].action, action))
      self->step = (PltCardStep) i;

  if (steps[self->step].heading != NULL)
    plt_reason_dialog_ask_async (widget, _(steps[self->step].heading), _(steps[self->step].body),
                                 _(steps[self->step].verb), NULL, self->cancellable,
                                 reason_given_cb, NULL);
  else
    take_step (self, self->step == PLT_CARD_STEP_ISSUE && *scan != '\0' ? scan : NULL);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltRoomPane *self = PLT_ROOM_PANE (widget);
  g_autofree char *number = NULL;

  if (self->card == NULL)
    return;
  g_object_get (self->card, "application-number", &number, NULL);
  if (number != NULL)
    gtk_widget_activate_action (widget, "win.open-application", "s", number);
}

static void
scan_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PLT_ROOM_PANE (widget)->scan));
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

  load_cards (self);
  self->printers = plt_printer_list_new (self->office);
  gtk_list_box_bind_model (self->printer_list, G_LIST_MODEL (self->printers), plt_printer_row_new,
                           NULL, NULL);
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

  GTK_WIDGET_CLASS (plt_room_pane_parent_class)->unmap (widget);
}

static gboolean
plt_room_pane_grab_focus (GtkWidget *widget)
{
  PltRoomPane *self = PLT_ROOM_PANE (widget);

  if (self->card != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->scan));

  return gtk_widget_child_focus (GTK_WIDGET (self->card_list), GTK_DIR_TAB_FORWARD);
}

static void
plt_room_pane_dispose (GObject *object)
{
  PltRoomPane *self = PLT_ROOM_PANE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->card != NULL)
    g_signal_handlers_disconnect_by_data (self->card, self);
  g_clear_object (&self->card);
  g_clear_object (&self->printers);
  g_clear_object (&self->cards);
  g_clear_object (&self->readback);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  g_clear_pointer (&self->wanted, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_ROOM_PANE);

  G_OBJECT_CLASS (plt_room_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, notice);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, cards_stack);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, card_list);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, cards_failed);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, printers_stack);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, printer_list);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, printers_failed);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, detail_stack);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, title);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, state);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, advice);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, scan);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, serial);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, read);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, hand_over);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, result_group);
  gtk_widget_class_bind_template_child (widget_class, PltRoomPane, result);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, scan_activate_cb);
}

static void
plt_room_pane_class_init (PltRoomPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_room_pane_dispose;
  widget_class->map = plt_room_pane_map;
  widget_class->unmap = plt_room_pane_unmap;
  widget_class->grab_focus = plt_room_pane_grab_focus;

  g_type_ensure (PLT_TYPE_NOTICE);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_install_action (widget_class, steps[i].action, NULL, step_action);
  gtk_widget_class_install_action (widget_class, "room.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "room.scan", NULL, scan_action);
  gtk_widget_class_install_action (widget_class, "room.open", NULL, open_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/room/plt-room-pane.ui");
  bind_children (widget_class);
}

static void
plt_room_pane_init (PltRoomPane *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>b", "room.scan", NULL },
    { "<Control>Return", "room.read", NULL },
    { "<Control><Shift>c", "room.came-out", NULL },
    { "<Control><Shift>s", "room.spoil", NULL },
    { "<Control><Shift>x", "room.cancel", NULL },
    { "<Control><Shift>h", "room.issue", NULL },
    { "<Control>e", "room.open", NULL },
  };

  self->cancellable = g_cancellable_new ();
  self->readback = g_list_store_new (PLT_TYPE_READBACK_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->result, G_LIST_MODEL (self->readback), plt_readback_row_new, NULL,
                           NULL);
  update_actions (self);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

GtkWidget *
plt_room_pane_new (PltOffice *office)
{
  PltRoomPane *self = g_object_new (PLT_TYPE_ROOM_PANE, NULL);

  self->office = g_object_ref (office);

  return GTK_WIDGET (self);
}

void
plt_room_pane_select (PltRoomPane *self,
                      const char  *card)
{
  g_free (self->wanted);
  self->wanted = g_strdup (card);
  plt_notice_clear (self->notice);
  if (self->cards != NULL)
    show_cards (self);
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

void
plt_room_pane_scan (PltRoomPane *self,
                    const char  *text)
{
  if (self->card == NULL || !is_readable (plt_card_get_state (self->card)))
    {
      PltCard *card = find_awaiting (self);

      if (card == NULL)
        {
          plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                           _("The scanned code was not compared with anything. Select the card "
                             "that it belongs to and scan it again."), NULL, NULL);
          return;
        }
      set_card (self, card);
    }

  gtk_editable_set_text (self->scan, text);
  gtk_widget_activate_action (GTK_WIDGET (self), "room.read", NULL);
}
