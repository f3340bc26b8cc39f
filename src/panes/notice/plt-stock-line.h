/* SPDX-License-Identifier: GPL-3.0-or-later */
/* At every desk: the cards and the ribbon that are left, and the people who wait for one. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_STOCK_LINE (plt_stock_line_get_type ())
G_DECLARE_FINAL_TYPE (PltStockLine, plt_stock_line, PLT, STOCK_LINE, AdwBin)

/* @office: (nullable): NULL when nobody is signed in any more */
void plt_stock_line_set_office (PltStockLine *self,
                                PltOffice    *office);

G_END_DECLS
