/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds the indexes of filled tables, as many at a time as there are cores. */
#pragma once

#include "plt-demo-streams.h"

G_BEGIN_DECLS

gboolean plt_demo_indexes_build (PltDemoConnect    connect,
                                 gpointer          user_data,
                                 GError          **error);

G_END_DECLS
