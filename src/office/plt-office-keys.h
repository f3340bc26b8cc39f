/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The issuer's keys as an office's configuration names them. */
#pragma once

#include "plt-key-ring.h"
#include "plt-office-config.h"

G_BEGIN_DECLS

/* The folder of the keys, then those that are named one by one: (transfer full). Reads files. */
PltKeyRing *plt_office_keys_load  (PltOfficeConfig  *config,
                                   GError          **error);
/* Opens every key that makes cards, as a signature would; then one sentence on how long they are
 * good for and what cards say. */
gboolean    plt_office_keys_check (PltKeyRing       *ring,
                                   PltOfficeConfig  *config,
                                   gint64            now,
                                   char            **text,
                                   GError          **error);

/* Whether cards made now say SPECIMEN: unless the configuration names the root that certified all keys
 * which make them, and none of the certificates is marked. Nothing in the configuration makes a key of
 * a demonstration a state's. */
gboolean    plt_office_keys_are_specimen
                                  (PltKeyRing       *ring,
                                   PltOfficeConfig  *config,
                                   gint64            now);

G_END_DECLS
