/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The modules of a bar code, and their drawing. Private to this folder. */
#pragma once

#include "plt-card-drawing.h"

G_BEGIN_DECLS

typedef struct
{
  int     width, height;    /* modules; of a PDF417 rows */
  int     quiet_x, quiet_y; /* modules on each side */
  int     row_modules;      /* height of a row in modules */
  guint8 *dark;             /* width × height */
} PltCardSymbol;

void plt_card_symbol_clear (PltCardSymbol        *symbol);
void plt_card_draw_symbol  (PltCardDrawing       *self,
                            const PltElement     *element,
                            const PltCardSymbol  *symbol,
                            double                module);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PltCardSymbol, plt_card_symbol_clear)

G_END_DECLS
