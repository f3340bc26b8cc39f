/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portraits that were stored larger than a card file has room for, by an older program or past every
 * program: the one that was approved stays as it is, and the card shows it fitted. */
#pragma once

#include "plt-card-inputs.h"
#include "plt-store-cards.h"
#include "plt-store-drawn.h"

G_BEGIN_DECLS

/* To the budget “card”, before anything is made of @data. One that has room comes through untouched. Takes
 * long where it has none: for worker threads. */
gboolean       plt_press_portrait_fit         (PltStoreCardData         *data,
                                               GError                  **error);
/* What was drawn, with the portrait that was; one that was fitted is that of the card file, and must show
 * what the approved one shows. (transfer full) (nullable) */
PltCardInputs *plt_press_portrait_read_inputs (const PltStoreDrawnCard  *drawn,
                                               GError                  **error);

G_END_DECLS
