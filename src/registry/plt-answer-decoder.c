/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decodes the body of a registry's answer by its adapter. Pure: any thread, no I/O. */
#include "plt-answer-decoder.h"

#include "plt-answer-value.h"
#include "plt-id-number.h"
#include "plt-image-text.h"
#include "plt-json-text.h"
#include "plt-prepared-code.h"
#include "plt-prepared-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
get_fault_words (PltValueFault fault)
{
  switch (fault)
    {
    case PLT_VALUE_MISSING:
      return _("it is missing");
    case PLT_VALUE_TYPE:
      return _("it is of another type than expected");
    case PLT_VALUE_PART:
      return _("it does not have the agreed part");
    case PLT_VALUE_NAME:
      return _("it is no name joined in the agreed way");
    case PLT_VALUE_DATE:
      return _("it is no date in the agreed form");
    case PLT_VALUE_WORD:
      return _("it is none of the values that were agreed");
    case PLT_VALUE_TEXT:
      return _("it is too long or has characters that text cannot have");
    case PLT_VALUE_NUMBER:
      return _("it is no number in the agreed range");
    case PLT_VALUE_TWICE:
      return _("a category stands twice in it");
    case PLT_VALUE_ORDER:
      return _("something in it ends before it begins");
    case PLT_VALUE_FUTURE:
      return _("it says that something happened on a day that is still to come");
    case PLT_VALUE_MANY:
      return _("there are more of them than anybody has");
    case PLT_VALUE_OK:
    default:
      g_return_val_if_reached ("");
    }
}

static PltSourceAnswer *
new_answer (PltRegistryAdapter *adapter,
            PltSourceState      state)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return plt_source_answer_new (adapter->source, state, now);
}

static PltSourceAnswer *
new_nonsense (PltRegistryAdapter *adapter,
              const char         *format,
              ...) G_GNUC_PRINTF (2, 3);

static PltSourceAnswer *
new_nonsense (PltRegistryAdapter *adapter,
              const char         *format,
              ...)
{
  PltSourceAnswer *answer = new_answer (adapter, PLT_SOURCE_STATE_NONSENSE);
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  plt_source_answer_set_message (answer, message);

  return answer;
}

static PltSourceAnswer *
new_field_nonsense (PltRegistryAdapter *adapter,
                    const char         *path,
                    PltValueFault       fault)
{
  g_autofree char *whole_path = g_strconcat (adapter->root, path, NULL);

  /* Translators: title of a registry, path of a field such as “/born/on”, what is wrong. */
  return new_nonsense (adapter,
                       _("The answer of “%s” cannot be used because of “%s”: %s. Go on with what "
                         "is known, and tell the people who run that registry."),
                       adapter->title, whole_path, get_fault_words (fault));
}

static gboolean
is_code (const char *text,
         const char *code)
{
  g_autofree char *normal = plt_prepared_code_normalise (text, NULL);

  return g_strcmp0 (normal, code) == 0;
}

/* A number has lost its leading zeros. */
static gboolean
is_asked_for (PltRegistryAdapter *adapter,
              JsonNode           *node,
              const char         *id_number)
{
  g_autofree char *text = plt_answer_value_text (node);

  if (text == NULL || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return FALSE;
  if (adapter->is_prepared)
    return is_code (text, id_number);
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      gint64 asked;

      return g_ascii_string_to_signed (id_number, 10, 0, G_MAXINT64, &asked, NULL) &&
             asked == json_node_get_int (node);
    }

  g_autofree char *normal = plt_id_number_normalise (text, NULL);

  return g_strcmp0 (normal != NULL ? normal : text, id_number) == 0;
}

static PltSourceAnswer *
check_id_number (PltRegistryAdapter *adapter,
                 JsonNode           *person,
                 const char         *id_number)
{
  JsonNode *node = plt_json_text_find (person, adapter->id_path);

  if (node == NULL)
    return new_field_nonsense (adapter, adapter->id_path, PLT_VALUE_MISSING);
  if (!is_asked_for (adapter, node, id_number))
    return new_nonsense (adapter,
                         _("The answer of “%s” cannot be used because it is about another person. "
                           "Go on with what is known, and tell the people who run that registry."),
                         adapter->title);

  return NULL;
}

