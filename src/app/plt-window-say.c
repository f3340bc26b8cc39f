/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells people what was done, and those who do not see what appears. */
#include "plt-window-private.h"

/* GTK 4.8 has no announcements, and says nothing of a text that was hidden before: a change of name of what is
 * always there it does say. */
static void
say_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (PLT_WINDOW (widget)->speaker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  g_variant_get_string (parameter, NULL), -1);
}

static void
toast_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);
  g_autofree char *markup = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
  say_action (widget, "win.say", parameter);
}

void
plt_window_install_say (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.say", "s", say_action);
}
