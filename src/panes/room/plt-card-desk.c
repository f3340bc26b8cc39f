/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads one card back, hands it over, or writes it off. */
#include "plt-card-desk-private.h"

#include "plt-office-error.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-pills.h"
#include "plt-reason-dialog.h"
#include "plt-room-rows.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

/* In the order in which they are shown. */
enum { FACT_CARD, FACT_BLANK, FACT_APPLICATION, FACT_PRINTER };

G_DEFINE_FINAL_TYPE (PltCardDesk, plt_card_desk, ADW_TYPE_BIN)

static gboolean
is_operator (PltCardDesk *self)
{
  return plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_OPERATOR);
}

static gboolean
may_hand_over (PltCardDesk *self)
{
  return plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_OPERATOR | PLT_ROLE_CLERK);
}

/* An action that is not for this card, or not for this person, is not offered at all. */
static void
offer (PltCardDesk *self,
       GtkWidget   *button,
       gboolean     offered)
{
  gtk_widget_set_visible (button, offered);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 gtk_actionable_get_action_name (GTK_ACTIONABLE (button)),
                                 offered && !self->busy && self->fate == NULL);
}

void
plt_card_desk_update_actions (PltCardDesk *self)
{
  gboolean operator = is_operator (self);
  PltCardState state = self->card != NULL ? plt_card_get_state (self->card)
                                          : PLT_CARD_STATE_ISSUED;
  gboolean unsent = state == PLT_CARD_STATE_RESERVED || state == PLT_CARD_STATE_RENDERED;
  gboolean asked = self->card != NULL && plt_card_is_asked_about (self->card);
  gboolean ended = state == PLT_CARD_STATE_ISSUED || state == PLT_CARD_STATE_SPOILED ||
                   state == PLT_CARD_STATE_CANCELLED || state == PLT_CARD_STATE_RECALLED;

  offer (self, self->read, operator && plt_card_advice_is_readable (state));
  offer (self, self->came_out, operator && asked);
  offer (self, self->spoil, operator && !ended && !unsent);
  offer (self, self->cancel, operator && (unsent || asked));
  offer (self, self->hand_over, may_hand_over (self) && state == PLT_CARD_STATE_CHECKED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "room.open", self->card != NULL);
  gtk_widget_set_visible (self->twin, plt_session_has_role (plt_office_get_session (self->office),
                                                            PLT_ROLE_OPERATOR | PLT_ROLE_AUDITOR));
  gtk_widget_set_visible (self->scan_group,
                          gtk_widget_get_visible (self->read) ||
                          gtk_widget_get_visible (self->hand_over));
  gtk_widget_set_visible (self->serial_row, gtk_widget_get_visible (self->read));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->scan_group),
                                   gtk_widget_get_visible (self->read) ? _("Read Back") : _("Card in the Hand"));
  gtk_widget_set_visible (self->bar, (operator && !ended) ||
                                     gtk_widget_get_visible (self->hand_over));
  gtk_widget_set_visible (self->spinner, self->busy);
}

/* A printer is known here by its queue and to people by its title. */
static char *
dup_printer_title (PltCardDesk *self,
                   const char  *queue)
{
  guint n_printers = self->printers != NULL ? g_list_model_get_n_items (self->printers) : 0;

  for (guint i = 0; i < n_printers; i++)
    {
      g_autoptr (GObject) printer = g_list_model_get_item (self->printers, i);
      g_autofree char *destination = NULL;
      g_autofree char *title = NULL;

      g_object_get (printer, "destination", &destination, "title", &title, NULL);
      if (g_strcmp0 (destination, queue) == 0 && title != NULL && *title != '\0')
        return g_steal_pointer (&title);
    }

  return g_strdup (queue);
}

static void
show_facts (PltCardDesk *self)
{
  g_autofree char *application = NULL;
  g_autofree char *printer = NULL;

  g_object_get (self->card, "application-number", &application, "printer", &printer, NULL);

  g_autofree char *title = dup_printer_title (self, printer);

  plt_facts_set (self->facts, FACT_CARD, plt_card_get_number (self->card));
  plt_facts_set (self->facts, FACT_BLANK, plt_card_get_serial (self->card));
  plt_facts_set (self->facts, FACT_APPLICATION, application);
  plt_facts_set (self->facts, FACT_PRINTER, title);
}

