/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One registry: what it is asked, how that ended, how old the answer is. */
#pragma once

#include <gtk/gtk.h>

#include "plt-source-answer.h"

G_BEGIN_DECLS

#define PLT_TYPE_SOURCE_CARD (plt_source_card_get_type ())
G_DECLARE_FINAL_TYPE (PltSourceCard, plt_source_card, PLT, SOURCE_CARD, GtkWidget)

/* (transfer none) The card for @source among those of a pane: one that its template does not name,
 * because only an adapter file knows that registry, is put behind the others. */
PltSourceCard *plt_source_card_get_one (PltSourceCard *cards[PLT_N_SOURCES],
                                        PltSource      source);

/* @answer NULL: was not asked. @budget_ms: how long it may take, 0 unknown. With @retry the button
 * activates "search.ask-again" with the source. */
void plt_source_card_show (PltSourceCard   *self,
                           PltSource        source,
                           const char      *title,
                           PltSourceAnswer *answer,
                           int              budget_ms,
                           gboolean         retry);

G_END_DECLS
