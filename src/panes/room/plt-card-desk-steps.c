/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person says became of a card: it came out, is spoiled, was not printed, or is handed over. */
#include "plt-card-desk-private.h"

#include "plt-panes.h"
#include "plt-reason-dialog.h"

#include <glib/gi18n-lib.h>

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
                             N_("Its blank was not printed and goes back to the stock."),
                             N_("_Cancel Card"), N_("Card %s was cancelled.") },
  [PLT_CARD_STEP_ISSUE] = { "room.issue", NULL, NULL, NULL, N_("Card %s was handed over.") },
};

/* @card: the card as it is now, or NULL with @error */
void
plt_card_desk_end_step (PltCardDesk  *self,
                        PltCard      *card,
                        const GError *error)
{
  g_autofree char *text = NULL;

  self->busy = FALSE;
  if (card == NULL &&
      plt_card_desk_lose_deed (self, (PltCardDeed) (PLT_CARD_DEED_CAME_OUT + (int) self->step), error))
    return;
  if (card == NULL)
    {
      plt_notice_show (self->notice, PLT_NOTICE_ERROR, error->message, NULL, NULL);
      plt_card_desk_update_actions (self);
      return;
    }

  plt_reason_dialog_forget (GTK_WIDGET (self));
  plt_notice_clear (self->notice);
  plt_card_desk_take_card (self, card);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (_(steps[self->step].done), plt_card_get_number (card));
#pragma GCC diagnostic pop
  plt_panes_toast (GTK_WIDGET (self), "%s", text);
  if (self->step == PLT_CARD_STEP_CAME_OUT)
    gtk_widget_grab_focus (GTK_WIDGET (self->scan));
  else if (!self->asking)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.command", NULL);
  plt_card_verdict_clear (self->verdict);
  if (self->asking)
    g_signal_emit_by_name (self, "answered");
}

static void
step_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_production_step_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  plt_card_desk_end_step (user_data, card, error);
}

static void
take_step (PltCardDesk *self,
           const char  *text)
{
  plt_card_desk_begin_deed (self);
  plt_card_desk_update_actions (self);
  plt_production_step_async (self->office, plt_card_get_number (self->card), self->step, text,
                             self->cancellable, step_cb, self);
}

static void
reason_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autofree char *reason = plt_reason_dialog_ask_finish (result, NULL, NULL);
  PltCardDesk *self = PLT_CARD_DESK (source);

  if (reason != NULL && self->card != NULL)
    take_step (self, reason);
}

static void
step_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltCardDesk *self = PLT_CARD_DESK (widget);
  const char *scan = gtk_editable_get_text (self->scan);

  if (self->card == NULL || self->busy || self->fate != NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].action, action))
      self->step = (PltCardStep) i;

  if (self->step == PLT_CARD_STEP_ISSUE && plt_card_desk_hand_over (self))
    return;
  if (steps[self->step].heading != NULL)
    plt_reason_dialog_ask_async (widget, _(steps[self->step].heading), _(steps[self->step].body),
                                 _(steps[self->step].verb), NULL, self->cancellable,
                                 reason_given_cb, NULL);
  else
    take_step (self, self->step == PLT_CARD_STEP_ISSUE && *scan != '\0' ? scan : NULL);
}

/* Why a wrong card is spoiled; what is left of it is printed again. */
static void
spoil_cb (PltCardDesk *self,
          const char  *reason)
{
  if (self->card == NULL || self->busy || self->fate != NULL)
    return;
  self->step = PLT_CARD_STEP_SPOIL;
  take_step (self, reason);
}

/* Whether a card that is asked about came out. */
static void
answered_cb (PltCardDesk *self,
             int          answer)
{
  if (self->card == NULL || self->busy || self->fate != NULL)
    return;
  switch ((PltCardAnswer) answer)
    {
    case PLT_CARD_ANSWER_CAME_OUT:
      self->step = PLT_CARD_STEP_CAME_OUT;
      take_step (self, NULL);
      break;
    case PLT_CARD_ANSWER_NOT_PRINTED:
      self->step = PLT_CARD_STEP_CANCEL;
      take_step (self, _("It was not printed: its blank is where it was."));
      break;
    case PLT_CARD_ANSWER_SCAN:
      gtk_widget_grab_focus (GTK_WIDGET (self->scan));
      break;
    default:
      plt_card_verdict_clear (self->verdict);
      g_signal_emit_by_name (self, "answered");
    }
}

void
plt_card_desk_install_steps (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_install_action (widget_class, steps[i].action, NULL, step_action);
  gtk_widget_class_bind_template_callback (widget_class, spoil_cb);
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
}
