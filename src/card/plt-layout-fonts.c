/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fonts of a layout: found by file name among the machine's font folders and put into a
 * configuration of the layout's own, so that no other font, alias or setting of the machine can
 * change a card. */
#include "plt-layout-private.h"

#include "plt-font-plain.h"
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

/* Libraries on the way from letters to dots take settings from the environment: how FreeType darkens
 * stems, which shaper HarfBuzz uses, where Thai words end, what language letters are of. Nothing of
 * the kind may change a card, so it is taken away before any of them looks and any thread is there. */
__attribute__ ((constructor)) static void
forget_settings (void)
{
  static const char *const names[] = {
    "FREETYPE_PROPERTIES", "HB_SHAPER_LIST", "HB_OPTIONS", "HB_FACE_LOADER", "HB_FONT_FUNCS",
    "LIBTHAI_DICTDIR", "PANGO_LANGUAGE",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
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

/* Fonts that lie in the folder “fonts” of the layout's own folder come before those of the machine:
 * so a layout that is kept with its fonts draws the same when the machine has newer ones. */
static GHashTable *
build_index (const char *layout_file)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *const *data_dirs = g_get_system_data_dirs ();
  g_autofree char *own = g_path_get_dirname (layout_file);
  g_autofree char *own_fonts = g_build_filename (own, "fonts", NULL);

  index_folder (index, own_fonts, MAX_FOLDER_DEPTH);
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

  /* A pipe in its place would be waited for. */
  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode))
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

static void
add_file (PltLayout            *self,
          const PltLayoutText  *text,
          GHashTable           *index,
          const char           *name,
          const char           *member_path,
          const char           *package)
{
  const char *path = g_hash_table_lookup (index, name);
  g_autofree char *hash = path != NULL ? plt_layout_hash_file (path) : NULL;
  g_autofree char *plain = hash != NULL ? plt_font_dup_plain_path (path, hash) : NULL;

  if (plain != NULL && FcConfigAppFontAddFile (self->font_config, (const FcChar8 *) plain))
    plt_layout_add_file (self, "font", name, path, hash);
  else
    /* Translators: a font file and the Debian package that brings it. */
    plt_layout_text_lack (text, member_path,
                          _("the font “%s” is not installed. Ask the administrator to install the "
                            "package %s"), name, package);
}

static void
add_files (PltLayout            *self,
           const PltLayoutText  *text,
           GHashTable           *index,
           JsonObject           *object,
           const char           *path,
           const char           *package)
{
  g_autofree char *files_path = g_strconcat (path, ".files", NULL);
  JsonNode *node = json_object_get_member (object, "files");
  JsonArray *files = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = files != NULL ? json_array_get_length (files) : 0;

  if (n == 0)
    plt_layout_text_fail (text, files_path, _("must list the names of font files"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *file_path = g_strdup_printf ("%s[%u]", files_path, i);
      JsonNode *file = json_array_get_element (files, i);

      if (!JSON_NODE_HOLDS_VALUE (file) || json_node_get_value_type (file) != G_TYPE_STRING)
        plt_layout_text_fail (text, file_path, _("must be a text in quotes"));
      else
        add_file (self, text, index, json_node_get_string (file), file_path, package);
    }
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
static void
check_families (PltLayout            *self,
                const PltLayoutText  *text,
                const char           *path,
                const char           *families,
                gboolean              is_bold)
{
  g_autofree char *families_path = g_strconcat (path, ".families", NULL);
  g_auto (GStrv) names = g_strsplit (families, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!has_family (self, g_strstrip (names[i]), is_bold))
      plt_layout_text_fail (text, families_path,
                            _("none of the files is of the family “%s” in that weight"), names[i]);
}

static void
read_files (PltLayout            *self,
            const PltLayoutText  *text,
            GHashTable           *index,
            JsonObject           *object,
            const char           *path,
            PltLayoutFont        *font)
{
  g_autofree char *weight_path = g_strconcat (path, ".weight", NULL);
  const char *families = plt_layout_get_string (text, object, path, "families");
  const char *weight = plt_layout_get_string (text, object, path, "weight");
  const char *package = plt_layout_get_string (text, object, path, "package");
  guint n_faults = plt_layout_text_count (text);

  font->families = g_strdup (families);
  font->bold = g_strcmp0 (weight, "bold") == 0;
  if (weight != NULL && !font->bold && !g_str_equal (weight, "normal"))
    plt_layout_text_fail (text, weight_path, _("must be normal or bold"));
  add_files (self, text, index, object, path, package);
  if (families != NULL && weight != NULL && plt_layout_text_count (text) == n_faults)
    check_families (self, text, path, families, font->bold);
}

/* A font with faults is there all the same, so that who names it is not told of another. */
static void
read_font (PltLayout            *self,
           const PltLayoutText  *text,
           GHashTable           *index,
           JsonNode             *node,
           const char           *path)
{
  static const char *const known[] = { "name", "families", "weight", "package", "files", NULL };
  JsonObject *object = plt_layout_get_object (text, node, path);
  g_autofree char *name_path = g_strconcat (path, ".name", NULL);
  PltLayoutFont *font;
  const char *name;

  if (object == NULL)
    return;
  plt_layout_check_members (text, object, path, known);
  name = plt_layout_get_string (text, object, path, "name");
  if (name != NULL && plt_layout_find_font (self, name) != NULL)
    plt_layout_text_fail (text, name_path, _("“%s” stands twice"), name);
  font = g_new0 (PltLayoutFont, 1);
  read_files (self, text, index, object, path, font);
  font->name = g_strdup (name != NULL ? name : "");
  g_ptr_array_add (self->fonts, font);
}

/* Returns: (transfer full): where @name lies in @folder of the layout's own folder, else of the
 * machine's data folders. */
char *
plt_layout_find_data_file (const char *layout_file,
                           const char *folder,
                           const char *name)
{
  const char *const *data_dirs = g_get_system_data_dirs ();
  g_autofree char *own = g_path_get_dirname (layout_file);
  g_autofree char *own_path = g_build_filename (own, folder, name, NULL);

  if (g_file_test (own_path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&own_path);
  for (int i = 0; data_dirs[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (data_dirs[i], folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return g_build_filename ("/usr/share", folder, name, NULL);
}

/* @array is NULL where the layout has none: then nothing is said of it. */
void
plt_layout_read_fonts (PltLayout            *self,
                       const PltLayoutText  *text,
                       JsonArray            *array)
{
  g_autoptr (GHashTable) index = build_index (text->file);

  self->font_config = FcConfigCreate ();
  FcConfigParseAndLoadFromMemory (self->font_config, (const FcChar8 *) rules, FcTrue);
  self->fonts = g_ptr_array_new_with_free_func ((GDestroyNotify) layout_font_free);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("fonts[%u]", i);

      read_font (self, text, index, json_array_get_element (array, i), path);
    }
}
