/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One citizen looked up in all registries at once. Each source shows its answer, age and state on
 * its own; a slow, dead or lying one neither delays nor spoils the others. */
#pragma once

#include "plt-office.h"
#include "plt-reconciliation.h"

G_BEGIN_DECLS

#define PLT_TYPE_LOOKUP (plt_lookup_get_type ())
G_DECLARE_FINAL_TYPE (PltLookup, plt_lookup, PLT, LOOKUP, GObject)

/* Starts at once. Fails (PLT_OFFICE_ERROR_INVALID) on an ID number that is not well formed. The
 * look-up is written to the office's log of who read whom; while that log cannot be written
 * nothing is asked ("failed"). Property "busy" (bool); signal "answered" (uint PltSource) for each
 * (again when an answer comes late, or when what a registry that is down said before has been found),
 * "done" once when all have ended, "failed" (GError*) instead when the log refused. */
PltLookup       *plt_lookup_new            (PltOffice   *office,
                                            const char  *id_number,
                                            GError     **error);
void             plt_lookup_cancel         (PltLookup   *self);
void             plt_lookup_ask_again      (PltLookup   *self,
                                            PltSource    source);
const char      *plt_lookup_get_id_number  (PltLookup   *self);
gboolean         plt_lookup_is_busy        (PltLookup   *self);

/* (transfer none) (nullable); state ASKING until it has ended. NULL only for a source that is not
 * known to the rules and has no adapter file. */
PltSourceAnswer *plt_lookup_get_answer     (PltLookup   *self,
                                            PltSource    source);
/* The registry's title and time budget, for "asking, at most 2 s". */
const char      *plt_lookup_get_source_title (PltLookup *self,
                                            PltSource    source);
int              plt_lookup_get_budget_ms  (PltLookup   *self,
                                            PltSource    source);

/* (transfer none) GListModel of PltReconciledField, updated as answers come in. */
GListModel      *plt_lookup_get_fields     (PltLookup   *self);
/* (transfer full) (element-type PltDifference): what they differ on beyond fields, so far. */
GArray          *plt_lookup_list_differences (PltLookup *self);
/* (transfer none) GListModel of PltLicenceApplication: what this office has for the citizen. */
GListModel      *plt_lookup_get_applications (PltLookup *self);

G_END_DECLS
