/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the machine-readable zone on a finished picture of a card: each cell is compared with every letter
 * of its font. It does not know what should stand there. */
#pragma once

#include <cairo.h>

#include "plt-layout.h"

G_BEGIN_DECLS

/* Stands for a cell that shows none of the letters. */
#define PLT_MRZ_UNREADABLE '?'

char *plt_mrz_reader_read (PltLayout       *layout,
                           guint            page,
                           guint            index,
                           cairo_surface_t *picture,
                           double           dpi);

G_END_DECLS
