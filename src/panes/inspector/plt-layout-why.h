/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says in words why an application's card gets its layout, to who opens it. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_LAYOUT_WHY (plt_layout_why_get_type ())
G_DECLARE_FINAL_TYPE (PltLayoutWhy, plt_layout_why, PLT, LAYOUT_WHY, AdwBin)

/* @application: its record number; 0: none, and nothing is said. To be called again when it may have changed. */
void plt_layout_why_show (PltLayoutWhy *self,
                          PltOffice    *office,
                          gint64        application);

G_END_DECLS
