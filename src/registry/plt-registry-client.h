/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks one government registry over HTTPS, as its adapter file says. */
#pragma once

#include <gio/gio.h>

#include "plt-source-answer.h"

G_BEGIN_DECLS

/**
 * PltRegistryError: trouble with the adapter file or our own setup.
 * @PLT_REGISTRY_ERROR_ADAPTER: the file is wrong; the message names file and field path
 * @PLT_REGISTRY_ERROR_CREDENTIALS: certificate, key or token cannot be read
 * @PLT_REGISTRY_ERROR_SEARCH: a registry could not be searched; the message says why
 */
typedef enum
{
  PLT_REGISTRY_ERROR_ADAPTER,
  PLT_REGISTRY_ERROR_CREDENTIALS,
  PLT_REGISTRY_ERROR_SEARCH,
} PltRegistryError;

#define PLT_REGISTRY_ERROR (plt_registry_error_quark ())
GQuark plt_registry_error_quark (void);

#define PLT_TYPE_REGISTRY_CLIENT (plt_registry_client_get_type ())
G_DECLARE_FINAL_TYPE (PltRegistryClient, plt_registry_client, PLT, REGISTRY_CLIENT, GObject)

PltRegistryClient *plt_registry_client_new_from_file (const char           *path,
                                                      GError              **error);
PltSource          plt_registry_client_get_source    (PltRegistryClient    *self);
const char        *plt_registry_client_get_title     (PltRegistryClient    *self);
int                plt_registry_client_get_budget_ms (PltRegistryClient    *self);

/* Always ends within the adapter's time budget, and always with an answer: what went wrong is the
 * answer's state and message, never a GError but G_IO_ERROR_CANCELLED. */
void               plt_registry_client_ask_async     (PltRegistryClient    *self,
                                                      const char           *id_number,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
PltSourceAnswer   *plt_registry_client_ask_finish    (PltRegistryClient    *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* (element-type PltRegistryClient) (transfer full): every *.json of @folder, by file name. */
GPtrArray         *plt_registry_clients_load         (const char           *folder,
                                                      GError              **error);

G_END_DECLS
