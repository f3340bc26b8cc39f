/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a folder of the program's data. */
#include "config.h"

#include "plt-data-folder.h"

/* A program that was built and not installed lies below its source tree, whatever the build
 * folder's name; an installed one has no data/schema above it. */
static char *
find_above_program (const char *name)
{
  g_autofree char *at = g_file_read_link ("/proc/self/exe", NULL);

  while (at != NULL && !g_str_equal (at, "/") && !g_str_equal (at, "."))
    {
      g_autofree char *parent = g_path_get_dirname (at);
      g_autofree char *mark = g_build_filename (parent, "data", "schema", "README.md", NULL);

      if (g_file_test (mark, G_FILE_TEST_EXISTS))
        return g_build_filename (parent, "data", name, NULL);
      g_free (at);
      at = g_steal_pointer (&parent);
    }

  return NULL;
}

/**
 * plt_data_folder_find:
 * @name: "schema", "layouts", "registries" or another folder of data/
 *
 * The variable PLATEN_SOURCE_ROOT names a source tree; without it the tree that the program was
 * built in counts, and without that the installed folder.
 *
 * Returns: (transfer full): an absolute path; that it exists is not promised
 */
char *
plt_data_folder_find (const char *name)
{
  const char *root = g_getenv ("PLATEN_SOURCE_ROOT");
  g_autofree char *found = root != NULL ? g_build_filename (root, "data", name, NULL)
                                        : find_above_program (name);

  return found != NULL && g_file_test (found, G_FILE_TEST_IS_DIR)
           ? g_steal_pointer (&found) : g_build_filename (PLT_PKGDATADIR, name, NULL);
}
