/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-ctl-fee-words.h"

#include "plt-ctl-word.h"

#include <glib/gi18n-lib.h>

static const PltCtlWord members[] = {
  { "amount", N_("Amount") },
  { "bank", N_("By bank") },
  { "base", N_("Of") },
  { "cash", N_("In cash") },
  { "causes", N_("Causes") },
  { "change", N_("Change") },
  { "closed_at", N_("Closed at") },
  { "closed_by", N_("Closed by") },
  { "costs", N_("Costs") },
  { "counted_by", N_("Counted by") },
  { "counts", N_("Counts") },
  { "currency", N_("Currency") },
  { "day", N_("Day") },
  { "denominations", N_("Coins and notes") },
  { "due", N_("Due") },
  { "effect", N_("Effect") },
  { "explanation", N_("Explanation") },
  { "float", N_("Float") },
  { "from", N_("From") },
  { "holds", N_("Holds") },
  { "kinds", N_("Kinds") },
  { "law", N_("Law") },
  { "lines", N_("Lines") },
  { "max_days_late", N_("At most days late") },
  { "method", N_("Method") },
  { "mine", N_("Your shift") },
  { "min_days_late", N_("Days late") },
  { "net", N_("Net") },
  { "of_receipt", N_("Of receipt") },
  { "opened_at", N_("Opened at") },
  { "paid", N_("Paid") },
  { "part", N_("Part") },
  { "per_category", N_("For each category") },
  { "permille", N_("Per thousand") },
  { "proof", N_("Proof") },
  { "proposal", N_("Proposal") },
  { "receipt", N_("Receipt") },
  { "receipts", N_("Receipts") },
  { "reference", N_("Reference") },
  { "refunded", N_("Given back") },
  { "rest", N_("Left of it") },
  { "rules", N_("Rules") },
  { "seen", N_("Seen") },
  { "shift", N_("Shift") },
  { "shifts", N_("Shifts") },
  { "standing", N_("Standing") },
  { "times", N_("Times") },
  { "total", N_("Total") },
  { "variance", N_("Difference") },
  { "voided", N_("Voided") },
  { "waived", N_("Waived") },
  { "would_cost", N_("Would cost") },
};

static const PltCtlWord values[] = {
  { "altered", N_("altered: nobody wrote it so") },
  { "approved", N_("approved") },
  { "bank", N_("by bank") },
  { "card", N_("by card") },
  { "cash", N_("in cash") },
  { "closed", N_("closed") },
  { "counted", N_("counted, waits for a second person") },
  { "exemption", N_("exemption") },
  { "fee", N_("fee") },
  { "genuine", N_("genuine") },
  { "none", N_("no rule from here on") },
  { "open", N_("open") },
  { "partly", N_("genuine, a part was given back") },
  { "payment", N_("payment") },
  { "proposed", N_("waits for a second person") },
  { "reduction", N_("reduction") },
  { "refund", N_("refund") },
  { "refused", N_("refused") },
  { "reversed", N_("genuine, but voided or given back") },
  { "surcharge", N_("surcharge") },
  { "unknown", N_("unknown: no office wrote it") },
  { "void", N_("void") },
  { "waiver", N_("waiver") },
};

const char *
plt_ctl_word_fee_member (JsonObject *object,
                         const char *member)
{
  if (g_str_equal (member, "reference") && !json_object_has_member (object, "method"))
    return NULL;
  return PLT_CTL_WORD_FIND (members, member);
}

const char *
plt_ctl_word_fee (JsonObject *object,
                  const char *member,
                  const char *nick)
{
  static const char *const marks[] = { "effect", "method", "standing", "shift", "proposal", "of_receipt" };
  static const char *const named[] = { "effect", "method", "standing", "state", "what" };

  if (!g_strv_contains (named, member))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (json_object_has_member (object, marks[i]))
      return PLT_CTL_WORD_FIND (values, nick);
  return NULL;
}
