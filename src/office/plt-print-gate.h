/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a card that is drawn, signed and kept waits for its printer. Nothing of it has left yet: it
 * may still be given back. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _PltPrintGate PltPrintGate;

PltPrintGate *plt_print_gate_new         (void);
PltPrintGate *plt_print_gate_ref         (PltPrintGate         *self);
void          plt_print_gate_unref       (PltPrintGate         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintGate, plt_print_gate_unref)

/* Lets its card through, now or when it comes. */
void          plt_print_gate_open        (PltPrintGate         *self);
/* The card is given back, now or when it comes, for @reason (transfer full). Nothing once it is open. */
void          plt_print_gate_shut        (PltPrintGate         *self,
                                          GError               *reason);
/* Whether the card waits there. */
gboolean      plt_print_gate_is_reached  (PltPrintGate         *self);

/* For plt-production-print.c. Finish fails with the reason for which it was shut. */
void          plt_print_gate_wait_async  (PltPrintGate         *self,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      plt_print_gate_wait_finish (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
