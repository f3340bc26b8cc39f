/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-verify-trust.h"

#include "plt-office-error-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_FILES 500
#define MAX_BYTES (1024 * 1024)

static GBytes *
take_coordinate (JsonObject *key,
                 const char *name)
{
  g_autofree char *text = g_strdup (json_object_get_string_member_with_default (key, name, ""));
  g_autofree char *padded = NULL;
  gsize length = 0;
  guchar *bytes;

  g_strdelimit (text, "-", '+');
  g_strdelimit (text, "_", '/');
  padded = g_strconcat (text, strlen (text) % 4 == 2 ? "==" : strlen (text) % 4 == 3 ? "=" : "", NULL);
  bytes = g_base64_decode (padded, &length);
  return g_bytes_new_take (bytes, length);
}

/* Of keys that sign codes; what signs with a certificate comes as one. A key set may say a purpose of its own
 * (“platen_purpose”). */
static PltVerifyPurpose
get_purposes (JsonObject *key)
{
  const char *purpose = json_object_get_string_member_with_default (key, "platen_purpose", "");

  if (g_str_equal (purpose, "qr"))
    return PLT_VERIFY_PURPOSE_QR;
  if (g_str_equal (purpose, "pdf417") || g_str_equal (purpose, "data") ||
      g_str_equal (purpose, "document"))
    return PLT_VERIFY_PURPOSE_CODE;
  if (g_str_equal (purpose, "audit"))
    return PLT_VERIFY_PURPOSE_MANIFEST;
  if (g_str_equal (purpose, "approval"))
    return PLT_VERIFY_PURPOSE_APPROVAL;
  return *purpose == '\0' ? PLT_VERIFY_PURPOSE_QR | PLT_VERIFY_PURPOSE_CODE : PLT_VERIFY_PURPOSE_FILE;
}

/* Keys of other kinds are other people's business. */
static gboolean
add_key (PltVerifyKeys  *keys,
         JsonObject     *key,
         GError        **error)
{
  const char *id = json_object_get_string_member_with_default (key, "kid", "");
  g_autoptr (GBytes) x = take_coordinate (key, "x");
  g_autoptr (GBytes) y = take_coordinate (key, "y");

  if (!g_str_equal (json_object_get_string_member_with_default (key, "crv", ""), "P-256") || *id == '\0')
    return TRUE;
  return plt_verify_keys_add_point (keys, id, x, y, get_purposes (key),
                                    json_object_get_int_member_with_default (key, "exp", 0), error);
}

static gboolean
add_key_set (PltVerifyKeys  *keys,
             GBytes         *bytes,
             const char     *name,
             GError        **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  JsonNode *root = json_parser_load_from_data (parser, text, (gssize) length, NULL)
                     ? json_parser_get_root (parser)
                     : NULL;
  JsonNode *list = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                     ? json_object_get_member (json_node_get_object (root), "keys")
                     : NULL;
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  if (array == NULL)
    {
      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                      _("“%s” is no set of published keys. Take it out of the folder, or export"
                                                        " it again."), name));
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *key = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (key) && !add_key (keys, json_node_get_object (key), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_file (PltVerifyKeys  *keys,
          const char     *folder,
          const char     *name,
          GError        **error)
{
  static const char *const endings[] = { ".pem", ".crt", ".cer", ".der", ".crl", ".pub" };
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean is_key_set = g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".jwks");
  gboolean wanted = is_key_set;

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    wanted |= g_str_has_suffix (name, endings[i]);
  if (!wanted || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  mapped = g_mapped_file_new (path, FALSE, error);
  if (mapped == NULL || g_mapped_file_get_length (mapped) > MAX_BYTES)
    return mapped != NULL;
  bytes = g_mapped_file_get_bytes (mapped);
  return is_key_set ? add_key_set (keys, bytes, name, error)
                    : plt_verify_keys_add_file (keys, bytes, name, error);
}

/**
 * plt_verify_trust_add_folder:
 * @error: with the file that is none of these; then nothing can be relied upon
 *
 * Files with other endings are passed over.
 */
gboolean
plt_verify_trust_add_folder (PltVerifyKeys  *keys,
                             const char     *folder,
                             GError        **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    {
      g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                      _("The folder of certificates “%s” cannot be opened, so nothing can be verified "
                                                        "with it. Name a folder with certificates and published keys that you may "
                                                        "read."), folder));
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL && n++ < MAX_FILES)
    if (!add_file (keys, folder, name, error))
      return FALSE;
  if (plt_verify_keys_get_size (keys) > 0)
    return TRUE;
  g_propagate_error (error, plt_office_error_new (PLT_OFFICE_ERROR_INVALID, NULL,
                                                  _("The folder “%s” holds no certificates and no published keys, so nothing can"
                                                    " be verified with it. Export them there first."), folder));
  return FALSE;
}
