/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what is wrong with text that is not JSON, and finds nodes in what is. */
#include "plt-json-text.h"

#include "plt-json-reader.h"

#include <glib/gi18n-lib.h>

static char *
describe (PltJsonFault  fault,
          const char   *text,
          gsize         length)
{
  int line = fault >= PLT_JSON_FAULT_TWICE ? plt_json_reader_find_line (text, length, fault) : 0;

  switch (fault)
    {
    case PLT_JSON_FAULT_EMPTY:
      return g_strdup (_("it is empty"));
    case PLT_JSON_FAULT_ENCODING:
      return g_strdup (_("it is not UTF-8 text"));
    case PLT_JSON_FAULT_TEXT:
      return g_strdup (_("a text in it has no end, or a line break or another control character in it"));
    case PLT_JSON_FAULT_DEPTH:
      return g_strdup_printf (_("it is nested more than %d levels deep"), PLT_JSON_MAX_DEPTH);
    case PLT_JSON_FAULT_TWICE:
      return g_strdup_printf (_("an object has a member twice, again on line %d"), line);
    case PLT_JSON_FAULT_NONE:
    case PLT_JSON_FAULT_FORM:
    default:
      return line > 0 ? g_strdup_printf (_("line %d is not well-formed JSON"), line)
                      : g_strdup (_("it is not well-formed JSON"));
    }
}

/**
 * plt_json_text_parse:
 * @text: bytes of a JSON document; need not end with NUL, %NULL if there are none
 * @length: how many
 * @error: %G_IO_ERROR_INVALID_DATA: what is wrong and on which line, never the text itself
 *
 * Stricter than json-glib: no byte that is no UTF-8, no comment, no number with leading zeros or
 * too large for 64 bits, no half surrogate, no NUL, no member twice, no nesting deeper than
 * %PLT_JSON_MAX_DEPTH. Does no I/O and may run in any thread.
 *
 * Returns: (transfer full) (nullable): the root
 */
JsonNode *
plt_json_text_parse (const char  *text,
                     gsize        length,
                     GError     **error)
{
  PltJsonFault fault;
  g_autofree char *words = NULL;
  JsonNode *root = plt_json_reader_read (text, length, &fault);

  if (root != NULL)
    return root;
  words = describe (fault, text, length);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, words);

  return NULL;
}

/* "~1" is "/" and "~0" is "~", in this order. */
static char *
unescape_token (const char *token)
{
  GString *plain = g_string_new (token);

  g_string_replace (plain, "~1", "/", 0);
  g_string_replace (plain, "~0", "~", 0);

  return g_string_free (plain, FALSE);
}

static JsonNode *
step (JsonNode   *node,
      const char *token)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), token);
  if (!JSON_NODE_HOLDS_ARRAY (node) || (token[0] == '0' && token[1] != '\0'))
    return NULL;

  JsonArray *array = json_node_get_array (node);
  guint64 index;

  if (!g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT, &index, NULL) ||
      index >= json_array_get_length (array))
    return NULL;

  return json_array_get_element (array, (guint) index);
}

/**
 * plt_json_text_find:
 * @root: (nullable): where the pointer starts
 * @pointer: a valid JSON Pointer (RFC 6901)
 *
 * Returns: (transfer none) (nullable): the node; %NULL if nothing stands there or if it is null
 */
JsonNode *
plt_json_text_find (JsonNode   *root,
                    const char *pointer)
{
  g_auto (GStrv) tokens = g_strsplit (pointer, "/", -1);
  JsonNode *node = root;

  for (guint i = 1; node != NULL && tokens[0] != NULL && tokens[i] != NULL; i++)
    {
      g_autofree char *token = unescape_token (tokens[i]);

      node = step (node, token);
    }

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

/**
 * plt_json_pointer_is_valid:
 * @pointer: text
 *
 * Returns: whether it is a JSON Pointer by the grammar of RFC 6901, section 3
 */
gboolean
plt_json_pointer_is_valid (const char *pointer)
{
  if (*pointer != '\0' && *pointer != '/')
    return FALSE;

  for (const char *at = strchr (pointer, '~'); at != NULL; at = strchr (at + 1, '~'))
    {
      if (at[1] != '0' && at[1] != '1')
        return FALSE;
    }

  return TRUE;
}
