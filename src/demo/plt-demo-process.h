/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The processes of a box: tools that are run and waited for, and servers that stay. */
#pragma once

#include "plt-demo-box.h"

G_BEGIN_DECLS

void      plt_demo_process_catch_interrupt (void);
gboolean  plt_demo_process_is_interrupted  (GError             **error);

gboolean  plt_demo_process_run             (PltDemoBox          *box,
                                            gboolean             as_service,
                                            const char * const  *argv,
                                            GError             **error);

/* (transfer full): the office's own program for the command line. */
char     *plt_demo_process_find_platenctl  (void);

/* A server's process id with its start time, so that a number used again is not mistaken. */
gboolean  plt_demo_process_start           (const char * const  *argv,
                                            const char          *log_path,
                                            const char          *pid_path,
                                            char               **first_line,
                                            GError             **error);
gboolean  plt_demo_process_write_pid       (const char          *pid_path,
                                            GPid                 pid,
                                            GError             **error);
GPid      plt_demo_process_find            (const char          *pid_path);
void      plt_demo_process_stop            (const char          *pid_path);

G_END_DECLS
