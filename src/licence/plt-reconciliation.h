/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares what the sources said, field by field. It keeps every source's value, the chosen
 * one, who chose it, and why. Rules resolve what is safe (case, diacritics, hyphens, an older
 * address); what a document must prove is proposed to the clerk; what could change who the person
 * is or what they may drive stops for a supervisor. Pure: same answers and rules, same result. */
#pragma once

#include "plt-difference.h"
#include "plt-reconcile-rules.h"
#include "plt-source-answer.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_CHOICE_NONE,   /* "none": no source has a value */
  PLT_CHOICE_ONLY,   /* "only": one source alone has a value */
  PLT_CHOICE_AGREED, /* "agreed": all that have a value say the same */
  PLT_CHOICE_RULE,   /* "rule": they differ, and a rule chose */
  PLT_CHOICE_PERSON, /* "person": they differ, and a person chose, with a reason */
  PLT_CHOICE_OPEN,   /* "open": they differ, and nobody has chosen yet */
} PltChoice;

#define PLT_TYPE_RECONCILED_FIELD (plt_reconciled_field_get_type ())
G_DECLARE_FINAL_TYPE (PltReconciledField, plt_reconciled_field, PLT, RECONCILED_FIELD, GObject)

/* Readable as GObject properties too: "field-title", "value", "choice", "rule", "reason",
 * "identity-value", "driver-value", "infringement-value". */
PltReconciledField *plt_reconciled_field_new        (PltField             field,
                                                     const char          *values[PLT_N_SOURCES],
                                                     const char          *value,
                                                     PltChoice            choice,
                                                     const char          *rule,
                                                     const char          *reason);
PltField    plt_reconciled_field_get_field          (PltReconciledField *self);
const char *plt_reconciled_field_get_source_value   (PltReconciledField *self,
                                                     PltSource           source);
const char *plt_reconciled_field_get_value          (PltReconciledField *self);
PltChoice   plt_reconciled_field_get_choice         (PltReconciledField *self);
const char *plt_reconciled_field_get_rule           (PltReconciledField *self);
const char *plt_reconciled_field_get_reason         (PltReconciledField *self);

/* What kind of difference there is, and what may be done about it. */
PltDifference plt_reconciled_field_get_difference   (PltReconciledField *self);
PltOutcome  plt_reconciled_field_get_outcome        (PltReconciledField *self);
void        plt_reconciled_field_set_difference     (PltReconciledField *self,
                                                     PltDifference       difference,
                                                     PltOutcome          outcome);
char       *plt_reconciled_field_dup_why            (PltReconciledField *self);

const char *plt_choice_to_nick                      (PltChoice           choice);
gboolean    plt_choice_from_nick                    (const char         *nick,
                                                     PltChoice          *choice);

/* (element-type PltReconciledField) (transfer full): one row per person field, in enum order.
 * Answers may be NULL (not asked); only ANSWERED ones count. The first is by the shipped rules. */
GPtrArray  *plt_reconcile                           (PltSourceAnswer    *answers[PLT_N_SOURCES]);
GPtrArray  *plt_reconcile_by_rules                  (PltSourceAnswer    *answers[PLT_N_SOURCES],
                                                     PltReconcileRules  *rules,
                                                     PltDate             today);

G_END_DECLS
