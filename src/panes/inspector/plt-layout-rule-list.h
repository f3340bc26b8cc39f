/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules that say which layout an application gets, and what administrators and supervisors do with them. */
#pragma once

#include "plt-office.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PLT_TYPE_LAYOUT_RULE_LIST (plt_layout_rule_list_get_type ())
G_DECLARE_FINAL_TYPE (PltLayoutRuleList, plt_layout_rule_list, PLT, LAYOUT_RULE_LIST, AdwBin)

/* Once, before it is loaded. */
void plt_layout_rule_list_set_office (PltLayoutRuleList *self,
                                      PltOffice         *office);
/* Reads the rules anew. */
void plt_layout_rule_list_load       (PltLayoutRuleList *self);

G_END_DECLS
