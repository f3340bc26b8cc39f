/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-press-keys.h"

#include <json-glib/json-glib.h>

static void
add_key (JsonBuilder       *builder,
         const PltPressKey *key)
{
  g_autofree char *certificate = plt_issuer_key_dup_certificate_hash (key->key);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "part");
  json_builder_add_string_value (builder, key->part);
  json_builder_set_member_name (builder, "key");
  json_builder_add_string_value (builder, plt_issuer_key_get_key_id (key->key));
  if (certificate != NULL)
    {
      json_builder_set_member_name (builder, "certificate");
      json_builder_add_string_value (builder, certificate);
    }
  json_builder_end_object (builder);
}

char *
plt_press_keys_to_json (const PltPressKey *keys,
                        guint              n_keys)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < n_keys; i++)
    if (keys[i].key != NULL)
      add_key (builder, &keys[i]);
  json_builder_end_array (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}
