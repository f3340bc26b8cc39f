/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that a GTK 4 program does before its first frame: the floor for bench-start. */
#include <gtk/gtk.h>

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  static gboolean said = FALSE;

  if (!said)
    g_print ("first frame\n");
  said = TRUE;
}

static void
activate_cb (GtkApplication *application,
             gpointer        user_data)
{
  GtkWidget *window = gtk_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                    G_CALLBACK (after_paint_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkApplication) application =
    gtk_application_new ("org.platen.BareWindow", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
