/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of a queue under which a card would come twice, or beside what was asked for. */
#pragma once

#include "plt-print-queue.h"

G_BEGIN_DECLS

/* Asks for the attributes that are judged, and for @more. */
void       plt_print_settings_ask          (ipp_t             *request,
                                            const char *const *more,
                                            guint              n_more);

/* (transfer full): sentences, each with its cure */
char     **plt_print_settings_refuse       (PltPrintQueue *queue);
char     **plt_print_settings_warn         (PltPrintQueue *queue);

G_END_DECLS
