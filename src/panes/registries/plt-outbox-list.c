/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists what waits to be told to the pre-enrolment service, live, with the steps for what was set
 * aside. */
#include "plt-outbox-list.h"

#include "plt-field-text.h"
#include "plt-notice.h"
#include "plt-outbox.h"
#include "plt-panes.h"
#include "plt-prepared-code.h"
#include "plt-reason-dialog.h"

#include <glib/gi18n-lib.h>

struct _PltOutboxList
{
  AdwBin             parent_instance;

  PltOffice         *office;
  GListModel        *messages;    /* NULL until first read */
  GCancellable      *cancellable; /* of the reading under way */
  gint64             deciding;    /* the message whose reason is being asked for */
  PltOutboxDecision  decision;

  PltNotice         *notice;
  GtkListBox        *list;
};

G_DEFINE_FINAL_TYPE (PltOutboxList, plt_outbox_list, ADW_TYPE_BIN)

static gboolean
may_decide (PltOutboxList *self)
{
  return plt_session_has_role (plt_office_get_session (self->office),
                               PLT_ROLE_SUPERVISOR | PLT_ROLE_ADMIN);
}

static GtkWidget *
new_button (const char *label,
            const char *action,
            gint64      id,
            const char *name)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON,
                                    "label", label,
                                    "use-underline", TRUE,
                                    "valign", GTK_ALIGN_CENTER,
                                    "action-name", action,
                                    "action-target", g_variant_new_int64 (id),
                                    NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

static void
add_steps (AdwActionRow       *row,
           const PltOutboxRow *message,
           const char         *title)
{
  /* Translators: which message */
  g_autofree char *again = g_strdup_printf (_("Send again: %s"), title);
  g_autofree char *discard = g_strdup_printf (_("Discard: %s"), title);

  adw_action_row_add_suffix (row, new_button (_("Send _Again…"), "outbox.retry", message->id, again));
  adw_action_row_add_suffix (row, new_button (_("_Discard…"), "outbox.discard", message->id, discard));
}

static GtkWidget *
build_row (gpointer item,
           gpointer user_data)
{
  PltOutboxList *self = user_data;
  const PltOutboxRow *message = plt_outbox_message_get_row (item);
  gboolean aside = message->state == PLT_OUTBOX_STATE_SET_ASIDE;
  g_autofree char *code = plt_prepared_code_to_display (message->code);
  g_autofree char *words = plt_outbox_message_dup_words (item);
  g_autofree char *when = plt_time_to_display (message->happened_at);
  g_autofree char *subtitle = g_strjoin (" · ", message->application_number, when, words, NULL);
  g_autofree char *title = g_strjoin (" · ", code, plt_prepared_status_get_title (message->status), NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", title,
                                 "subtitle", subtitle,
                                 "title-lines", 0,
                                 "subtitle-lines", 0,
                                 "activatable", FALSE,
                                 NULL);
  GtkWidget *icon = plt_panes_new_icon (aside ? "dialog-warning-symbolic" : "mail-send-symbolic");

  if (aside)
    gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (aside && may_decide (self))
    add_steps (ADW_ACTION_ROW (row), message, title);

  return row;
}

static void
tell_set_aside (PltOutboxList *self)
{
  guint n_aside = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (self->messages); i++)
    {
      g_autoptr (PltOutboxMessage) message = g_list_model_get_item (self->messages, i);

      n_aside += plt_outbox_message_get_row (message)->state == PLT_OUTBOX_STATE_SET_ASIDE;
    }
  if (n_aside == 0)
    {
      plt_notice_clear (self->notice);
      return;
    }
  text = g_strdup_printf (
    may_decide (self)
      ? g_dngettext (GETTEXT_PACKAGE,
                     "%u message was not taken however often it was sent, and it was set aside. "
                     "Have it sent again when the cause is mended, or discard it.",
                     "%u messages were not taken however often they were sent, and they were set "
                     "aside. Have them sent again when the cause is mended, or discard them.", n_aside)
      : g_dngettext (GETTEXT_PACKAGE,
                     "%u message was not taken however often it was sent, and it was set aside. "
                     "Tell a supervisor or an administrator.",
                     "%u messages were not taken however often they were sent, and they were set "
                     "aside. Tell a supervisor or an administrator.", n_aside), n_aside);
  plt_notice_show (self->notice, PLT_NOTICE_WARNING, text, NULL, NULL);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) messages = plt_outbox_list_finish (result, &error);
  PltOutboxList *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (messages == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      return;
    }
  g_set_object (&self->messages, messages);
  gtk_list_box_bind_model (self->list, messages, build_row, self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (messages) > 0);
  tell_set_aside (self);
}

