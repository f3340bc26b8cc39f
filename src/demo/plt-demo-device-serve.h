/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The process of one virtual card printer. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Serves IPP on loopback until it is ended, or its folder is gone. @folder: of the printers. */
gboolean plt_demo_device_serve (const char  *folder,
                                const char  *name,
                                guint        port,
                                GError     **error);

G_END_DECLS
