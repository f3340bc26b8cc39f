/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registries as seen from this desk: which answer, how fast, what is wrong with the others. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_REGISTRIES_PANE (plt_registries_pane_get_type ())
G_DECLARE_FINAL_TYPE (PltRegistriesPane, plt_registries_pane, PLT, REGISTRIES_PANE, AdwBin)

GtkWidget *plt_registries_pane_new (PltOffice *office);

G_END_DECLS
