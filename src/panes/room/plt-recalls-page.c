/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists the recalls of this office, decides on one that a colleague proposed, and notes what became of its cards. */
#include "plt-recalls-page.h"

#include "plt-allowance.h"
#include "plt-card-life.h"
#include "plt-notice.h"
#include "plt-pane-keys.h"
#include "plt-panes.h"
#include "plt-reason-dialog.h"
#include "plt-recall-book.h"
#include "plt-recall-form.h"
#include "plt-text-row.h"
#include "plt-wrap-box.h"

#include <glib/gi18n-lib.h>

struct _PltRecallsPage
{
  AdwBin         parent_instance;

  PltOffice     *office;
  GCancellable  *cancellable; /* of the list */
  GCancellable  *reading;     /* of the one that is shown */
  GPtrArray     *recalls;     /* PltRecall; NULL until read */
  PltRecall     *shown;
  gboolean       proposed;    /* the newest is to be shown as soon as it is listed */
  char          *card;        /* about which it is asked what became of it */

  PltNotice     *notice;
  GtkStack      *stack;
  GtkLabel      *failed;
  GtkListBox    *list;
  GtkWidget     *tools;
  GtkStack      *right;
  PltRecallForm *form;
  GtkLabel      *title;
  GtkLabel      *advice;
  GtkListBox    *cards;
  GtkWidget     *decide;
};

G_DEFINE_FINAL_TYPE (PltRecallsPage, plt_recalls_page, ADW_TYPE_BIN)

/* As a person says what became of a card, and as the database calls it. */
static const struct
{
  const char *title;
  const char *name;
} outcomes[] = {
  { N_("It was brought back"), "returned" },
  { N_("It was destroyed, as the books of the stock say"), "destroyed" },
  { N_("It cannot be found"), "not_found" },
};

static void load (PltRecallsPage *self);

static gboolean
may (PltRecallsPage *self,
     PltRoles        roles)
{
  return plt_session_has_role (plt_office_get_session (self->office), roles);
}

/* ---- one recall ---- */

static const char *
get_advice (PltRecallState state)
{
  switch (state)
    {
    case PLT_RECALL_PROPOSED:
      return _("Nothing has happened yet. A colleague of whoever proposed it confirms it; then what was handed over "
               "is recalled, and what is being made or lies ready is frozen.");
    case PLT_RECALL_CONFIRMED:
      return _("It is in force. Note at each card what became of it.");
    default:
      return _("It was refused, and nothing was changed.");
    }
}

static void
show_recall (PltRecallsPage *self)
{
  g_autofree char *advice = g_strdup_printf ("%s\n%s", self->shown->reason, get_advice (self->shown->state));

  gtk_label_set_text (self->title, self->shown->title);
  gtk_label_set_text (self->advice, advice);
  plt_recall_form_fill_list (self->cards, self->shown->cards,
                             may (self, PLT_ROLE_CLERK | PLT_ROLE_SUPERVISOR | PLT_ROLE_OPERATOR),
                             may (self, PLT_ROLE_SUPERVISOR));
  gtk_widget_set_visible (self->decide, self->shown->state == PLT_RECALL_PROPOSED &&
                                        may (self, PLT_ROLE_SUPERVISOR | PLT_ROLE_ADMIN));
  gtk_stack_set_visible_child_name (self->right, "recall");
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_card_life_act_finish (result, &error);
  PltRecall *recall = error == NULL ? plt_recall_parse (json, &error) : NULL;
  PltRecallsPage *self;
  int focused;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (recall == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  focused = plt_panes_find_focus (self->cards);
  g_clear_pointer (&self->shown, plt_recall_free);
  self->shown = recall;
  show_recall (self);
  plt_panes_put_focus (self->cards, focused);
}

static void
read_recall (PltRecallsPage *self,
             const char     *number)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  plt_card_life_act_async (self->office, PLT_RECALL_SHOW, (const char * const[]) { number }, self->reading, shown_cb,
                           self);
}

static void
row_activated_cb (PltRecallsPage *self,
                  GtkListBoxRow  *row)
{
  int index = gtk_list_box_row_get_index (row);

  plt_notice_clear (self->notice);
  if (self->recalls != NULL && index < (int) self->recalls->len)
    read_recall (self, ((PltRecall *) self->recalls->pdata[index])->number);
}

/* ---- the list ---- */

static const char *
get_icon (PltRecallState state)
{
  return state == PLT_RECALL_PROPOSED ? "system-users-symbolic"
         : state == PLT_RECALL_CONFIRMED ? "dialog-warning-symbolic" : "window-close-symbolic";
}

