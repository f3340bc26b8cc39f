/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads each code of a drawn card back from its raster, at a printer's resolution. */
#pragma once

#include "plt-press.h"

G_BEGIN_DECLS

GPtrArray *plt_code_check (PltPress     *press,
                           PltProof     *proof,
                           GCancellable *cancellable);

G_END_DECLS
