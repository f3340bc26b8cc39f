/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last cell of a row of the comparison: what is used, why, whose value it is, and what may be
 * done about it; and the keys that do it from anywhere in the row. */
#pragma once

#include <gtk/gtk.h>

#include "plt-decision-records.h"
#include "plt-reconciliation.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_COMPARISON_MAY_CHOOSE = 1 << 0, /* a clerk, on an application that can be changed */
  PLT_COMPARISON_MAY_DECIDE = 1 << 1, /* a supervisor, on one entered by somebody else */
  PLT_COMPARISON_MAY_LEAD = 1 << 2,   /* a clerk who looks a person up: to the application */
} PltComparisonMay;

GtkWidget *plt_comparison_cell_new     (PltReconciledField *field,
                                        guint               may,
                                        const PltDecision  *parked,
                                        gboolean            decided);
char      *plt_comparison_dup_keys     (PltReconciledField *field,
                                        guint               may);
void       plt_comparison_install_keys (GtkWidget          *row,
                                        PltReconciledField *field,
                                        guint               may);
/* What "editor.keep" is given: one field and one source in one number. */
int        plt_comparison_pack         (PltField            field,
                                        PltSource           source);
void       plt_comparison_unpack       (int                 packed,
                                        PltField           *field,
                                        PltSource          *source);
int        plt_comparison_rank         (PltReconciledField *field);

G_END_DECLS
