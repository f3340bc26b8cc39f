/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives a pane keys that work in the whole window while the pane is shown. */
#include "plt-pane-keys.h"

static void
pane_map_cb (GtkWidget             *pane,
             GtkShortcutController *controller)
{
  gtk_shortcut_controller_set_scope (controller, GTK_SHORTCUT_SCOPE_GLOBAL);
}

static void
pane_unmap_cb (GtkWidget             *pane,
               GtkShortcutController *controller)
{
  gtk_shortcut_controller_set_scope (controller, GTK_SHORTCUT_SCOPE_LOCAL);
}

/**
 * plt_pane_keys_install:
 * @pane: the widget whose class installed the actions
 * @keys: (array length=n_keys): the table; it may live on the stack
 *
 * A controller of global scope listens in the whole window even when its widget is not shown; the
 * scope is therefore narrowed whenever the pane is unmapped, so that two panes may use one key.
 */
void
plt_pane_keys_install (GtkWidget        *pane,
                       const PltPaneKey *keys,
                       gsize             n_keys)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < n_keys; i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].accelerator),
                                                gtk_named_action_new (keys[i].action));

      if (keys[i].target != NULL)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].target));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }

  gtk_widget_add_controller (pane, controller);
  g_signal_connect (pane, "map", G_CALLBACK (pane_map_cb), controller);
  g_signal_connect (pane, "unmap", G_CALLBACK (pane_unmap_cb), controller);
}
