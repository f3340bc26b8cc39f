/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program's own data are, installed or in the source tree it was built in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *plt_data_folder_find (const char *name);

G_END_DECLS
