/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was decided where the registries differ, the rules that come of it, and linked numbers. */
#include "plt-decisions.h"

#include "plt-office-ask.h"
#include "plt-office-private.h"
#include "plt-session.h"
#include "plt-store-decisions.h"

#define RULES_KEY "plt-reconcile-rules"
#define READING_KEY "plt-reconcile-rules-reading"

static const PltOfficeAsk acts[] = {
  [PLT_DECISIONS_OF_APPLICATION] = { "decision-list", 1 },
  [PLT_DECISIONS_RULES] = { "rule-learned", 0 },
  [PLT_DECISIONS_PROPOSALS] = { "rule-proposals", 0 },
  [PLT_DECISIONS_RULE_CASES] = { "rule-cases", 2 },
  [PLT_DECISIONS_ACCEPT_RULE] = { "rule-accept", 5 },
  [PLT_DECISIONS_END_RULE] = { "rule-end", 2 },
  [PLT_DECISIONS_LINKS] = { "link-list", 1 },
  [PLT_DECISIONS_LINK] = { "link-propose", 3 },
  [PLT_DECISIONS_PART] = { "link-part", 2 },
  [PLT_DECISIONS_ANSWER_LINK] = { "link-decide", 3 },
  [PLT_DECISIONS_EXCEPTIONS] = { "exception-waiting", 0 },
  [PLT_DECISIONS_EXCEPTION] = { "exception-decide", 3 },
};

void
plt_decisions_run_async (PltOffice            *office,
                         PltDecisionsAct       act,
                         const char * const   *arguments,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail ((int) act >= 0 && act < G_N_ELEMENTS (acts));

  plt_office_ask_async (office, &acts[act], arguments, cancellable, callback, user_data);
}

char *
plt_decisions_run_finish (GAsyncResult  *result,
                          GError       **error)
{
  return plt_office_ask_finish (result, error);
}

static void
keep_rules (PltOffice         *office,
            PltReconcileRules *rules)
{
  g_object_set_data_full (G_OBJECT (office), RULES_KEY, rules,
                          (GDestroyNotify) plt_reconcile_rules_unref);
}

static void
rules_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PltOffice) office = user_data;
  g_autoptr (GError) error = NULL;
  PltReconcileRules *rules = plt_store_read_rules_finish (PLT_STORE (source), result, &error);

  g_object_set_data (G_OBJECT (office), READING_KEY, NULL);
  if (rules != NULL)
    keep_rules (office, rules);
  else
    g_info ("The rules of reconciliation were not read: %s", error->message);
}

PltReconcileRules *
plt_decisions_get_rules (PltOffice *office)
{
  g_return_val_if_fail (PLT_IS_OFFICE (office), NULL);

  if (g_object_get_data (G_OBJECT (office), RULES_KEY) == NULL)
    keep_rules (office, plt_reconcile_rules_new_shipped ());
  if (plt_session_is_signed_in (plt_office_get_session (office)) &&
      g_object_get_data (G_OBJECT (office), READING_KEY) == NULL)
    {
      g_object_set_data (G_OBJECT (office), READING_KEY, GINT_TO_POINTER (1));
      plt_store_read_rules_async (plt_office_get_store (office), NULL, rules_read_cb,
                                  g_object_ref (office));
    }

  return g_object_get_data (G_OBJECT (office), RULES_KEY);
}
