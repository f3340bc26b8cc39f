/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads answer.fields.* of an adapter file: where a field stands and how it is written. */
#include "plt-field-mapping.h"

#include "plt-answer-value.h"
#include "plt-field-words.h"
#include "plt-json-text.h"

#include <glib/gi18n-lib.h>

static const char * const money_formats[] = { "minor", "major", NULL };

static const char * const split_rules[] = {
  [PLT_NAME_RULE_COMMA] = "comma",
  [PLT_NAME_RULE_UPPER_CASE] = "upper-case",
  [PLT_NAME_RULE_LAST_WORD] = "last-word",
  [PLT_NAME_RULE_FIRST_WORD] = "first-word",
  NULL,
};

static const char * const text_members[] = { "path", "paths", "join", "take", "map", "none",
                                             "required", NULL };
static const char * const name_members[] = { "path", "paths", "join", "take", "map", "none",
                                             "required", "split", "particles", NULL };
static const char * const date_members[] = { "path", "take", "format", "zone", "months", "none",
                                             "required", NULL };
static const char * const code_members[] = { "path", "take", "map", "none", "required", NULL };
static const char * const list_members[] = { "path", "each", "map", "format", "zone", "months",
                                             "none", "required", NULL };
static const char * const codes_members[] = { "path", "each", "map", "none", "required", NULL };
static const char * const count_members[] = { "path", "as", "none", "required", NULL };
static const char * const money_members[] = { "path", "as", "format", "none", "required", NULL };
static const char * const number_forms[] = { "number", "text", NULL };
static const char * const each_members[] = { "code", "from", "to", "restrictions", NULL };
static const char * const each_code_members[] = { "code", NULL };

static const char * const * const members[] = {
  [PLT_FIELD_KIND_TEXT] = text_members,
  [PLT_FIELD_KIND_DATE] = date_members,
  [PLT_FIELD_KIND_SEX] = code_members,
  [PLT_FIELD_KIND_NATIONALITY] = code_members,
  [PLT_FIELD_KIND_STATUS] = code_members,
  [PLT_FIELD_KIND_CATEGORIES] = list_members,
  [PLT_FIELD_KIND_CODES] = codes_members,
  [PLT_FIELD_KIND_ROWS] = list_members,
  [PLT_FIELD_KIND_COUNT] = count_members,
  [PLT_FIELD_KIND_MONEY] = money_members,
};

/* The names that a joined name is split into; the given names are what the family name is not. */
static gboolean
is_name (PltField field)
{
  return field == PLT_FIELD_FAMILY_NAME || field == PLT_FIELD_GIVEN_NAMES ||
         field == PLT_FIELD_FAMILY_NAME_NATIVE || field == PLT_FIELD_GIVEN_NAMES_NATIVE;
}

static PltFieldKind
get_kind (PltField field)
{
  switch (field)
    {
    case PLT_FIELD_BIRTH_DATE:
    case PLT_FIELD_DEATH_DATE:
    case PLT_FIELD_LICENCE_EXPIRY:
    case PLT_FIELD_MEDICAL_UNTIL:
    case PLT_FIELD_SUSPENDED_UNTIL:
    case PLT_FIELD_RESIDENT_SINCE:
    case PLT_FIELD_DISQUALIFIED_UNTIL:
      return PLT_FIELD_KIND_DATE;
    case PLT_FIELD_SEX:
      return PLT_FIELD_KIND_SEX;
    case PLT_FIELD_NATIONALITY:
    case PLT_FIELD_RESIDENCE_COUNTRY:
      return PLT_FIELD_KIND_NATIONALITY;
    case PLT_FIELD_LICENCE_STATUS:
      return PLT_FIELD_KIND_STATUS;
    case PLT_FIELD_CATEGORIES:
      return PLT_FIELD_KIND_CATEGORIES;
    case PLT_FIELD_WITHDRAWN:
      return PLT_FIELD_KIND_CODES;
    case PLT_FIELD_OFFENCES:
    case PLT_FIELD_TESTS:
    case PLT_FIELD_MEDICALS:
      return PLT_FIELD_KIND_ROWS;
    case PLT_FIELD_POINTS:
      return PLT_FIELD_KIND_COUNT;
    case PLT_FIELD_UNPAID:
      return PLT_FIELD_KIND_MONEY;
    default:
      return PLT_FIELD_KIND_TEXT;
    }
}

