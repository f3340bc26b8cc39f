/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema of layout files says what the reader does: it is made of the reader's tables, ships as it
 * is made, and the reader keeps to every bound of it. */
#include "plt-layout-schema.h"
#include "try-layout.h"

#include <json-glib/json-glib.h>
#include <string.h>

static char *
get_shipped_path (void)
{
  return g_build_filename (g_getenv ("PLATEN_SOURCE_ROOT"), "data", "layouts", "layout.schema.json",
                           NULL);
}

/* After a wanted change: PLATEN_UPDATE_GOLDEN=1. */
static void
test_shipped (void)
{
  g_autofree char *path = get_shipped_path ();
  g_autofree char *made = plt_layout_schema_to_json ();
  g_autofree char *shipped = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("PLATEN_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, made, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &shipped, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shipped, ==, made);
}

/* A value of the member that the schema allows; @past: one that it does not. NULL: there is none. */
static char *
make_value (JsonObject *member, const char *name, gboolean past)
{
  const char *type = json_object_get_string_member_with_default (member, "type", "");
  double least = json_object_get_double_member_with_default (member, "minimum", 0);

  if (g_str_equal (name, "font"))
    return g_strdup (past ? "3" : "\"text\"");
  if (g_str_equal (name, "pictogram"))
    return g_strdup (past ? "3" : "\"B\"");
  if (g_str_equal (name, "path"))
    return g_strdup (past ? "3" : "\"M0 0L1 1\"");
  if (g_str_equal (name, "columns"))
    return g_strdup (past ? "[1,1]" : "[1,1,1,1,1]");
  if (g_str_equal (name, "file") && !past)
    return g_strdup ("\"a.svg\"");
  if (g_str_equal (name, "size") && !past)
    return g_strdup ("8");
  if (json_object_has_member (member, "pattern"))
    return g_strdup (past ? "\"/\"" : "\"#102030\"");
  if (json_object_has_member (member, "enum"))
    return past ? g_strdup ("\"nothing\"")
                : g_strdup_printf ("\"%s\"", json_array_get_string_element (
                                     json_object_get_array_member (member, "enum"), 0));
  if (g_str_equal (type, "number") || g_str_equal (type, "integer"))
    return past ? g_strdup_printf ("%g", json_object_get_double_member (member, "maximum") + 1)
                : g_strdup_printf ("%g", least);
  return g_strdup (past ? "{}" : g_str_equal (type, "boolean") ? "true"
                   : g_str_equal (type, "array") ? "[]" : "\"a\"");
}

/* On the page; and the rows and columns of a table, and the cells of a zone, must have room in it. */
static const char *
find_place (const char *member, gboolean is_table)
{
  if (g_str_equal (member, "x") || g_str_equal (member, "y"))
    return "1";
  return is_table && (g_str_equal (member, "width") || g_str_equal (member, "height")) ? "40" : NULL;
}

/* The least that an element of the type must have, with @name (if any) set past its bounds, and
 * without @absent. */
static char *
make_element (JsonObject *type, const char *name, const char *absent)
{
  JsonObject *properties = json_object_get_object_member (type, "properties");
  JsonArray *required = json_object_get_array_member (type, "required");
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *constant = json_object_get_object_member (properties, "type");
  const char *const tables[] = { "categories", "mrz", NULL };
  gboolean is_table = g_strv_contains (tables, json_object_get_string_member (constant, "const"));

  g_string_append_printf (text, "{\"type\":\"%s\"", json_object_get_string_member (constant, "const"));
  for (guint i = 1; i < json_array_get_length (required); i++)
    {
      const char *member = json_array_get_string_element (required, i);
      g_autofree char *value = make_value (json_object_get_object_member (properties, member), member,
                                           FALSE);
      const char *place = find_place (member, is_table);

      if (g_strcmp0 (member, name) != 0 && g_strcmp0 (member, absent) != 0)
        g_string_append_printf (text, ",\"%s\":%s", member, place != NULL ? place : value);
    }
  if (name != NULL)
    {
      g_autofree char *value
        = json_object_has_member (properties, name)
          ? make_value (json_object_get_object_member (properties, name), name, TRUE) : g_strdup ("1");

      g_string_append_printf (text, ",\"%s\":%s", name, value);
    }
  g_string_append_c (text, '}');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check (const char *front, gboolean is_right)
{
  static const char *const files[] = {
    "a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>", NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PltLayout) layout = try_layout_new ("", front, files, &error);

  if ((layout != NULL) != is_right)
    g_error ("%s: %s", front, error != NULL ? error->message : "was read");
  if (!is_right)
    g_assert_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT);
}

/* Of every type: its least is read; each member past its bounds, each that is missing and one that no
 * element has are refused. */
static void
test_reader (void)
{
  g_autofree char *made = plt_layout_schema_to_json ();
  g_autoptr (JsonNode) root = json_from_string (made, NULL);
  JsonObject *definitions = json_object_get_object_member (json_node_get_object (root), "$defs");
  JsonArray *types = json_object_get_array_member (
    json_object_get_object_member (definitions, "element"), "oneOf");

  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      JsonObject *type = json_array_get_object_element (types, i);
      JsonObject *properties = json_object_get_object_member (type, "properties");
      JsonArray *required = json_object_get_array_member (type, "required");
      g_autoptr (GList) names = json_object_get_members (properties);
      g_autofree char *least = make_element (type, NULL, NULL);
      g_autofree char *foreign = make_element (type, "nobody", NULL);

      check (least, TRUE);
      check (foreign, FALSE);
      for (GList *l = names; l != NULL; l = l->next)
        {
          g_autofree char *past = make_element (type, l->data, NULL);

          if (!g_str_equal (l->data, "type") && !g_str_equal (l->data, "comment"))
            check (past, FALSE);
        }
      for (guint k = 1; k < json_array_get_length (required); k++)
        {
          g_autofree char *without
            = make_element (type, NULL, json_array_get_string_element (required, k));

          check (without, FALSE);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/schema/shipped", test_shipped);
  g_test_add_func ("/card/schema/reader", test_reader);
  return g_test_run ();
}
