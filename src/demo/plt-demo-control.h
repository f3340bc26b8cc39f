/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does at a virtual card printer, in words: loads it, clears it, makes it suffer, looks at it.
 * A printer that runs is told through a socket; one that is off is worked on where it stands. */
#pragma once

#include "plt-demo-device.h"

G_BEGIN_DECLS

/* (transfer full): JSON for “status”, "" for what was done. */
char     *plt_demo_control_apply (PltDemoDevice      *device,
                                  const char *const  *words,
                                  GError            **error);
/* Listens for it. */
gboolean  plt_demo_control_serve (PltDemoDevice      *device,
                                  guint               port,
                                  GError            **error);
/* @folder: of the printers. (transfer full): as of apply. */
char     *plt_demo_control_tell  (const char         *folder,
                                  const char         *name,
                                  guint               port,
                                  const char *const  *words,
                                  GError            **error);
gboolean  plt_demo_control_is_answered (guint         port);

/* Of the printers’ folder. */
char     *plt_demo_control_dup_folder  (const char   *folder,
                                        const char   *name);

G_END_DECLS