static char **
read_joined_paths (PltAdapterObject *object)
{
  JsonArray *array = plt_adapter_object_array (object, "paths");
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  guint length = array != NULL ? json_array_get_length (array) : 0;

  if (array != NULL && length == 0)
    plt_adapter_object_fail (object, "paths", _("must not be empty"));
  if (array != NULL && !plt_adapter_object_has (object, "join"))
    plt_adapter_object_fail (object, "join", _("is missing; it must be text"));
  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *path = json_node_get_value_type (node) == G_TYPE_STRING
                           ? json_node_get_string (node)
                           : NULL;

      if (path == NULL || !plt_json_pointer_is_valid (path))
        plt_adapter_object_fail (object, "paths", _("must hold JSON Pointers only"));
      else
        g_strv_builder_add (paths, path);
    }

  return g_strv_builder_end (paths);
}

static void
read_paths (PltFieldMapping  *self,
            PltAdapterObject *object)
{
  if (self->kind == PLT_FIELD_KIND_TEXT && plt_adapter_object_has (object, "paths"))
    {
      if (plt_adapter_object_has (object, "path"))
        plt_adapter_object_fail (object, "path", _("cannot stand beside “paths”"));
      self->paths = read_joined_paths (object);
      return;
    }

  self->paths = g_new0 (char *, 2);
  self->paths[0] = plt_adapter_object_pointer (object, "path");
}

/* (nullable): texts, or %NULL if @name is not there. */
static char **
read_texts (PltAdapterObject *object,
            const char       *name)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  if (!plt_adapter_object_has (object, name))
    return NULL;

  JsonArray *array = plt_adapter_object_array (object, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        plt_adapter_object_fail (object, name, _("must hold texts only"));
      else
        g_strv_builder_add (texts, json_node_get_string (node));
    }

  return g_strv_builder_end (texts);
}

/* Twelve, and no two alike: one name for two months would name neither. */
static gboolean
are_months (char **names)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; names[i] != NULL; i++)
    if (*names[i] == '\0' || !g_hash_table_add (seen, g_utf8_casefold (names[i], -1)))
      return FALSE;

  return g_strv_length (names) == 12;
}

static void
read_dates (PltFieldMapping  *self,
            PltAdapterObject *object)
{
  g_autofree char *format = plt_adapter_object_has (object, "format")
                              ? plt_adapter_object_text (object, "format")
                              : g_strdup ("YYYY-MM-DD");
  g_autofree char *zone =
    plt_adapter_object_has (object, "zone") ? plt_adapter_object_text (object, "zone") : NULL;
  g_auto (GStrv) months = read_texts (object, "months");

  if (months != NULL && !are_months (months))
    {
      plt_adapter_object_fail (object, "months", _("must hold the names of twelve months"));
      g_clear_pointer (&months, g_strfreev);
    }
  if (format == NULL)
    return;
  self->dates = plt_date_pattern_new (format, NULL, (const char * const *) months);
  if (self->dates == NULL)
    {
      plt_adapter_object_fail (object, "format",
                               _("must be date-time, epoch-s, epoch-ms or a form such as "
                                 "YYYY-MM-DD, DD.MM.YYYY, D/M/YYYY or DD MON YYYY"));
      return;
    }
  if (months != NULL && !plt_date_pattern_has_months (self->dates))
    plt_adapter_object_fail (object, "months", _("has no meaning without MON in “format”"));
  if (zone == NULL)
    return;
  if (!plt_date_pattern_has_zone (self->dates))
    {
      plt_adapter_object_fail (object, "zone", _("has no meaning without a time of day"));
      return;
    }
  plt_date_pattern_free (self->dates);
  self->dates = plt_date_pattern_new (format, zone, NULL);
  if (self->dates == NULL)
    plt_adapter_object_fail (object, "zone", _("must be a time zone such as Europe/Paris or +02:00"));
}