static void
show_card (PltCardDesk *self)
{
  g_autofree char *holder = NULL;
  g_autofree char *advice = NULL;

  gtk_stack_set_visible_child_name (self->stack, self->card != NULL ? "card" : "none");
  plt_card_desk_update_actions (self);
  plt_card_desk_show_handover (self);
  if (self->card == NULL)
    return;

  g_object_get (self->card, "holder-name", &holder, NULL);
  advice = plt_card_advice_dup (self->card, is_operator (self), may_hand_over (self));
  plt_panes_show_name (self->title, holder != NULL ? holder : "—");
  plt_pill_show_card (self->state, plt_card_get_state (self->card));
  gtk_label_set_text (self->advice, advice);
  show_facts (self);
}

/* What the office answered is this card as it is now, also when it has left the list. */
void
plt_card_desk_take_card (PltCardDesk *self,
                         PltCard     *card)
{
  if (self->card != NULL && plt_card_get_id (self->card) == plt_card_get_id (card))
    plt_card_update (self->card, card);
  show_card (self);
}

/* ---- what nobody knows ---- */

/* What the last deed was is kept with the look at what became of it. */
#define DEED "plt-card-deed"

static void
fate_known_cb (PltCardDesk *self,
               PltCard     *card)
{
  PltCardDeed deed = (PltCardDeed) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self->fate), DEED));
  gboolean done = FALSE;
  g_autofree char *text = plt_card_advice_dup_known (card, deed, &done);

  g_clear_object (&self->fate);
  if (done)
    plt_reason_dialog_forget (GTK_WIDGET (self));
  plt_notice_show (self->notice, done ? PLT_NOTICE_INFO : PLT_NOTICE_WARNING, text, NULL, NULL);
  plt_card_desk_take_card (self, card);
}

/* Whether nobody knows what became of @deed. */
gboolean
plt_card_desk_lose_deed (PltCardDesk  *self,
                         PltCardDeed   deed,
                         const GError *error)
{
  g_autofree char *text = NULL;

  if (self->card == NULL || !plt_card_fate_is_unknown (error, self->begun_online))
    return FALSE;
  g_clear_object (&self->fate);
  self->fate = plt_card_fate_new (self->office, plt_card_get_number (self->card));
  g_object_set_data (G_OBJECT (self->fate), DEED, GINT_TO_POINTER (deed));
  g_signal_connect_object (self->fate, "known", G_CALLBACK (fate_known_cb), self, G_CONNECT_SWAPPED);
  text = plt_card_advice_dup_unknown (self->card, deed);
  plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, NULL, NULL);
  plt_card_desk_update_actions (self);
  return TRUE;
}

void
plt_card_desk_begin_deed (PltCardDesk *self)
{
  self->busy = TRUE;
  self->begun_online = plt_session_is_online (plt_office_get_session (self->office));
}

static gboolean
plt_card_desk_grab_focus (GtkWidget *widget)
{
  PltCardDesk *self = PLT_CARD_DESK (widget);

  if (self->card == NULL)
    return FALSE;
  if (gtk_widget_get_visible (self->hand_over))
    return plt_handover_form_take_focus (self->handover) || gtk_widget_grab_focus (self->hand_over);
  if (gtk_widget_get_visible (self->read))
    return gtk_widget_grab_focus (GTK_WIDGET (self->scan));

  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

/* ---- read-back ---- */

static void
show_readback (PltCardDesk *self,
               GPtrArray   *fields)
{
  g_list_store_remove_all (self->readback);
  if (fields != NULL && fields->len > 0)
    g_list_store_splice (self->readback, 0, 0, fields->pdata, fields->len);
  gtk_widget_set_visible (self->result_group, fields != NULL && fields->len > 0);
}

/* Half of the read-back is done. The serial may have been scanned while the code was compared. */
static void
await_serial (PltCardDesk  *self,
              const GError *error)
{
  plt_card_desk_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->serial));
  if (*gtk_editable_get_text (self->serial) != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "room.read", NULL);
  else
    plt_notice_show (self->notice, PLT_NOTICE_INFO, error->message, NULL, NULL);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (PltCard) card = plt_production_read_finish (result, &fields, &error);
  g_autofree char *told = NULL;
  PltCardDesk *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  self->busy = FALSE;
  show_readback (self, fields);
  if (error != NULL && g_strcmp0 (plt_office_error_get_rule (error), "SERIAL") == 0)
    {
      await_serial (self, error);
      return;
    }
  gtk_editable_set_text (self->scan, "");
  gtk_editable_set_text (self->serial, "");
  if (card == NULL && plt_card_desk_lose_deed (self, PLT_CARD_DEED_READ, error))
    return;
  if (card == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      plt_card_desk_update_actions (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->scan));
      if (fields != NULL && fields->len > 0)
        plt_card_verdict_wrong (self->verdict, error->message, fields, gtk_widget_get_visible (self->spoil));
      return;
    }

  plt_notice_clear (self->notice);
  plt_card_desk_take_card (self, card);
  told = g_strdup_printf (_("Card %s was read back and is right."), plt_card_get_number (card));
  plt_card_desk_grab_focus (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "checked");
  plt_card_verdict_right (self->verdict, told);
}

