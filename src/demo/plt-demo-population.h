/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills the registries' databases with a made-up population. */
#pragma once

#include "plt-demo-citizen.h"
#include "plt-demo-sql.h"

G_BEGIN_DECLS

#define PLT_DEMO_MOST_CITIZENS 3000000

const char *plt_demo_registry_to_nick  (PltDemoRegistry   registry);
gboolean    plt_demo_registry_from_nick (const char       *nick,
                                        PltDemoRegistry  *registry);

/* @connections: one for each registry, its tables made; @truth: where the labelled disagreements
 * are written as CSV. */
gboolean    plt_demo_population_load   (PGconn           *connections[PLT_DEMO_N_REGISTRIES],
                                        guint64           seed,
                                        int               n_citizens,
                                        PltDate           today,
                                        const char       *truth,
                                        GError          **error);

G_END_DECLS