static void
show_list (PltRecallsPage *self)
{
  int focused = plt_panes_find_focus (self->list);

  plt_panes_empty_list (self->list);
  for (guint i = 0; i < self->recalls->len; i++)
    {
      const PltRecall *recall = self->recalls->pdata[i];
      g_autofree char *subtitle = g_strdup_printf ("%s\n%s", recall->subtitle, recall->reason);
      GtkWidget *row = plt_text_row_new (recall->title, subtitle);

      plt_text_row_add_prefix (PLT_TEXT_ROW (row), plt_panes_new_icon (get_icon (recall->state)));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->list, row);
    }
  gtk_stack_set_visible_child_name (self->stack, self->recalls->len > 0 ? "list" : "none");
  plt_panes_put_focus (self->list, focused);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_card_life_act_finish (result, &error);
  GPtrArray *recalls = error == NULL ? plt_recall_parse_list (json, &error) : NULL;
  PltRecallsPage *self;
  gboolean is_first;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (recalls == NULL)
    {
      gtk_label_set_text (self->failed, error->message);
      if (self->recalls == NULL)
        gtk_stack_set_visible_child_name (self->stack, "failed");
      else
        plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, _("_Read Again"), "recalls.read-again");
      return;
    }
  is_first = self->recalls == NULL;
  g_clear_pointer (&self->recalls, g_ptr_array_unref);
  self->recalls = recalls;
  show_list (self);
  if ((is_first || self->proposed) && recalls->len > 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    plt_panes_put_focus (self->list, 0);
  if (self->proposed && recalls->len > 0)
    read_recall (self, ((PltRecall *) recalls->pdata[0])->number);
  else if (self->shown != NULL && gtk_stack_get_visible_child (self->right) != GTK_WIDGET (self->form))
    read_recall (self, self->shown->number);
  self->proposed = FALSE;
}

static void
load (PltRecallsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  plt_card_life_act_async (self->office, PLT_RECALL_LIST, NULL, self->cancellable, read_cb, self);
}

static void
office_changed_cb (PltRecallsPage *self,
                   const char     *subject)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (g_str_equal (subject, "card") || g_str_equal (subject, "everything")))
    load (self);
}

/* ---- what is done ---- */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PltRecallsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = plt_card_life_act_finish (result, &error);
  g_autofree char *words = NULL;

  if (self->office == NULL)
    return;
  if (error != NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  plt_reason_dialog_forget (GTK_WIDGET (self));
  plt_notice_clear (self->notice);
  if (strstr (json != NULL ? json : "", "\"frozen\"") != NULL)
    words = plt_recall_dup_confirmed (json);
  plt_panes_toast (GTK_WIDGET (self), "%s", words != NULL ? words : _("It was noted."));
  load (self);
}

static void
response_cb (PltRecallsPage *self,
             const char     *response)
{
  if (self->office != NULL && self->shown != NULL && g_strcmp0 (response, "confirm") == 0)
    plt_card_life_act_async (self->office, PLT_RECALL_CONFIRM, (const char * const[]) { self->shown->number }, NULL,
                             done_cb, g_object_ref (self));
}

static void
confirm_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog;

  if (self->shown == NULL || !gtk_widget_get_mapped (self->decide))
    return;
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Confirm the Recall?"),
                                   _("Cards that were handed over are recalled, and those that are being made or lie "
                                     "ready are frozen. It cannot be undone."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Later"), "confirm", _("_Confirm"),
                                    NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "confirm", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  plt_panes_name_once (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
refuse_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (widget);

  if (self->shown != NULL && gtk_widget_get_mapped (self->decide))
    plt_card_life_act_async (self->office, PLT_RECALL_REFUSE, (const char * const[]) { self->shown->number }, NULL,
                             done_cb, g_object_ref (self));
}

static void
outcome_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (source);
  int picked = -1;
  g_autofree char *note = plt_reason_dialog_ask_finish (result, &picked, NULL);
  g_autofree char *card = g_steal_pointer (&self->card);

  if (note == NULL || self->office == NULL || self->shown == NULL || picked < 0 ||
      picked >= (int) G_N_ELEMENTS (outcomes))
    return;
  plt_card_life_act_async (self->office, PLT_RECALL_DONE,
                           (const char * const[]) { self->shown->number, card, outcomes[picked].name, note },
                           NULL, done_cb, g_object_ref (self));
}

static void
card_activated_cb (PltRecallsPage *self,
                   GtkListBoxRow  *row)
{
  const PltRecallCard *card = self->shown->cards->pdata[gtk_list_box_row_get_index (row)];
  const char *titles[G_N_ELEMENTS (outcomes) + 1] = { NULL };

  /* A key that is held asks once. */
  if (self->card != NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    titles[i] = _(outcomes[i].title);
  self->card = g_strdup (card->card);
  plt_reason_dialog_ask_async (GTK_WIDGET (self), _("What Became of the Card?"), card->title, _("_Note"), titles, NULL,
                               outcome_cb, NULL);
}

/* ---- another card ---- */

static void
allowed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (source);
  g_autoptr (GError) error = NULL;

  if (plt_allowance_ask_finish (result, &error))
    {
      plt_notice_clear (self->notice);
      load (self);
    }
  else if (self->office != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
}

static void
allow_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (widget);
  const char *application = g_variant_get_string (parameter, NULL);
  g_autofree char *body = g_strdup_printf (_("The holder of application %s keeps the licence, and gets another card in "
                                             "place of this one. The reason is kept, and who allows it has printed and "
                                             "spoiled none of its cards."), application);

  plt_allowance_ask_async (widget, self->office, application, body, allowed_cb, NULL);
}

