/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares all records of a register's file with one another, for an administrator. */
#pragma once

#include "plt-duplicate-index.h"
#include "plt-record-file.h"

G_BEGIN_DECLS

typedef struct
{
  GArray             *pairs; /* PltDuplicatePair, the surest first */
  PltDuplicateEffort  effort;
} PltDuplicateScan;

/* @told: so many of all records have been read; called now and then. */
typedef void (* PltDuplicateScanTold) (guint    n,
                                       guint    of,
                                       gpointer user_data);

/* Blocks, for commands: some seconds for each hundred thousand records. */
PltDuplicateScan *plt_duplicate_scan_run  (PltRecordFile         *file,
                                           PltDuplicateScanTold   told,
                                           gpointer               user_data,
                                           GError               **error);
void              plt_duplicate_scan_free (PltDuplicateScan      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDuplicateScan, plt_duplicate_scan_free)

G_END_DECLS
