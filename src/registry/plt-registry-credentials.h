/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plt-registry-adapter.h"

G_BEGIN_DECLS

/* Who we are, and whom we trust, for one registry. */
typedef struct
{
  GTlsDatabase    *authorities; /* (nullable): the system's */
  GTlsCertificate *certificate; /* (nullable): ours, for mutual TLS */
  char            *bearer;      /* (nullable): value of the header Authorization */
  char            *api_key;     /* (nullable): value of the adapter's header */
} PltRegistryCredentials;

PltRegistryCredentials *plt_registry_credentials_new  (PltRegistryAdapter      *adapter,
                                                       GError                 **error);
void                    plt_registry_credentials_free (PltRegistryCredentials  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltRegistryCredentials, plt_registry_credentials_free)

G_END_DECLS
