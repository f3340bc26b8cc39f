/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to jobs, blocking: the worker's side of PltPrintServer. */
#pragma once

#include "plt-printer.h"

G_BEGIN_DECLS

PltPrintJob *plt_print_job_create (const char   *address,
                                   const char *const *profile_folders,
                                   const char   *destination,
                                   const char   *job_name,
                                   GError      **error);
gboolean     plt_print_job_send   (const char   *address,
                                   const char   *destination,
                                   int           job_id,
                                   GBytes       *pdf,
                                   GError      **error);
PltPrintJob *plt_print_job_find   (const char   *address,
                                   const char *const *profile_folders,
                                   int           job_id,
                                   const char   *job_name,
                                   GError      **error);
gboolean     plt_print_job_cancel (const char   *address,
                                   int           job_id,
                                   GError      **error);

/* plt-print-forget.c */
gboolean     plt_print_job_forget (const char   *address,
                                   int           job_id,
                                   const char   *job_name,
                                   GError      **error);

/* plt-print-sheet.c: a page of A4. Returns: the job's number; 0 with @error */
int          plt_print_sheet      (const char   *address,
                                   const char   *destination,
                                   const char   *job_name,
                                   GBytes       *pdf,
                                   GError      **error);

/* plt-print-list.c */
GPtrArray   *plt_print_list       (const char   *address,
                                   const char *const *profile_folders,
                                   GError      **error);

G_END_DECLS
