/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request to a registry and what came of it. */
#pragma once

#include <libsoup/soup.h>

#include "plt-registry-adapter.h"
#include "plt-registry-credentials.h"
#include "plt-registry-health.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_ATTEMPT_END_ANSWER,    /* the registry has spoken; asking again would give the same */
  PLT_ATTEMPT_END_BUSY,      /* 5xx: another try may help */
  PLT_ATTEMPT_END_TRANSPORT, /* no connection, or it broke: another try may help */
} PltAttemptEnd;

void             plt_registry_attempt_async  (SoupSession             *session,
                                              PltRegistryAdapter      *adapter,
                                              PltRegistryCredentials  *credentials,
                                              const char              *id_number,
                                              const char              *staff,
                                              PltRegistryHop          *hop,
                                              GCancellable            *cancellable,
                                              GAsyncReadyCallback      callback,
                                              gpointer                 user_data);
PltSourceAnswer *plt_registry_attempt_finish (GAsyncResult            *result,
                                              PltAttemptEnd           *end,
                                              GError                 **error);

G_END_DECLS
