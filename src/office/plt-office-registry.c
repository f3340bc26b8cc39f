/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the office's client of one registry. */
#include "plt-office-private.h"

#include <glib/gi18n-lib.h>

PltRegistryClient *
plt_office_get_registry (PltOffice  *self,
                         PltSource   source,
                         GError    **error)
{
  GPtrArray *registries = plt_office_list_registries (self, error);

  if (registries == NULL)
    return NULL;
  for (guint i = 0; i < registries->len; i++)
    {
      PltRegistryClient *client = g_ptr_array_index (registries, i);

      if (plt_registry_client_get_source (client) == source)
        return client;
    }
  /* Translators: %s is a registry, e.g. "Identity registry" */
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_SETUP, NULL,
                                                  _("%s: it was not asked, because this machine has no"
                                                    " adapter file for it. Tell the administrator."),
                                                  plt_source_get_title (source)));
  return NULL;
}
