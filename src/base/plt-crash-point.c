/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kills the program where PLATEN_TEST_CRASH_AT says. Only in builds for the fault tests. */
#include "plt-crash-point.h"

#include <signal.h>

void
plt_crash_point (const char *name)
{
  if (g_strcmp0 (g_getenv ("PLATEN_TEST_CRASH_AT"), name) == 0)
    raise (SIGKILL);
}
