/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that a scheduler begins more than once in one life. A back end that gets no answer ends so that the scheduler begins
 * the job again, whatever the error policy of its queue is (CUPS 2.4), and one that is stopped by hand and let go does so,
 * too. Nothing of the job tells but the time at which it began. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @begun: time-at-processing by the scheduler's clock; 0: not yet. Returns: whether it was another one when it was seen
 * here before. May be called in any thread. */
gboolean plt_print_begun_again  (const char *uuid,
                                 int         begun);
/* It was held back before anything was passed on: its next beginning is its first. */
void     plt_print_begun_forget (const char *uuid);

G_END_DECLS
