/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads members of an adapter file, each with its type, its limits and its path in messages. */
#include "plt-adapter-reader.h"

#include "plt-json-text.h"

#include <glib/gi18n-lib.h>

static char *
join_path (PltAdapterObject *self,
           const char       *name)
{
  if (name == NULL)
    return g_strdup (self->path);

  return *self->path == '\0' ? g_strdup (name) : g_strconcat (self->path, ".", name, NULL);
}

static JsonNode *
get_member (PltAdapterObject *self,
            const char       *name)
{
  return self->object != NULL ? json_object_get_member (self->object, name) : NULL;
}

/* A member that must be there; @missing says what it would be. */
static JsonNode *
demand_member (PltAdapterObject *self,
               const char       *name,
               const char       *missing)
{
  JsonNode *node = get_member (self, name);

  if (node == NULL && self->object != NULL)
    plt_adapter_object_fail (self, name, "%s", missing);

  return node;
}

static const char *
as_text (JsonNode *node)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

void
plt_adapter_object_clear (PltAdapterObject *self)
{
  g_clear_pointer (&self->path, g_free);
  self->object = NULL;
}

/* @format says what is wrong with member @name, or with the object itself without one. */
void
plt_adapter_object_fail (PltAdapterObject *self,
                         const char       *name,
                         const char       *format,
                         ...)
{
  g_autofree char *path = join_path (self, name);
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *words = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  plt_adapter_faults_add (self->reader->faults, path, words);
}

gboolean
plt_adapter_object_has (PltAdapterObject *self,
                        const char       *name)
{
  return get_member (self, name) != NULL;
}

/* Refuses every member but @names (NULL-terminated): a misspelt one would else be overlooked. */
void
plt_adapter_object_allow (PltAdapterObject   *self,
                          const char * const *names)
{
  if (self->object == NULL)
    return;

  g_autoptr (GList) members = json_object_get_members (self->object);
  g_autofree char *list = g_strjoinv (", ", (char **) names);

  for (GList *at = members; at != NULL; at = at->next)
    {
      if (!g_strv_contains (names, at->data))
        /* Translators: %s is a list of words */
        plt_adapter_object_fail (self, at->data, _("is not known here; there are %s"), list);
    }
}

/* An object that must be there; one without members after a failure. */
PltAdapterObject
plt_adapter_object_open (PltAdapterObject *self,
                         const char       *name)
{
  PltAdapterObject child = { self->reader, NULL, join_path (self, name) };
  JsonNode *node = demand_member (self, name, _("is missing; it must be an object"));

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    child.object = json_node_get_object (node);
  else if (node != NULL)
    plt_adapter_object_fail (self, name, _("must be an object"));

  return child;
}

/* An object that stands in an array; one without members after a failure. */
PltAdapterObject
plt_adapter_object_open_element (PltAdapterObject *self,
                                 const char       *name,
                                 JsonArray        *array,
                                 guint             index)
{
  g_autofree char *place = g_strdup_printf ("%s.%u", name, index);
  PltAdapterObject child = { self->reader, NULL, join_path (self, place) };
  JsonNode *node = json_array_get_element (array, index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    child.object = json_node_get_object (node);
  else
    plt_adapter_object_fail (self, place, _("must be an object"));

  return child;
}

/* Text that must be there and not be empty. */
char *
plt_adapter_object_text (PltAdapterObject *self,
                         const char       *name)
{
  JsonNode *node = demand_member (self, name, _("is missing; it must be text"));
  const char *text = as_text (node);

  if (node != NULL && (text == NULL || *text == '\0'))
    {
      plt_adapter_object_fail (self, name, _("must be text and not be empty"));
      return NULL;
    }

  return g_strdup (text);
}

char *
plt_adapter_object_pointer (PltAdapterObject *self,
                            const char       *name)
{
  JsonNode *node = demand_member (self, name, _("is missing; it must be a JSON Pointer such as "
                                                "“/name/surname”"));
  const char *text = as_text (node);

  if (node != NULL && (text == NULL || !plt_json_pointer_is_valid (text)))
    {
      plt_adapter_object_fail (self, name, _("must be a JSON Pointer such as “/name/surname”"));
      return NULL;
    }

  return g_strdup (text);
}

int
plt_adapter_object_int (PltAdapterObject *self,
                        const char       *name,
                        int               fallback,
                        int               min,
                        int               max)
{
  JsonNode *node = get_member (self, name);

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < min ||
      json_node_get_int (node) > max)
    {
      plt_adapter_object_fail (self, name, _("must be a whole number from %d to %d"), min, max);
      return fallback;
    }

  return (int) json_node_get_int (node);
}

/* FALSE if it is not there. */
gboolean
plt_adapter_object_boolean (PltAdapterObject *self,
                            const char       *name)
{
  JsonNode *node = get_member (self, name);

  if (node == NULL)
    return FALSE;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      plt_adapter_object_fail (self, name, _("must be true or false"));
      return FALSE;
    }

  return json_node_get_boolean (node);
}

/* The index in @words (NULL-terminated) of a member that must be there; 0 after a failure. */
int
plt_adapter_object_word (PltAdapterObject   *self,
                         const char         *name,
                         const char * const *words)
{
  JsonNode *node = get_member (self, name);
  const char *text = as_text (node);
  g_autofree char *list = g_strjoinv (", ", (char **) words);

  for (int i = 0; node != NULL && words[i] != NULL; i++)
    {
      if (g_strcmp0 (text, words[i]) == 0)
        return i;
    }
  if (node != NULL)
    plt_adapter_object_fail (self, name, _("must be one of %s"), list);
  else if (self->object != NULL)
    plt_adapter_object_fail (self, name, _("is missing; it must be one of %s"), list);

  return 0;
}

/* (transfer none) (nullable): an array that must be there. */
JsonArray *
plt_adapter_object_array (PltAdapterObject *self,
                          const char       *name)
{
  JsonNode *node = demand_member (self, name, _("is missing; it must be an array"));

  if (node != NULL && !JSON_NODE_HOLDS_ARRAY (node))
    {
      plt_adapter_object_fail (self, name, _("must be an array"));
      return NULL;
    }

  return node != NULL ? json_node_get_array (node) : NULL;
}

/* (transfer full) (nullable): an object of texts, or NULL if it is not there. */
GHashTable *
plt_adapter_object_map (PltAdapterObject *self,
                        const char       *name)
{
  if (!plt_adapter_object_has (self, name))
    return NULL;

  g_auto (PltAdapterObject) object = plt_adapter_object_open (self, name);
  GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (object.object == NULL)
    return map;

  g_autoptr (GList) members = json_object_get_members (object.object);

  for (GList *at = members; at != NULL; at = at->next)
    {
      const char *text = as_text (json_object_get_member (object.object, at->data));

      if (text == NULL)
        plt_adapter_object_fail (&object, at->data, _("must be text"));
      g_hash_table_insert (map, g_strdup (at->data), g_strdup (text));
    }

  return map;
}