static void
read_format (PltFieldMapping  *self,
             PltAdapterObject *object)
{
  if (self->kind == PLT_FIELD_KIND_DATE || self->kind == PLT_FIELD_KIND_CATEGORIES ||
      self->kind == PLT_FIELD_KIND_ROWS)
    read_dates (self, object);
  else if (plt_adapter_object_has (object, "format"))
    self->major_units = plt_adapter_object_word (object, "format", money_formats) == 1;
  if (plt_adapter_object_has (object, "as"))
    self->as_text = plt_adapter_object_word (object, "as", number_forms) == 1;
}

static void
read_split (PltFieldMapping  *self,
            PltAdapterObject *object)
{
  self->particles = read_texts (object, "particles");
  self->is_split = plt_adapter_object_has (object, "split");
  if (self->is_split)
    self->split = (PltNameRule) plt_adapter_object_word (object, "split", split_rules);
  else if (self->particles != NULL)
    plt_adapter_object_fail (object, "particles", _("has no meaning without “split”"));
}

/* A group names what is the value; without one the whole match is it. */
static GRegex *
read_take (PltAdapterObject *object)
{
  g_autofree char *pattern = plt_adapter_object_has (object, "take")
                               ? plt_adapter_object_text (object, "take")
                               : NULL;
  g_autoptr (GError) fault = NULL;
  GRegex *take = pattern != NULL ? g_regex_new (pattern, 0, 0, &fault) : NULL;

  if (pattern != NULL && take == NULL)
    plt_adapter_object_fail (object, "take",
                             _("must be a regular expression such as “([0-9]{11})$”"));

  return take;
}

/* A table of its own, or the name of one of “codes”. (transfer full) (nullable) */
static GHashTable *
read_map (PltAdapterObject *object,
          GHashTable       *codes)
{
  JsonNode *node = object->object != NULL ? json_object_get_member (object->object, "map") : NULL;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return plt_adapter_object_map (object, "map");

  GHashTable *table =
    codes != NULL ? g_hash_table_lookup (codes, json_node_get_string (node)) : NULL;

  if (table == NULL)
    plt_adapter_object_fail (object, "map", _("must be an object or the name of a table of “codes”"));

  return table != NULL ? g_hash_table_ref (table) : NULL;
}

static char *
read_optional_pointer (PltAdapterObject *object,
                       const char       *name)
{
  return plt_adapter_object_has (object, name) ? plt_adapter_object_pointer (object, name) : NULL;
}

static void
read_each (PltFieldMapping  *self,
           PltAdapterObject *object)
{
  g_auto (PltAdapterObject) each = plt_adapter_object_open (object, "each");

  plt_adapter_object_allow (&each, self->kind == PLT_FIELD_KIND_CODES ? each_code_members
                                                                      : each_members);
  self->each_code = plt_adapter_object_pointer (&each, "code");
  self->each_from = read_optional_pointer (&each, "from");
  self->each_to = read_optional_pointer (&each, "to");
  self->each_restrictions = read_optional_pointer (&each, "restrictions");
}

/* What each row has is named as the rules of law know it. */
static void
read_columns (PltFieldMapping  *self,
              PltAdapterObject *object)
{
  const PltRowColumn *columns = plt_answer_rows_columns (self->field);
  const char *names[PLT_MOST_COLUMNS + 1] = { NULL };
  g_auto (PltAdapterObject) each = plt_adapter_object_open (object, "each");

  for (int i = 0; columns[i].name != NULL; i++)
    {
      names[i] = columns[i].name;
      self->each_columns[i] = columns[i].required ? plt_adapter_object_pointer (&each, columns[i].name)
                                                  : read_optional_pointer (&each, columns[i].name);
    }
  plt_adapter_object_allow (&each, names);
}

/**
 * plt_field_mapping_new:
 * @object: answer.fields.NAME
 * @field: the field of that name
 * @codes: (nullable): the tables of the file, by name
 *
 * Returns: (transfer full): the mapping; empty in parts if the object's reader has failed
 */
