/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two texts are spellings of one name by the tables of ICAO Doc 9303-3, section 6, and what
 * a name of another script is in Latin letters. Comparison only: what stands on a card is never
 * made from a table. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *plt_transliteration_fold      (const char *text);
gboolean  plt_transliteration_same      (const char *a,
                                         const char *b);
char     *plt_transliteration_to_latin  (const char *native);
char     *plt_transliteration_key       (const char *latin);
char     *plt_transliteration_skeleton  (const char *text);

G_END_DECLS
