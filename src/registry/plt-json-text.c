/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what is wrong with text that is not JSON, and finds nodes in what is. */
#include "plt-json-text.h"

#include "plt-json-reader.h"

#include <glib/gi18n-lib.h>

/**
 * plt_json_text_parse:
 * @text: bytes of a JSON document; need not end with NUL, %NULL if there are none
 * @length: how many
 * @error: %G_IO_ERROR_INVALID_DATA: the line and what is wrong there, never the text itself
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
  g_autoptr (JsonNode) root = NULL;
  PltJsonPlace place;

  if (length == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("it is empty"));
      return NULL;
    }

  root = plt_json_reader_read (text, length, &place);
  if (root != NULL && place.twice == 0)
    return g_steal_pointer (&root);
  if (root != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("the object that ends on line %d has a member twice"), place.twice);
  else if (!g_utf8_validate_len (text, length, NULL))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("it is not UTF-8 text"));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("line %d is not well-formed JSON"), place.line);

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
