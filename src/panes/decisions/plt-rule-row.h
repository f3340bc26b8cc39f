/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule of reconciliation in a list, or what could become one: what it resolves, whose value gives
 * way, from when until when, by whose word. */
#pragma once

#include <gtk/gtk.h>

#include "plt-decision-records.h"

G_BEGIN_DECLS

/* @position: what its buttons' actions are given: "decisions.cases" (an office's own), and for a
 * supervisor "decisions.accept" (of a proposal) or "decisions.end" (of a rule that has not ended). */
GtkWidget *plt_rule_row_new   (const PltDifferenceRule *rule,
                               int                      position,
                               gboolean                 is_supervisor);
/* What the rule does, in a few words: "Misspelt name, Family name: Infringements gives way". */
char      *plt_rule_dup_title (const PltDifferenceRule *rule);
/* How it did so far, in sentences; of a proposal. */
char      *plt_rule_dup_effect (const PltDifferenceRule *rule);

G_END_DECLS
