/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes what is scanned in any window of the program and leads it to its pane. */
#include "config.h"

#include "plt-window-private.h"

#include "plt-scan.h"
#include "plt-scanner.h"
#include "plt-serial-scanner.h"

#include "plt-card-of-code.h"
#include "plt-panes.h"
#include "room/plt-room-pane.h"
#include "verify/plt-verify-pane.h"

#include <glib/gi18n-lib.h>

/* The code whose card is looked for. */
#define SCANNED "plt-scanned-code"

/* A code that no card awaits: what is it worth? */
void
plt_window_verify_code (PltWindow  *self,
                        const char *text)
{
  plt_verify_pane_scan (PLT_VERIFY_PANE (plt_window_show_pane (self, PLT_PANE_VERIFY)), text);
}

/* Whoever prints cards reads them back; a print room that was not opened yet finds out. Whoever went to verify
 * cards verifies them. */
static gboolean
awaits_card (PltWindow *self)
{
  GtkWidget *room = self->panes[PLT_PANE_ROOM];

  if (self->pane == PLT_PANE_VERIFY)
    return FALSE;
  if (room == NULL)
    return plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_OPERATOR);

  return (self->pane == PLT_PANE_ROOM || plt_room_pane_awaits_scan (PLT_ROOM_PANE (room)));
}

/* A card that is ready lies on a shelf until its holder is here: whoever scans it then hands it over. */
static void
of_card_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PltWindow) self = user_data;
  g_autofree char *number = plt_card_of_code_finish (result, NULL);
  g_autofree char *text = g_object_steal_data (G_OBJECT (self), SCANNED);

  if (text == NULL || !plt_window_is_signed_in (self))
    return;
  if (number != NULL)
    plt_room_pane_scan (PLT_ROOM_PANE (plt_window_show_pane (self, PLT_PANE_ROOM)), text);
  else
    plt_window_verify_code (self, text);
}

static void
lead_code (PltWindow  *self,
           const char *text)
{
  if (self->pane == PLT_PANE_VERIFY ||
      !plt_session_has_role (plt_office_get_session (self->office), PLT_ROLE_CLERK | PLT_ROLE_OPERATOR))
    {
      plt_window_verify_code (self, text);
      return;
    }
  g_object_set_data_full (G_OBJECT (self), SCANNED, g_strdup (text), g_free);
  plt_card_of_code_async (self->office, text, NULL, of_card_cb, g_object_ref (self));
}

/* What stood in the command bar and is a code: read back where a card waits for it, else verified. */
void
plt_window_take_code (PltWindow  *self,
                      const char *text)
{
  if (awaits_card (self))
    plt_room_pane_scan (PLT_ROOM_PANE (plt_window_show_pane (self, PLT_PANE_ROOM)), text);
  else
    lead_code (self, text);
}

/* As if it had been typed into the command bar, where a wrong number stays to be seen. */
static void
take_scanned_command (PltWindow  *self,
                      GtkWidget  *focus,
                      const char *text)
{
  if (self->pane == PLT_PANE_ROOM && self->panes[PLT_PANE_ROOM] != NULL &&
      plt_room_pane_take_serial (PLT_ROOM_PANE (self->panes[PLT_PANE_ROOM]), text))
    return;
  if (plt_panes_put_scan (focus, text))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self->command));
  gtk_editable_set_text (GTK_EDITABLE (self->command), text);
  plt_window_run_command (self);
}

/* The one place that scans come to, from every window of the program. */
static void
scanned_cb (GtkWindow          *from,
            const PltBurstText *burst,
            gpointer            owner)
{
  PltWindow *self = PLT_WINDOW (owner);
  g_auto (PltScan) scan = { .kind = PLT_SCAN_COMMAND };

  if (!plt_window_is_signed_in (self))
    return;
  plt_office_note_activity (self->office);
  if (gtk_window_get_modal (from))
    {
      plt_panes_toast (GTK_WIDGET (self), _("The scanned code was not taken, because a question waits for "
                                            "its answer. Answer it, and scan again."));
      return;
    }
  if (!plt_scan_route (burst, awaits_card (self), &scan, NULL) || scan.kind == PLT_SCAN_COMMAND)
    take_scanned_command (self, gtk_root_get_focus (GTK_ROOT (from)), scan.text);
  else if (plt_window_refuse_persons (self, PLT_PANE_ROOM))
    return;
  else if (scan.kind == PLT_SCAN_READ_BACK)
    plt_room_pane_scan (PLT_ROOM_PANE (plt_window_show_pane (self, PLT_PANE_ROOM)), scan.text);
  else
    lead_code (self, scan.text);
}

/* Names, passwords and codes are anybody's own until somebody is signed in. */
static gboolean
may_scan (gpointer owner)
{
  return plt_window_is_signed_in (PLT_WINDOW (owner));
}

static void
serial_scanned_cb (PltWindow          *self,
                   const PltBurstText *scan)
{
  GtkWindow *active = gtk_application_get_active_window (gtk_window_get_application (GTK_WINDOW (self)));

  if (may_scan (self))
    scanned_cb (active != NULL ? active : GTK_WINDOW (self), scan, self);
}

static void
serial_trouble_cb (PltWindow  *self,
                   const char *text)
{
  plt_panes_toast (GTK_WIDGET (self), "%s", text);
}

static void
serial_well_cb (PltWindow *self)
{
  plt_panes_toast (GTK_WIDGET (self), _("The barcode scanner can be used again."));
}

/* They belong to the desk, whatever window has the keyboard. */
static void
start_serial_scanners (PltWindow *self)
{
  PltOfficeConfig *config = plt_office_get_config (self->office);
  const char *devices = plt_office_config_get (config, "scanner", "device");
  const char *baud = plt_office_config_get (config, "scanner", "baud");
  g_auto (GStrv) names = g_strsplit (devices != NULL ? devices : "", ";", -1);

  self->scanners = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (*g_strstrip (names[i]) == '\0')
        continue;
      PltSerialScanner *scanner =
        plt_serial_scanner_new (names[i], baud != NULL ? (guint) g_ascii_strtoull (baud, NULL, 10) : 9600);

      g_ptr_array_add (self->scanners, scanner);
      g_signal_connect_object (scanner, "scanned", G_CALLBACK (serial_scanned_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (scanner, "trouble", G_CALLBACK (serial_trouble_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (scanner, "well", G_CALLBACK (serial_well_cb), self, G_CONNECT_SWAPPED);
      plt_serial_scanner_start (scanner);
    }
}

static void
watch_windows (PltWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      plt_scanner_watch (window, may_scan, scanned_cb, self);
    }
}

/* Dialogs and the citizen's screen are watched as well: the scanner types into whatever has the keyboard. */
void
plt_window_watch_scans (PltWindow *self)
{
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (watch_windows),
                           self, G_CONNECT_SWAPPED);
  watch_windows (self);
  start_serial_scanners (self);
}
