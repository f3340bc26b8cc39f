/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the JSON schema of layout files. What elements may have comes from their table, so the schema
 * cannot say otherwise than the reader; the head and the pages are written out. */
#include "plt-layout-schema.h"

#include "plt-layout-element-members.h"

#include <math.h>

#define COLOUR_PATTERN "^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$"
#define FILE_PATTERN "^[^./][^/]*$"

/* The head but for its elements: fonts, rules, pages. */
static const char head[] =
  "{\"$schema\":{\"type\":\"string\"},\"format\":{\"const\":1},"
  "\"id\":{\"type\":\"string\",\"pattern\":\"^[a-z0-9-]{1,63}$\"},"
  "\"version\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000000},"
  "\"title\":{\"type\":\"string\",\"minLength\":1},\"comment\":{},"
  "\"valid_from\":{\"$ref\":\"#/$defs/day\"},\"valid_to\":{\"$ref\":\"#/$defs/day\"},"
  "\"width\":{\"$ref\":\"#/$defs/length\"},\"height\":{\"$ref\":\"#/$defs/length\"},"
  "\"bleed\":{\"type\":\"number\",\"minimum\":0,\"maximum\":10},"
  "\"safe_margin\":{\"type\":\"number\",\"minimum\":0,\"maximum\":30},"
  "\"fonts\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
  "\"name\":{\"$ref\":\"#/$defs/words\"},\"families\":{\"$ref\":\"#/$defs/words\"},"
  "\"weight\":{\"enum\":[\"normal\",\"bold\"]},\"package\":{\"$ref\":\"#/$defs/words\"},"
  "\"files\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":1}},"
  "\"required\":[\"name\",\"families\",\"weight\",\"package\",\"files\"],"
  "\"additionalProperties\":false}},"
  "\"abbreviations\":{\"type\":\"object\",\"maxProperties\":20,\"additionalProperties\":{"
  "\"type\":\"object\",\"maxProperties\":500,"
  "\"additionalProperties\":{\"$ref\":\"#/$defs/words\"}}},"
  "\"hyphenation\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
  "\"language\":{\"$ref\":\"#/$defs/words\"},\"file\":{\"type\":\"string\",\"pattern\":\"" FILE_PATTERN
  "\"},\"package\":{\"$ref\":\"#/$defs/words\"}},"
  "\"required\":[\"language\",\"file\",\"package\"],\"additionalProperties\":false}},"
  "\"pictograms\":{\"type\":\"string\",\"pattern\":\"^[^/]+$\"},"
  "\"front\":{\"$ref\":\"#/$defs/elements\"},\"back\":{\"$ref\":\"#/$defs/elements\"},"
  "\"pages\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":64,\"items\":{\"type\":\"object\","
  "\"properties\":{\"title\":{\"$ref\":\"#/$defs/words\"},\"comment\":{},"
  "\"width\":{\"$ref\":\"#/$defs/length\"},\"height\":{\"$ref\":\"#/$defs/length\"},"
  "\"elements\":{\"$ref\":\"#/$defs/elements\"}},"
  "\"required\":[\"title\",\"elements\"],\"additionalProperties\":false}}}";

static const char sides[] =
  "[{\"required\":[\"front\",\"back\"],\"not\":{\"required\":[\"pages\"]}},"
  "{\"required\":[\"pages\"],\"not\":{\"anyOf\":[{\"required\":[\"front\"]},"
  "{\"required\":[\"back\"]}]}}]";

static const char definitions[] =
  "{\"words\":{\"type\":\"string\",\"minLength\":1},"
  "\"day\":{\"type\":\"string\",\"pattern\":\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"},"
  "\"length\":{\"type\":\"number\",\"minimum\":10,\"maximum\":500},"
  "\"elements\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/element\"}}}";

static JsonObject *
make_object (const char *type)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", type);
  return object;
}

/* 0.05 has no exact binary form; what is written is what the table says. */
static void
set_bound (JsonObject *object,
           const char *name,
           double      bound)
{
  if (fabs (bound - round (bound)) < 1e-9)
    json_object_set_int_member (object, name, (gint64) round (bound));
  else
    json_object_set_double_member (object, name, bound);
}

static JsonObject *
make_number (const PltElementMember *member,
             const char             *type)
{
  JsonObject *object = make_object (type);

  set_bound (object, "minimum", member->min);
  set_bound (object, "maximum", member->max);
  return object;
}

static JsonObject *
make_pattern (const char *pattern)
{
  JsonObject *object = make_object ("string");

  json_object_set_string_member (object, "pattern", pattern);
  return object;
}

