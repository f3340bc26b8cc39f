/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which card is meant: the one whose code was scanned, the next that is to be read back, the next that is asked
 * about. */
#include "plt-room-pane-private.h"

#include "plt-card-of-code.h"
#include "plt-panes.h"
#include "plt-room-rows.h"
#include "plt-worklist.h"

#include <glib/gi18n-lib.h>

static gboolean
is_called (PltCard    *card,
           const char *name)
{
  return g_strcmp0 (plt_card_get_number (card), name) == 0 ||
         g_strcmp0 (plt_card_get_serial (card), name) == 0;
}

gboolean
plt_room_pane_select_wanted (PltRoomPane *self)
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

/* ---- one card after the other ---- */

static GtkListBoxRow *
find_row (PltRoomPane  *self,
          gboolean    (*wanted) (PltRoomPane *self, PltCard *card),
          guint        *n_more)
{
  GtkListBoxRow *found = NULL;

  *n_more = 0;
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->card_list, i);

      if (row == NULL)
        return found;
      if (!wanted (self, plt_card_row_get_card (PLT_CARD_ROW (row))))
        continue;
      if (found != NULL)
        (*n_more)++;
      else
        found = row;
    }
}

static gboolean
is_to_be_asked (PltRoomPane *self,
                PltCard     *card)
{
  return plt_card_is_asked_about (card) && !g_hash_table_contains (self->later, plt_card_get_number (card));
}

static gboolean
is_to_be_read (PltRoomPane *self,
               PltCard     *card)
{
  return plt_card_get_state (card) == PLT_CARD_STATE_OUT && card != plt_card_desk_get_card (self->desk);
}

/* The next question, or the end of them. */
void
plt_room_pane_ask_next (PltRoomPane *self)
{
  guint n_more;
  GtkListBoxRow *row = find_row (self, is_to_be_asked, &n_more);

  if (row == NULL)
    {
      self->resolving = FALSE;
      plt_card_desk_ask (self->desk, -1);
      plt_panes_toast (GTK_WIDGET (self), "%s", g_hash_table_size (self->later) > 0
                         ? _("The other cards are asked about later.") : _("No card is asked about any more."));
      gtk_widget_activate_action (GTK_WIDGET (self), "win.command", NULL);
      return;
    }
  gtk_list_box_select_row (self->card_list, row);
  plt_card_desk_set_card (self->desk, plt_card_row_get_card (PLT_CARD_ROW (row)));
  plt_card_desk_ask (self->desk, (int) n_more);
}

static void
answered_cb (PltRoomPane *self)
{
  PltCard *card = plt_card_desk_get_card (self->desk);

  if (!self->resolving)
    return;
  if (card != NULL)
    g_hash_table_add (self->later, g_strdup (plt_card_get_number (card)));
  plt_room_pane_ask_next (self);
}

/* What came of the last card stays to be seen until the next is scanned. */
static void
checked_cb (PltRoomPane *self)
{
  guint n_more;
  GtkListBoxRow *row = find_row (self, is_to_be_read, &n_more);

  if (self->resolving)
    {
      plt_room_pane_ask_next (self);
      return;
    }
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->card_list, row);
  gtk_widget_grab_focus (GTK_WIDGET (self->desk));
}

static gboolean
is_loading (PltRoomPane *self)
{
  guint state = PLT_WORKLIST_STATE_LOADING;

  if (self->cards != NULL)
    g_object_get (self->cards, "state", &state, NULL);

  return state == PLT_WORKLIST_STATE_LOADING;
}

static void seek (PltRoomPane *self,
                  const char  *text);

/* A scanner is faster than the list of cards: what it typed waits for that. */
void
plt_room_pane_take_scan (PltRoomPane *self)
{
  g_autofree char *scan = NULL;

  if (self->scanned == NULL || self->sought != NULL || is_loading (self))
    return;
  scan = g_steal_pointer (&self->scanned);
  seek (self, scan);
}

void
plt_room_pane_install_scan (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, checked_cb);
}

/* ---- from outside ---- */

/* Asks about each card of which nobody knows whether it came out, one after the other. */
void
plt_room_pane_resolve (PltRoomPane *self)
{
  g_return_if_fail (PLT_IS_ROOM_PANE (self));

  plt_room_pane_show_page (self, "cards");
  self->resolving = TRUE;
  g_hash_table_remove_all (self->later);
  plt_notice_clear (self->notice);
  if (!is_loading (self))
    plt_room_pane_ask_next (self);
}

gboolean
plt_room_pane_awaits_scan (PltRoomPane *self)
{
  return plt_card_desk_is_readable (self->desk) || plt_card_desk_is_handed_over (self->desk) ||
         find_awaiting (self) != NULL;
}

static gboolean
is_shown (PltRoomPane *self,
          const char  *number)
{
  PltCard *card = plt_card_desk_get_card (self->desk);

  return card != NULL && is_called (card, number);
}

static void
compare (PltRoomPane *self,
         const char  *text)
{
  if (!plt_card_desk_is_readable (self->desk))
    {
      PltCard *card = find_awaiting (self);

      if (card == NULL && !plt_card_desk_is_handed_over (self->desk))
        {
          plt_notice_show (self->notice, PLT_NOTICE_WARNING,
                           _("The scanned code was not compared with anything. Select the card "
                             "that it belongs to and scan it again."), NULL, NULL);
          return;
        }
      if (card != NULL)
        plt_card_desk_set_card (self->desk, card);
    }

  plt_notice_clear (self->notice);
  plt_card_desk_scan (self->desk, text);
}

/* Cards come out of a tray in any order: the one that has this code goes to the desk. A code of none of
 * them is compared with the card that is there. */
static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PltRoomPane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = plt_card_of_code_finish (result, &error);
  g_autofree char *text = g_steal_pointer (&self->sought);

  if (self->office == NULL)
    return;
  if (number != NULL && !is_shown (self, number))
    {
      g_free (self->wanted);
      self->wanted = g_strdup (number);
      if (plt_room_pane_select_wanted (self))
        plt_card_desk_set_card (self->desk, plt_card_row_get_card (PLT_CARD_ROW (gtk_list_box_get_selected_row (
                                              self->card_list))));
      g_clear_pointer (&self->wanted, g_free);
    }
  if (number != NULL && is_shown (self, number))
    {
      plt_notice_clear (self->notice);
      plt_card_desk_scan (self->desk, text);
    }
  else
    compare (self, text);
  if (self->scanned == NULL && self->serial != NULL)
    {
      g_autofree char *serial = g_steal_pointer (&self->serial);

      plt_card_desk_take_serial (self->desk, serial);
    }
  plt_room_pane_take_scan (self);
}

static void
seek (PltRoomPane *self,
      const char  *text)
{
  if (self->sought != NULL || is_loading (self))
    {
      g_free (self->scanned);
      self->scanned = g_strdup (text);
      return;
    }
  self->sought = g_strdup (text);
  plt_card_of_code_async (self->office, text, NULL, found_cb, g_object_ref (self));
}

void
plt_room_pane_scan (PltRoomPane *self,
                    const char  *text)
{
  plt_room_pane_show_page (self, "cards");
  g_clear_pointer (&self->serial, g_free);
  seek (self, text);
}

/* Who scans both in one go is faster than the answer to the first. */
gboolean
plt_room_pane_take_serial (PltRoomPane *self,
                           const char  *text)
{
  if ((self->sought == NULL && self->scanned == NULL) || !plt_card_desk_is_serial (text))
    return plt_card_desk_take_serial (self->desk, text);
  g_free (self->serial);
  self->serial = g_strdup (text);

  return TRUE;
}
