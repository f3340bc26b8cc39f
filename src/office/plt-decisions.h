/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was decided where the registries differ: its history, the rules that come of it, and the
 * linking of two ID numbers of one person. The database decides who may; what comes back is JSON
 * text as data/schema/README.md describes it. */
#pragma once

#include "plt-office.h"
#include "plt-reconcile-rules.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_DECISIONS_OF_APPLICATION, /* number */
  PLT_DECISIONS_RULES,          /* - */
  PLT_DECISIONS_PROPOSALS,      /* - */
  PLT_DECISIONS_RULE_CASES,     /* kind, field */
  PLT_DECISIONS_ACCEPT_RULE,    /* kind, field, source, last day (ISO), reason */
  PLT_DECISIONS_END_RULE,       /* number of the rule, reason */
  PLT_DECISIONS_LINKS,          /* ID number or NULL */
  PLT_DECISIONS_LINK,           /* ID number that is kept, the other one, reason */
  PLT_DECISIONS_PART,           /* number of the link, reason */
  PLT_DECISIONS_ANSWER_LINK,    /* number of the link, "true" or "false", reason */
  PLT_DECISIONS_EXCEPTIONS,     /* - : those that wait */
  PLT_DECISIONS_EXCEPTION,      /* number of the exception, "true" or "false", reason */
} PltDecisionsAct;

/* @arguments: as above; the strings are copied. */
void  plt_decisions_run_async  (PltOffice            *office,
                                PltDecisionsAct       act,
                                const char * const   *arguments,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
char *plt_decisions_run_finish (GAsyncResult         *result,
                                GError              **error);

/* (transfer none): the office's rules of reconciliation, read anew in the background each time that
 * somebody asks; the shipped ones until they have come. */
PltReconcileRules *plt_decisions_get_rules (PltOffice *office);

G_END_DECLS
