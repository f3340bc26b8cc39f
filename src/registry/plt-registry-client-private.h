/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this folder share of a client. */
#pragma once

#include <libsoup/soup.h>

#include "plt-registry-adapter.h"
#include "plt-registry-client.h"
#include "plt-registry-credentials.h"

G_BEGIN_DECLS

PltRegistryAdapter     *plt_registry_client_get_adapter     (PltRegistryClient *self);
PltRegistryCredentials *plt_registry_client_get_credentials (PltRegistryClient *self);
/* (nullable): login of who asks. */
const char             *plt_registry_client_get_staff       (PltRegistryClient *self);
SoupSession            *plt_registry_client_get_session     (PltRegistryClient *self);

G_END_DECLS
