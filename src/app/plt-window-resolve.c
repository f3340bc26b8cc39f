/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After a power cut, and whenever else nobody knows whether a card came out: follows the cards of a print
 * operator from signing in on, and leads to the questions. What is typed meanwhile answers none of them. */
#include "config.h"

#include "plt-window-private.h"

#include "room/plt-room-pane.h"

#include <glib/gi18n-lib.h>

static void
tell_doubtful (PltWindow *self)
{
  guint n_cards = g_list_model_get_n_items (G_LIST_MODEL (self->cards)), n_doubtful = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n_cards; i++)
    {
      g_autoptr (PltCard) card = g_list_model_get_item (G_LIST_MODEL (self->cards), i);

      n_doubtful += plt_card_is_asked_about (card);
    }
  if (n_doubtful == 0)
    {
      plt_notice_clear (self->doubtful);
      return;
    }
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Nobody knows yet whether %u card came out of its printer. Look for it (Ctrl+J).",
                                       "Nobody knows yet whether %u cards came out of their printers. Look for them "
                                       "(Ctrl+J).", n_doubtful), n_doubtful);
  plt_notice_show (self->doubtful, PLT_NOTICE_WARNING, text, _("_Answer"), "win.resolve");
}

/* Each is looked for in the print system as well, so that only what cannot be known is asked about. */
void
plt_window_follow_cards (PltWindow *self)
{
  g_clear_object (&self->cards);
  if (!plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_OPERATOR))
    return;
  self->cards = plt_card_room_new (self->office);
  g_signal_connect_object (self->cards, "items-changed", G_CALLBACK (tell_doubtful), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->cards, "notify", G_CALLBACK (tell_doubtful), self, G_CONNECT_SWAPPED);
}

static void
resolve_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);

  if (plt_window_is_signed_in (self) && self->cards != NULL)
    plt_room_pane_resolve (PLT_ROOM_PANE (plt_window_show_pane (self, PLT_PANE_ROOM)));
}

void
plt_window_install_resolve (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.resolve", NULL, resolve_action);
}
