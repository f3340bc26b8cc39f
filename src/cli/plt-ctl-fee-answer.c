/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-ctl-fee-answer.h"

#include <string.h>

char *
plt_ctl_fee_ask (PltCtl             *ctl,
                 PltFeeAct           what,
                 const char *const  *words,
                 GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plt_fees_act_async (ctl->office, what, words, NULL, plt_ctl_ready_cb, &result);
  return plt_fees_act_finish (plt_ctl_await (&result), error);
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

PltCtlStatus
plt_ctl_fee_act (PltCtl             *ctl,
                 PltFeeAct           what,
                 const char *const  *words,
                 GError            **error)
{
  g_autofree char *json = plt_ctl_fee_ask (ctl, what, words, error);

  return plt_ctl_fee_print (ctl, json, error);
}
