/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fonts of a layout: found by file name among the machine's font folders and put into a
 * configuration of the layout's own, so that no other font, alias or setting of the machine can
 * change a card. */
#include "plt-layout-private.h"

#include "plt-layout-members.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_FOLDER_DEPTH 6

/* All the rules there are for the fonts of a layout: no hinting, grey edges, nothing made up. */
static const char rules[] =
  "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\"><fontconfig>"
  "<match target=\"font\">"
  "<edit name=\"antialias\" mode=\"assign\"><bool>true</bool></edit>"
  "<edit name=\"hinting\" mode=\"assign\"><bool>false</bool></edit>"
  "<edit name=\"autohint\" mode=\"assign\"><bool>false</bool></edit>"
  "<edit name=\"hintstyle\" mode=\"assign\"><const>hintnone</const></edit>"
  "<edit name=\"rgba\" mode=\"assign\"><const>none</const></edit>"
  "<edit name=\"lcdfilter\" mode=\"assign\"><const>lcdnone</const></edit>"
  "<edit name=\"embeddedbitmap\" mode=\"assign\"><bool>false</bool></edit>"
  "<edit name=\"embolden\" mode=\"assign\"><bool>false</bool></edit>"
  "</match></fontconfig>";

/* FreeType takes settings from the environment when it begins, and one of them darkens the stems of
 * letters. Nothing of the kind may change a card, so it is taken away before any thread is there. */
__attribute__ ((constructor)) static void
forget_freetype_settings (void)
{
  g_unsetenv ("FREETYPE_PROPERTIES");
}

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

/* SHA-256 of a file, kept by path, size and time of change: a program that loads many layouts reads
 * each font once. Returns: (transfer full) (nullable): NULL when it cannot be read. */
char *
plt_layout_hash_file (const char *path)
{
  static GMutex mutex;
  static GHashTable *hashes;
  GStatBuf status;
  g_autofree char *key = NULL;
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  char *hash;

  if (g_stat (path, &status) != 0)
    return NULL;
  key = g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %ld", path,
                         (gint64) status.st_size, (gint64) status.st_mtim.tv_sec,
                         status.st_mtim.tv_nsec);
  if (hashes == NULL)
    hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  hash = g_hash_table_lookup (hashes, key);
  if (hash != NULL)
    return g_strdup (hash);
  file = g_mapped_file_new (path, FALSE, NULL);
  if (file == NULL)
    return NULL;
  bytes = g_mapped_file_get_bytes (file);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_hash_table_insert (hashes, g_steal_pointer (&key), g_strdup (hash));
  return hash;
}

static gboolean
add_file (PltLayout   *self,
          GHashTable  *index,
          const char  *name,
          const char  *package,
          GError     **error)
{
  const char *path = g_hash_table_lookup (index, name);
  g_autofree char *hash = path != NULL ? plt_layout_hash_file (path) : NULL;

  if (hash != NULL && FcConfigAppFontAddFile (self->font_config, (const FcChar8 *) path))
    {
      plt_layout_add_file (self, "font", name, hash);
      return TRUE;
    }
  /* Translators: a font file and the Debian package that brings it. */
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_FONT,
               _("The layout “%s” was not loaded because the font “%s” is not installed. "
                 "Ask the administrator to install the package %s."),
               self->id, name, package);
  return FALSE;
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
has_family (PltLayout  *self,
            const char *family,
            gboolean    is_bold)
{
  FcFontSet *fonts = FcConfigGetFonts (self->font_config, FcSetApplication);

  for (int i = 0; fonts != NULL && i < fonts->nfont; i++)
    {
      FcChar8 *name = NULL;
      int weight = FC_WEIGHT_REGULAR;

      FcPatternGetInteger (fonts->fonts[i], FC_WEIGHT, 0, &weight);
      for (int k = 0; FcPatternGetString (fonts->fonts[i], FC_FAMILY, k, &name) == FcResultMatch; k++)
        if (g_ascii_strcasecmp ((const char *) name, family) == 0
            && (weight >= FC_WEIGHT_DEMIBOLD) == is_bold)
          return TRUE;
    }
  return FALSE;
}

/* A family that none of the files has would be drawn in another without a word. */
static gboolean
check_families (PltLayout            *self,
                const PltLayoutText  *text,
                const char           *path,
                const char           *families,
                gboolean              is_bold,
                GError              **error)
{
  g_autofree char *families_path = g_strconcat (path, ".families", NULL);
  g_auto (GStrv) names = g_strsplit (families, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!has_family (self, g_strstrip (names[i]), is_bold))
      return plt_layout_text_fail (text, families_path, error,
                                   _("none of the files is of the family “%s” in that weight"),
                                   names[i]);
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
  static const char *const known[] = { "name", "families", "weight", "package", "files", NULL };
  JsonObject *object = plt_layout_get_object (text, node, path, error);
  g_autofree char *weight_path = g_strconcat (path, ".weight", NULL);
  const char *name, *families, *weight, *package;
  PltLayoutFont *font;

  if (object == NULL || !plt_layout_check_members (text, object, path, known, error)
      || (name = plt_layout_get_string (text, object, path, "name", error)) == NULL
      || (families = plt_layout_get_string (text, object, path, "families", error)) == NULL
      || (weight = plt_layout_get_string (text, object, path, "weight", error)) == NULL
      || (package = plt_layout_get_string (text, object, path, "package", error)) == NULL)
    return FALSE;
  if (!g_str_equal (weight, "normal") && !g_str_equal (weight, "bold"))
    return plt_layout_text_fail (text, weight_path, error, _("must be normal or bold"));
  if (!add_files (self, text, index, object, path, package, error))
    return FALSE;
  if (!check_families (self, text, path, families, g_str_equal (weight, "bold"), error))
    return FALSE;
  if (self->fonts->len > 0 && plt_layout_find_font (self, name) != NULL)
    return plt_layout_text_fail (text, path, error, _("“%s” stands twice"), name);
  font = g_new0 (PltLayoutFont, 1);
  font->name = g_strdup (name);
  font->families = g_strdup (families);
  font->bold = g_str_equal (weight, "bold");
  g_ptr_array_add (self->fonts, font);
  return TRUE;
}

/* Returns: (transfer full) (nullable): where @folder of the machine's data folders has @name. */
char *
plt_layout_find_data_file (const char *folder,
                           const char *name)
{
  const char *const *data_dirs = g_get_system_data_dirs ();

  for (int i = 0; data_dirs[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (data_dirs[i], folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return g_build_filename ("/usr/share", folder, name, NULL);
}

gboolean
plt_layout_read_fonts (PltLayout            *self,
                       const PltLayoutText  *text,
                       JsonArray            *array,
                       GError              **error)
{
  g_autoptr (GHashTable) index = build_index ();

  self->font_config = FcConfigCreate ();
  FcConfigParseAndLoadFromMemory (self->font_config, (const FcChar8 *) rules, FcTrue);
  self->fonts = g_ptr_array_new_with_free_func ((GDestroyNotify) layout_font_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("fonts[%u]", i);

      if (!read_font (self, text, index, json_array_get_element (array, i), path, error)
          && !plt_layout_text_go_on (text, error))
        return FALSE;
    }
  return TRUE;
}
