/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fonts of a layout: found by file name among the machine's font folders and put into a
 * configuration of the layout's own, so that no other font, alias or setting of the machine can
 * change a card. */
#include "plt-layout-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FOLDER_DEPTH 6

static void
layout_font_free (PltLayoutFont *font)
{
  g_free (font->name);
  g_free (font->families);
  g_free (font);
}

/* File name → path, of everything below @folder; the first found stays. */
static void
index_folder (GHashTable *index,
              const char *folder,
              int         depth)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".ttf") || g_str_has_suffix (name, ".otf"))
        {
          if (!g_hash_table_contains (index, name))
            g_hash_table_insert (index, g_strdup (name), g_steal_pointer (&path));
        }
      else if (depth < MAX_FOLDER_DEPTH && g_file_test (path, G_FILE_TEST_IS_DIR))
        index_folder (index, path, depth + 1);
    }
}

static GHashTable *
build_index (void)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *const *data_dirs = g_get_system_data_dirs ();

  for (int i = 0; data_dirs[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (data_dirs[i], "fonts", NULL);

      index_folder (index, folder, 0);
    }
  index_folder (index, "/usr/share/fonts", 0);
  return index;
}

static gboolean
add_file (PltLayout   *self,
          GHashTable  *index,
          const char  *name,
          const char  *package,
          GError     **error)
{
  const char *path = g_hash_table_lookup (index, name);

  if (path != NULL && FcConfigAppFontAddFile (self->font_config, (const FcChar8 *) path))
    return TRUE;
  /* Translators: a font file and the Debian package that brings it. */
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_FONT,
               _("The layout “%s” was not loaded because the font “%s” is not installed. "
                 "Ask the administrator to install the package %s."),
               self->id, name, package);
  return FALSE;
}

static const char *
read_member (const PltLayoutText *text,
             JsonObject          *object,
             const char          *path,
             const char          *name,
             GError             **error)
{
  g_autofree char *member_path = g_strdup_printf ("%s.%s", path, name);
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    plt_layout_text_fail (text, member_path, error, _("is missing"));
  else if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    plt_layout_text_fail (text, member_path, error, _("must be a text in quotes"));
  else
    return json_node_get_string (node);
  return NULL;
}

static gboolean
check_members (const PltLayoutText *text,
               JsonObject          *object,
               const char          *path,
               GError             **error)
{
  static const char *const known[] = { "name", "families", "weight", "package", "files", NULL };
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *member_path = g_strdup_printf ("%s.%s", path, (char *) l->data);

      if (!g_strv_contains (known, l->data))
        return plt_layout_text_fail (text, member_path, error, _("a font has no such member"));
    }
  return TRUE;
}

static gboolean
add_files (PltLayout            *self,
           const PltLayoutText  *text,
           GHashTable           *index,
           JsonObject           *object,
           const char           *path,
           const char           *package,
           GError              **error)
{
  g_autofree char *files_path = g_strconcat (path, ".files", NULL);
  JsonNode *node = json_object_get_member (object, "files");
  JsonArray *files = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (files == NULL || json_array_get_length (files) == 0)
    return plt_layout_text_fail (text, files_path, error, _("must list the names of font files"));
  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      JsonNode *file = json_array_get_element (files, i);

      if (!JSON_NODE_HOLDS_VALUE (file) || json_node_get_value_type (file) != G_TYPE_STRING)
        return plt_layout_text_fail (text, files_path, error,
                                     _("must list the names of font files"));
      if (!add_file (self, index, json_node_get_string (file), package, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_font (PltLayout            *self,
           const PltLayoutText  *text,
           GHashTable           *index,
           JsonNode             *node,
           const char           *path,
           GError              **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *weight_path = g_strconcat (path, ".weight", NULL);
  const char *name, *families, *weight, *package;
  PltLayoutFont *font;

  if (object == NULL)
    return plt_layout_text_fail (text, path, error, _("must be an object in braces"));
  if (!check_members (text, object, path, error)
      || (name = read_member (text, object, path, "name", error)) == NULL
      || (families = read_member (text, object, path, "families", error)) == NULL
      || (weight = read_member (text, object, path, "weight", error)) == NULL
      || (package = read_member (text, object, path, "package", error)) == NULL)
    return FALSE;
  if (!g_str_equal (weight, "normal") && !g_str_equal (weight, "bold"))
    return plt_layout_text_fail (text, weight_path, error, _("must be normal or bold"));
  if (!add_files (self, text, index, object, path, package, error))
    return FALSE;
  font = g_new0 (PltLayoutFont, 1);
  font->name = g_strdup (name);
  font->families = g_strdup (families);
  font->bold = g_str_equal (weight, "bold");
  g_ptr_array_add (self->fonts, font);
  return TRUE;
}

gboolean
plt_layout_read_fonts (PltLayout            *self,
                       const PltLayoutText  *text,
                       JsonArray            *array,
                       GError              **error)
{
  g_autoptr (GHashTable) index = build_index ();

  self->font_config = FcConfigCreate ();
  self->fonts = g_ptr_array_new_with_free_func ((GDestroyNotify) layout_font_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("fonts[%u]", i);

      if (!read_font (self, text, index, json_array_get_element (array, i), path, error))
        return FALSE;
    }
  return TRUE;
}
