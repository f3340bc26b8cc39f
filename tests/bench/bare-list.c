/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that a list of ten thousand lines can be in GTK 4: labels with strings, all of them known. It is filled
 * at F2, and tells like stall-window how long its main loop stood still: the floor for bench-print-room. */
#include "plt-test-heart.h"

#include <glib-unix.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <unistd.h>

static PltTestHeart *heart;

static gboolean
asked_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  char line[64];

  if (read (fd, line, sizeof line) <= 0)
    return G_SOURCE_REMOVE;
  printf ("standstill %d us\n", (int) plt_test_heart_stop (heart));
  fflush (stdout);
  heart = plt_test_heart_start ();
  return G_SOURCE_CONTINUE;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static gboolean
fill_cb (GtkWidget *list,
         GVariant  *args,
         gpointer   user_data)
{
  GtkStringList *lines = gtk_string_list_new (NULL);

  for (int i = 0; i < GPOINTER_TO_INT (user_data); i++)
    {
      g_autofree char *line = g_strdup_printf ("UC-26-%06d · Testperson %d", i, i);

      gtk_string_list_append (lines, line);
    }
  gtk_list_view_set_model (GTK_LIST_VIEW (list),
                           GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (lines))));
  gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
  return TRUE;
}

static void
activate_cb (GtkApplication *application,
             gpointer        n_lines)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list = gtk_list_view_new (NULL, factory);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F2, 0),
                      gtk_callback_action_new (fill_cb, n_lines, NULL)));
  gtk_widget_add_controller (list, keys);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  int n_lines = argc > 1 ? (int) g_ascii_strtoll (argv[1], NULL, 10) : 10000;
  g_autoptr (GtkApplication) application =
    gtk_application_new ("org.platen.BareList", G_APPLICATION_NON_UNIQUE);

  heart = plt_test_heart_start ();
  g_unix_fd_add (STDIN_FILENO, G_IO_IN, asked_cb, NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), GINT_TO_POINTER (n_lines));
  return g_application_run (G_APPLICATION (application), 1, argv);
}
