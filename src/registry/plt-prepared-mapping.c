/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the members that a pre-enrolment service's adapter file has of its own, and decodes and
 * writes by them. Pure: any thread, no I/O. */
#include "plt-prepared-mapping.h"

#include "plt-field-mapping.h"
#include "plt-field-words.h"
#include "plt-id-number.h"
#include "plt-json-text.h"
#include "plt-prepared-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CODE_MARK "{code}"

typedef enum
{
  OFFICE,
  STATE,
  TYPE,
  LANGUAGE,
  EMAIL,
  PHONE,
  PREPARED_ON,
  EXPIRES_ON,
  N_MEMBERS,
} Member;

/* Each is read as a field of the same form is. */
static const struct
{
  const char *name;
  PltField    form;
  gboolean    required;
} members[N_MEMBERS] = {
  [OFFICE] = { "office", PLT_FIELD_BIRTH_PLACE, TRUE },
  [STATE] = { "state", PLT_FIELD_BIRTH_PLACE, TRUE },
  [TYPE] = { "type", PLT_FIELD_BIRTH_PLACE, TRUE },
  [LANGUAGE] = { "language", PLT_FIELD_BIRTH_PLACE, FALSE },
  [EMAIL] = { "email", PLT_FIELD_BIRTH_PLACE, FALSE },
  [PHONE] = { "phone", PLT_FIELD_BIRTH_PLACE, FALSE },
  [PREPARED_ON] = { "prepared_on", PLT_FIELD_LICENCE_EXPIRY, FALSE },
  [EXPIRES_ON] = { "expires_on", PLT_FIELD_LICENCE_EXPIRY, FALSE },
};

/* As the database keeps them. */
#define MAX_EMAIL 254
#define MAX_PHONE 40

static const char * const categories_members[] = { "path", "map", NULL };
static const char * const report_members[] = {
  "url", "key_header", "body", "statuses", "code", NULL
};

struct _PltPreparedMapping
{
  PltFieldMapping *members[N_MEMBERS]; /* (nullable) */
  char            *id_path;
  char            *categories;         /* (nullable): pointer to an array of codes */
  GHashTable      *category_map;       /* (nullable) */
  char            *report_url;
  char            *key_header;
  GHashTable      *body;               /* member to text with {code}, {status} and {at} */
  GHashTable      *statuses;           /* ours to theirs */
  char            *receipt;            /* (nullable): pointer to the code in their answer */
};

static void
check_words (PltAdapterObject *object,
             PltFieldMapping  *mapping,
             Member            member)
{
  GHashTableIter iter;
  gpointer value;
  PltPreparedState state;
  PltApplicationType type;

  if (mapping->map == NULL || (member != STATE && member != TYPE))
    return;
  g_hash_table_iter_init (&iter, mapping->map);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (member == STATE ? !plt_prepared_state_from_nick (value, &state)
                        : !plt_application_type_from_nick (value, &type))
      plt_adapter_object_fail (object, "map", member == STATE
                               ? _("must give open, used or cancelled")
                               : _("must give kinds of application, such as new, renewal or exchange"));
}

static void
read_members (PltPreparedMapping *self,
              PltAdapterObject   *answer,
              GHashTable         *codes)
{
  for (int i = 0; i < N_MEMBERS; i++)
    {
      if (!members[i].required && !plt_adapter_object_has (answer, members[i].name))
        continue;

      g_auto (PltAdapterObject) object = plt_adapter_object_open (answer, members[i].name);

      self->members[i] = plt_field_mapping_new (&object, members[i].form, codes);
      self->members[i]->required |= members[i].required;
      check_words (&object, self->members[i], (Member) i);
    }
}

