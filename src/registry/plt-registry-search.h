/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searches a registry, as member `search` of its adapter file says. */
#pragma once

#include "plt-registry-client.h"
#include "plt-search-line.h"
#include "plt-search-page.h"

G_BEGIN_DECLS

gboolean       plt_registry_client_can_search    (PltRegistryClient    *self,
                                                  PltSearchLine        *line);
void           plt_registry_client_search_async  (PltRegistryClient    *self,
                                                  PltSearchLine        *line,
                                                  guint                 limit,
                                                  const char           *page,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
PltSearchPage *plt_registry_client_search_finish (PltRegistryClient    *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
