/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints what waits: takes approved applications by priority and age, shares them among the printers,
 * and follows each card until it is out or in doubt. Several at once share the work: what one has taken
 * is leased to it, and when it dies another takes over after the lease has ended. A card that was under
 * way is then looked for in the print system by the name of its job before anything is sent; what
 * cannot be known is doubtful, and a person answers. */
#pragma once

#include <gio/gio.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_SPOOLER_LEASE_SECONDS 60

#define PLT_TYPE_SPOOLER (plt_spooler_get_type ())
G_DECLARE_FINAL_TYPE (PltSpooler, plt_spooler, PLT, SPOOLER, GObject)

/* Properties, read-only and notifying: "running" (bool), "settled" (bool: nothing that this spooler has taken is
 * still to be drawn or sent), "idle" (bool: and nothing waits, and its cards are out or in doubt), "now" (what
 * it does, as a sentence), "error" (what keeps it from printing, or NULL), "taken", "sent", "out", "doubtful",
 * "failed" (uint, since it began), "printers" (GListModel of PltSpoolerPrinter).
 * Signal "event" (const char *kind, const char *text, const char *application, const char *card, const char *printer):
 * what happened, as a sentence, with the numbers of application and card and the queue where there are; none has
 * a name of a person. */
PltSpooler *plt_spooler_new          (PltOffice          *office);
/* Before it starts. NULL or empty: all printers for cards. @classes: their members. */
void        plt_spooler_set_printers (PltSpooler         *self,
                                      const char *const  *printers,
                                      const char *const  *classes);
/* How long what was taken stays taken when this program dies; at least 3. */
void        plt_spooler_set_lease    (PltSpooler         *self,
                                      int                 seconds);
/* Takes no more than @n applications; 0: as many as wait. */
void        plt_spooler_set_limit    (PltSpooler         *self,
                                      guint               n);
void        plt_spooler_start        (PltSpooler         *self);
/* Takes nothing more, and gives back what was not sent. Watches its cards until it is started again or unreferenced. */
void        plt_spooler_stop         (PltSpooler         *self);

/* Properties, read-only and notifying: "destination", "title", "usable" (bool), "trouble" (why it is
 * not used, or NULL), "in-flight" (uint), "blanks", "ribbon" (int, -1: unknown), "printed" (uint: by this spooler, since it began). */
#define PLT_TYPE_SPOOLER_PRINTER (plt_spooler_printer_get_type ())
G_DECLARE_FINAL_TYPE (PltSpoolerPrinter, plt_spooler_printer, PLT, SPOOLER_PRINTER, GObject)

G_END_DECLS
