/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a spooler while its switch is on, for as long as its person is signed in, whichever pane is shown. */
#include "plt-spool-bar.h"

#include "plt-panes.h"
#include "plt-spooler.h"

#include <glib/gi18n-lib.h>

struct _PltSpoolBar
{
  AdwBin      parent_instance;

  PltOffice  *office;
  PltSpooler *spooler; /* NULL until it was switched on */

  GtkSwitch  *on;
  GtkLabel   *now;
};

G_DEFINE_FINAL_TYPE (PltSpoolBar, plt_spool_bar, ADW_TYPE_BIN)

static char *
dup_counts (PltSpoolBar *self)
{
  guint sent = 0, out = 0, doubtful = 0, failed = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  g_object_get (self->spooler, "sent", &sent, "out", &out, "doubtful", &doubtful, "failed", &failed, NULL);
  /* Translators: cards since the switch was set */
  g_string_append_printf (text, _("sent %u · out %u"), sent, out);
  if (doubtful > 0)
    /* Translators: cards of which nobody knows whether they came out */
    g_string_append_printf (text, _(" · doubtful %u"), doubtful);
  if (failed > 0)
    g_string_append_printf (text, _(" · failed %u"), failed);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_spooler (PltSpoolBar *self)
{
  g_autofree char *now = NULL;
  g_autofree char *error = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *text = NULL;

  if (self->spooler == NULL)
    {
      gtk_label_set_text (self->now, _("Nothing is printed by itself from this desk."));
      return;
    }
  g_object_get (self->spooler, "now", &now, "error", &error, NULL);
  counts = dup_counts (self);
  text = g_strjoin (" · ", error != NULL ? error : now != NULL && *now != '\0' ? now : _("Stopped."), counts, NULL);
  gtk_label_set_text (self->now, text);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->now), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->now), "error");
}

static void
make_spooler (PltSpoolBar *self)
{
  self->spooler = plt_spooler_new (self->office);
  g_signal_connect_object (self->spooler, "notify", G_CALLBACK (show_spooler), self, G_CONNECT_SWAPPED);
}

static void
switched_cb (PltSpoolBar *self)
{
  gboolean on = gtk_switch_get_active (self->on);

  if (on && self->spooler == NULL)
    make_spooler (self);
  if (on)
    plt_spooler_start (self->spooler);
  else if (self->spooler != NULL)
    plt_spooler_stop (self->spooler);
  show_spooler (self);
}

static void
plt_spool_bar_dispose (GObject *object)
{
  PltSpoolBar *self = PLT_SPOOL_BAR (object);

  if (self->spooler != NULL)
    plt_spooler_stop (self->spooler);
  g_clear_object (&self->spooler);
  g_clear_object (&self->office);

  G_OBJECT_CLASS (plt_spool_bar_parent_class)->dispose (object);
}

static void
plt_spool_bar_class_init (PltSpoolBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_spool_bar_dispose;
}

static void
plt_spool_bar_init (PltSpoolBar *self)
{
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *caption = gtk_label_new (_("Print What Waits"));

  self->on = GTK_SWITCH (gtk_switch_new ());
  self->now = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                       "wrap", TRUE, "xalign", 0.0, "hexpand", TRUE, NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->on), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->on), _("Print from this desk whatever waits (Ctrl+G)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->on), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Print what waits"), -1);
  gtk_widget_add_css_class (caption, "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->now), "dim-label");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->on), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), caption, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (self->now), 2, 0, 1, 1);
  adw_bin_set_child (ADW_BIN (self), grid);
  g_signal_connect_swapped (self->on, "notify::active", G_CALLBACK (switched_cb), self);
  show_spooler (self);
}

/* Print operators alone print. */
void
plt_spool_bar_set_office (PltSpoolBar *self,
                          PltOffice   *office)
{
  g_return_if_fail (PLT_IS_SPOOL_BAR (self));

  g_set_object (&self->office, office);
  gtk_widget_set_visible (GTK_WIDGET (self), plt_session_has_role (plt_office_get_session (office),
                                                                   PLT_ROLE_OPERATOR));
}

void
plt_spool_bar_toggle (PltSpoolBar *self)
{
  g_return_if_fail (PLT_IS_SPOOL_BAR (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_switch_set_active (self->on, !gtk_switch_get_active (self->on));
}
