/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The processes of the virtual printers and their schedulers: each leads a session of its own and is written
 * down in printer.ini, in a group such as “device card-printer”, with “pid”, “started” and “port”. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GKeyFile *plt_demo_printer_load_state   (const char          *folder);
gboolean  plt_demo_printer_save_state   (const char          *folder,
                                         GKeyFile            *state,
                                         GError             **error);

/* Runs a tool to its end. */
gboolean  plt_demo_printer_run_tool     (const char *const   *argv,
                                         GError             **error);
/* @argv: led by setsid(1), which takes over the same process. */
gboolean  plt_demo_printer_spawn        (const char          *folder,
                                         GKeyFile            *state,
                                         const char          *group,
                                         const char *const   *argv,
                                         GError             **error);
/* Returns: the recorded process, 0 if it has ended and none of its session is left */
int       plt_demo_printer_find_process (GKeyFile            *state,
                                         const char          *group);
gboolean  plt_demo_printer_end_process  (GKeyFile            *state,
                                         const char          *group,
                                         gboolean             at_once,
                                         GError             **error);

G_END_DECLS
