/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a new rule that says which layout an application gets, and proposes it. */
#pragma once

#include "plt-office.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_LAYOUT_RULE_DIALOG (plt_layout_rule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PltLayoutRuleDialog, plt_layout_rule_dialog, PLT, LAYOUT_RULE_DIALOG, AdwWindow)

/* Signal "proposed" when the database has taken it. Present it with gtk_window_present(). */
GtkWindow *plt_layout_rule_dialog_new (GtkWidget *parent,
                                       PltOffice *office);

G_END_DECLS
