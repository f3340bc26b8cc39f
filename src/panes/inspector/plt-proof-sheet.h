/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a proof sheet in the program of this computer that shows PDF. */
#pragma once

#include "plt-notice.h"

G_BEGIN_DECLS

/* @notice: on the window; it tells where the sheet lies if no program shows it, or why there is none. */
void plt_proof_sheet_show (PltNotice *notice,
                           GBytes    *sheet);

G_END_DECLS
