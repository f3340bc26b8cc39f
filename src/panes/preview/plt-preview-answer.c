/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the holder answers to the card that is shown: at their own screen, or told by whoever sits there.
 * It is kept with what was shown; the database says whether it still counts. */
#include "plt-preview-pane-private.h"

#include "plt-panes.h"
#include "plt-reason-dialog.h"

#include <glib/gi18n-lib.h>

/* As the database has it; it is asked in the end. */
static gboolean
may_be_answered (PltPreviewPane *self)
{
  PltSession *session = plt_office_get_session (self->office);

  if (!plt_session_has_role (session, PLT_ROLE_CLERK)
      && !plt_session_has_role (session, PLT_ROLE_SUPERVISOR)
      && !plt_session_has_role (session, PLT_ROLE_OPERATOR))
    return FALSE;
  switch (plt_licence_application_get_state (plt_case_get_application (self->kase)))
    {
    case PLT_APPLICATION_STATE_DRAFT:
    case PLT_APPLICATION_STATE_RETURNED:
    case PLT_APPLICATION_STATE_SUBMITTED:
    case PLT_APPLICATION_STATE_WAITING:
    case PLT_APPLICATION_STATE_APPROVED:
      return TRUE;
    default:
      return FALSE;
    }
}

/* What is typed and not saved cannot be confirmed, and what is not compared yet neither. */
static gboolean
can_answer (PltPreviewPane *self)
{
  return self->shown != NULL && self->shown == self->preview && self->kase != NULL && self->before_known
         && !self->refused && may_be_answered (self);
}

/* (transfer full): what is known of the answer; NULL where none is wanted. */
static char *
dup_text (PltPreviewPane *self)
{
  if (self->kase == NULL || self->answer == NULL || self->shown == NULL
      || (!self->answer->is_given && !may_be_answered (self)))
    return NULL;
  if (self->shown != self->preview)
    return g_strdup (_("What is typed is not saved yet. The holder can confirm it then."));

  return plt_holder_answer_dup_text (self->answer);
}

/* Tells it wherever the card is seen. */
void
plt_preview_pane_update_answer (PltPreviewPane *self)
{
  gboolean can = can_answer (self);
  gboolean counts = self->answer != NULL && self->answer->is_given && self->answer->holds;
  g_autofree char *text = dup_text (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.holder-confirmed", can);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.holder-objects", can);
  plt_card_panel_set_answer (self->panel, text, self->kase != NULL && may_be_answered (self));
  if (self->window == NULL)
    return;
  plt_card_window_set_asked (self->window, !can ? PLT_CARD_WINDOW_SHOWS
                             : !counts ? PLT_CARD_WINDOW_ASKS
                             : self->answer->verdict == PLT_HOLDER_CONFIRMED ? PLT_CARD_WINDOW_THANKS
                                                                             : PLT_CARD_WINDOW_LISTENS);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  PltHolderAnswer *answer = plt_holder_answer_read_finish (PLT_OFFICE (source), result, &error);
  PltPreviewPane *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = user_data;
  if (answer == NULL)
    {
      /* The card itself is shown or refused with the same words. */
      g_debug ("the holder’s answer was not read: %s", error->message);
      return;
    }
  g_clear_pointer (&self->answer, plt_holder_answer_free);
  self->answer = answer;
  plt_preview_pane_update_answer (self);
}

void
plt_preview_pane_read_answer (PltPreviewPane *self)
{
  plt_holder_answer_read_async (self->office, self->number, self->preview_cancellable, read_cb, self);
}

void
plt_preview_pane_forget_answer (PltPreviewPane *self)
{
  g_clear_pointer (&self->answer, plt_holder_answer_free);
  g_clear_object (&self->asked);
  self->before_known = FALSE;
  plt_preview_pane_update_answer (self);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PltPreviewPane) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean noted = plt_holder_answer_note_finish (PLT_PREVIEW (source), result, &error);

  if (self->cancellable == NULL)
    return;
  self->answering = FALSE;
  if (noted)
    {
      plt_notice_clear (self->notice);
      plt_reason_dialog_forget (GTK_WIDGET (self));
      plt_panes_toast (GTK_WIDGET (self), _("The holder’s answer was noted"));
      plt_preview_pane_read_answer (self);
      return;
    }
  plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
  if (self->window != NULL)
    plt_card_window_set_asked (self->window, PLT_CARD_WINDOW_FAILED);
  if (g_error_matches (error, PLT_OFFICE_ERROR, PLT_OFFICE_ERROR_CONFLICT))
    plt_preview_pane_load (self);
}

/* (transfer full): the sentences that are shown, a title and its text in turn. */
static char **
dup_sentences (PltPreviewPane *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; self->changes != NULL && i < self->changes->len; i++)
    {
      const PltCardChange *change = g_ptr_array_index (self->changes, i);

      g_strv_builder_add_many (builder, change->title, change->text, NULL);
    }
  return g_strv_builder_end (builder);
}

static void
note (PltPreviewPane   *self,
      PltPreview       *shown,
      PltHolderVerdict  verdict,
      PltHolderPlace    place,
      const char       *reason)
{
  g_auto (GStrv) sentences = dup_sentences (self);

  if (self->answering)
    return;
  self->answering = TRUE;
  /* Not cancelled with the pane: what the holder said is kept. */
  plt_holder_answer_note_async (shown, verdict, place, (const char * const *) sentences, reason, NULL,
                                noted_cb, g_object_ref (self));
}

static void
confirmed_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);

  if (can_answer (self))
    note (self, self->shown, PLT_HOLDER_CONFIRMED, PLT_HOLDER_AT_COUNTER, NULL);
}

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  PltPreviewPane *self = PLT_PREVIEW_PANE (source);

  /* Of what was shown when it was asked; if that is another card by now, the database says so. */
  if (reason != NULL && self->asked != NULL)
    note (self, self->asked, PLT_HOLDER_OBJECTED, PLT_HOLDER_AT_COUNTER, reason);
  g_clear_object (&self->asked);
}

static void
objects_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltPreviewPane *self = PLT_PREVIEW_PANE (widget);

  if (!can_answer (self))
    return;
  g_set_object (&self->asked, self->shown);
  plt_reason_dialog_ask_async (widget, _("What Is Wrong?"),
                               _("The holder says that something on the card is wrong. Whoever approves it "
                                 "reads this, and nothing is printed before the holder confirms the card."),
                               _("_Note"), NULL, self->cancellable, told_cb, NULL);
}

/* The holder pressed it at their own screen. */
void
plt_preview_pane_window_answered (PltPreviewPane *self,
                                  gboolean        confirmed)
{
  if (can_answer (self))
    note (self, self->shown, confirmed ? PLT_HOLDER_CONFIRMED : PLT_HOLDER_OBJECTED,
          PLT_HOLDER_AT_SCREEN, NULL);
}

void
plt_preview_pane_install_answer (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "preview.holder-confirmed", NULL, confirmed_action);
  gtk_widget_class_install_action (widget_class, "preview.holder-objects", NULL, objects_action);
}