static JsonObject *
make_choice (PltMemberKind kind)
{
  const char *const *choices = plt_element_get_choices (kind);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (int i = 0; choices[i] != NULL; i++)
    json_array_add_string_element (array, choices[i]);
  json_object_set_array_member (object, "enum", array);
  return object;
}

static JsonObject *
make_list (JsonObject *items,
           int         least,
           int         most)
{
  JsonObject *object = make_object ("array");

  json_object_set_object_member (object, "items", items);
  json_object_set_int_member (object, "minItems", least);
  json_object_set_int_member (object, "maxItems", most);
  return object;
}

static JsonObject *
make_member (const PltElementMember *member)
{
  JsonObject *list;

  switch (member->kind)
    {
    case PLT_MEMBER_NUMBER: return make_number (member, "number");
    case PLT_MEMBER_INTEGER: return make_number (member, "integer");
    case PLT_MEMBER_COLOUR: return make_pattern (COLOUR_PATTERN);
    case PLT_MEMBER_FILE: return make_pattern (FILE_PATTERN);
    case PLT_MEMBER_BOOLEAN: return make_object ("boolean");
    case PLT_MEMBER_ALIGN:
    case PLT_MEMBER_PAYLOAD:
    case PLT_MEMBER_MANNER:
    case PLT_MEMBER_LAYER: return make_choice (member->kind);
    case PLT_MEMBER_FIT:
      list = make_list (make_choice (member->kind), 1, PLT_N_FIT_STEPS);
      json_object_set_boolean_member (list, "uniqueItems", TRUE);
      return list;
    case PLT_MEMBER_COLUMNS: return make_list (make_number (member, "number"), 5, 5);
    case PLT_MEMBER_STRINGS: return make_list (make_object ("string"), 1, PLT_MEMBER_MOST_STRINGS);
    case PLT_MEMBER_STRING:
    case PLT_MEMBER_TEMPLATE:
    case PLT_MEMBER_CONDITION:
    case PLT_MEMBER_PATH:
    default: return make_object ("string");
    }
}

static JsonObject *
make_element (int type)
{
  JsonObject *object = make_object ("object");
  JsonObject *properties = json_object_new (), *constant = json_object_new ();
  JsonArray *required = json_array_new ();
  gsize n = 0;
  const PltElementMember *members = plt_element_get_members (&n);

  json_object_set_string_member (constant, "const", plt_element_get_type_names ()[type]);
  json_object_set_object_member (properties, "type", constant);
  json_object_set_object_member (properties, "comment", json_object_new ());
  json_array_add_string_element (required, "type");
  for (gsize i = 0; i < n; i++)
    {
      if ((members[i].allowed & 1u << type) != 0)
        json_object_set_object_member (properties, members[i].name, make_member (&members[i]));
      if ((members[i].required & 1u << type) != 0)
        json_array_add_string_element (required, members[i].name);
    }
  json_object_set_object_member (object, "properties", properties);
  json_object_set_array_member (object, "required", required);
  json_object_set_boolean_member (object, "additionalProperties", FALSE);
  return object;
}

static JsonNode *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  return node;
}

static JsonNode *
make_definitions (void)
{
  JsonNode *node = parse (definitions);
  JsonObject *element = json_object_new ();
  JsonArray *types = json_array_new ();

  for (int type = 0; type < PLT_N_ELEMENT_TYPES; type++)
    json_array_add_object_element (types, make_element (type));
  json_object_set_array_member (element, "oneOf", types);
  json_object_set_object_member (json_node_get_object (node), "element", element);
  return node;
}

/* Returns: (transfer full): JSON, draft 2020-12, with a line break at its end. */
char *
plt_layout_schema_to_json (void)
{
  static const char *const required[] = { "format", "id", "version", "title", "fonts" };
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *json = NULL;
  JsonObject *object = make_object ("object");
  JsonArray *array = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    json_array_add_string_element (array, required[i]);
  json_object_set_string_member (object, "$schema", "https://json-schema.org/draft/2020-12/schema");
  json_object_set_string_member (object, "title", "Layout");
  json_object_set_member (object, "properties", parse (head));
  json_object_set_array_member (object, "required", array);
  json_object_set_member (object, "oneOf", parse (sides));
  json_object_set_boolean_member (object, "additionalProperties", FALSE);
  json_object_set_member (object, "$defs", make_definitions ());
  json_node_take_object (root, object);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 1);
  json = json_generator_to_data (generator, NULL);
  return g_strconcat (json, "\n", NULL);
}