static void
read_categories (PltPreparedMapping *self,
                 PltAdapterObject   *answer)
{
  if (!plt_adapter_object_has (answer, "categories"))
    return;

  g_auto (PltAdapterObject) object = plt_adapter_object_open (answer, "categories");

  plt_adapter_object_allow (&object, categories_members);
  self->categories = plt_adapter_object_pointer (&object, "path");
  if (plt_adapter_object_has (&object, "map"))
    self->category_map = plt_adapter_object_map (&object, "map");
  if (self->category_map != NULL)
    plt_field_words_check_table (PLT_FIELD_KIND_CATEGORIES, &object, self->category_map);
}

static void
check_statuses (PltPreparedMapping *self,
                PltAdapterObject   *report)
{
  GHashTableIter iter;
  gpointer name;
  PltPreparedStatus status;

  if (self->statuses == NULL)
    {
      plt_adapter_object_fail (report, "statuses", _("is missing"));
      return;
    }
  for (int i = 0; i < PLT_N_PREPARED_STATUSES; i++)
    if (!g_hash_table_contains (self->statuses, plt_prepared_status_to_nick ((PltPreparedStatus) i)))
      plt_adapter_object_fail (report, "statuses", _("must have “%s”"),
                               plt_prepared_status_to_nick ((PltPreparedStatus) i));
  g_hash_table_iter_init (&iter, self->statuses);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!plt_prepared_status_from_nick (name, &status))
      plt_adapter_object_fail (report, "statuses", _("“%s” is no status"), (const char *) name);
}

static void
check_url (PltPreparedMapping *self,
           PltAdapterObject   *report)
{
  g_autoptr (GUri) uri = NULL;

  if (self->report_url == NULL)
    return;

  g_autofree char *text = plt_prepared_mapping_make_report_uri (self, "0");

  uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    plt_adapter_object_fail (report, "url", _("must be an https address"));
}

static gboolean
is_header (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
      return FALSE;

  return *text != '\0';
}

static void
read_report (PltPreparedMapping *self,
             PltAdapterObject   *file)
{
  g_auto (PltAdapterObject) report = plt_adapter_object_open (file, "report");

  plt_adapter_object_allow (&report, report_members);
  self->report_url = plt_adapter_object_text (&report, "url");
  self->key_header = plt_adapter_object_has (&report, "key_header")
                       ? plt_adapter_object_text (&report, "key_header")
                       : g_strdup ("Idempotency-Key");
  if (self->key_header != NULL && !is_header (self->key_header))
    plt_adapter_object_fail (&report, "key_header", _("cannot be a request header"));
  self->body = plt_adapter_object_map (&report, "body");
  if (self->body == NULL)
    plt_adapter_object_fail (&report, "body", _("is missing"));
  self->statuses = plt_adapter_object_map (&report, "statuses");
  if (plt_adapter_object_has (&report, "code"))
    self->receipt = plt_adapter_object_pointer (&report, "code");
  check_statuses (self, &report);
  check_url (self, &report);
}

/**
 * plt_prepared_mapping_new:
 * @file: the whole adapter file, for “report”
 * @answer: its “answer”
 * @codes: (nullable): the tables of the file, by name
 *
 * Returns: (transfer full): the mapping; empty in parts if the object's reader has failed
 */
PltPreparedMapping *
plt_prepared_mapping_new (PltAdapterObject *file,
                          PltAdapterObject *answer,
                          GHashTable       *codes)
{
  PltPreparedMapping *self = g_new0 (PltPreparedMapping, 1);

  self->id_path = plt_adapter_object_pointer (answer, "id_number");
  read_members (self, answer, codes);
  read_categories (self, answer);
  read_report (self, file);

  return self;
}

void
plt_prepared_mapping_free (PltPreparedMapping *self)
{
  for (int i = 0; i < N_MEMBERS; i++)
    g_clear_pointer (&self->members[i], plt_field_mapping_free);
  g_free (self->id_path);
  g_free (self->categories);
  g_clear_pointer (&self->category_map, g_hash_table_unref);
  g_free (self->report_url);
  g_free (self->key_header);
  g_clear_pointer (&self->body, g_hash_table_unref);
  g_clear_pointer (&self->statuses, g_hash_table_unref);
  g_free (self->receipt);
  g_free (self);
}

