/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-layout-source.h"

#include "plt-data-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHARED_FOLDER "shared"

static GBytes *
fail (char       **problem,
      char        *words)
{
  *problem = words;
  return NULL;
}

static GBytes *
read_all (int    file,
          gsize  most,
          char **problem)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 part[16 * 1024];

  for (;;)
    {
      gssize n = read (file, part, sizeof part);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (problem, g_strdup (g_strerror (errno)));
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      g_byte_array_append (bytes, part, (guint) n);
      if (bytes->len > most)
        return fail (problem, g_strdup_printf (_("the file is larger than %u kB"),
                                               (guint) (most / 1024)));
    }
}

/**
 * plt_layout_read_file:
 * @most: bytes that the file may have
 * @problem: (out) (transfer full): what is wrong, in words without a full stop
 *
 * A pipe or a device is no file: nothing waits for one, and none is read without end.
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *
plt_layout_read_file (const char  *path,
                      gsize        most,
                      char       **problem)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat status;
  GBytes *bytes;

  if (file < 0)
    return fail (problem, g_strdup (g_strerror (errno)));
  if (fstat (file, &status) != 0 || !S_ISREG (status.st_mode))
    {
      close (file);
      return fail (problem, g_strdup (_("it is no plain file")));
    }
  bytes = read_all (file, most, problem);
  close (file);
  return bytes;
}

/* Whether @path, with all links followed, still lies directly in @folder. */
static gboolean
lies_in (const char *path,
         const char *folder)
{
  char *real_path = realpath (path, NULL), *real_folder = realpath (folder, NULL);
  g_autofree char *parent = real_path != NULL ? g_path_get_dirname (real_path) : NULL;
  gboolean is_in = real_folder != NULL && g_strcmp0 (parent, real_folder) == 0;

  free (real_path);
  free (real_folder);
  return is_in;
}

static void
add_shared (GStrvBuilder *builder,
            const char   *beside)
{
  g_autofree char *folder = g_build_filename (beside, SHARED_FOLDER, NULL);

  g_strv_builder_add (builder, folder);
}

/* The folders in which a file of the layout may lie: its own; “shared” beside that, or where it is one
 * of several versions, beside the folder of all of them; “shared” of the layouts of the program. */
static char **
list_folders (const char *layout_file)
{
  g_autofree char *own = g_path_get_dirname (layout_file);
  g_autofree char *name = NULL;
  char *real_own = realpath (own, NULL);
  g_autofree char *beside = g_path_get_dirname (real_own != NULL ? real_own : own);
  g_autofree char *above = g_path_get_dirname (beside);
  g_autofree char *shipped = plt_data_folder_find ("layouts/" SHARED_FOLDER);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  name = g_path_get_basename (real_own != NULL ? real_own : own);
  free (real_own);
  g_strv_builder_add (builder, own);
  add_shared (builder, beside);
  if (strspn (name, "0123456789") == strlen (name))
    add_shared (builder, above);
  g_strv_builder_add (builder, shipped);
  return g_strv_builder_end (builder);
}

/**
 * plt_layout_find_own_file:
 * @layout_file: the layout.json
 * @name: of the file, without a folder
 * @path: (out) (transfer full): where it lies, or was looked for first
 * @problem: (out) (transfer full): what is wrong, in words without a full stop
 *
 * Returns: whether there is such a file
 */
gboolean
plt_layout_find_own_file (const char  *layout_file,
                          const char  *name,
                          char       **path,
                          char       **problem)
{
  g_auto (GStrv) folders = list_folders (layout_file);

  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *file = g_build_filename (folders[i], name, NULL);

      if (!g_file_test (file, G_FILE_TEST_IS_SYMLINK) && !g_file_test (file, G_FILE_TEST_EXISTS))
        continue;
      *path = g_strdup (file);
      if (lies_in (file, folders[i]))
        return TRUE;
      *problem = g_strdup (_("it is a link that leads out of the layout’s folder, or to nothing; "
                             "put a copy there"));
      return FALSE;
    }
  *path = g_build_filename (folders[0], name, NULL);
  *problem = g_strdup (_("it lies neither in the layout’s own folder nor in a folder “shared” "
                         "beside the layouts"));
  return FALSE;
}

/* As plt_layout_find_own_file(); reads it, too. Returns: (transfer full) (nullable) */
GBytes *
plt_layout_read_own_file (const char  *layout_file,
                          const char  *name,
                          gsize        most,
                          char       **path,
                          char       **problem)
{
  return plt_layout_find_own_file (layout_file, name, path, problem)
         ? plt_layout_read_file (*path, most, problem) : NULL;
}
