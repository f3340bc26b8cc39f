/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of a job at the print servers behind the one that has it. The first says “completed” when it has handed the
 * job on, even if the connection broke in the middle of the document (CUPS 2.4, measured). */
#pragma once

#include <cups/cups.h>

#include "plt-printer.h"

G_BEGIN_DECLS

/* Blocking. @job: (transfer full). Returns: (transfer full): it, as it is at the last of the servers if it was completed
 * at the first */
PltPrintJob *plt_print_beyond_look (http_t      *http,
                                    PltPrintJob *job);

G_END_DECLS
