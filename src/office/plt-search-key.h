/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where each place goes on with its next page, as one line of text. */
#pragma once

#include "plt-source.h"

G_BEGIN_DECLS

/* The registries' places are their numbers; the office's own is behind them. */
#define PLT_SEARCH_PLACE_OFFICE PLT_N_SOURCES
#define PLT_N_SEARCH_PLACES (PLT_N_SOURCES + 1)

char     *plt_search_key_new  (char       *next[PLT_N_SEARCH_PLACES]);
gboolean  plt_search_key_read (const char *key,
                               char       *next[PLT_N_SEARCH_PLACES]);

G_END_DECLS
