/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One registry of the box: an HTTPS server on the loopback with its own credentials, database
 * and faults. It lives in a process of its own as long as the box does. */
#pragma once

#include "plt-demo-box.h"
#include "plt-demo-population.h"

G_BEGIN_DECLS

/* Serves until it is told to end or the box is gone. @port 0: any free one. Prints the port
 * and a newline to standard output when it is ready. */
gboolean plt_demo_registry_serve (PltDemoBox       *box,
                                  PltDemoRegistry   registry,
                                  guint             port,
                                  GError          **error);

G_END_DECLS
