/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notices when a scheduler ends or begins again, also when it is back before anybody asks. What it was printing
 * then it prints once more by itself, so that nobody can say how often a card came out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PltPrintPulse PltPrintPulse;

PltPrintPulse *plt_print_pulse_new         (const char     *address);
/* Its thread ends by itself soon afterwards. */
void           plt_print_pulse_free        (PltPrintPulse  *self);
/* When the connection was lost the last time, in seconds since 1970; 0: never. */
gint64         plt_print_pulse_get_lost_at (PltPrintPulse  *self);

G_END_DECLS
