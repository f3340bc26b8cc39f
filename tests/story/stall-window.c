/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Platen's window with a heart in its main loop: for each line that it reads it says how long the
 * loop stood still since the line before. */
#include "plt-app.h"
#include "plt-test-heart.h"

#include <glib-unix.h>
#include <stdio.h>
#include <unistd.h>

static PltTestHeart *heart;

static gboolean
asked_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  char line[64];

  if (read (fd, line, sizeof line) <= 0)
    return G_SOURCE_REMOVE;
  printf ("standstill %d us\n", (int) plt_test_heart_stop (heart));
  fflush (stdout);
  heart = plt_test_heart_start ();
  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PltApp) app = NULL;
  int status;

  g_set_prgname ("platen");
  app = plt_app_new ();
  heart = plt_test_heart_start ();
  g_unix_fd_add (STDIN_FILENO, G_IO_IN, asked_cb, NULL);
  status = g_application_run (G_APPLICATION (app), argc, argv);
  plt_test_heart_stop (heart);
  return status;
}