PltFieldMapping *
plt_field_mapping_new (PltAdapterObject *object,
                       PltField          field,
                       GHashTable       *codes)
{
  PltFieldMapping *self = g_new0 (PltFieldMapping, 1);

  self->field = field;
  self->kind = get_kind (field);
  plt_adapter_object_allow (object, is_name (field) ? name_members : members[self->kind]);
  read_paths (self, object);
  read_format (self, object);
  if (plt_adapter_object_has (object, "join"))
    self->join = plt_adapter_object_text (object, "join");
  self->take = read_take (object);
  self->map = read_map (object, codes);
  if (self->map != NULL)
    plt_field_words_check_table (self->kind, object, self->map);
  self->none = read_texts (object, "none");
  read_split (self, object);
  self->required = plt_adapter_object_boolean (object, "required");
  if (self->kind == PLT_FIELD_KIND_ROWS)
    read_columns (self, object);
  if (self->kind == PLT_FIELD_KIND_CATEGORIES ||
      (self->kind == PLT_FIELD_KIND_CODES && plt_adapter_object_has (object, "each")))
    read_each (self, object);

  return self;
}

/* The nicks of all fields, with commas between them. */
static char *
list_fields (void)
{
  g_autoptr (GStrvBuilder) nicks = g_strv_builder_new ();

  for (PltField i = 0; i < PLT_N_FIELDS; i++)
    g_strv_builder_add (nicks, plt_field_to_nick (i));

  g_auto (GStrv) list = g_strv_builder_end (nicks);

  return g_strjoinv (", ", list);
}

/**
 * plt_field_mappings_read:
 * @parent: the object whose member “fields” is read
 * @mappings: (element-type PltFieldMapping): where they go
 * @codes: (nullable): the tables of the file, by name
 */
void
plt_field_mappings_read (PltAdapterObject *parent,
                         GPtrArray        *mappings,
                         GHashTable       *codes)
{
  g_auto (PltAdapterObject) fields = plt_adapter_object_open (parent, "fields");
  g_autofree char *list = list_fields ();

  if (fields.object == NULL)
    return;
  if (json_object_get_size (fields.object) == 0)
    plt_adapter_object_fail (parent, "fields", _("must not be empty"));

  g_autoptr (GList) names = json_object_get_members (fields.object);

  for (GList *at = names; at != NULL; at = at->next)
    {
      PltField field;

      if (!plt_field_from_nick (at->data, &field))
        {
          /* Translators: %s is a list of words */
          plt_adapter_object_fail (&fields, at->data,
                                   _("is no field that Platen knows; there are %s"), list);
          continue;
        }

      g_auto (PltAdapterObject) object = plt_adapter_object_open (&fields, at->data);

      g_ptr_array_add (mappings, plt_field_mapping_new (&object, field, codes));
    }
}

void
plt_field_mapping_free (PltFieldMapping *self)
{
  g_strfreev (self->paths);
  g_free (self->join);
  g_clear_pointer (&self->take, g_regex_unref);
  g_clear_pointer (&self->map, g_hash_table_unref);
  g_strfreev (self->none);
  g_clear_pointer (&self->dates, plt_date_pattern_free);
  g_strfreev (self->particles);
  g_free (self->each_code);
  g_free (self->each_from);
  g_free (self->each_to);
  g_free (self->each_restrictions);
  for (int i = 0; i < PLT_MOST_COLUMNS; i++)
    g_free (self->each_columns[i]);
  g_free (self);
}

/**
 * plt_field_mapping_look_up:
 * @self: a mapping with a map
 * @code: what the registry wrote
 *
 * Registries that write words write them as they like: where a code stands in the map only in
 * another case, it is that one, if it is one alone.
 *
 * Returns: (nullable): our value
 */
const char *
plt_field_mapping_look_up (const PltFieldMapping *self,
                           const char            *code)
{
  const char *found = g_hash_table_lookup (self->map, code);
  g_autofree char *folded = found == NULL ? g_utf8_casefold (code, -1) : NULL;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (found != NULL)
    return found;
  g_hash_table_iter_init (&iter, self->map);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_autofree char *other = g_utf8_casefold (key, -1);

      if (!g_str_equal (folded, other))
        continue;
      if (found != NULL && !g_str_equal (found, value))
        return NULL;
      found = value;
    }

  return found;
}
