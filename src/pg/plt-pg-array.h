/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *plt_pg_array_to_text   (const char * const *values);
char **plt_pg_array_from_text (const char         *text);

G_END_DECLS
