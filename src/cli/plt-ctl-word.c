/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-ctl-word.h"

#include <glib/gi18n-lib.h>

const char *
plt_ctl_word_find (const PltCtlWord *words,
                   gsize             n_words,
                   const char       *nick)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_str_equal (words[i].nick, nick))
      return _(words[i].title);
  return NULL;
}
