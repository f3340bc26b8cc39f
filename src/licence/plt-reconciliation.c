/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares what the sources said, field by field, and resolves what a rule may resolve. */
#include "plt-reconciliation.h"

#include "plt-reconcile-pair.h"

#include <string.h>

/* The answers of which one field is compared, and the registry that a rule leaves out. */
typedef struct
{
  PltSourceAnswer   **answers;
  PltReconcileRules  *rules;
  PltDate             today;
  PltField            field;
  const char         *values[PLT_N_SOURCES];
} Comparison;

/* The identity registry is the first source, and the preferred one for persons; what the applicant
 * stated is never preferred. */
static const char *
find_preferred (const Comparison *self,
                int               left_out)
{
  for (int i = 0; i < PLT_N_SOURCES; i++)
    if (self->values[i] != NULL && i != left_out && !plt_source_is_applicant (i))
      return self->values[i];

  return NULL;
}

static int
count_values (const Comparison *self)
{
  int n_values = 0;

  for (int i = 0; i < PLT_N_SOURCES; i++)
    n_values += self->values[i] != NULL;

  return n_values;
}

/* The weightiest difference of all pairs: forgiving is not transitive (Ø is O, and Ø is OE). */
static PltDifference
compare_all (const Comparison *self,
             int               left_out)
{
  PltDifference weightiest = PLT_DIFFERENCE_NONE;

  for (int i = 0; i < PLT_N_SOURCES; i++)
    for (int j = i + 1; j < PLT_N_SOURCES; j++)
      if (self->values[i] != NULL && self->values[j] != NULL && i != left_out && j != left_out)
        weightiest = MAX (weightiest, plt_reconcile_pair (self->field, self->answers[i],
                                                          self->answers[j]));
  if (weightiest == PLT_DIFFERENCE_OTHER_ADDRESS && self->values[PLT_SOURCE_IDENTITY] != NULL &&
      left_out != PLT_SOURCE_IDENTITY)
    return PLT_DIFFERENCE_STALE_ADDRESS;

  return weightiest;
}

/* Whether a rule resolves a difference of spelling, or there is none. */
static gboolean
is_resolved (const Comparison *self,
             PltDifference     difference)
{
  return difference == PLT_DIFFERENCE_NONE ||
         plt_reconcile_rules_has (self->rules, difference, self->field, PLT_ANY_SOURCE,
                                  self->today);
}

/* A learned rule says whose value gives way; what is left must be resolved by itself. */
static int
find_giving_way (const Comparison *self,
                 PltDifference     difference)
{
  for (int i = 0; i < PLT_N_SOURCES; i++)
    if (self->values[i] != NULL && find_preferred (self, i) != NULL &&
        plt_reconcile_rules_has (self->rules, difference, self->field, i, self->today) &&
        is_resolved (self, compare_all (self, i)))
      return i;

  return -1;
}

static PltReconciledField *
new_field (const Comparison *self,
           const char       *value,
           PltChoice         choice,
           PltDifference     difference,
           PltOutcome        outcome)
{
  const char *rule = choice == PLT_CHOICE_RULE ? plt_difference_to_nick (difference) : NULL;
  PltReconciledField *field = plt_reconciled_field_new (self->field, (const char **) self->values,
                                                        value, choice, rule, NULL);

  plt_reconciled_field_set_difference (field, difference, outcome);

  return field;
}

static PltReconciledField *
reconcile_field (const Comparison *self)
{
  int n_values = count_values (self);
  const char *preferred = find_preferred (self, -1);
  PltDifference difference;
  int giving_way;

  if (n_values <= 1)
    return new_field (self, preferred, n_values == 0 ? PLT_CHOICE_NONE : PLT_CHOICE_ONLY,
                      PLT_DIFFERENCE_NONE, PLT_OUTCOME_RESOLVED);
  difference = compare_all (self, -1);
  if (difference == PLT_DIFFERENCE_NONE)
    return new_field (self, preferred, PLT_CHOICE_AGREED, difference, PLT_OUTCOME_RESOLVED);
  if (is_resolved (self, difference))
    return new_field (self, preferred, PLT_CHOICE_RULE, difference, PLT_OUTCOME_RESOLVED);
  giving_way = find_giving_way (self, difference);
  if (giving_way >= 0)
    return new_field (self, find_preferred (self, giving_way), PLT_CHOICE_RULE, difference,
                      PLT_OUTCOME_RESOLVED);

  return new_field (self, NULL, PLT_CHOICE_OPEN, difference,
                    MAX (plt_difference_get_outcome (difference), PLT_OUTCOME_PROPOSED));
}

/**
 * plt_reconcile_by_rules:
 * @answers: by source; %NULL where a registry was not asked, and only answers in state
 *   %PLT_SOURCE_STATE_ANSWERED count
 * @rules: what may be resolved
 * @today: the day for which rules must be in force; unset: only those without an end
 *
 * Where a rule resolves the difference the identity registry's value is chosen, or else the driver
 * register's, and never what the applicant stated, which counts only beside a registry's value; a
 * learned rule leaves one registry's value out. Anything else that differs stays
 * %PLT_CHOICE_OPEN, without a value. It looks at no clock and keeps no state.
 *
 * Returns: (transfer full) (element-type PltReconciledField): one row per person field, in enum
 *   order
 */
GPtrArray *
plt_reconcile_by_rules (PltSourceAnswer   *answers[PLT_N_SOURCES],
                        PltReconcileRules *rules,
                        PltDate            today)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (answers != NULL && rules != NULL, rows);

  for (PltField field = 0; field < PLT_N_FIELDS; field++)
    {
      Comparison comparison = { answers, rules, today, field, { NULL } };

      if (!plt_field_is_person (field))
        continue;
      for (int i = 0; i < PLT_N_SOURCES; i++)
        if (answers[i] != NULL &&
            plt_source_answer_get_state (answers[i]) == PLT_SOURCE_STATE_ANSWERED)
          comparison.values[i] = plt_source_answer_get_field (answers[i], field);
      /* What the applicant alone says counts for nothing. */
      if (find_preferred (&comparison, -1) == NULL)
        memset (comparison.values, 0, sizeof comparison.values);
      g_ptr_array_add (rows, reconcile_field (&comparison));
    }

  return rows;
}

/* By the shipped rules, of which none has an end. */
GPtrArray *
plt_reconcile (PltSourceAnswer *answers[PLT_N_SOURCES])
{
  g_autoptr (PltReconcileRules) rules = plt_reconcile_rules_new_shipped ();

  return plt_reconcile_by_rules (answers, rules, (PltDate) { 0, 0, 0 });
}
