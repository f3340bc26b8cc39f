/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares what the plastic says with the record, and takes the card's next step. */
#include "plt-card-desk.h"

#include "plt-notice.h"
#include "plt-panes.h"
#include "plt-production.h"
#include "plt-reason-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _PltCardDesk
{
  GtkWidget     parent_instance;

  GtkWidget    *content;
  GtkLabel     *holder;
  GtkLabel     *summary;
  GtkLabel     *next;
  GtkEntry     *scan;
  GtkEntry     *serial;
  GtkWidget    *scan_box;
  PltNotice    *notice;
  GtkListBox   *fields;

  PltOffice    *office;
  PltCard      *card;
  gulong        card_changed;
  PltCardStep   asked; /* the step for which a reason is being asked */
  GCancellable *cancellable;
  gboolean      busy;
};

G_DEFINE_FINAL_TYPE (PltCardDesk, plt_card_desk, GTK_TYPE_WIDGET)

static gboolean
state_is (PltCardDesk *self,
          guint        states)
{
  return self->card != NULL && !self->busy
         && (states & 1u << plt_card_get_state (self->card)) != 0;
}

#define STATE(name) (1u << PLT_CARD_STATE_##name)

static void
update_actions (PltCardDesk *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "card.read-back",
                                 state_is (self, STATE (SENT) | STATE (ON_DEVICE) | STATE (OUT)));
  gtk_widget_action_set_enabled (widget, "card.hand-over", state_is (self, STATE (CHECKED)));
  gtk_widget_action_set_enabled (widget, "card.came-out", state_is (self, STATE (DOUBTFUL)));
  gtk_widget_action_set_enabled (widget, "card.spoil",
                                 state_is (self, STATE (SENT) | STATE (ON_DEVICE) | STATE (OUT)
                                                 | STATE (CHECKED) | STATE (DOUBTFUL)));
  gtk_widget_action_set_enabled (widget, "card.cancel",
                                 state_is (self, STATE (RESERVED) | STATE (RENDERED)));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, self->busy, -1);
}

/* What the operator does now, in words. */
static const char *
get_next_words (PltCardState state)
{
  switch (state)
    {
    case PLT_CARD_STATE_RESERVED:
    case PLT_CARD_STATE_RENDERED:
      return _("The card has not been sent to the printer. Print it again from the preview, "
               "or give the blank back.");
    case PLT_CARD_STATE_SENT:
    case PLT_CARD_STATE_ON_DEVICE:
      return _("The printer works on this card.");
    case PLT_CARD_STATE_OUT:
      return _("Take the card out of the printer and scan its QR code.");
    case PLT_CARD_STATE_CHECKED:
      return _("The card says what the record says. Hand it over to its holder.");
    case PLT_CARD_STATE_DOUBTFUL:
      return _("Nobody can say whether this card came out. Look into the printer and its tray, "
               "then answer.");
    case PLT_CARD_STATE_ISSUED:
      return _("The card has been handed over.");
    case PLT_CARD_STATE_SPOILED:
    case PLT_CARD_STATE_CANCELLED:
    case PLT_CARD_STATE_RECALLED:
    case PLT_N_CARD_STATES:
    default:
      return _("There is nothing more to do with this card.");
    }
}

static void
show_card (PltCardDesk *self)
{
  g_autofree char *holder = NULL;
  g_autofree char *application = NULL;
  g_autofree char *state = NULL;
  g_autofree char *summary = NULL;

  update_actions (self);
  if (self->card == NULL)
    return;
  g_object_get (self->card, "holder-name", &holder, "application-number", &application,
                "state-title", &state, NULL);
  /* Translators: a card’s state, number, the serial of its blank, the application’s number */
  summary = g_strdup_printf (_("%s · card %s · blank %s · application %s"), state,
                             plt_card_get_number (self->card), plt_card_get_serial (self->card),
                             application);
  gtk_label_set_label (self->holder, holder);
  gtk_label_set_label (self->summary, summary);
  gtk_label_set_label (self->next, get_next_words (plt_card_get_state (self->card)));
  gtk_widget_set_visible (self->scan_box,
                          (STATE (SENT) | STATE (ON_DEVICE) | STATE (OUT) | STATE (CHECKED))
                          & 1u << plt_card_get_state (self->card));
}

