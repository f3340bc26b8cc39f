/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the translations, installed or in the build folder. */
#include "config.h"
#include "plt-translations.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

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

/* The GNU C library looks translations up anew when this has changed (libintl.h does not declare it). */
extern int _nl_msg_cat_cntr;

/**
 * plt_translations_choose:
 * @language: two letters
 *
 * From now on words are said in this language, in all threads: for a program that does one thing.
 *
 * Returns: whether there are words in it
 */
gboolean
plt_translations_choose (const char *language)
{
  g_autofree char *folder = find_build_folder ();
  g_autofree char *name = g_strconcat (GETTEXT_PACKAGE, ".mo", NULL);
  g_autofree char *installed = g_build_filename (PLT_LOCALEDIR, language, "LC_MESSAGES", name, NULL);
  g_autofree char *built = folder != NULL ? g_build_filename (folder, language, "LC_MESSAGES", name, NULL)
                                          : NULL;

  if (strlen (language) != 2 || !g_ascii_isalpha (language[0]) || !g_ascii_isalpha (language[1])
      || !(g_str_equal (language, "en") || g_file_test (built != NULL ? built : installed, G_FILE_TEST_EXISTS)))
    return FALSE;
  if (g_str_equal (setlocale (LC_MESSAGES, NULL), "C"))
    setlocale (LC_MESSAGES, "C.UTF-8");
  g_setenv ("LANGUAGE", language, TRUE);
  _nl_msg_cat_cntr++;
  return TRUE;
}
