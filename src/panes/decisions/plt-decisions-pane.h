/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes of decisions: rules that are proposed because people always decided the same, the rules
 * in force, and the ID numbers that are one person. A supervisor accepts, ends, agrees and refuses. */
#pragma once

#include <adwaita.h>

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_DECISIONS_PANE (plt_decisions_pane_get_type ())
G_DECLARE_FINAL_TYPE (PltDecisionsPane, plt_decisions_pane, PLT, DECISIONS_PANE, AdwBin)

GtkWidget *plt_decisions_pane_new (PltOffice *office);

G_END_DECLS