static void
clear_fields (PltCardDesk *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->fields))) != NULL)
    gtk_list_box_remove (self->fields, row);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), FALSE);
}

static GtkWidget *
create_field_row (PltReadbackField *field)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon;
  g_autofree char *title = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autofree char *differs = NULL;
  gboolean matches;

  g_object_get (field, "title", &title, "expected", &expected, "found", &found,
                "matches", &matches, NULL);
  /* Translators: a field that differs: what the record says, what the card says */
  differs = g_strdup_printf (_("Record: “%s” – card: “%s”"), expected != NULL ? expected : "",
                             found != NULL ? found : "");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), matches ? expected : differs);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  icon = gtk_image_new_from_icon_name (matches ? "emblem-ok-symbolic" : "dialog-error-symbolic");
  gtk_widget_add_css_class (icon, matches ? "success" : "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  matches ? _("Same") : _("Different"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static void
show_fields (PltCardDesk *self,
             GPtrArray   *fields)
{
  clear_fields (self);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    gtk_list_box_append (self->fields, create_field_row (fields->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->fields), fields != NULL && fields->len > 0);
}

static void
set_busy (PltCardDesk *self,
          gboolean     busy)
{
  self->busy = busy;
  update_actions (self);
}

/* The list follows by itself; the card here is brought up to date at once. */
static void
take_card (PltCardDesk *self,
           PltCard     *newer)
{
  if (self->card != NULL && plt_card_get_id (self->card) == plt_card_get_id (newer))
    plt_card_update (self->card, newer);
  show_card (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (PltCard) card = plt_production_read_finish (result, &fields, &error);
  PltCardDesk *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = PLT_CARD_DESK (user_data);
  set_busy (self, FALSE);
  show_fields (self, fields);
  if (card == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      gtk_widget_error_bell (GTK_WIDGET (self));
      gtk_widget_grab_focus (GTK_WIDGET (self->scan));
      return;
    }
  take_card (self, card);
  plt_notice_show (self->notice, PLT_NOTICE_INFO,
                   _("Everything that was read back is as it should be."), NULL, NULL);
}

static void
step_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_production_step_finish (result, &error);
  g_autofree char *state = NULL;
  PltCardDesk *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = PLT_CARD_DESK (user_data);
  set_busy (self, FALSE);
  if (card == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  plt_notice_clear (self->notice);
  clear_fields (self);
  g_object_get (card, "state-title", &state, NULL);
  plt_panes_toast (GTK_WIDGET (self), "%s: %s", plt_card_get_number (card), state);
  take_card (self, card);
}

static void
start_step (PltCardDesk *self,
            PltCardStep  step,
            const char  *text)
{
  set_busy (self, TRUE);
  plt_production_step_async (self->office, plt_card_get_number (self->card), step, text,
                             self->cancellable, step_cb, self);
}

static void
reason_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, &error);
  PltCardDesk *self;

  if (reason == NULL)
    return;
  self = PLT_CARD_DESK (user_data);
  if (self->card != NULL)
    start_step (self, self->asked, reason);
}

static void
ask_reason (PltCardDesk *self,
            PltCardStep  step,
            const char  *heading,
            const char  *body,
            const char  *verb)
{
  self->asked = step;
  plt_reason_dialog_ask_async (GTK_WIDGET (self), heading, body, verb, NULL, self->cancellable,
                               reason_cb, self);
}

static void
read_back_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltCardDesk *self = PLT_CARD_DESK (widget);

  plt_card_desk_scan (self, gtk_editable_get_text (GTK_EDITABLE (self->scan)));
}

/* With what was scanned at the counter, where something was. */
static void
hand_over_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltCardDesk *self = PLT_CARD_DESK (widget);
  const char *scan = gtk_editable_get_text (GTK_EDITABLE (self->scan));

  start_step (self, PLT_CARD_STEP_ISSUE, *scan != '\0' ? scan : NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->scan), "");
}

