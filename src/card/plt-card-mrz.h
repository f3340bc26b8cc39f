/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many lines of how many characters a machine-readable zone has in each manner. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* “fr”: one line of thirty characters; “nl”: the same, other contents; “ch”: nine, thirty and thirty. */
typedef enum
{
  PLT_CARD_MRZ_FR,
  PLT_CARD_MRZ_NL,
  PLT_CARD_MRZ_CH,
  PLT_N_CARD_MRZ_MANNERS,
} PltCardMrzManner;

#define PLT_CARD_MRZ_MOST_LINES 3

guint     plt_card_mrz_count_lines (PltCardMrzManner  manner);
guint     plt_card_mrz_get_length  (PltCardMrzManner  manner,
                                    guint             line);
/* Lines are separated by newlines. */
gboolean  plt_card_mrz_fits        (PltCardMrzManner  manner,
                                    const char       *zone);

G_END_DECLS
