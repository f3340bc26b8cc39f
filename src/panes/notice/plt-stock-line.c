/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of small print; where the stock does not suffice, a warning in its place. */
#include "plt-stock-line.h"

#include "plt-panes.h"
#include "plt-stock-watch.h"

/* It is as wide as the sidebar is without it. */
#define MOST_CHARS 18

struct _PltStockLine
{
  AdwBin         parent_instance;

  PltStockWatch *watch; /* NULL while nobody is signed in */

  GtkWidget     *icon;
  GtkLabel      *label;
};

G_DEFINE_FINAL_TYPE (PltStockLine, plt_stock_line, ADW_TYPE_BIN)

static void
show_left (PltStockLine *self)
{
  const PltStockLeft *left = self->watch != NULL ? plt_stock_watch_get_left (self->watch) : NULL;
  gboolean lacking = left != NULL && left->warning != NULL;
  g_autofree char *text = left != NULL ? plt_stock_left_describe (left) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), left != NULL);
  gtk_widget_set_visible (self->icon, lacking);
  if (lacking)
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  if (left == NULL)
    return;
  gtk_label_set_text (self->label, lacking ? left->warning : text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), lacking ? text : NULL);
}

static void
plt_stock_line_dispose (GObject *object)
{
  g_clear_object (&PLT_STOCK_LINE (object)->watch);

  G_OBJECT_CLASS (plt_stock_line_parent_class)->dispose (object);
}

static void
plt_stock_line_class_init (PltStockLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_stock_line_dispose;
}

static void
plt_stock_line_init (PltStockLine *self)
{
  GtkWidget *grid = gtk_grid_new ();

  self->icon = plt_panes_new_icon ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->icon, "warning");
  gtk_widget_set_valign (self->icon, GTK_ALIGN_START);
  self->label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                         "wrap", TRUE, "xalign", 0.0, "max-width-chars", MOST_CHARS, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 6);
  gtk_grid_attach (GTK_GRID (grid), self->icon, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->label), 1, 0, 1, 1);
  adw_bin_set_child (ADW_BIN (self), grid);
  show_left (self);
}

void
plt_stock_line_set_office (PltStockLine *self,
                           PltOffice    *office)
{
  g_return_if_fail (PLT_IS_STOCK_LINE (self));

  g_clear_object (&self->watch);
  if (office != NULL)
    {
      self->watch = plt_stock_watch_new (office);
      g_signal_connect_object (self->watch, "changed", G_CALLBACK (show_left), self, G_CONNECT_SWAPPED);
    }
  show_left (self);
}
