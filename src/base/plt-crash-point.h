/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Named points of printing, and of writing a file, at which the fault tests kill the program, as a power cut would. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#ifdef PLT_CRASH_POINTS
void plt_crash_point (const char *name);
#else
#define plt_crash_point(name) G_STMT_START { } G_STMT_END
#endif

G_END_DECLS
