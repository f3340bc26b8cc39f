/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layouts of a box: one person proposes them with their proof sheets, another opens the sheets
 * and lets them in. */
#pragma once

#include "plt-demo-sql.h"

G_BEGIN_DECLS

/* Has platenctl draw the proof sheets, once for each state of the files. Returns: (transfer full)
 * (nullable): what plt_demo_layouts_propose() wants. */
GPtrArray *plt_demo_layouts_make_sheets (GError    **error);

/* @connection: of somebody with a session, who may. */
gboolean   plt_demo_layouts_propose     (PGconn     *connection,
                                         GPtrArray  *sheets,
                                         GError    **error);
/* All that is proposed; by another person. */
gboolean   plt_demo_layouts_approve     (PGconn     *connection,
                                         GError    **error);

G_END_DECLS
