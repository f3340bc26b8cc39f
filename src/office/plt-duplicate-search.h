/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks this office and the registries for whoever is like a record. */
#pragma once

#include "plt-office.h"
#include "plt-person-record.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *hits;     /* PltPersonHit; one person may be there several times */
  GPtrArray *troubles; /* sentences */
} PltDuplicateHits;

void              plt_duplicate_hits_free     (PltDuplicateHits     *self);

void              plt_duplicate_search_async  (PltOffice            *office,
                                               PltPersonRecord      *record,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PltDuplicateHits *plt_duplicate_search_finish (GAsyncResult         *result,
                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDuplicateHits, plt_duplicate_hits_free)

G_END_DECLS