/* Of the card whose row has the keyboard. */
static void
allow_here_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (widget);
  int index = plt_panes_find_focus (self->cards);
  const PltRecallCard *card = self->shown != NULL && index >= 0 ? self->shown->cards->pdata[index] : NULL;

  if (card == NULL || card->application == NULL || !card->is_lost || !may (self, PLT_ROLE_SUPERVISOR))
    plt_panes_toast (widget, "%s", _("Another card is allowed by a supervisor, at a card that was recalled or spoiled."));
  else
    gtk_widget_activate_action (widget, "recalls.allow", "s", card->application);
}

static void
new_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (widget);

  if (!may (self, PLT_ROLE_SUPERVISOR))
    return;
  gtk_stack_set_visible_child (self->right, GTK_WIDGET (self->form));
  plt_recall_form_begin (self->form);
}

static void
read_again_action (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  plt_notice_clear (PLT_RECALLS_PAGE (widget)->notice);
  load (PLT_RECALLS_PAGE (widget));
}

static void
left_cb (PltRecallsPage *self)
{
  gtk_stack_set_visible_child_name (self->right, self->shown != NULL ? "recall" : "nothing");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
proposed_cb (PltRecallsPage *self)
{
  left_cb (self);
  self->proposed = TRUE;
  load (self);
}

/* ---- the class ---- */

static void
plt_recalls_page_map (GtkWidget *widget)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (widget);

  GTK_WIDGET_CLASS (plt_recalls_page_parent_class)->map (widget);
  gtk_widget_set_visible (self->tools, may (self, PLT_ROLE_SUPERVISOR));
  load (self);
}

static gboolean
plt_recalls_page_grab_focus (GtkWidget *widget)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (widget);

  return (gtk_widget_get_mapped (GTK_WIDGET (self->list)) &&
          gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD)) ||
         gtk_widget_child_focus (self->tools, GTK_DIR_TAB_FORWARD);
}

static void
plt_recalls_page_dispose (GObject *object)
{
  PltRecallsPage *self = PLT_RECALLS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reading);
  g_clear_object (&self->office);
  g_clear_pointer (&self->recalls, g_ptr_array_unref);
  g_clear_pointer (&self->shown, plt_recall_free);
  g_clear_pointer (&self->card, g_free);
  /* AdwBin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_RECALLS_PAGE);

  G_OBJECT_CLASS (plt_recalls_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, notice);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, failed);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, list);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, tools);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, right);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, form);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, title);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, advice);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, PltRecallsPage, decide);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, card_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, proposed_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
}

static void
plt_recalls_page_class_init (PltRecallsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_recalls_page_dispose;
  widget_class->map = plt_recalls_page_map;
  plt_panes_class_set_grab_focus (widget_class, plt_recalls_page_grab_focus);
  g_type_ensure (PLT_TYPE_NOTICE);
  g_type_ensure (PLT_TYPE_RECALL_FORM);
  g_type_ensure (PLT_TYPE_WRAP_BOX);
  gtk_widget_class_install_action (widget_class, "recalls.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "recalls.allow", "s", allow_action);
  gtk_widget_class_install_action (widget_class, "recalls.allow-here", NULL, allow_here_action);
  gtk_widget_class_install_action (widget_class, "recalls.confirm", NULL, confirm_action);
  gtk_widget_class_install_action (widget_class, "recalls.refuse", NULL, refuse_action);
  gtk_widget_class_install_action (widget_class, "recalls.read-again", NULL, read_again_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/platen/Platen/panes/room/plt-recalls-page.ui");
  bind_children (widget_class);
}

static void
plt_recalls_page_init (PltRecallsPage *self)
{
  static const PltPaneKey keys[] = {
    { "<Control>n", "recalls.new", NULL },
    { "<Control>Return", "recalls.confirm", NULL },
    { "<Control><Shift>n", "recalls.allow-here", NULL },
    { "F5", "recalls.read-again", NULL },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  plt_panes_name_once (GTK_WIDGET (self));
  plt_pane_keys_install (GTK_WIDGET (self), keys, G_N_ELEMENTS (keys));
}

void
plt_recalls_page_set_office (PltRecallsPage *self,
                             PltOffice      *office)
{
  g_return_if_fail (PLT_IS_RECALLS_PAGE (self));

  self->office = g_object_ref (office);
  plt_recall_form_set_office (self->form, office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
}

void
plt_recalls_page_set_printers (PltRecallsPage *self,
                               GListModel     *printers)
{
  g_return_if_fail (PLT_IS_RECALLS_PAGE (self));

  plt_recall_form_set_printers (self->form, printers);
}
