/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-layout-keep.h"

#include "plt-layout-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* The folder of the copy for what is @key, such as "font OCRB.otf", and that file's name. */
static char *
find_place (const char  *folder,
            const char  *key,
            const char **name)
{
  static const char *const folders[][2] = {
    { "file ", "" }, { "font ", "fonts" }, { "hyphenation ", "hyphen" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_str_has_prefix (key, folders[i][0]))
      {
        *name = key + strlen (folders[i][0]);
        return g_build_filename (folder, folders[i][1], NULL);
      }
  g_assert_not_reached ();
}

static gboolean
make_folder (const char  *folder,
             GError     **error)
{
  g_autofree char *shown = NULL;
  int code;

  if (g_mkdir_with_parents (folder, 0755) == 0)
    return TRUE;
  code = errno;
  shown = g_filename_display_name (folder);
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
               _("The folder “%s” was not made: %s."), shown, g_strerror (code));
  return FALSE;
}

static gboolean
copy_file (const char  *from,
           const char  *sha256,
           const char  *folder,
           const char  *name,
           GError     **error)
{
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autofree char *data = NULL;
  g_autofree char *hash = NULL;
  gsize size = 0;

  if (!make_folder (folder, error) || !g_file_get_contents (from, &data, &size, error))
    return FALSE;
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, size);
  if (g_str_equal (hash, sha256))
    return g_file_set_contents_full (to, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                                     error);
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
               _("The layout was not kept, because the file “%s” changed meanwhile. Try again."), from);
  return FALSE;
}

static gboolean
check_copy (PltLayout   *layout,
            const char  *folder,
            GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "layout.json", NULL);
  g_autoptr (PltLayout) copy = plt_layout_new_from_file (path, error);

  if (copy == NULL)
    return FALSE;
  if (g_str_equal (plt_layout_get_digest (copy), plt_layout_get_digest (layout)))
    return TRUE;
  g_set_error (error, PLT_CARD_ERROR, PLT_CARD_ERROR_LAYOUT,
               _("The layout was not kept: the folder “%s” holds other files besides. Take an empty "
                 "one."), folder);
  return FALSE;
}

char *
plt_layout_keep (PltLayout   *layout,
                 const char  *folder,
                 GError     **error)
{
  g_autofree char *version = NULL;
  g_autofree char *target = NULL;
  GHashTableIter iter;
  gpointer key, path;

  g_return_val_if_fail (PLT_IS_LAYOUT (layout) && folder != NULL, NULL);

  version = g_strdup_printf ("%d", layout->version);
  target = g_build_filename (folder, layout->id, version, NULL);
  g_hash_table_iter_init (&iter, layout->paths);
  while (g_hash_table_iter_next (&iter, &key, &path))
    {
      const char *name = NULL;
      g_autofree char *place = find_place (target, key, &name);

      if (!copy_file (path, g_hash_table_lookup (layout->files, key), place, name, error))
        return NULL;
    }
  return check_copy (layout, target, error) ? g_steal_pointer (&target) : NULL;
}
