/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the program. */
#include "plt-app.h"
#include "plt-translations.h"

#include <sys/prctl.h>

/* From the build folder the settings schema lies beside the program's own build; an installed
 * program finds it by itself. */
static void
find_schemas (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *schemas = folder != NULL ? g_build_filename (folder, "..", "..", "data", NULL)
                                            : NULL;
  g_autofree char *compiled = schemas != NULL
                                ? g_build_filename (schemas, "gschemas.compiled", NULL) : NULL;

  if (compiled != NULL && g_file_test (compiled, G_FILE_TEST_EXISTS))
    g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PltApp) app = NULL;

  plt_translations_start ();
  find_schemas ();
  /* Personal data must not end up in a core dump. */
  prctl (PR_SET_DUMPABLE, 0);
  g_set_prgname ("platen");

  app = plt_app_new ();

  return g_application_run (G_APPLICATION (app), argc, argv);
}
