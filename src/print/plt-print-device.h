/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a printer itself says of its state. A queue hears of that only while it prints: a ribbon that was changed in between
 * is empty to it until the next card. */
#pragma once

#include <cups/ipp.h>
#include <glib.h>

G_BEGIN_DECLS

/* @uri: the device-uri of a queue that is idle. Blocks for two seconds at most.
 * Returns: (transfer full) (nullable): its state reasons and supplies; NULL: it cannot be asked */
ipp_t *plt_print_device_ask           (const char        *uri);
/* Returns: (transfer full): the printer's own, with what the scheduler itself had to say */
char **plt_print_device_merge_reasons (const char *const *of_queue,
                                       const char *const *of_printer);
/* Whether any is the printer's, and may be over. */
gboolean plt_print_device_is_told_of  (const char *const *reasons);

G_END_DECLS
