/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print queue as a live list of ten thousand: every order has its place, and only those that are looked
 * at are read. When the line moves nothing is made anew that stays. */
#pragma once

#include "plt-office.h"
#include "plt-print-order.h"
#include "plt-worklist.h"

G_BEGIN_DECLS

#define PLT_TYPE_PRINT_LINE (plt_print_line_get_type ())
G_DECLARE_FINAL_TYPE (PltPrintLine, plt_print_line, PLT, PRINT_LINE, GObject)

/* A GListModel of PltPrintOrder in the order of the line, then what something holds. Signals "reading-began"
 * right before items change, and "changed" after all of it was read again. */
PltPrintLine     *plt_print_line_new         (PltOffice          *office);
/* @text: part of a number, a name, a printer or a batch; @state: the nick of one state; NULL: all */
void              plt_print_line_set_filter  (PltPrintLine       *self,
                                              const char         *text,
                                              const char         *state);
void              plt_print_line_reload      (PltPrintLine       *self);
/* Whether somebody sees it: nothing is read of persons while nobody does. */
void              plt_print_line_set_seen    (PltPrintLine       *self,
                                              gboolean            seen);
/* Of a long line the first are items before the others, which follow within some frames; at once when somebody
 * wants to do something with all of them. */
gboolean          plt_print_line_is_whole    (PltPrintLine       *self);
void              plt_print_line_complete    (PltPrintLine       *self);
PltWorklistState  plt_print_line_get_state   (PltPrintLine       *self);
const char       *plt_print_line_get_error   (PltPrintLine       *self);
/* Of the whole queue, whatever is filtered. */
int               plt_print_line_get_count   (PltPrintLine       *self,
                                              PltPrintOrderState  state);
int               plt_print_line_get_total   (PltPrintLine       *self);
/* Returns: (transfer none) (element-type PltPrintPause) */
GPtrArray        *plt_print_line_get_pauses  (PltPrintLine       *self);

/* Somebody looks at @order, or no longer: what is looked at is read, and kept fresh. */
void              plt_print_line_look        (PltPrintLine       *self,
                                              PltPrintOrder      *order);
void              plt_print_line_look_away   (PltPrintLine       *self,
                                              PltPrintOrder      *order);

G_END_DECLS
