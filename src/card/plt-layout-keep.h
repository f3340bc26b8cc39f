/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps all of which a layout is made, so that a card can be drawn again when the machine has newer
 * fonts or the layout is gone. */
#pragma once

#include "plt-layout.h"

G_BEGIN_DECLS

/**
 * plt_layout_keep:
 * @folder: made where it is not there
 *
 * Copies layout.json, what it names, its fonts and patterns of hyphenation to ID/VERSION in @folder,
 * loads the copy and compares the digest.
 *
 * Returns: (transfer full) (nullable): the folder of the copy; %NULL with G_FILE_ERROR, or
 * PLT_CARD_ERROR_LAYOUT where a file has changed since the layout was loaded
 */
char *plt_layout_keep (PltLayout   *layout,
                       const char  *folder,
                       GError     **error);

G_END_DECLS
