/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes the hinting programs out of a TrueType font. Cards are drawn without hinting, but cairo copies
 * the programs into the font of every file, where they were more than half of what is compressed. The
 * outlines, their numbers and measures stay as they are. */
#include "plt-font-plain.h"

#include <fcntl.h>
#include <hb-subset.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct hb_face_t Face;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Face, hb_face_destroy)
typedef struct hb_subset_input_t SubsetInput;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsetInput, hb_subset_input_destroy)

/* (transfer full): of the first face */
static Face *
open_face (GBytes *font)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (font, &length);
  hb_blob_t *blob = hb_blob_create (data, (guint) length, HB_MEMORY_MODE_READONLY,
                                    g_bytes_ref (font), (hb_destroy_func_t) g_bytes_unref);
  Face *face = hb_face_create (blob, 0);

  hb_blob_destroy (blob);
  return face;
}

static gboolean
has_outlines (Face *face)
{
  hb_blob_t *outlines = hb_face_reference_table (face, HB_TAG ('g', 'l', 'y', 'f'));
  gboolean has = hb_blob_get_length (outlines) > 0;

  hb_blob_destroy (outlines);
  return has;
}

/* All glyphs under the numbers that they have, and every table but those of hinting. */
static SubsetInput *
keep_all (Face *face)
{
  static const hb_tag_t as_they_are[] = {
    HB_TAG ('G', 'D', 'E', 'F'), HB_TAG ('G', 'P', 'O', 'S'), HB_TAG ('G', 'S', 'U', 'B'),
    HB_TAG ('O', 'S', '/', '2'), HB_TAG ('c', 'm', 'a', 'p'), HB_TAG ('k', 'e', 'r', 'n'),
    HB_TAG ('n', 'a', 'm', 'e'), HB_TAG ('p', 'o', 's', 't'),
  };
  SubsetInput *input = hb_subset_input_create_or_fail ();
  hb_set_t *tables;

  if (input == NULL)
    return NULL;
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_RETAIN_GIDS
                                    | HB_SUBSET_FLAGS_NOTDEF_OUTLINE
                                    | HB_SUBSET_FLAGS_PASSTHROUGH_UNRECOGNIZED);
  hb_set_add_range (hb_subset_input_glyph_set (input), 0, hb_face_get_glyph_count (face) - 1);
  tables = hb_subset_input_set (input, HB_SUBSET_SETS_NO_SUBSET_TABLE_TAG);
  for (guint i = 0; i < G_N_ELEMENTS (as_they_are); i++)
    hb_set_add (tables, as_they_are[i]);
  return input;
}

static void
free_blob (gpointer blob)
{
  hb_blob_destroy (blob);
}

/* Returns: (transfer full) (nullable): NULL for a font of another kind, or one that cannot be read */
GBytes *
plt_font_make_plain (GBytes *font)
{
  g_autoptr (Face) face = open_face (font);
  g_autoptr (SubsetInput) input = NULL;
  g_autoptr (Face) plain = NULL;
  hb_blob_t *blob;
  const char *data;
  guint length;

  if (hb_face_get_glyph_count (face) == 0 || !has_outlines (face))
    return NULL;
  input = keep_all (face);
  plain = input != NULL ? hb_subset_or_fail (face, input) : NULL;
  if (plain == NULL)
    return NULL;
  blob = hb_face_reference_blob (plain);
  data = hb_blob_get_data (blob, &length);
  return g_bytes_new_with_free_func (data, length, free_blob, blob);
}

/* A file without a name, which nobody can change: fontconfig wants a path. */
static char *
write_sealed (GBytes *font)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (font, &length);
  int fd = memfd_create ("font", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  gssize written = 1;

  for (gsize at = 0; fd >= 0 && at < length && written > 0; at += (gsize) written)
    written = write (fd, data + at, length - at);
  if (fd >= 0 && written > 0
      && fcntl (fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
    return g_strdup_printf ("/proc/self/fd/%d", fd);
  if (fd >= 0)
    close (fd);
  return NULL;
}

/* @hash: of the file at @path, for which the plain one is kept as long as the program runs.
 *
 * Returns: (transfer full): where the font lies without hinting; @path itself where there is none */
char *
plt_font_dup_plain_path (const char *path,
                         const char *hash)
{
  static GMutex mutex;
  static GHashTable *paths;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) plain = NULL;
  char *plain_path = NULL;

  if (paths == NULL)
    paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_hash_table_contains (paths, hash))
    return g_strdup (g_hash_table_lookup (paths, hash));
  file = g_mapped_file_new (path, FALSE, NULL);
  bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  plain = bytes != NULL ? plt_font_make_plain (bytes) : NULL;
  plain_path = plain != NULL ? write_sealed (plain) : NULL;
  if (plain_path == NULL)
    plain_path = g_strdup (path);
  g_hash_table_insert (paths, g_strdup (hash), plain_path);
  return g_strdup (plain_path);
}
