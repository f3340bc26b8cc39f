/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office's clients of the registries, and of the pre-enrolment service. */
#include "plt-office-object.h"

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

/* Their coming back is the office's to tell. */
static void
watch_all (PltOffice *self)
{
  for (guint i = 0; self->registries != NULL && i < self->registries->len; i++)
    watch (self, g_ptr_array_index (self->registries, i));
  if (self->preenrolment != NULL)
    watch (self, self->preenrolment);
}

GPtrArray *
plt_office_list_registries (PltOffice  *self,
                            GError    **error)
{
  g_auto (GStrv) folders = plt_office_config_dup_registry_folders (self->config);
  GError *local_error = NULL;

  if (self->registries == NULL)
    {
      self->registries = plt_registry_clients_load ((const char * const *) folders, &self->preenrolment,
                                                    &local_error);
      watch_all (self);
    }
  if (self->registries == NULL)
    g_propagate_error (error, plt_office_error_convert (local_error));
  for (guint i = 0; self->registries != NULL && i < self->registries->len; i++)
    plt_registry_client_set_staff (g_ptr_array_index (self->registries, i),
                                   plt_session_get_staff_login (self->session));
  return self->registries;
}

PltRegistryClient *
plt_office_peek_preenrolment (PltOffice *self)
{
  return self->preenrolment;
}

PltRegistryClient *
plt_office_get_preenrolment (PltOffice  *self,
                             GError    **error)
{
  PltRegistryClient *client;

  if (plt_office_list_registries (self, error) == NULL)
    return NULL;
  client = self->preenrolment;
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
