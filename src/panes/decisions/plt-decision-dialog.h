/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people decided where the registries differ, newest first: who, when, between which values, why,
 * what a rule had chosen before, and what was undone. A window of its own, made when it is asked for. */
#pragma once

#include <gtk/gtk.h>

#include "plt-decision-records.h"
#include "plt-office.h"

G_BEGIN_DECLS

/* @number: of an application. @field: a PltField, or PLT_NO_FIELD for all of them. */
void plt_decision_dialog_show_application (GtkWidget               *parent,
                                           PltOffice               *office,
                                           const char              *number,
                                           int                      field);
/* The past cases that @rule, or what could become one, is about. */
void plt_decision_dialog_show_rule        (GtkWidget               *parent,
                                           PltOffice               *office,
                                           const PltDifferenceRule *rule);

/* One past case as a row of a list: whose application, what was decided, and whether a rule that lets
 * @source give way would have done the same. */
GtkWidget *plt_decision_case_row_new      (const PltDecision       *decision,
                                           int                      source);

G_END_DECLS