static void
spoil_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  ask_reason (PLT_CARD_DESK (widget), PLT_CARD_STEP_SPOIL, _("Spoil This Card?"),
              _("The card can never be handed over. Its blank is counted as spoiled; "
                "another card can then be printed."), _("_Spoil"));
}

static void
came_out_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  ask_reason (PLT_CARD_DESK (widget), PLT_CARD_STEP_CAME_OUT, _("Did the Card Come Out?"),
              _("Answer only with the card in your hand. It is read back next."), _("_Came Out"));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  ask_reason (PLT_CARD_DESK (widget), PLT_CARD_STEP_CANCEL, _("Give the Blank Back?"),
              _("The card was never printed; its blank goes back into stock."), _("_Give Back"));
}

static gboolean
plt_card_desk_grab_focus (GtkWidget *widget)
{
  PltCardDesk *self = PLT_CARD_DESK (widget);

  if (gtk_widget_get_visible (self->scan_box))
    return gtk_widget_grab_focus (GTK_WIDGET (self->scan));
  return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
plt_card_desk_dispose (GObject *object)
{
  PltCardDesk *self = PLT_CARD_DESK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->card != NULL)
    g_clear_signal_handler (&self->card_changed, self->card);
  g_clear_object (&self->card);
  g_clear_object (&self->office);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_CARD_DESK);
  G_OBJECT_CLASS (plt_card_desk_parent_class)->dispose (object);
}

static void
plt_card_desk_class_init (PltCardDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_card_desk_dispose;
  widget_class->grab_focus = plt_card_desk_grab_focus;
  g_type_ensure (PLT_TYPE_NOTICE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/platen/Platen/panes/room/plt-card-desk.ui");
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, content);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, holder);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, summary);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, next);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, scan);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, serial);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, scan_box);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, notice);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, fields);
  gtk_widget_class_install_action (widget_class, "card.read-back", NULL, read_back_action);
  gtk_widget_class_install_action (widget_class, "card.hand-over", NULL, hand_over_action);
  gtk_widget_class_install_action (widget_class, "card.spoil", NULL, spoil_action);
  gtk_widget_class_install_action (widget_class, "card.came-out", NULL, came_out_action);
  gtk_widget_class_install_action (widget_class, "card.cancel", NULL, cancel_action);
}

static void
scan_activate_cb (PltCardDesk *self)
{
  if (state_is (self, STATE (CHECKED)))
    gtk_widget_activate_action (GTK_WIDGET (self), "card.hand-over", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "card.read-back", NULL);
}

static void
plt_card_desk_init (PltCardDesk *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->scan, "activate", G_CALLBACK (scan_activate_cb), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
}

void
plt_card_desk_set_office (PltCardDesk *self,
                          PltOffice   *office)
{
  g_set_object (&self->office, office);
}

void
plt_card_desk_set_card (PltCardDesk *self,
                        PltCard     *card)
{
  if (self->card == card)
    return;
  if (self->card != NULL)
    g_clear_signal_handler (&self->card_changed, self->card);
  g_set_object (&self->card, card);
  if (card != NULL)
    self->card_changed = g_signal_connect_swapped (card, "notify", G_CALLBACK (show_card), self);
  gtk_editable_set_text (GTK_EDITABLE (self->scan), "");
  gtk_editable_set_text (GTK_EDITABLE (self->serial), "");
  plt_notice_clear (self->notice);
  clear_fields (self);
  show_card (self);
}

void
plt_card_desk_scan (PltCardDesk *self,
                    const char  *text)
{
  const char *serial = gtk_editable_get_text (GTK_EDITABLE (self->serial));

  if (self->card == NULL || self->busy || *text == '\0')
    return;
  plt_notice_clear (self->notice);
  set_busy (self, TRUE);
  plt_production_read_async (self->office, plt_card_get_number (self->card), text,
                             *serial != '\0' ? serial : NULL, self->cancellable, read_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (self->scan), "");
}