static PltValueFault
decode_id_number (PltPreparedMapping  *self,
                  JsonNode            *root,
                  char               **id_number,
                  const char         **path)
{
  g_autofree char *text = NULL;
  JsonNode *node = plt_json_text_find (root, self->id_path);

  *path = self->id_path;
  if (node == NULL)
    return PLT_VALUE_MISSING;
  text = plt_answer_value_text (node);
  *id_number = text != NULL && json_node_get_value_type (node) == G_TYPE_STRING
                 ? plt_id_number_normalise (text, NULL) : NULL;

  return *id_number != NULL ? PLT_VALUE_OK : PLT_VALUE_WORD;
}

/* Adds the code of one element; "" in the map leaves it out. */
static PltValueFault
add_category (PltPreparedMapping *self,
              JsonNode           *element,
              GStrvBuilder       *codes)
{
  PltCategory category;
  const char *code;

  if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
    return PLT_VALUE_TYPE;
  code = json_node_get_string (element);
  if (self->category_map != NULL)
    code = g_hash_table_lookup (self->category_map, code);
  if (code == NULL)
    return PLT_VALUE_WORD;
  if (*code == '\0')
    return PLT_VALUE_OK;
  if (!plt_category_from_code (code, &category))
    return PLT_VALUE_WORD;
  g_strv_builder_add (codes, code);

  return PLT_VALUE_OK;
}

static PltValueFault
decode_categories (PltPreparedMapping   *self,
                   JsonNode             *root,
                   char               ***categories,
                   const char          **path)
{
  JsonNode *node = self->categories != NULL ? plt_json_text_find (root, self->categories) : NULL;
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  JsonArray *array;

  *path = self->categories;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return PLT_VALUE_OK;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return PLT_VALUE_TYPE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      PltValueFault fault = add_category (self, json_array_get_element (array, i), codes);

      if (fault != PLT_VALUE_OK)
        return fault;
    }
  if (json_array_get_length (array) > 0)
    *categories = g_strv_builder_end (codes);

  return PLT_VALUE_OK;
}

static gboolean
is_language (const char *text)
{
  size_t length = strlen (text);

  return (length == 2 || length == 3) && strspn (text, "abcdefghijklmnopqrstuvwxyz") == length;
}

/* What was read must be what the office can keep. */
static PltValueFault
check_member (PltPreparedApplication *application,
              Member                  member,
              char                   *value)
{
  switch (member)
    {
    case STATE:
      return plt_prepared_state_from_nick (value, &application->state) ? PLT_VALUE_OK
                                                                       : PLT_VALUE_WORD;
    case TYPE:
      return plt_application_type_from_nick (value, &application->type) ? PLT_VALUE_OK
                                                                        : PLT_VALUE_WORD;
    case LANGUAGE:
      return is_language (value) ? PLT_VALUE_OK : PLT_VALUE_WORD;
    case EMAIL:
      return g_utf8_strlen (value, -1) <= MAX_EMAIL ? PLT_VALUE_OK : PLT_VALUE_TEXT;
    case PHONE:
      return g_utf8_strlen (value, -1) <= MAX_PHONE ? PLT_VALUE_OK : PLT_VALUE_TEXT;
    default:
      return PLT_VALUE_OK;
    }
}

static PltValueFault
decode_members (PltPreparedMapping      *self,
                JsonNode                *root,
                PltPreparedApplication  *application,
                const char             **path)
{
  char **places[N_MEMBERS] = {
    [OFFICE] = &application->office_code, [LANGUAGE] = &application->language,
    [EMAIL] = &application->email, [PHONE] = &application->phone,
    [PREPARED_ON] = &application->prepared_on, [EXPIRES_ON] = &application->expires_on,
  };

  for (int i = 0; i < N_MEMBERS; i++)
    {
      g_autofree char *value = NULL;
      PltValueFault fault;

      if (self->members[i] == NULL)
        continue;
      fault = plt_answer_value_read (self->members[i], root, &value, path);
      if (fault == PLT_VALUE_OK && value != NULL && i == LANGUAGE)
        {
          g_autofree char *small = g_ascii_strdown (value, -1);

          g_free (value);
          value = g_steal_pointer (&small);
        }
      if (fault == PLT_VALUE_OK && value != NULL)
        fault = check_member (application, (Member) i, value);
      if (fault != PLT_VALUE_OK)
        return fault;
      if (places[i] != NULL)
        *places[i] = g_steal_pointer (&value);
    }

  return PLT_VALUE_OK;
}

