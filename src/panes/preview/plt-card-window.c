/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills another monitor than the one that is worked at, where there is another, with the card as large as
 * fits and what the citizen should look at. */
#include "plt-card-window.h"

#include "plt-card-board.h"

#include <glib/gi18n-lib.h>

#define WIDTH 960
#define HEIGHT 640

struct _PltCardWindow
{
  GtkWindow     parent_instance;

  PltCardBoard *board;
  GtkLabel     *words;
};

G_DEFINE_FINAL_TYPE (PltCardWindow, plt_card_window, GTK_TYPE_WINDOW)

static void
plt_card_window_class_init (PltCardWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "window.close", NULL);
}

static void
plt_card_window_init (PltCardWindow *self)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->board = g_object_new (PLT_TYPE_CARD_BOARD, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->board), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Your card"), -1);
  gtk_widget_set_hexpand (scrolled, TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->board));

  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->words, TRUE);
  gtk_label_set_justify (self->words, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "title-2");
  gtk_widget_set_margin_start (GTK_WIDGET (self->words), 24);
  gtk_widget_set_margin_end (GTK_WIDGET (self->words), 24);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->words), 24);

  gtk_grid_attach (GTK_GRID (grid), scrolled, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->words), 0, 1, 1, 1);
  gtk_window_set_child (GTK_WINDOW (self), grid);
  gtk_window_set_title (GTK_WINDOW (self), _("Your Card"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
}

/* The first monitor that @widget is not on. */
static GdkMonitor *
find_other_monitor (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  GdkDisplay *display = gdk_surface_get_display (surface);
  GdkMonitor *own = gdk_display_get_monitor_at_surface (display, surface);
  GListModel *monitors = gdk_display_get_monitors (display);

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      GdkMonitor *monitor = g_list_model_get_item (monitors, i);

      g_object_unref (monitor); /* the display keeps it */
      if (monitor != own)
        return monitor;
    }

  return NULL;
}

/**
 * plt_card_window_new:
 * @beside: what is worked with; the window goes to another monitor than that
 * @settings: (nullable): where the size of a millimetre is kept
 */
GtkWidget *
plt_card_window_new (GtkWidget *beside,
                     GSettings *settings)
{
  PltCardWindow *self = g_object_new (PLT_TYPE_CARD_WINDOW, NULL);
  GdkMonitor *other = find_other_monitor (beside);

  plt_card_board_set_settings (self->board, settings);
  if (other != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), other);
  return GTK_WIDGET (self);
}

/* @layout, @inputs: (nullable): as plt_card_board_set_card() */
void
plt_card_window_set_card (PltCardWindow *self,
                          PltLayout     *layout,
                          PltCardInputs *inputs)
{
  plt_card_board_set_card (self->board, layout, inputs);
}

/* @changes: (nullable) (element-type PltCardChange): for the citizen to confirm */
void
plt_card_window_set_changes (PltCardWindow *self,
                             GPtrArray     *changes)
{
  g_autoptr (GString) text = g_string_new (_("Please look at everything before it is printed."));

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const PltCardChange *change = g_ptr_array_index (changes, i);

      g_string_append_printf (text, "\n%s: %s", change->title, change->text);
    }
  gtk_label_set_text (self->words, text->str);
}
