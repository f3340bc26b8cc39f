/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to simdjson, which is C++: nothing of that passes it. */
#include "plt-json-reader.h"

#include <simdjson.h>

#include <algorithm>
#include <set>
#include <string>

using namespace simdjson;

namespace
{

/* simdjson has seen that the bytes are UTF-8, but an escape can name NUL, which would cut the text short,
 * or half a surrogate pair, which is no character. */
bool
is_text (std::string_view text)
{
  return text.find ('\0') == std::string_view::npos
         && g_utf8_validate_len (text.data (), text.size (), nullptr);
}

class Reader
{
public:
  explicit Reader (bool has_escapes) : escapes (has_escapes) {}

  PltJsonFault fault = PLT_JSON_FAULT_NONE;

  /* Returns: (nullable): NULL with a fault for what no node can hold */
  JsonNode *
  read (dom::element element)
  {
    switch (element.type ())
      {
      case dom::element_type::ARRAY:
        return read_array (element.get_array ().value_unsafe ());
      case dom::element_type::OBJECT:
        return read_object (element.get_object ().value_unsafe ());
      case dom::element_type::STRING:
        return read_string (element.get_string ().value_unsafe ());
      case dom::element_type::INT64:
        return json_node_init_int (json_node_alloc (), element.get_int64 ().value_unsafe ());
      case dom::element_type::DOUBLE:
        return json_node_init_double (json_node_alloc (), element.get_double ().value_unsafe ());
      case dom::element_type::BOOL:
        return json_node_init_boolean (json_node_alloc (), element.get_bool ().value_unsafe ());
      case dom::element_type::NULL_VALUE:
        return json_node_init_null (json_node_alloc ());
      case dom::element_type::UINT64:
      default:
        return fail (PLT_JSON_FAULT_FORM);
      }
  }

private:
  bool escapes; /* whether the document has any that names a character by its number */

  JsonNode *
  fail (PltJsonFault what)
  {
    fault = what;
    return nullptr;
  }

  JsonNode *
  read_string (std::string_view text)
  {
    if (escapes && !is_text (text))
      return fail (PLT_JSON_FAULT_FORM);

    return json_node_init_string (json_node_alloc (), text.data ());
  }

  JsonNode *
  read_array (dom::array array)
  {
    g_autoptr (JsonArray) nodes = json_array_new ();

    for (dom::element element : array)
      {
        JsonNode *node = read (element);

        if (node == nullptr)
          return nullptr;
        json_array_add_element (nodes, node);
      }

    return json_node_init_array (json_node_alloc (), nodes);
  }

  JsonNode *
  read_object (dom::object object)
  {
    g_autoptr (JsonObject) members = json_object_new ();

    for (dom::key_value_pair member : object)
      {
        const char *name = member.key.data ();

        if (escapes && !is_text (member.key))
          return fail (PLT_JSON_FAULT_FORM);
        if (json_object_has_member (members, name))
          return fail (PLT_JSON_FAULT_TWICE);

        JsonNode *node = read (member.value);

        if (node == nullptr)
          return nullptr;
        json_object_set_member (members, name, node);
      }

    return json_node_init_object (json_node_alloc (), members);
  }
};

PltJsonFault
to_fault (error_code error)
{
  switch (error)
    {
    case EMPTY: return PLT_JSON_FAULT_EMPTY;
    case UTF8_ERROR: return PLT_JSON_FAULT_ENCODING;
    case UNCLOSED_STRING:
    case UNESCAPED_CHARS: return PLT_JSON_FAULT_TEXT;
    case DEPTH_ERROR: return PLT_JSON_FAULT_DEPTH;
    default: return PLT_JSON_FAULT_FORM;
    }
}

/* Whether there is none of this fault from here on to the end of the value. Else the document stands at it. */
bool
walk (ondemand::value value,
      PltJsonFault    fault,
      int             depth)
{
  ondemand::json_type type;
  std::string_view text;
  ondemand::number number;
  bool word;

  if (value.type ().get (type) != SUCCESS || depth > PLT_JSON_MAX_DEPTH)
    return false;
  switch (type)
    {
    case ondemand::json_type::array:
      {
        ondemand::array array;

        if (value.get_array ().get (array) != SUCCESS)
          return false;
        for (auto element : array)
          {
            ondemand::value child;

            if (element.get (child) != SUCCESS || !walk (child, fault, depth + 1))
              return false;
          }
        return true;
      }
    case ondemand::json_type::object:
      {
        ondemand::object object;
        std::set<std::string> names;

        if (value.get_object ().get (object) != SUCCESS)
          return false;
        for (auto member : object)
          {
            ondemand::value child;

            if (member.unescaped_key ().get (text) != SUCCESS || !is_text (text)
                || (fault == PLT_JSON_FAULT_TWICE && !names.emplace (text).second)
                || member.value ().get (child) != SUCCESS
                || !walk (child, fault, depth + 1))
              return false;
          }
        return true;
      }
    case ondemand::json_type::string:
      return value.get_string ().get (text) == SUCCESS && is_text (text);
    case ondemand::json_type::number:
      return value.get_number ().get (number) == SUCCESS
             && number.get_number_type () != ondemand::number_type::unsigned_integer;
    case ondemand::json_type::boolean:
      return value.get_bool ().get (word) == SUCCESS;
    case ondemand::json_type::null:
    default:
      return value.is_null ().get (word) == SUCCESS && word;
    }
}

}

/**
 * plt_json_reader_read:
 * @text: (nullable): bytes from outside; need not end with NUL
 * @length: how many
 * @fault: (out): why nothing is returned
 *
 * Refuses what is not RFC 8259 to the letter, a member twice, nesting deeper than %PLT_JSON_MAX_DEPTH
 * and what no node can hold. Does no I/O and may run in any thread.
 *
 * Returns: (transfer full) (nullable): the root
 */
JsonNode *
plt_json_reader_read (const char   *text,
                      gsize         length,
                      PltJsonFault *fault)
{
  if (length == 0)
    {
      /* There may be no text at all, which the parser would copy. */
      *fault = PLT_JSON_FAULT_EMPTY;
      return nullptr;
    }

  dom::parser parser;
  dom::element root;
  error_code error = parser.allocate (length, PLT_JSON_MAX_DEPTH);

  if (error == SUCCESS)
    error = parser.parse (text, length).get (root);
  *fault = to_fault (error);
  if (error != SUCCESS)
    return nullptr;

  Reader reader (memmem (text, length, "\\u", 2) != nullptr);
  JsonNode *node = reader.read (root);

  *fault = reader.fault;

  return node;
}

/**
 * plt_json_reader_find_line:
 * @text: bytes that were refused
 * @length: how many
 * @fault: why
 *
 * Returns: the line where it first is, from 1; 0 where that cannot be told
 */
int
plt_json_reader_find_line (const char   *text,
                           gsize         length,
                           PltJsonFault  fault)
{
  padded_string copy (text, length);
  ondemand::parser parser;
  ondemand::document document;
  ondemand::value root;
  const char *at;

  if (parser.iterate (copy).get (document) != SUCCESS)
    return 0;
  if (document.get_value ().get (root) == SUCCESS)
    walk (root, fault, 1);
  if (document.current_location ().get (at) != SUCCESS)
    return 0;

  return 1 + (int) std::count ((const char *) copy.data (), at, '\n');
}
