/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One registry in a list: its state and speed, its last trouble and where on the way that was. */
#pragma once

#include <gtk/gtk.h>

#include "plt-registry-state.h"

G_BEGIN_DECLS

#define PLT_TYPE_REGISTRY_ROW (plt_registry_row_get_type ())
G_DECLARE_FINAL_TYPE (PltRegistryRow, plt_registry_row, PLT, REGISTRY_ROW, GtkListBoxRow)

GtkWidget        *plt_registry_row_new       (PltRegistryState *state);
PltRegistryState *plt_registry_row_get_state (PltRegistryRow   *self);

G_END_DECLS
