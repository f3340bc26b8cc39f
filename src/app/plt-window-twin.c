/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads from a card, wherever it is named, to its digital twin. */
#include "config.h"

#include "plt-window-private.h"

#include "plt-panes.h"
#include "twin/plt-named-card.h"
#include "twin/plt-twin-window.h"

#include <glib/gi18n-lib.h>

static gboolean
may_see (PltWindow *self)
{
  if (!plt_window_is_signed_in (self))
    return FALSE;
  if (plt_session_has_role (plt_office_get_session (self->office),
                            PLT_ROLE_OPERATOR | PLT_ROLE_AUDITOR))
    return TRUE;
  plt_panes_toast (GTK_WIDGET (self), "%s", _("The twin of a card is for print operators and auditors."));
  return FALSE;
}

static void
twin_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);

  if (may_see (self))
    gtk_window_present (plt_twin_window_new (widget, self->office, g_variant_get_string (parameter, NULL)));
}

/* Of the card that is named where the keyboard is. */
static void
twin_here_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);
  g_autofree char *number = NULL;

  if (!may_see (self))
    return;
  number = plt_named_card_find (gtk_root_get_focus (GTK_ROOT (self)));
  if (number != NULL)
    gtk_window_present (plt_twin_window_new (widget, self->office, number));
  else
    plt_panes_toast (widget, "%s", _("No single card is named here. Go to a row that names one, and press Ctrl+T again."));
}

void
plt_window_install_twin (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-twin", "s", twin_action);
  gtk_widget_class_install_action (widget_class, "win.twin", NULL, twin_here_action);
}
