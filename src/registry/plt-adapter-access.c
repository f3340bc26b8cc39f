/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads “headers”, “ca” and “authentication” of an adapter file. */
#include "plt-adapter-access.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char * const authentication_types[] = {
  [PLT_AUTHENTICATION_MUTUAL_TLS] = "mutual-tls",
  [PLT_AUTHENTICATION_BEARER] = "bearer",
  [PLT_AUTHENTICATION_API_KEY] = "api-key",
  [PLT_AUTHENTICATION_X_ROAD] = "x-road",
  NULL,
};
static const char * const mutual_tls_members[] = { "type", "certificate", "key", NULL };
static const char * const bearer_members[] = { "type", "token_file", NULL };
static const char * const api_key_members[] = { "type", "header", "key_file", NULL };
static const char * const x_road_members[] = { "type", "client", "user_id", NULL };

static char *
read_file_name (PltAdapterObject *object,
                const char       *name)
{
  g_autofree char *text = plt_adapter_object_text (object, name);
  g_autofree char *file = g_canonicalize_filename (object->reader->file, NULL);
  g_autofree char *folder = g_path_get_dirname (file);

  return text != NULL ? g_canonicalize_filename (text, folder) : NULL;
}

/* A header name is a token and a value has no line breaks (RFC 9110, 5.1 and 5.5). */
static gboolean
is_token (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && strchr ("!#$%&'*+-.^_`|~", *at) == NULL)
        return FALSE;
    }

  return *text != '\0';
}

static gboolean
has_control (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_ascii_iscntrl (*at))
        return TRUE;
    }

  return FALSE;
}

static void
check_headers (PltRegistryAdapter *adapter,
               PltAdapterObject   *object)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (adapter->headers == NULL)
    return;

  g_hash_table_iter_init (&iter, adapter->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!is_token (name) || (value != NULL && has_control (value)))
        plt_adapter_object_fail (object, "headers", _("“%s” cannot be a request header"),
                                 (const char *) name);
    }
}

/* INSTANCE/CLASS/MEMBER or INSTANCE/CLASS/MEMBER/SUBSYSTEM, each percent-encoded where it must be
 * (X-Road Message Protocol for REST, 4.3). */
static gboolean
is_x_road_client (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);
  guint n_parts = g_strv_length (parts);

  for (guint i = 0; i < n_parts; i++)
    {
      if (*parts[i] == '\0')
        return FALSE;
    }
  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isgraph (*at))
        return FALSE;
    }

  return n_parts == 3 || n_parts == 4;
}

static void
read_x_road (PltRegistryAdapter *adapter,
             PltAdapterObject   *object)
{
  plt_adapter_object_allow (object, x_road_members);
  adapter->x_road_client = plt_adapter_object_text (object, "client");
  if (adapter->x_road_client != NULL && !is_x_road_client (adapter->x_road_client))
    plt_adapter_object_fail (object, "client",
                             _("must be an X-Road identifier such as UTO/GOV/10001/platen"));
  if (!plt_adapter_object_has (object, "user_id"))
    return;
  adapter->x_road_user = plt_adapter_object_text (object, "user_id");
  if (adapter->x_road_user != NULL && has_control (adapter->x_road_user))
    plt_adapter_object_fail (object, "user_id", _("cannot be a request header"));
}

static void
read_api_key (PltRegistryAdapter *adapter,
              PltAdapterObject   *object)
{
  plt_adapter_object_allow (object, api_key_members);
  adapter->key_header = plt_adapter_object_text (object, "header");
  if (adapter->key_header != NULL && !is_token (adapter->key_header))
    plt_adapter_object_fail (object, "header", _("cannot be a request header"));
  adapter->api_key = read_file_name (object, "key_file");
}

static gboolean
has_type (PltRegistryAdapter *adapter,
          PltAuthentication   type)
{
  switch (type)
    {
    case PLT_AUTHENTICATION_MUTUAL_TLS:
      return adapter->certificate != NULL;
    case PLT_AUTHENTICATION_BEARER:
      return adapter->token != NULL;
    case PLT_AUTHENTICATION_API_KEY:
      return adapter->api_key != NULL;
    case PLT_AUTHENTICATION_X_ROAD:
      return adapter->x_road_client != NULL;
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
read_one (PltRegistryAdapter *adapter,
          PltAdapterObject   *object)
{
  guint n_faults = object->reader->faults->len;
  PltAuthentication type =
    (PltAuthentication) plt_adapter_object_word (object, "type", authentication_types);

  if (object->object == NULL || object->reader->faults->len > n_faults)
    return;
  if (has_type (adapter, type))
    {
      plt_adapter_object_fail (object, "type", _("stands here twice"));
      return;
    }
  switch (type)
    {
    case PLT_AUTHENTICATION_MUTUAL_TLS:
      plt_adapter_object_allow (object, mutual_tls_members);
      adapter->certificate = read_file_name (object, "certificate");
      adapter->key = read_file_name (object, "key");
      break;
    case PLT_AUTHENTICATION_BEARER:
      plt_adapter_object_allow (object, bearer_members);
      adapter->token = read_file_name (object, "token_file");
      break;
    case PLT_AUTHENTICATION_API_KEY:
      read_api_key (adapter, object);
      break;
    case PLT_AUTHENTICATION_X_ROAD:
      read_x_road (adapter, object);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* One way, or an array of ways that are used together. */
static void
read_authentication (PltRegistryAdapter *adapter,
                     PltAdapterObject   *object)
{
  JsonNode *node = object->object != NULL
                     ? json_object_get_member (object->object, "authentication")
                     : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      g_auto (PltAdapterObject) child = plt_adapter_object_open (object, "authentication");

      read_one (adapter, &child);
      return;
    }

  JsonArray *array = json_node_get_array (node);

  if (json_array_get_length (array) == 0)
    plt_adapter_object_fail (object, "authentication", _("must not be empty"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_auto (PltAdapterObject) child =
        plt_adapter_object_open_element (object, "authentication", array, i);

      read_one (adapter, &child);
    }
}

/**
 * plt_adapter_access_read:
 * @adapter: what is filled
 * @object: the whole file
 *
 * Faults go to the object's reader.
 */
void
plt_adapter_access_read (PltRegistryAdapter *adapter,
                         PltAdapterObject   *object)
{
  adapter->headers = plt_adapter_object_map (object, "headers");
  if (plt_adapter_object_has (object, "ca"))
    adapter->ca = read_file_name (object, "ca");
  read_authentication (adapter, object);
  check_headers (adapter, object);
}
