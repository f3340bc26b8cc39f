/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands the card at the desk over, when all was said that this office demands, or posts it. */
#include "plt-card-desk-private.h"

#include "plt-handover.h"

#include <glib/gi18n-lib.h>

static void
given_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltCard) card = plt_handover_give_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  plt_card_desk_end_step (user_data, card, error);
}

static const char *
get_scan (PltCardDesk *self)
{
  const char *scan = gtk_editable_get_text (self->scan);

  return *scan != '\0' ? scan : NULL;
}

/* Whether it is under way, or something is missing; else nothing was shown and nothing is demanded. */
gboolean
plt_card_desk_hand_over (PltCardDesk *self)
{
  const char *document = plt_handover_form_get_document (self->handover);
  g_autofree char *number_end = plt_handover_form_dup_number (self->handover);

  if (!plt_handover_form_check (self->handover))
    return TRUE;
  if (document == NULL)
    return FALSE;
  plt_card_desk_begin_deed (self);
  plt_card_desk_update_actions (self);
  plt_handover_give_async (self->office, plt_card_get_number (self->card), get_scan (self), document, number_end,
                           plt_handover_form_get_receipt (self->handover), self->cancellable, given_cb, self);
  return TRUE;
}

static void
posted_cb (PltCardDesk *self)
{
  if (self->card == NULL || self->busy || self->fate != NULL)
    return;
  self->step = PLT_CARD_STEP_ISSUE;
  plt_card_desk_begin_deed (self);
  plt_card_desk_update_actions (self);
  plt_handover_post_async (self->office, plt_card_get_number (self->card), get_scan (self),
                           plt_handover_form_get_letter (self->handover),
                           plt_handover_form_get_reference (self->handover), self->cancellable, given_cb, self);
}

/* All was said by keys: one more hands it over. */
static void
ready_cb (PltCardDesk *self)
{
  gtk_widget_grab_focus (self->hand_over);
}

static void
failed_cb (PltCardDesk *self,
           const char  *sentence)
{
  if (*sentence != '\0' && !plt_handover_form_is_loaded (self->handover))
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, sentence, _("_Read Again"), "room.read-holder");
  else if (*sentence != '\0')
    plt_notice_show (self->notice, PLT_NOTICE_ERROR, sentence, NULL, NULL);
  else
    plt_notice_clear (self->notice);
}

/* What the office demands is known a moment after the card is. */
static void
loaded_cb (PltCardDesk *self)
{
  if (gtk_widget_has_focus (self->hand_over))
    plt_handover_form_take_focus (self->handover);
}

/* Only of a card that is ready, and for whoever may hand it over. */
void
plt_card_desk_show_handover (PltCardDesk *self)
{
  plt_handover_form_set_card (self->handover, plt_card_desk_is_handed_over (self)
                                                ? plt_card_get_number (self->card) : NULL);
}

static void
read_holder_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  PltCardDesk *self = PLT_CARD_DESK (widget);

  plt_notice_clear (self->notice);
  plt_card_desk_show_handover (self);
}

static void
letter_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  if (plt_card_desk_is_handed_over (PLT_CARD_DESK (widget)))
    plt_handover_form_advance_letter (PLT_CARD_DESK (widget)->handover);
}

static void
sign_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  if (plt_card_desk_is_handed_over (PLT_CARD_DESK (widget)))
    gtk_widget_activate_action (GTK_WIDGET (PLT_CARD_DESK (widget)->handover), "handover.sign", NULL);
}

static void
shelf_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  if (plt_card_desk_is_handed_over (PLT_CARD_DESK (widget)))
    plt_handover_form_name_shelf (PLT_CARD_DESK (widget)->handover);
}

void
plt_card_desk_install_handover (GtkWidgetClass *widget_class)
{
  g_type_ensure (PLT_TYPE_HANDOVER_FORM);
  gtk_widget_class_install_action (widget_class, "room.sign", NULL, sign_action);
  gtk_widget_class_install_action (widget_class, "room.shelf", NULL, shelf_action);
  gtk_widget_class_install_action (widget_class, "room.letter", NULL, letter_action);
  gtk_widget_class_install_action (widget_class, "room.read-holder", NULL, read_holder_action);
  gtk_widget_class_bind_template_child (widget_class, PltCardDesk, handover);
  gtk_widget_class_bind_template_callback (widget_class, ready_cb);
  gtk_widget_class_bind_template_callback (widget_class, posted_cb);
  gtk_widget_class_bind_template_callback (widget_class, failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, loaded_cb);
}