/**
 * plt_prepared_mapping_decode:
 * @self: a mapping
 * @root: (nullable): the application's node
 * @code: its code, which was checked
 * @fault: (out): what is wrong, for %NULL
 * @path: (out): where
 *
 * Returns: (transfer full) (nullable): the application
 */
PltPreparedApplication *
plt_prepared_mapping_decode (PltPreparedMapping  *self,
                             JsonNode            *root,
                             const char          *code,
                             PltValueFault       *fault,
                             const char         **path)
{
  g_autoptr (PltPreparedApplication) application = plt_prepared_application_new ();

  application->code = g_strdup (code);
  *fault = decode_id_number (self, root, &application->id_number, path);
  if (*fault == PLT_VALUE_OK)
    *fault = decode_members (self, root, application, path);
  if (*fault == PLT_VALUE_OK)
    *fault = decode_categories (self, root, &application->categories, path);

  return *fault == PLT_VALUE_OK ? g_steal_pointer (&application) : NULL;
}

/* (transfer full): where the status of @code is told. */
char *
plt_prepared_mapping_make_report_uri (PltPreparedMapping *self,
                                      const char         *code)
{
  g_autofree char *escaped = g_uri_escape_string (code, NULL, FALSE);
  GString *uri = g_string_new (self->report_url);

  g_string_replace (uri, CODE_MARK, escaped, 0);

  return g_string_free (uri, FALSE);
}

const char *
plt_prepared_mapping_get_key_header (PltPreparedMapping *self)
{
  return self->key_header;
}

/**
 * plt_prepared_mapping_make_body:
 * @self: a mapping
 * @code: the application's code
 * @status: where it stands
 * @at: since when, RFC 3339
 *
 * Returns: (transfer full): the JSON text that tells it
 */
char *
plt_prepared_mapping_make_body (PltPreparedMapping *self,
                                const char         *code,
                                PltPreparedStatus   status,
                                const char         *at)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->body), (GCompareFunc) strcmp);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  for (GList *name = names; name != NULL; name = name->next)
    {
      g_autoptr (GString) value = g_string_new (g_hash_table_lookup (self->body, name->data));

      g_string_replace (value, CODE_MARK, code, 0);
      g_string_replace (value, "{at}", at, 0);
      g_string_replace (value, "{status}",
                        g_hash_table_lookup (self->statuses, plt_prepared_status_to_nick (status)), 0);
      json_builder_set_member_name (builder, name->data);
      json_builder_add_string_value (builder, value->str);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * plt_prepared_mapping_is_receipt:
 * @self: a mapping
 * @text: the body of the service's answer to a status, from outside
 * @length: its length
 * @code: of what the status was told
 *
 * Returns: whether the service has taken the status of this application
 */
gboolean
plt_prepared_mapping_is_receipt (PltPreparedMapping *self,
                                 const char         *text,
                                 gsize               length,
                                 const char         *code)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *given = NULL;
  g_autofree char *normal = NULL;
  JsonNode *node;

  if (self->receipt == NULL)
    return TRUE;
  root = plt_json_text_parse (text, length, NULL);
  node = root != NULL ? plt_json_text_find (root, self->receipt) : NULL;
  given = node != NULL ? plt_answer_value_text (node) : NULL;
  normal = given != NULL ? plt_prepared_code_normalise (given, NULL) : NULL;

  return g_strcmp0 (normal, code) == 0;
}
