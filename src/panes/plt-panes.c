/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all panes need once: their templates, and a way to say what was done. */
#include "plt-panes.h"

#include "plt-panes-resources.h"

/* Characters that fit into two lines of the narrowest window. */
#define LONG_NAME 45

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

void
plt_panes_show_name (GtkLabel   *label,
                     const char *name)
{
  gboolean is_long = g_utf8_strlen (name, -1) > LONG_NAME;

  gtk_widget_remove_css_class (GTK_WIDGET (label), is_long ? "title-1" : "title-3");
  gtk_widget_add_css_class (GTK_WIDGET (label), is_long ? "title-3" : "title-1");
  gtk_label_set_text (label, name);
}

GtkWidget *
plt_panes_new_icon (const char *icon_name)
{
  return g_object_new (GTK_TYPE_IMAGE,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "icon-name", icon_name,
                       NULL);
}

void
plt_panes_name_once (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_RELATION_LABELLED_BY);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    plt_panes_name_once (child);
}
