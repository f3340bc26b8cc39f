/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which card somebody has in the hand. */
#include "plt-card-of-code.h"

#include <json-glib/json-glib.h>

#include "plt-office-ask.h"

void
plt_card_of_code_async (PltOffice           *office,
                        const char          *scan,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  static const PltOfficeAsk ask = { "card-of-code", 1 };

  g_return_if_fail (PLT_IS_OFFICE (office));
  g_return_if_fail (scan != NULL);

  plt_office_ask_async (office, &ask, (const char * const[]) { scan }, cancellable, callback, user_data);
}

char *
plt_card_of_code_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_autofree char *json = plt_office_ask_finish (result, error);
  g_autoptr (JsonNode) root = json != NULL ? json_from_string (json, NULL) : NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (root), "card", NULL));
}
