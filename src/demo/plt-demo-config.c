/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes platen.conf and the adapter files of a box. */
#include "plt-demo-config.h"

#include "plt-data-folder.h"
#include "plt-demo-office.h"
#include "plt-demo-preenrolment.h"

#include <gio/gio.h>

static const char * const services[] = {
  "identity", "driver", "infringement", PLT_DEMO_PREENROLMENT, NULL,
};

static gboolean
write_adapter (PltDemoBox  *box,
               const char  *nick,
               guint        port,
               GError     **error)
{
  g_autofree char *name = g_strconcat (nick, ".json", NULL);
  g_autofree char *resource = g_strconcat ("/org/platen/demo/registries/", name, NULL);
  g_autofree char *path = plt_demo_box_path (box, "registries", name, NULL);
  g_autofree char *digits = g_strdup_printf ("%u", port);
  g_autoptr (GBytes) pattern = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                        error);
  g_autoptr (GString) text = NULL;

  if (pattern == NULL)
    return FALSE;
  text = g_string_new (g_bytes_get_data (pattern, NULL));
  g_string_replace (text, "@PORT@", digits, 0);

  return g_file_set_contents (path, text->str, -1, error);
}

static void
set_issuer (GKeyFile   *file,
            PltDemoBox *box)
{
  g_autofree char *keys = plt_demo_box_path (box, "keys", NULL);

  g_key_file_set_string (file, "issuer", "country", "UTO");
  g_key_file_set_string (file, "issuer", "sign", "UTO");
  g_key_file_set_string (file, "issuer", "state-name", "UTOPIA");
  g_key_file_set_string (file, "issuer", "authority", "Utopia Licensing Authority");
  g_key_file_set_string (file, "issuer", "uri", "https://licence.utopia.example");
  g_key_file_set_string (file, "issuer", "keys", keys);
}

/* The login comes from who signs in, the password from the person or from PGPASSFILE. */
static char *
build_database_uri (PltDemoBox *box)
{
  g_autofree char *folder = plt_demo_box_path (box, "pg", NULL);
  g_autofree char *host = g_uri_escape_string (folder, NULL, FALSE);

  return g_strdup_printf ("postgresql:///platen?host=%s", host);
}

static gboolean
write_office (PltDemoBox  *box,
              const char  *cups_server,
              GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = plt_demo_box_path (box, "platen.conf", NULL);
  g_autofree char *registries = plt_demo_box_path (box, "registries", NULL);
  g_autofree char *layouts = plt_data_folder_find ("layouts");
  g_autofree char *uri = build_database_uri (box);
  g_autofree char *text = NULL;

  g_key_file_set_string (file, "office", "workstation", "Desk 1");
  g_key_file_set_string (file, "database", "uri", uri);
  g_key_file_set_string (file, "registries", "folder", registries);
  g_key_file_set_string (file, "layouts", "folder", layouts);
  if (cups_server != NULL)
    g_key_file_set_string (file, "print", "server", cups_server);
  set_issuer (file, box);
  text = g_key_file_to_data (file, NULL, NULL);

  return g_file_set_contents (path, text, -1, error);
}

const char * const *
plt_demo_config_get_services (void)
{
  return services;
}

/* @ports: of the services, in their order. */
gboolean
plt_demo_config_write (PltDemoBox   *box,
                       const guint  *ports,
                       const char   *cups_server,
                       GError      **error)
{
  if (!plt_demo_box_make_folder (box, "registries", FALSE, error))
    return FALSE;
  for (int i = 0; services[i] != NULL; i++)
    if (!write_adapter (box, services[i], ports[i], error))
      return FALSE;

  return write_office (box, cups_server, error);
}
