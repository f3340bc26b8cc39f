/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that is to be told of a printer at once, worst first and nothing twice. */
#pragma once

#include "plt-print-reason.h"

G_BEGIN_DECLS

typedef struct _PltPrintTrouble PltPrintTrouble;

PltPrintTrouble   *plt_print_trouble_new     (void);
void               plt_print_trouble_free    (PltPrintTrouble    *self);
/* Takes @text; NULL is nothing. */
void               plt_print_trouble_take    (PltPrintTrouble    *self,
                                              char               *text,
                                              PltReasonSeverity   severity);
PltReasonSeverity  plt_print_trouble_worst   (PltPrintTrouble    *self);
/* (transfer full): "" when there is nothing */
char              *plt_print_trouble_to_text (PltPrintTrouble    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPrintTrouble, plt_print_trouble_free)

G_END_DECLS
