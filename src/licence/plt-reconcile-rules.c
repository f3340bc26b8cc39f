/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of reconciliation as data. */
#include "plt-reconcile-rules.h"

typedef struct
{
  PltDifference difference;
  int           field;
  int           source;
  PltDate       from;
  PltDate       to;
} Rule;

struct _PltReconcileRules
{
  GArray *rules;
};

/* A list without any rule: nothing is resolved. */
PltReconcileRules *
plt_reconcile_rules_new (void)
{
  PltReconcileRules *self = g_atomic_rc_box_new0 (PltReconcileRules);

  self->rules = g_array_new (FALSE, FALSE, sizeof (Rule));

  return self;
}

/**
 * plt_reconcile_rules_new_shipped:
 *
 * Returns: (transfer full): the safe kinds, for every field and without an end, as the office
 *   database is delivered; what is used where no database has said otherwise
 */
PltReconcileRules *
plt_reconcile_rules_new_shipped (void)
{
  PltReconcileRules *self = plt_reconcile_rules_new ();
  const PltDate always = { 0, 0, 0 };

  for (PltDifference i = PLT_DIFFERENCE_CASE; i <= PLT_DIFFERENCE_STALE_ADDRESS; i++)
    plt_reconcile_rules_add (self, i, PLT_ANY_FIELD, PLT_ANY_SOURCE, always, always);

  return self;
}

PltReconcileRules *
plt_reconcile_rules_ref (PltReconcileRules *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_rules (gpointer data)
{
  g_array_unref (((PltReconcileRules *) data)->rules);
}

void
plt_reconcile_rules_unref (PltReconcileRules *self)
{
  g_atomic_rc_box_release_full (self, clear_rules);
}

/**
 * plt_reconcile_rules_add:
 * @self: rules not yet handed on
 * @difference: a kind
 * @field: a #PltField, or %PLT_ANY_FIELD
 * @source: the registry whose value gives way, or %PLT_ANY_SOURCE for a safe kind
 * @from: the first day, unset for always
 * @to: the last day, unset for no end
 *
 * A row that would resolve what only people may (plt_difference_may_learn()) is left out: no
 * database can make this program do it.
 */
void
plt_reconcile_rules_add (PltReconcileRules *self,
                         PltDifference      difference,
                         int                field,
                         int                source,
                         PltDate            from,
                         PltDate            to)
{
  Rule rule = { difference, field, source, from, to };
  gboolean safe = plt_difference_get_outcome (difference) == PLT_OUTCOME_RESOLVED;

  if (!safe && (field == PLT_ANY_FIELD || source == PLT_ANY_SOURCE ||
                !plt_difference_may_learn (difference, (PltField) field)))
    return;
  g_array_append_val (self->rules, rule);
}

static gboolean
is_in_force (const Rule *rule,
             PltDate     day)
{
  if (!plt_date_is_set (day))
    return !plt_date_is_set (rule->to);

  return (!plt_date_is_set (rule->from) || plt_date_compare (rule->from, day) <= 0) &&
         (!plt_date_is_set (rule->to) || plt_date_compare (day, rule->to) <= 0);
}

/**
 * plt_reconcile_rules_has:
 * @self: rules
 * @difference: a kind
 * @field: where it stands
 * @source: the registry whose value would give way, or %PLT_ANY_SOURCE
 * @day: the day for which it is asked; unset: only what has no end
 *
 * Returns: whether a rule in force resolves it
 */
gboolean
plt_reconcile_rules_has (PltReconcileRules *self,
                         PltDifference      difference,
                         PltField           field,
                         int                source,
                         PltDate            day)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);

      if (rule->difference == difference && rule->source == source &&
          (rule->field == PLT_ANY_FIELD || rule->field == (int) field) && is_in_force (rule, day))
        return TRUE;
    }

  return FALSE;
}
