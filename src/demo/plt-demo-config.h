/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the programs of the office read: platen.conf and the adapter files. */
#pragma once

#include "plt-demo-population.h"
#include "plt-demo-box.h"

G_BEGIN_DECLS

/* @cups_server: the print server as CUPS names it, or NULL. */
gboolean plt_demo_config_write (PltDemoBox   *box,
                                const guint   ports[PLT_DEMO_N_REGISTRIES],
                                const char   *cups_server,
                                GError      **error);

G_END_DECLS
