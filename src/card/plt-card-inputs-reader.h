/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what plt_card_inputs_to_json() wrote, to draw an old card again. */
#pragma once

#include "plt-card-inputs.h"

G_BEGIN_DECLS

/**
 * plt_card_inputs_new_from_json:
 * @json: members may stand in any order
 * @portrait: (nullable): the pictures and the contents of the PDF417 (of either kind), which @json has
 *   as hashes
 *
 * Returns: (transfer full) (nullable): %NULL with PLT_CARD_ERROR_IMAGE where a picture or payload is
 * not the one that was drawn, PLT_CARD_ERROR_LAYOUT where @json is not of that form
 */
PltCardInputs *plt_card_inputs_new_from_json (const char  *json,
                                              GBytes      *portrait,
                                              GBytes      *signature,
                                              GBytes      *pdf417,
                                              GError     **error);

/* By which version of the renderer @json was drawn (PLT_CARD_RENDERER_VERSION then). */
int            plt_card_inputs_read_renderer (const char  *json);

G_END_DECLS
