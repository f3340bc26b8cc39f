/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the programs of the office read: platen.conf and the adapter files. */
#pragma once

#include "plt-demo-population.h"
#include "plt-demo-box.h"

G_BEGIN_DECLS

/* @cups_server: the print server as CUPS names it, or NULL. */
/* (array zero-terminated=1): nicks of the services that offices ask: the registries, and the
 * pre-enrolment service. */
const char * const *plt_demo_config_get_services (void);

gboolean plt_demo_config_write (PltDemoBox   *box,
                                const guint  *ports,
                                const char   *cups_server,
                                GError      **error);

G_END_DECLS
