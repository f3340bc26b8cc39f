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

/* How a search ended, for the breakers. */
typedef enum
{
  PLT_SEARCH_END_ANSWER,      /* the registry has spoken, whatever it said */
  PLT_SEARCH_END_FAILED,      /* 5xx, or no answer in the budget: its search is in trouble */
  PLT_SEARCH_END_UNREACHABLE, /* no connection, or it broke */
  PLT_SEARCH_END_CANCELLED,   /* nobody waits for it any more */
} PltSearchEnd;

/* Whether a search may be sent now; each that may is ended. */
gboolean                plt_registry_client_begin_search    (PltRegistryClient *self);
void                    plt_registry_client_end_search      (PltRegistryClient *self,
                                                             PltSearchEnd       end);

G_END_DECLS
