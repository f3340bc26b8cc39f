/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes one joined name apart, by the rule of the registry that joined it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_NAME_RULE_COMMA,      /* "comma": Family, Given */
  PLT_NAME_RULE_UPPER_CASE, /* "upper-case": the words in capitals are the family name */
  PLT_NAME_RULE_LAST_WORD,  /* "last-word": Given Family */
  PLT_NAME_RULE_FIRST_WORD, /* "first-word": Family Given */
} PltNameRule;

gboolean plt_name_split (PltNameRule          rule,
                         const char * const  *particles,
                         const char          *name,
                         char               **family,
                         char               **given);

G_END_DECLS
