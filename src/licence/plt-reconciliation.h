/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares what the sources said, field by field. It keeps every source's value, the chosen
 * one, and who chose it. Rules resolve what is safe (case, diacritics, white space, an older
 * address); what could change who the person is or what they may drive is left open for a
 * person: dates, sex, different names, death, categories. Pure: same answers, same result. */
#pragma once

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

const char *plt_choice_to_nick                      (PltChoice           choice);
gboolean    plt_choice_from_nick                    (const char         *nick,
                                                     PltChoice          *choice);

/* (element-type PltReconciledField) (transfer full): one row per person field, in enum order.
 * Answers may be NULL (not asked); only ANSWERED ones count. */
GPtrArray  *plt_reconcile                           (PltSourceAnswer    *answers[PLT_N_SOURCES]);

/* Proposes how to split the differing values of one person field; used by plt_reconcile(). */
gboolean    plt_reconcile_same                      (PltField            field,
                                                     const char         *a,
                                                     const char         *b,
                                                     const char        **rule);

G_END_DECLS
