/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a whole population with several threads and streams it into the registries' tables. */
#pragma once

#include "plt-demo-streams.h"

G_BEGIN_DECLS

#define PLT_DEMO_MOST_CITIZENS 3000000

/* Takes as much memory for three million citizens as for ten thousand. */
gboolean plt_demo_population_load (PltDemoStreams      *streams,
                                   const PltDemoWorld  *world,
                                   int                  n_threads,
                                   guint64             *n_rows,
                                   GError             **error);

G_END_DECLS
