/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder and the configuration of the box's own print scheduler. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full) a folder with etc/cupsd.conf and etc/cups-files.conf for a scheduler on loopback.
 * @earlier: (nullable): the folder of the last time, which is taken up if it is still there. */
char *plt_demo_scheduler_prepare (const char  *earlier,
                                  guint        port,
                                  GError     **error);

G_END_DECLS
