/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inspector: a layout as its file is, beside a chosen record, followed while the file is edited;
 * and which versions may be used. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_INSPECTOR_PANE (plt_inspector_pane_get_type ())
G_DECLARE_FINAL_TYPE (PltInspectorPane, plt_inspector_pane, PLT, INSPECTOR_PANE, AdwBin)

GtkWidget *plt_inspector_pane_new (PltOffice *office);

G_END_DECLS
