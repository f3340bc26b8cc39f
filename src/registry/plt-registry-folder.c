/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the adapter files of an office. */
#include "plt-registry-client.h"

#include <glib/gi18n-lib.h>

static gboolean
is_adapter_name (const char *name)
{
  return g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json") &&
         name[0] != '.';
}

static gboolean
list_folder (const char  *folder,
             GHashTable  *paths,
             GError     **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &fault);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER,
                   /* Translators: a folder, then what is wrong with it. */
                   _("No registries can be asked, because their folder “%s” cannot be read: %s"),
                   folder, fault->message);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (is_adapter_name (name))
        g_hash_table_replace (paths, g_strdup (name), g_build_filename (folder, name, NULL));
    }

  return TRUE;
}

static gboolean
add_client (GPtrArray           *clients,
            PltRegistryClient  **preenrolment,
            const char          *path,
            GError             **error)
{
  g_autoptr (PltRegistryClient) client = plt_registry_client_new_from_file (path, error);

  if (client == NULL)
    return FALSE;
  if (plt_registry_client_is_preenrolment (client) && *preenrolment == NULL)
    {
      *preenrolment = g_steal_pointer (&client);
      return TRUE;
    }
  for (guint i = 0; i <= clients->len; i++)
    {
      PltRegistryClient *other = i < clients->len ? clients->pdata[i] : *preenrolment;

      if (other == NULL ||
          plt_registry_client_get_source (other) != plt_registry_client_get_source (client))
        continue;
      g_set_error (error, PLT_REGISTRY_ERROR, PLT_REGISTRY_ERROR_ADAPTER,
                   /* Translators: two file names */
                   _("The registry file “%s” cannot be used: source: “%s” is the same source. "
                     "Remove one."),
                   path, plt_registry_client_get_file (other));
      return FALSE;
    }
  g_ptr_array_add (clients, g_steal_pointer (&client));

  return TRUE;
}

/**
 * plt_registry_clients_load:
 * @folders: (array zero-terminated=1): where the adapter files are; a file of a later folder stands
 *   for one of the same name in an earlier one, so that an administrator's own comes last
 * @preenrolment: (out) (transfer full) (nullable): the client of the pre-enrolment service, if there
 *   is a file of one
 * @error: as plt_registry_client_new_from_file(), also for a folder that cannot be read and for
 *   two files of one source
 *
 * Returns: (transfer full) (element-type PltRegistryClient) (nullable): one client for each
 *   *.json (but *.schema.json), by file name
 */
GPtrArray *
plt_registry_clients_load (const char * const  *folders,
                           PltRegistryClient  **preenrolment,
                           GError             **error)
{
  g_return_val_if_fail (folders != NULL && preenrolment != NULL, NULL);

  g_autoptr (PltRegistryClient) service = NULL;

  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (int i = 0; folders[i] != NULL; i++)
    {
      if (!list_folder (folders[i], paths, error))
        return NULL;
    }

  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (paths), (GCompareFunc) g_strcmp0);

  for (GList *at = names; at != NULL; at = at->next)
    {
      if (!add_client (clients, &service, g_hash_table_lookup (paths, at->data), error))
        return NULL;
    }

  *preenrolment = g_steal_pointer (&service);

  return g_steal_pointer (&clients);
}
