/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the translations, installed or in the build folder. */
#include "config.h"
#include "plt-translations.h"

#include <libintl.h>
#include <locale.h>

/* In the build folder po/ is beside src/; nothing of that name lies there in an installation.
 * Returns: (nullable) (transfer full) */
static char *
find_build_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *po = folder != NULL ? g_build_filename (folder, "..", "..", "po", NULL) : NULL;

  return po != NULL && g_file_test (po, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&po) : NULL;
}

/**
 * plt_translations_start:
 *
 * Takes the language from the environment. Each program calls it first, before anything is said
 * and before there is a second thread.
 */
void
plt_translations_start (void)
{
  g_autofree char *build_folder = find_build_folder ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, build_folder != NULL ? build_folder : PLT_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
