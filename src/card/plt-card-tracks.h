/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a layout has written to the magnetic stripe of one card. */
#pragma once

#include "plt-card-inputs.h"
#include "plt-layout.h"

G_BEGIN_DECLS

#define PLT_CARD_N_TRACKS 3

/**
 * plt_card_read_tracks:
 * @layout: the card's
 * @inputs: of the card
 * @tracks: (out): texts without sentinels and check, free each; %NULL: nothing is written to it
 * @error: %PLT_CARD_ERROR where a value is missing
 *
 * What a track cannot hold was refused when the card was drawn.
 */
gboolean plt_card_read_tracks (PltLayout      *layout,
                               PltCardInputs  *inputs,
                               char           *tracks[PLT_CARD_N_TRACKS],
                               GError        **error);

G_END_DECLS
