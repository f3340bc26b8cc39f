/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of the editor before the application is open is done when it is. */
#include "plt-editor-pane-private.h"
#include "plt-panes.h"

#include <adwaita.h>

static PltOffice *
new_office (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PltOfficeConfig) config = plt_office_config_load (NULL, &error);

  g_assert_no_error (error);

  return plt_office_new (config, "host=/nonexistent dbname=platen");
}

static GtkWidget *
open_window (PltOffice *office)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), plt_editor_pane_new (office));
  gtk_window_present (GTK_WINDOW (window));
  plt_editor_pane_open (PLT_EDITOR_PANE (gtk_window_get_child (GTK_WINDOW (window))),
                        "UC-26-000001");

  return window;
}

static void
test_photo_while_opening (void)
{
  g_autoptr (PltOffice) office = new_office ();
  GtkWidget *window = open_window (office);
  PltEditorPane *pane = PLT_EDITOR_PANE (gtk_window_get_child (GTK_WINDOW (window)));

  g_assert_true (plt_editor_pane_is_opening (pane));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (pane), "editor.photo-registry", NULL));
  g_assert_true (pane->photo_wanted);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_photo_of_another (void)
{
  g_autoptr (PltOffice) office = new_office ();
  GtkWidget *window = open_window (office);
  PltEditorPane *pane = PLT_EDITOR_PANE (gtk_window_get_child (GTK_WINDOW (window)));

  gtk_widget_activate_action (GTK_WIDGET (pane), "editor.photo-registry", NULL);
  plt_editor_pane_open (pane, "UC-26-000002");
  g_assert_false (pane->photo_wanted);

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  plt_panes_init ();
  g_test_add_func ("/panes/editor/photo/asked-for-while-opening", test_photo_while_opening);
  g_test_add_func ("/panes/editor/photo/is-not-kept-for-another", test_photo_of_another);

  return g_test_run ();
}