static void
read_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltCardDesk *self = PLT_CARD_DESK (widget);
  const char *scan = gtk_editable_get_text (self->scan);
  const char *serial = gtk_editable_get_text (self->serial);

  if (self->card == NULL || self->busy || self->fate != NULL)
    return;
  if (*scan == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->scan));
      return;
    }

  plt_card_desk_begin_deed (self);
  plt_card_verdict_clear (self->verdict);
  show_readback (self, NULL);
  plt_card_desk_update_actions (self);
  plt_production_read_async (self->office, plt_card_get_number (self->card), scan,
                             *serial != '\0' ? serial : NULL, self->cancellable, read_cb, self);
}

static void
scan_activate_cb (PltCardDesk *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "room.read", NULL);
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltCardDesk *self = PLT_CARD_DESK (widget);
  g_autofree char *number = NULL;

  if (self->card == NULL)
    return;
  g_object_get (self->card, "application-number", &number, NULL);
  if (number != NULL)
    gtk_widget_activate_action (widget, "win.open-application", "s", number);
}

static void
twin_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltCardDesk *self = PLT_CARD_DESK (widget);

  if (self->card != NULL)
    gtk_widget_activate_action (widget, "win.show-twin", "s", plt_card_get_number (self->card));
}

static void
scan_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PLT_CARD_DESK (widget)->scan));
}

/* ---- life ---- */

