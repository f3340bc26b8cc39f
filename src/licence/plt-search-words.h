/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words of a line of search belong to an address, and which say nothing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean plt_search_word_introduces_date (const char *word);
void     plt_search_words_drop_particles (GPtrArray  *names);
void     plt_search_words_sort_out       (GPtrArray  *words,
                                          GPtrArray  *names,
                                          GPtrArray  *address);

G_END_DECLS
