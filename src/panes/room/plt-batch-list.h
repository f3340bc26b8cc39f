/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print batches of which something is to come, above the line: how far their samples are, and what lets the
 * others go. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_BATCH_LIST (plt_batch_list_get_type ())
G_DECLARE_FINAL_TYPE (PltBatchList, plt_batch_list, PLT, BATCH_LIST, AdwBin)

/* Signal "failed" (const char *): what was refused, as a sentence; "": nothing any more. */
void plt_batch_list_set_office (PltBatchList *self,
                                PltOffice    *office);
/* Lets go the batch whose sample is right, the oldest first; says so where none waits for it. */
void plt_batch_list_release    (PltBatchList *self);

G_END_DECLS
