/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The characters that the texts of a layout file may hold: none that cannot be seen. A line break may
 * stand in a paragraph, and with tabs where it only parts what a machine reads. */
#include "plt-layout-members.h"

#include <glib/gi18n-lib.h>

static void check_node (const PltLayoutText *text, JsonNode *node, const char *path, gboolean is_spaced);

/* Joiners shape letters, and the two marks of direction order a title of two scripts. */
static gboolean
is_control (gunichar letter)
{
  switch (g_unichar_type (letter))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    case G_UNICODE_FORMAT:
      return letter < 0x200c || letter > 0x200f;
    default:
      return letter == 0xfffc || letter == 0xfffd;
    }
}

static gboolean
is_space (gunichar letter)
{
  return letter == '\t' || letter == '\n' || letter == '\r';
}

/* @is_spaced: whether tabs and line breaks may stand in it. */
static void
check_text (const PltLayoutText *text,
            const char          *string,
            const char          *path,
            gboolean             is_spaced)
{
  for (const char *p = string; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (!is_control (letter) || (is_spaced && is_space (letter)))
        continue;
      plt_layout_text_fail (text, path,
                            /* Translators: which character of a text, and its code, such as 0007. */
                            _("its character %ld is the control character U+%04X; leave it out"),
                            g_utf8_pointer_to_offset (string, p) + 1, letter);
      return;
    }
}

/* Spaces of these are judged where they are read, or mean nothing. */
static gboolean
may_be_spaced (const char *name)
{
  static const char *const names[] = { "text", "path", "when", "track_1", "track_2", "track_3", NULL };

  return g_strv_contains (names, name);
}

/* A comment is nobody's business, and what a Data Matrix holds is the reader's. */
static gboolean
may_hold_anything (JsonObject *object,
                   const char *name)
{
  JsonNode *type = json_object_get_member (object, "type");

  if (g_str_equal (name, "comment"))
    return TRUE;
  return g_str_equal (name, "text") && type != NULL && JSON_NODE_HOLDS_VALUE (type)
         && json_node_get_value_type (type) == G_TYPE_STRING
         && g_str_equal (json_node_get_string (type), "datamatrix");
}

static void
check_object (const PltLayoutText *text,
              JsonObject          *object,
              const char          *path)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *member_path = plt_layout_member_path (path, l->data);

      if (may_hold_anything (object, l->data))
        continue;
      check_text (text, l->data, member_path, FALSE);
      check_node (text, json_object_get_member (object, l->data), member_path,
                  may_be_spaced (l->data));
    }
}

static void
check_node (const PltLayoutText *text,
            JsonNode            *node,
            const char          *path,
            gboolean             is_spaced)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    check_object (text, json_node_get_object (node), path);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        g_autofree char *item = g_strdup_printf ("%s[%u]", path, i);

        check_node (text, json_array_get_element (json_node_get_array (node), i), item, FALSE);
      }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    check_text (text, json_node_get_string (node), path, is_spaced);
}

/* Every text of the file, and every name of a member. */
void
plt_layout_check_characters (const PltLayoutText *text,
                             JsonObject          *root)
{
  check_object (text, root, "");
}

/* Words of one line, such as those of a text that is no paragraph. */
void
plt_layout_check_line (const PltLayoutText *text,
                       const char          *words,
                       const char          *path)
{
  for (const char *p = words; *p != '\0'; p++)
    if (is_space ((guchar) *p))
      {
        plt_layout_text_fail (text, path,
                              /* Translators: the code of a character, such as 000A. */
                              _("it holds the control character U+%04X; it has one line: leave it out "
                                "or make it a “paragraph”, where \\n begins a new line"), (guint) *p);
        return;
      }
}