static void
plt_card_desk_dispose (GObject *object)
{
  PltCardDesk *self = PLT_CARD_DESK (object);

  g_cancellable_cancel (self->cancellable);
  if (self->card != NULL)
    g_signal_handlers_disconnect_by_data (self->card, self);
  g_clear_object (&self->card);
  g_clear_object (&self->fate);
  g_clear_object (&self->readback);
  g_clear_object (&self->printers);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->office);
  /* AdwBin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_CARD_DESK);

  G_OBJECT_CLASS (plt_card_desk_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, notice);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, verdict);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, stack);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, title);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, state);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, advice);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, facts);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, scan_group);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, scan);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, serial);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, serial_row);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, bar);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, read);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, hand_over);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, came_out);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, spoil);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, cancel);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, twin);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, spinner);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, result_group);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, result);
  gtk_widget_class_bind_template_callback (widget_class, scan_activate_cb);
}

static void
plt_card_desk_class_init (PltCardDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_card_desk_dispose;
  plt_panes_class_set_grab_focus (widget_class, plt_card_desk_grab_focus);

  g_signal_new ("checked", PLT_TYPE_CARD_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("answered", PLT_TYPE_CARD_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (PLT_TYPE_CARD_VERDICT);
  g_type_ensure (PLT_TYPE_FACTS);
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_install_action (widget_class, "room.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "room.scan", NULL, scan_action);
  gtk_widget_class_install_action (widget_class, "room.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "room.twin", NULL, twin_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/room/plt-card-desk.ui");
  plt_card_desk_install_steps (widget_class);
  plt_card_desk_install_handover (widget_class);
  bind_children (widget_class);
}

static void
plt_card_desk_init (PltCardDesk *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>b", "room.scan", NULL },
    { "<Control>Return", "room.read", NULL },
    { "<Control><Shift>c", "room.came-out", NULL },
    { "<Control><Shift>s", "room.spoil", NULL },
    { "<Control><Shift>x", "room.cancel", NULL },
    { "<Control><Shift>h", "room.issue", NULL },
    { "<Control><Shift>g", "room.sign", NULL },
    { "<Control><Shift>l", "room.shelf", NULL },
    { "<Control><Shift>p", "room.letter", NULL },
    { "<Control>e", "room.open", NULL },
    { "<Control>l", "room.printers", NULL }, /* of the pane, while its cards are shown */
  };

  self->cancellable = g_cancellable_new ();
  self->readback = g_list_store_new (PLT_TYPE_READBACK_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  plt_panes_take_scans (GTK_WIDGET (self->serial));
  plt_facts_set_columns (self->facts, 2);
  plt_facts_add (self->facts, _("Card"));
  plt_facts_add (self->facts, _("Blank"));
  plt_facts_add (self->facts, _("Application"));
  plt_facts_add (self->facts, _("Printer"));
  gtk_list_box_bind_model (self->result, G_LIST_MODEL (self->readback), plt_readback_row_new, NULL,
                           NULL);
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

void
plt_card_desk_set_office (PltCardDesk *self,
                          PltOffice   *office)
{
  g_set_object (&self->office, office);
  plt_handover_form_set_office (self->handover, office);
  plt_card_desk_update_actions (self);
}

void
plt_card_desk_set_printers (PltCardDesk *self,
                            GListModel  *printers)
{
  g_set_object (&self->printers, printers);
  if (self->card != NULL && printers != NULL)
    show_facts (self);
}

/* What was said and scanned of the card before. */
static void
forget (PltCardDesk *self)
{
  plt_reason_dialog_forget (GTK_WIDGET (self));
  g_clear_object (&self->fate);
  plt_notice_clear (self->notice);
  plt_card_verdict_clear (self->verdict);
  show_readback (self, NULL);
  gtk_editable_set_text (self->scan, "");
  gtk_editable_set_text (self->serial, "");
}

/* A card that the list has read again is the same card: what was scanned of it stays. */
void
plt_card_desk_set_card (PltCardDesk *self,
                        PltCard     *card)
{
  if (card == self->card)
    return;
  if (card == NULL || self->card == NULL ||
      !g_str_equal (plt_card_get_number (card), plt_card_get_number (self->card)))
    forget (self);
  if (self->card != NULL)
    g_signal_handlers_disconnect_by_data (self->card, self);
  g_set_object (&self->card, card);
  if (card != NULL)
    g_signal_connect_object (card, "notify", G_CALLBACK (show_card), self, G_CONNECT_SWAPPED);
  show_card (self);
}

/* @left: how many more are to be asked about after the card that is shown; -1: there is none to ask about */
void
plt_card_desk_ask (PltCardDesk *self,
                   int          left)
{
  self->asking = left >= 0 && self->card != NULL;
  if (self->asking)
    plt_card_verdict_ask (self->verdict, self->card, (guint) left);
}

PltCard *
plt_card_desk_get_card (PltCardDesk *self)
{
  return self->card;
}

gboolean
plt_card_desk_is_readable (PltCardDesk *self)
{
  return self->card != NULL && plt_card_advice_is_readable (plt_card_get_state (self->card));
}

gboolean
plt_card_desk_is_handed_over (PltCardDesk *self)
{
  return self->card != NULL && gtk_widget_get_visible (self->hand_over);
}

gboolean
plt_card_desk_is_serial (const char *text)
{
  return g_regex_match_simple ("^\\s*B[0-9]{8}\\s*$", text, G_REGEX_CASELESS, 0);
}

gboolean
plt_card_desk_take_serial (PltCardDesk *self,
                           const char  *text)
{
  g_autofree char *serial = g_strstrip (g_ascii_strup (text, -1));

  if (!plt_card_desk_is_readable (self) || *gtk_editable_get_text (self->scan) == '\0' || !plt_card_desk_is_serial (text))
    return FALSE;
  gtk_editable_set_text (self->serial, serial);
  gtk_widget_activate_action (GTK_WIDGET (self), "room.read", NULL);
  return TRUE;
}

void
plt_card_desk_scan (PltCardDesk *self,
                    const char  *text)
{
  gtk_editable_set_text (self->scan, text);
  if (plt_card_desk_is_handed_over (self))
    {
      plt_card_desk_grab_focus (GTK_WIDGET (self));
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "room.read", NULL);
}
