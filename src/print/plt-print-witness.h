/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a scheduler has begun again. One that is killed forgets what it did last: it takes up from its spool a job
 * that it has printed, and prints it once more, or holds it again. Nothing of the job tells.
 *
 * So a witness stays in it: a subscription of a name of its own to nothing but the scheduler's beginnings. Who finds it
 * later, with no such event, knows that the scheduler has not begun again since; one that it has forgotten, or that has
 * heard of a beginning, says that it has. */
#pragma once

#include "plt-printer.h"

G_BEGIN_DECLS

/* Blocking, as plt-print-job.h. Returns: (transfer full) (nullable): the name of a witness that has heard nothing; ""
 * where the service has none. One of a print server behind follows with a blank and that queue's address before it, "-"
 * where it lets nobody stay: that is warned of, see plt-print-forward.h. */
char     *plt_print_witness_call (const char    *address,
                                  const char    *destination,
                                  GError       **error);
gboolean  plt_print_witness_ask  (const char    *address,
                                  const char    *name,
                                  PltPrintLife  *life,
                                  GError       **error);

G_END_DECLS
