/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request to a registry: everything that each of them carries. */
#pragma once

#include <libsoup/soup.h>

#include "plt-registry-adapter.h"
#include "plt-registry-credentials.h"

G_BEGIN_DECLS

SoupMessage *plt_registry_request_new     (PltRegistryAdapter     *adapter,
                                           PltRegistryCredentials *credentials,
                                           const char             *uri,
                                           const char             *staff);
gboolean     plt_registry_request_is_json (SoupMessage            *message);

G_END_DECLS
