/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a printer itself says of its state. A queue hears of that only while it prints: a ribbon that was changed in between
 * is empty to it until the next card. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @uri: (nullable): the device-uri of a queue that is idle; @reasons: what the queue has. Blocks for two seconds at most.
 * Returns: (transfer full) (nullable): what the printer says now, with what the scheduler itself has to say; NULL: there
 * is nothing to ask, or the printer cannot be asked */
char **plt_print_device_ask_reasons (const char        *uri,
                                     const char *const *reasons);

G_END_DECLS
