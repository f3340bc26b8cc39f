/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells what changes at printers and jobs soon after it has, by the scheduler's events (RFC 3995,
 * RFC 3996). Polling remains behind it: an event can be lost, and not every print service has any. */
#pragma once

#include "plt-printer.h"

G_BEGIN_DECLS

#define PLT_TYPE_PRINT_WATCH (plt_print_watch_get_type ())
G_DECLARE_FINAL_TYPE (PltPrintWatch, plt_print_watch, PLT, PRINT_WATCH, GObject)

/* Signals, in the main context that it was made in:
 * "printer-changed" (const char *destination): what is shown of this queue has changed, or it has
 *   come or gone; "" when any may have;
 * "job-changed" (int job_id): its state has changed; 0 when any may have.
 * Property "by-events": whether events come. While they do not, those who listen ask as often as
 * they would without. */
PltPrintWatch *plt_print_watch_new       (const char     *address);
gboolean       plt_print_watch_by_events (PltPrintWatch  *self);

/* (transfer full): one for all who listen to this server; it ends with the last of them. */
PltPrintWatch *plt_print_server_watch    (PltPrintServer *self);

G_END_DECLS
