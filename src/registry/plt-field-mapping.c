/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads answer.fields.* of an adapter file: where a field stands and how it is written. */
#include "plt-field-mapping.h"

#include "plt-json-text.h"

#include <glib/gi18n-lib.h>

static const char * const date_formats[] = {
  [PLT_DATE_FORMAT_ISO] = "YYYY-MM-DD",
  [PLT_DATE_FORMAT_DMY_DOT] = "DD.MM.YYYY",
  [PLT_DATE_FORMAT_DMY_SLASH] = "DD/MM/YYYY",
  [PLT_DATE_FORMAT_MDY_SLASH] = "MM/DD/YYYY",
  [PLT_DATE_FORMAT_COMPACT] = "YYYYMMDD",
  NULL,
};

static const char * const money_formats[] = { "minor", "major", NULL };

static const char * const text_members[] = { "path", "paths", "join", "map", "required", NULL };
static const char * const date_members[] = { "path", "format", "required", NULL };
static const char * const code_members[] = { "path", "map", "required", NULL };
static const char * const list_members[] = { "path", "each", "map", "format", "required", NULL };
static const char * const count_members[] = { "path", "required", NULL };
static const char * const money_members[] = { "path", "format", "required", NULL };
static const char * const each_members[] = { "code", "from", "to", "restrictions", NULL };

static const char * const * const members[] = {
  [PLT_FIELD_KIND_TEXT] = text_members,
  [PLT_FIELD_KIND_DATE] = date_members,
  [PLT_FIELD_KIND_SEX] = code_members,
  [PLT_FIELD_KIND_NATIONALITY] = code_members,
  [PLT_FIELD_KIND_STATUS] = code_members,
  [PLT_FIELD_KIND_CATEGORIES] = list_members,
  [PLT_FIELD_KIND_COUNT] = count_members,
  [PLT_FIELD_KIND_MONEY] = money_members,
};

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
      return PLT_FIELD_KIND_DATE;
    case PLT_FIELD_SEX:
      return PLT_FIELD_KIND_SEX;
    case PLT_FIELD_NATIONALITY:
      return PLT_FIELD_KIND_NATIONALITY;
    case PLT_FIELD_LICENCE_STATUS:
      return PLT_FIELD_KIND_STATUS;
    case PLT_FIELD_CATEGORIES:
      return PLT_FIELD_KIND_CATEGORIES;
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
    plt_adapter_object_fail (object, "join", _("is missing"));
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

static void
read_format (PltFieldMapping  *self,
             PltAdapterObject *object)
{
  if (!plt_adapter_object_has (object, "format"))
    return;
  if (self->kind == PLT_FIELD_KIND_MONEY)
    self->major_units = plt_adapter_object_word (object, "format", money_formats) == 1;
  else if (self->kind == PLT_FIELD_KIND_DATE || self->kind == PLT_FIELD_KIND_CATEGORIES)
    self->date_format = (PltDateFormat) plt_adapter_object_word (object, "format", date_formats);
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

  plt_adapter_object_allow (&each, each_members);
  self->each_code = plt_adapter_object_pointer (&each, "code");
  self->each_from = read_optional_pointer (&each, "from");
  self->each_to = read_optional_pointer (&each, "to");
  self->each_restrictions = read_optional_pointer (&each, "restrictions");
}

/**
 * plt_field_mapping_new:
 * @object: answer.fields.NAME
 * @field: the field of that name
 *
 * Returns: (transfer full): the mapping; empty in parts if the object's reader has failed
 */
PltFieldMapping *
plt_field_mapping_new (PltAdapterObject *object,
                       PltField          field)
{
  PltFieldMapping *self = g_new0 (PltFieldMapping, 1);

  self->field = field;
  self->kind = get_kind (field);
  plt_adapter_object_allow (object, members[self->kind]);
  read_paths (self, object);
  read_format (self, object);
  if (plt_adapter_object_has (object, "join"))
    self->join = plt_adapter_object_text (object, "join");
  self->map = plt_adapter_object_map (object, "map");
  self->required = plt_adapter_object_boolean (object, "required");
  if (self->kind == PLT_FIELD_KIND_CATEGORIES)
    read_each (self, object);

  return self;
}

void
plt_field_mapping_free (PltFieldMapping *self)
{
  g_strfreev (self->paths);
  g_free (self->join);
  g_clear_pointer (&self->map, g_hash_table_unref);
  g_free (self->each_code);
  g_free (self->each_from);
  g_free (self->each_to);
  g_free (self->each_restrictions);
  g_free (self);
}
