/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the office once from the configuration and shows the window. */
#include "config.h"

#include "plt-app.h"

#include "plt-app-resources.h"
#include "plt-office.h"
#include "plt-panes.h"
#include "plt-window.h"

#include <glib/gi18n-lib.h>

struct _PltApp
{
  AdwApplication  parent_instance;

  char           *config_path;
  char           *db;
  char           *pane;
  PltOffice      *office;
};

G_DEFINE_FINAL_TYPE (PltApp, plt_app, ADW_TYPE_APPLICATION)

/* Every key that works in the whole window; help-overlay.ui shows the same ones. */
static const struct
{
  const char *action;
  const char *accelerators[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "win.command", { "<Control>k" } },
  { "win.sign-out", { "<Control><Shift>q" } },
  { "win.resolve", { "<Control>j" } },
  { "win.twin", { "<Control>t" } },
  { "win.pane::search", { "<Alt>1" } },
  { "win.pane::editor", { "<Alt>2" } },
  { "win.pane::queue", { "<Alt>3" } },
  { "win.pane::preview", { "<Alt>4" } },
  { "win.pane::room", { "<Alt>5" } },
  { "win.pane::registries", { "<Alt>6" } },
  { "win.pane::decisions", { "<Alt>7" } },
  { "win.pane::layouts", { "<Alt>8" } },
  { "win.pane::verify", { "<Alt>9" } },
};

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                         "application-name", _("Platen"),
                         "application-icon", PLT_APP_ID,
                         "version", PLT_VERSION,
                         "developer-name", _("The Platen developers"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Workstation of a driving-licence office"),
                         NULL);
}

static const GActionEntry app_actions[] = {
  { .name = "quit", .activate = quit_action },
  { .name = "about", .activate = about_action },
};

/* An office whose configuration cannot be read is still shown: the window says why. */
static PltOffice *
make_office (PltApp  *self,
             GError **error)
{
  g_autoptr (PltOfficeConfig) config = plt_office_config_load (self->config_path, error);

  return config != NULL ? plt_office_new (config, self->db) : NULL;
}

static void
plt_app_startup (GApplication *application)
{
  plt_app_resources_register_resource ();
  G_APPLICATION_CLASS (plt_app_parent_class)->startup (application);
  plt_panes_init ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), app_actions,
                                   G_N_ELEMENTS (app_actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           accelerators[i].accelerators);
}

static void
plt_app_activate (GApplication *application)
{
  PltApp *self = PLT_APP (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  if (window == NULL)
    {
      self->office = make_office (self, &error);
      window = GTK_WINDOW (plt_window_new (GTK_APPLICATION (self), self->office,
                                           error != NULL ? error->message : NULL));
      if (self->pane != NULL)
        plt_window_set_first_pane (PLT_WINDOW (window), self->pane);
    }
  gtk_window_present (window);
}

static int
plt_app_handle_local_options (GApplication *application,
                              GVariantDict *options)
{
  PltApp *self = PLT_APP (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("platen %s\n", PLT_VERSION);
      return 0;
    }
  g_variant_dict_lookup (options, "config", "^ay", &self->config_path);
  g_variant_dict_lookup (options, "db", "s", &self->db);
  g_variant_dict_lookup (options, "pane", "s", &self->pane);
  return -1;
}

static void
plt_app_finalize (GObject *object)
{
  PltApp *self = PLT_APP (object);

  g_free (self->config_path);
  g_free (self->db);
  g_free (self->pane);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (plt_app_parent_class)->finalize (object);
}

static void
plt_app_class_init (PltAppClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = plt_app_finalize;
  application_class->startup = plt_app_startup;
  application_class->activate = plt_app_activate;
  application_class->handle_local_options = plt_app_handle_local_options;
}

static void
plt_app_init (PltApp *self)
{
  const GOptionEntry options[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("The office’s configuration"), N_("FILE") },
    { "db", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("Database, as libpq keywords or URI, without a password"), N_("URI") },
    { "pane", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("Open with search, editor, queue, preview, room, registries, decisions or layouts"), N_("NAME") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
    G_OPTION_ENTRY_NULL
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

PltApp *
plt_app_new (void)
{
  /* Not unique: an office's desks may show one display, and a test never meets another's window. */
  return g_object_new (PLT_TYPE_APP,
                       "application-id", PLT_APP_ID,
                       "flags", G_APPLICATION_NON_UNIQUE,
                       "resource-base-path", "/org/platen/Platen",
                       NULL);
}
