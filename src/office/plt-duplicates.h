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
gboolean       plt_duplicates_is_busy        (PltDuplicates        *self);
void           plt_duplicates_cancel         (PltDuplicates        *self);
/* (transfer none) (element-type utf8): a sentence for each place that could not be asked, so that
 * nobody takes an empty list for a proof. */
GPtrArray     *plt_duplicates_get_troubles   (PltDuplicates        *self);

/* Proposes that the two are one person, as api.propose_link() wants it: another person, a supervisor,
 * agrees or refuses. @keep_find: the found number is the one that is kept, not the one looked up.
 * @reason: what proves it. When it is done the find's "link" is “proposed”. */
void           plt_duplicates_propose_async  (PltDuplicates        *self,
                                              PltDuplicateFind     *find,
                                              gboolean              keep_find,
                                              const char           *reason,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean       plt_duplicates_propose_finish (PltDuplicates        *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
