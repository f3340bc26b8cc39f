/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sources say, field by field: a column for each source and the value that is used.
 * Fields that wait for a choice come first, by icon and in words; a field that no source has is
 * left out. */
#pragma once

#include <gtk/gtk.h>

#include "plt-decision-records.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

#define PLT_TYPE_FIELD_TABLE (plt_field_table_get_type ())
G_DECLARE_FINAL_TYPE (PltFieldTable, plt_field_table, PLT, FIELD_TABLE, GtkWidget)

/* @fields: (nullable): of PltReconciledField. @may: PltComparisonMay; what may be settled has
 * buttons and keys for the editor's actions (plt-comparison-cell.h). */
void     plt_field_table_set_model     (PltFieldTable   *self,
                                        GListModel      *fields,
                                        guint            may);
/* How old what @source says is. @answer: (nullable) */
void     plt_field_table_set_answer    (PltFieldTable   *self,
                                        PltSource        source,
                                        PltSourceAnswer *answer);
/* What people decided on these fields, newest first (PltDecision): what is parked is said, and each
 * decision can be undone and its history shown. Forgotten with the model. */
void     plt_field_table_set_decisions (PltFieldTable   *self,
                                        GPtrArray       *decisions);
gboolean plt_field_table_focus_open    (PltFieldTable   *self);

G_END_DECLS
