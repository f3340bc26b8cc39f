/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other records that may be of the person who was looked up: this office and the registries that can
 * be searched are asked for whoever is like this person, the best of them are read in full, and each
 * is compared. It begins when the look-up has ended and delays nothing; the searches and look-ups
 * stand in the office's log with the purpose “duplicates”. */
#pragma once

#include "plt-duplicate-find.h"
#include "plt-lookup.h"

G_BEGIN_DECLS

#define PLT_TYPE_DUPLICATES (plt_duplicates_get_type ())
G_DECLARE_FINAL_TYPE (PltDuplicates, plt_duplicates, PLT, DUPLICATES, GObject)

/* GListModel of PltDuplicateFind, the surest first; “possible” ones are in it beside “probable” ones.
 * It fills once, when all is known. Property "busy" (bool); signal "done" once. */
PltDuplicates *plt_duplicates_new            (PltLookup            *lookup);
void           plt_duplicates_cancel         (PltDuplicates        *self);
/* (transfer none) (element-type utf8): a sentence for each place that could not be asked, so that
 * nobody takes an empty list for a proof. */
GPtrArray     *plt_duplicates_get_troubles   (PltDuplicates        *self);

G_END_DECLS
