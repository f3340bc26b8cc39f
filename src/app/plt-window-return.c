/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads who signs in back to the application in which they were typing when the program, the machine or the
 * session ended. */
#include "plt-window-private.h"

#include "plt-editor-pane.h"
#include "plt-journal-keys.h"

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) numbers = plt_office_list_broken_finish (PLT_OFFICE (source), result, &error);
  PltWindow *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    g_info ("What was being typed was not looked for: %s", error->message);

  self = PLT_WINDOW (user_data);
  /* Who has begun something else is not taken away from it. */
  if (numbers == NULL || numbers[0] == NULL || !plt_window_is_signed_in (self)
      || self->panes[PLT_PANE_EDITOR] != NULL
      || *gtk_editable_get_text (GTK_EDITABLE (self->command)) != '\0')
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-application", "s", numbers[0]);
}

void
plt_window_return (PltWindow *self)
{
  plt_office_list_broken_async (self->office, self->cancellable, listed_cb, self);
}

void
plt_window_leave (PltWindow *self)
{
  if (self->panes[PLT_PANE_EDITOR] != NULL)
    plt_editor_pane_leave (PLT_EDITOR_PANE (self->panes[PLT_PANE_EDITOR]));
}
