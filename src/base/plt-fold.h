/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text folding: what makes two spellings of one name compare equal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char        *plt_fold_case         (const char *text);
char        *plt_fold_diacritics   (const char *text);
char        *plt_fold_name         (const char *text);
char        *plt_fold_collapse     (const char *text);
gboolean    plt_fold_is_latin      (const char *text);
const char  *plt_fold_find_foreign (const char *text);

G_END_DECLS
