/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One word of the output and what it is called in the reader's language. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *nick;  /* as in the JSON */
  const char *title; /* to be translated */
} PltCtlWord;

/* (nullable): the title of @nick in @words, translated */
const char *plt_ctl_word_find (const PltCtlWord *words,
                               gsize             n_words,
                               const char       *nick);

#define PLT_CTL_WORD_FIND(words, nick) plt_ctl_word_find (words, G_N_ELEMENTS (words), nick)

G_END_DECLS
