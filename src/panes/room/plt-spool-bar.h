/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The switch by which this desk prints what waits, and what its spooler is doing. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_SPOOL_BAR (plt_spool_bar_get_type ())
G_DECLARE_FINAL_TYPE (PltSpoolBar, plt_spool_bar, PLT, SPOOL_BAR, AdwBin)

void plt_spool_bar_set_office (PltSpoolBar *self,
                               PltOffice   *office);
/* Prints if it does not, and stops if it does. */
void plt_spool_bar_toggle     (PltSpoolBar *self);

G_END_DECLS
