/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the window. */
#include "config.h"

#include "plt-app.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <sys/prctl.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (PltApp) app = NULL;

  /* Personal data must not end up in a core dump. */
  prctl (PR_SET_DUMPABLE, 0);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, PLT_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("Platen"));

  app = plt_app_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
