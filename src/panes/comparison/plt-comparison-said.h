/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one source says of one field: its value, and where the sources differ a badge with the source,
 * how old its answer is, and whether this is the value that is used. */
#pragma once

#include <gtk/gtk.h>

#include "plt-reconciliation.h"

G_BEGIN_DECLS

GtkWidget *plt_comparison_said_new     (PltReconciledField *field,
                                        PltSource           source,
                                        GDateTime          *answered_at);
/* The answer has become older, or there is another one. @answered_at: (nullable) */
void       plt_comparison_said_age     (GtkWidget          *said,
                                        GDateTime          *answered_at);
/* The same for a screen reader: "Population: Horvat, used." NULL when the source says nothing. */
char      *plt_comparison_said_to_text (PltReconciledField *field,
                                        PltSource           source);

G_END_DECLS
