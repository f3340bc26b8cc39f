/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Divides words by the patterns of a language, by Liang's method: the pattern files of libhyphen,
 * which LibreOffice uses and Debian packages as hyphen-*. The library itself is not used because it
 * takes nine seconds to read the German patterns; here it is milliseconds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PltHyphenator PltHyphenator;

PltHyphenator *plt_hyphenator_new_from_file (const char     *path);
void           plt_hyphenator_free          (PltHyphenator  *self);
void           plt_hyphenator_find_points   (PltHyphenator  *self,
                                             const char     *word,
                                             glong           n,
                                             gboolean       *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltHyphenator, plt_hyphenator_free)

G_END_DECLS
