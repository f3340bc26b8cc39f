/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a queue under which a card would come twice, or beside what was asked for. */
#pragma once

#include "plt-print-queue.h"

G_BEGIN_DECLS

/* The attributes that are judged, to be asked for. */
extern const char *const plt_print_settings_attributes[];
guint      plt_print_settings_n_attributes (void);

/* (transfer full): sentences, each with its cure */
char     **plt_print_settings_refuse       (PltPrintQueue *queue);
char     **plt_print_settings_warn         (PltPrintQueue *queue);

/* plt-print-forward.c: the settings of the other server that a queue passes its jobs on to; words in
 * @refusals or @warnings. Blocks for a few seconds at most. */
void       plt_print_forward_judge         (PltPrintQueue *queue,
                                            GPtrArray     *refusals,
                                            GPtrArray     *warnings);

G_END_DECLS
