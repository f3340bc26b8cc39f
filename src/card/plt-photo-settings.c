/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-photo-settings.h"

#include <glib/gi18n-lib.h>

#define FORMAT 1
#define MAX_BYTES (64 * 1024)

/**
 * plt_photo_settings_fail:
 * @what: which of the files
 * @name: the file
 * @member: where in it
 * @why: what would be right there
 * @error: %G_IO_ERROR_INVALID_DATA
 *
 * Returns: %FALSE
 */
gboolean
plt_photo_settings_fail (PltPhotoSettings   what,
                         const char        *name,
                         const char        *member,
                         const char        *why,
                         GError           **error)
{
  if (what == PLT_PHOTO_SETTINGS_CHECKS)
    /* Translators: a file's name, one of its members, what would be right there */
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("The photo checks “%s” cannot be used: “%s” %s. Correct the file."), name, member,
                 why);
  else
    /* Translators: a file's name, one of its members, what would be right there */
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("The sizes of portraits “%s” cannot be used: “%s” %s. Correct the file."), name,
                 member, why);
  return FALSE;
}

/**
 * plt_photo_settings_get:
 * @settings: what was parsed
 * @member: of the outermost object
 * @type: which it must have
 *
 * Returns: (transfer none) (nullable): %NULL where it is missing or of another type
 */
JsonNode *
plt_photo_settings_get (JsonParser   *settings,
                        const char   *member,
                        JsonNodeType  type)
{
  JsonObject *root = json_node_get_object (json_parser_get_root (settings));
  JsonNode *node = json_object_get_member (root, member);

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

/**
 * plt_photo_settings_parse:
 * @what: which of the files
 * @json: its contents
 * @length: how many bytes, -1 up to NUL
 * @name: the file, for messages
 * @error: the first fault
 *
 * Returns: (transfer full) (nullable): whose root is an object of the format that is known
 */
JsonParser *
plt_photo_settings_parse (PltPhotoSettings   what,
                          const char        *json,
                          gssize             length,
                          const char        *name,
                          GError           **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local_error = NULL;
  JsonNode *root, *format;

  if (!json_parser_load_from_data (parser, json, length, &local_error))
    {
      plt_photo_settings_fail (what, name, local_error->message, _("is not JSON"), error);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      plt_photo_settings_fail (what, name, "{}", _("must be an object in braces"), error);
      return NULL;
    }
  format = plt_photo_settings_get (parser, "format", JSON_NODE_VALUE);
  if (format == NULL || json_node_get_int (format) != FORMAT)
    {
      plt_photo_settings_fail (what, name, "format", _("must be 1"), error);
      return NULL;
    }
  return g_steal_pointer (&parser);
}

/**
 * plt_photo_settings_read:
 * @what: which of the files
 * @path: where it lies
 * @length: (out): how many bytes it has, at most 64 kB
 * @error: why it was not read
 *
 * Returns: (transfer full) (nullable): its contents
 */
char *
plt_photo_settings_read (PltPhotoSettings   what,
                         const char        *path,
                         gsize             *length,
                         GError           **error)
{
  g_autofree char *json = NULL;

  if (!g_file_get_contents (path, &json, length, error))
    return NULL;
  if (*length > MAX_BYTES)
    {
      plt_photo_settings_fail (what, path, "{}", _("is longer than 64 kB"), error);
      return NULL;
    }
  return g_steal_pointer (&json);
}
