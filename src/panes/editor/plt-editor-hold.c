/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says which desk edits what is open here, asks for it, and answers who asks. */
#include "plt-editor-pane-private.h"

#include "plt-case-hold.h"
#include "plt-panes.h"

#include <glib/gi18n-lib.h>

static void
answered_cb (PltEditorPane *self,
             const char    *response)
{
  self->asking = NULL;
  if (self->kase == NULL)
    return;
  /* What was typed goes with it. */
  plt_form_section_save (self->form);
  plt_case_answer_asker (self->kase, g_strcmp0 (response, "give") == 0);
}

/* Who is asked may be in the middle of a word: the safe answer has the keyboard. */
static void
ask_to_give (PltEditorPane *self,
             const char    *who,
             const char    *workstation)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog;

  if (self->asking != NULL || root == NULL)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (root), _("Give This Application Away?"), NULL);
  /* Translators: name, workstation, number of an application */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("%s at %s asks to go on with application %s. What you typed is saved and goes "
                                    "with it. Without an answer it goes over in half a minute."),
                                  who, workstation, self->number);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _("_Keep It"), "give", _("_Give It"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  self->asking = dialog;
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* It went over, or nobody asks any more: the question goes without an answer. */
static void
drop_question (PltEditorPane *self)
{
  GtkWidget *dialog = self->asking;

  self->asking = NULL;
  if (dialog == NULL)
    return;
  g_signal_handlers_disconnect_by_data (dialog, self);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

void
plt_editor_pane_show_hold (PltEditorPane *self)
{
  g_autofree char *text = self->kase != NULL ? plt_case_dup_editor_text (self->kase) : NULL;
  g_autofree char *was = self->kase != NULL ? plt_case_take_was_text (self->kase) : NULL;
  const char *workstation = NULL;
  const char *asker = self->kase != NULL ? plt_case_get_asker (self->kase, &workstation) : NULL;

  if (asker != NULL)
    ask_to_give (self, asker, workstation);
  else
    drop_question (self);
  if (text == NULL)
    plt_notice_clear (self->editing);
  else if (plt_case_was_refused (self->kase))
    plt_notice_show (self->editing, PLT_NOTICE_WARNING,
                     _("The colleague who edits this application keeps it. Talk to each other, or ask again later."),
                     _("_Ask Again"), "editor.ask-for");
  else
    plt_notice_show (self->editing, PLT_NOTICE_WARNING, text, _("_Ask for It (Ctrl+Shift+K)"), "editor.ask-for");
  if (was != NULL)
    plt_notice_show (self->notice, PLT_NOTICE_INFO, was, NULL, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.ask-for", text != NULL);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean taken = FALSE;
  PltEditorPane *self;

  plt_case_ask_for_finish (PLT_CASE (source), result, &taken, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  if (error != NULL)
    plt_notice_show (self->editing, PLT_NOTICE_ERROR, error->message, _("_Ask Again"), "editor.ask-for");
  else if (!taken)
    plt_notice_show (self->editing, PLT_NOTICE_INFO,
                     _("Your colleague was asked. Without an answer the application is yours in half a minute."),
                     NULL, NULL);
}

static void
ask_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltEditorPane *self = PLT_EDITOR_PANE (widget);

  if (self->kase != NULL && plt_case_get_editor (self->kase) == PLT_CASE_EDITOR_OTHER)
    plt_case_ask_for_async (self->kase, self->cancellable, asked_cb, self);
}

void
plt_editor_pane_install_hold (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.ask-for", NULL, ask_action);
}
