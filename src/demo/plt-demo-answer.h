/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a registry answers about one ID number, in its own notation. */
#pragma once

#include "plt-demo-population.h"

G_BEGIN_DECLS

/* Once for each connection on which answers are asked for. */
gboolean  plt_demo_answer_prepare  (PGconn           *connection,
                                    PltDemoRegistry   registry,
                                    GError          **error);
/* (transfer full) (nullable): JSON text; NULL without an error when the registry knows nobody
 * under this number. Blocks: for a pool thread with a connection of its own. */
char     *plt_demo_answer_new      (PGconn           *connection,
                                    PltDemoRegistry   registry,
                                    const char       *id_number,
                                    GError          **error);

G_END_DECLS
