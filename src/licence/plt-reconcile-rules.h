/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of reconciliation as data: which kinds of difference a rule may resolve, since when
 * and until when, and which decisions of people have become rules of an office. The office database
 * has them as rows and asks them again; see data/schema/README.md. */
#pragma once

#include "plt-date.h"
#include "plt-difference.h"

G_BEGIN_DECLS

#define PLT_ANY_FIELD -1
#define PLT_ANY_SOURCE -1

typedef struct _PltReconcileRules PltReconcileRules;

PltReconcileRules *plt_reconcile_rules_new         (void);
PltReconcileRules *plt_reconcile_rules_new_shipped (void);
PltReconcileRules *plt_reconcile_rules_ref         (PltReconcileRules *self);
void               plt_reconcile_rules_unref       (PltReconcileRules *self);
void               plt_reconcile_rules_add         (PltReconcileRules *self,
                                                    PltDifference      difference,
                                                    int                field,
                                                    int                source,
                                                    PltDate            from,
                                                    PltDate            to);
gboolean           plt_reconcile_rules_has         (PltReconcileRules *self,
                                                    PltDifference      difference,
                                                    PltField           field,
                                                    int                source,
                                                    PltDate            day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltReconcileRules, plt_reconcile_rules_unref)

G_END_DECLS
