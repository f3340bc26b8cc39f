/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells people what was done, and those who do not see what appears. */
#include "plt-window-private.h"

/* So long it stands there for who asks. */
#define SAID_MS 1000

static void
set_words (PltWindow  *self,
           const char *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speaker), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static gboolean
said_cb (gpointer user_data)
{
  PltWindow *self = user_data;

  self->said_id = 0;
  set_words (self, "");
  return G_SOURCE_REMOVE;
}

/* GTK 4.8 has no announcements, and says nothing of a text that was hidden before: a change of name of what is
 * always there it does say. */
static void
say_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  PltWindow *self = PLT_WINDOW (widget);

  if (self->speaker == NULL || gtk_widget_in_destruction (widget))
    return;
  g_clear_handle_id (&self->said_id, g_source_remove);
  set_words (self, g_variant_get_string (parameter, NULL));
  self->said_id = g_timeout_add (SAID_MS, said_cb, self);
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
