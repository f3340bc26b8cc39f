/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-ctl-fee-words.h"

#include "plt-ctl-word.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

static void spell_out (JsonNode *node);

static void
spell_element_cb (JsonArray *array,
                  guint      index,
                  JsonNode  *element,
                  gpointer   user_data)
{
  spell_out (element);
}

/* “due_text” takes the place of “due”, and “money” that of “amount”. */
static void
spell_members (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    {
      g_autofree char *plain = g_str_equal (name->data, "money") ? g_strdup ("amount")
                               : g_str_has_suffix (name->data, "_text")
                                 ? g_strndup (name->data, strlen (name->data) - strlen ("_text")) : NULL;

      if (plain == NULL)
        spell_out (json_object_get_member (object, name->data));
      else if (json_object_has_member (object, plain))
        {
          g_autofree char *member = g_strdup (name->data);
          JsonNode *text = json_object_dup_member (object, member);

          json_object_set_member (object, plain, text);
          json_object_remove_member (object, member);
        }
    }
}

static void
spell_out (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), spell_element_cb, NULL);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    spell_members (json_node_get_object (node));
}

PltCtlStatus
plt_ctl_fee_print (PltCtl      *ctl,
                   const char  *json,
                   GError     **error)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, error) : NULL;

  if (node == NULL)
    return PLT_CTL_REFUSED;
  if (!ctl->json)
    spell_out (node);
  plt_ctl_print (ctl, node);

  return PLT_CTL_DONE;
}
