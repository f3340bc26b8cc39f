/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all panes need once: their templates, and a way to say what was done. */
#include "plt-panes.h"

#include "plt-panes-resources.h"

void
plt_panes_init (void)
{
  plt_panes_resources_register_resource ();
}

void
plt_panes_toast (GtkWidget  *pane,
                 const char *format,
                 ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  gtk_widget_activate_action (pane, "win.toast", "s", text);
}