static PltSourceAnswer *
read_fields (PltRegistryAdapter *adapter,
             JsonNode           *person,
             PltSourceAnswer    *answer)
{
  for (guint i = 0; i < adapter->mappings->len; i++)
    {
      const PltFieldMapping *mapping = adapter->mappings->pdata[i];
      g_autofree char *value = NULL;
      const char *path = NULL;
      PltValueFault fault = plt_answer_value_read (mapping, person, &value, &path);

      if (fault != PLT_VALUE_OK)
        return new_field_nonsense (adapter, path, fault);
      plt_source_answer_set_field (answer, mapping->field, value);
    }

  return NULL;
}

static PltSourceAnswer *
read_portrait (PltRegistryAdapter *adapter,
               JsonNode           *person,
               PltSourceAnswer    *answer)
{
  JsonNode *node =
    adapter->portrait != NULL ? plt_json_text_find (person, adapter->portrait) : NULL;

  if (node == NULL)
    return NULL;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return new_field_nonsense (adapter, adapter->portrait, PLT_VALUE_TYPE);

  const char *text = json_node_get_string (node);
  g_autoptr (GBytes) bytes = *text != '\0' ? plt_image_text_decode (text) : NULL;

  if (*text == '\0')
    return NULL;
  if (bytes == NULL)
    return new_field_nonsense (adapter, adapter->portrait, PLT_VALUE_TEXT);

  plt_source_answer_set_portrait (answer, bytes);

  return NULL;
}

static PltSourceAnswer *
read_prepared (PltRegistryAdapter *adapter,
               JsonNode           *root,
               const char         *code,
               PltSourceAnswer    *answer)
{
  g_autoptr (PltPreparedApplication) prepared = NULL;
  PltValueFault fault;
  const char *path = NULL;

  if (adapter->prepared == NULL)
    return NULL;
  prepared = plt_prepared_mapping_decode (adapter->prepared, root, code, &fault, &path);
  if (prepared == NULL)
    return new_field_nonsense (adapter, path, fault);
  plt_source_answer_set_prepared (answer, prepared);

  return NULL;
}

/**
 * plt_answer_decode:
 * @adapter: how the registry writes
 * @id_number: whom it was asked for: an ID number, or the code of a prepared application
 * @text: the body of its answer, from outside
 * @length: its length
 *
 * Returns: (transfer full): an answer in state ANSWERED with its fields; NOT_FOUND if the adapter
 *   says that a body without a person means this; else NONSENSE with a message that names the
 *   registry and the field but no value, which is personal data
 */
PltSourceAnswer *
plt_answer_decode (PltRegistryAdapter *adapter,
                   const char         *id_number,
                   const char         *text,
                   gsize               length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = plt_json_text_parse (text, length, &error);

  if (root == NULL)
    return new_nonsense (adapter,
                         /* Translators: title of a registry, then what is wrong. */
                         _("The answer of “%s” cannot be used: %s. Go on with what is known, and "
                           "tell the people who run that registry."),
                         adapter->title, error->message);
  if (adapter->missing != NULL && plt_json_text_find (root, adapter->missing) == NULL)
    return new_answer (adapter, PLT_SOURCE_STATE_NOT_FOUND);

  JsonNode *person = plt_json_text_find (root, adapter->root);
  g_autoptr (PltSourceAnswer) answer = new_answer (adapter, PLT_SOURCE_STATE_ANSWERED);
  PltSourceAnswer *nonsense = check_id_number (adapter, person, id_number);

  if (nonsense == NULL)
    nonsense = read_fields (adapter, person, answer);
  if (nonsense == NULL)
    nonsense = read_portrait (adapter, person, answer);
  if (nonsense == NULL)
    nonsense = read_prepared (adapter, person, id_number, answer);

  return nonsense != NULL ? nonsense : g_steal_pointer (&answer);
}