void
plt_outbox_list_load (PltOutboxList *self)
{
  if (!plt_session_is_signed_in (plt_office_get_session (self->office)))
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  plt_outbox_list_async (self->office, FALSE, NULL, self->cancellable, listed_cb, self);
}

static void
office_changed_cb (PltOutboxList *self,
                   const char    *subject,
                   gint64         id)
{
  if (gtk_widget_get_mapped (gtk_widget_get_parent (GTK_WIDGET (self)))
      && (g_str_equal (subject, "outbox") || g_str_equal (subject, "everything")))
    plt_outbox_list_load (self);
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PltOutboxList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->office == NULL)
    return;
  if (plt_outbox_decide_finish (result, &error))
    {
      plt_reason_dialog_forget (GTK_WIDGET (self));
      plt_outbox_list_load (self);
    }
  else
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  PltOutboxList *self;

  if (reason == NULL)
    return;
  self = PLT_OUTBOX_LIST (source);
  if (self->office != NULL)
    plt_outbox_decide_async (self->office, self->deciding, self->decision, reason, NULL, decided_cb,
                             g_object_ref (self));
}

static void
decide_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  PltOutboxList *self = PLT_OUTBOX_LIST (widget);

  self->deciding = g_variant_get_int64 (parameter);
  self->decision = g_str_equal (action, "outbox.retry") ? PLT_OUTBOX_RETRY : PLT_OUTBOX_DISCARD;
  if (self->decision == PLT_OUTBOX_RETRY)
    plt_reason_dialog_ask_async (widget, _("Send the Message Again?"),
                                 _("The service did not take it however often it was sent. It is tried again at once, and "
                                   "what waits behind it follows."),
                                 _("Send _Again"), NULL, NULL, reason_given_cb, NULL);
  else
    plt_reason_dialog_ask_async (widget, _("Discard the Message?"),
                                 _("The applicant is not told this step. What waits behind it is sent."),
                                 _("_Discard"), NULL, NULL, reason_given_cb, NULL);
}

static void
plt_outbox_list_dispose (GObject *object)
{
  PltOutboxList *self = PLT_OUTBOX_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->messages);
  g_clear_object (&self->office);
  gtk_widget_dispose_template (GTK_WIDGET (self), PLT_TYPE_OUTBOX_LIST);

  G_OBJECT_CLASS (plt_outbox_list_parent_class)->dispose (object);
}

static void
plt_outbox_list_class_init (PltOutboxListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plt_outbox_list_dispose;
  g_type_ensure (PLT_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/platen/Platen/panes/registries/plt-outbox-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PltOutboxList, notice);
  gtk_widget_class_bind_template_child (widget_class, PltOutboxList, list);
  gtk_widget_class_install_action (widget_class, "outbox.retry", "x", decide_action);
  gtk_widget_class_install_action (widget_class, "outbox.discard", "x", decide_action);
}

static void
plt_outbox_list_init (PltOutboxList *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plt_outbox_list_set_office (PltOutboxList *self,
                            PltOffice     *office)
{
  self->office = g_object_ref (office);
  g_signal_connect_object (office, "changed", G_CALLBACK (office_changed_cb), self, G_CONNECT_SWAPPED);
}
