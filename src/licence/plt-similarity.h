/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How alike two spellings are: edits between them, Jaro-Winkler, and a key for how they sound. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int      plt_similarity_edits        (const char *a,
                                      const char *b);
double   plt_similarity_jaro_winkler (const char *a,
                                      const char *b);
char    *plt_similarity_sound        (const char *name);

G_END_DECLS
