/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the office's client of one registry, and of the pre-enrolment service. */
#include "plt-office-private.h"

#include <glib/gi18n-lib.h>

static void
came_back_cb (PltOffice         *self,
              PltRegistryClient *client)
{
  g_signal_emit_by_name (self, "changed", "registry",
                         (gint64) plt_registry_client_get_source (client));
}

static void
watch (PltOffice         *self,
       PltRegistryClient *client)
{
  g_signal_connect_object (client, "came-back", G_CALLBACK (came_back_cb), self, G_CONNECT_SWAPPED);
}

void
plt_office_watch_registries (PltOffice         *self,
                             GPtrArray         *registries,
                             PltRegistryClient *preenrolment)
{
  for (guint i = 0; registries != NULL && i < registries->len; i++)
    watch (self, g_ptr_array_index (registries, i));
  if (preenrolment != NULL)
    watch (self, preenrolment);
}

PltRegistryClient *
plt_office_get_preenrolment (PltOffice  *self,
                             GError    **error)
{
  PltRegistryClient *client;

  if (plt_office_list_registries (self, error) == NULL)
    return NULL;
  client = plt_office_peek_preenrolment (self);
  if (client == NULL)
    {
      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_SETUP, NULL,
                                                      _("No prepared application was fetched, because"
                                                        " this machine has no adapter file for a"
                                                        " pre-enrolment service. Start the application"
                                                        " by hand, and tell the administrator.")));
      return NULL;
    }
  plt_registry_client_set_staff (client, plt_session_get_staff_login (plt_office_get_session (self)));
  return client;
}

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
