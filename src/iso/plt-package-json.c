/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads JSON that somebody else wrote, bounded in size and in depth. */
#include "plt-package-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DEPTH 16

/* json-glib goes down by calling itself, however deep. */
static gboolean
is_shallow (const char *text,
            gsize       length)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!quoted && (text[i] == '}' || text[i] == ']'))
        depth--;
      if (depth > MAX_DEPTH)
        return FALSE;
    }
  return TRUE;
}

/**
 * plt_package_json_parse:
 * @limit: bytes
 * @error: %PLT_ISO_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): a root that is an object
 */
JsonNode *
plt_package_json_parse (GBytes  *json,
                        gsize    limit,
                        GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *text = g_bytes_get_data (json, &length);

  if (length > 0 && length <= limit && memchr (text, '\0', length) == NULL &&
      is_shallow (text, length) && g_utf8_validate (text, (gssize) length, NULL) &&
      json_parser_load_from_data (parser, text, (gssize) length, NULL) &&
      json_parser_get_root (parser) != NULL &&
      JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return json_parser_steal_root (parser);
  g_set_error_literal (error, PLT_ISO_ERROR, PLT_ISO_ERROR_INVALID,
                       _("It is not JSON that can be read."));
  return NULL;
}

JsonObject *
plt_package_json_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
is_plain (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (text[i] < 0x20 || text[i] > 0x7E)
      return FALSE;
  return length > 0 && length <= PLT_PACKAGE_MAX_TEXT;
}

const char *
plt_package_json_text (JsonObject *object,
                       const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  const char *text = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                         json_node_get_value_type (node) == G_TYPE_STRING
                       ? json_node_get_string (node)
                       : NULL;

  return text != NULL && is_plain (text) ? text : NULL;
}

gboolean
plt_package_json_number (JsonObject *object,
                         const char *name,
                         gint64     *number)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_int (node);
  return TRUE;
}

JsonArray *
plt_package_json_array (JsonObject *object,
                        const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
plt_package_is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}
