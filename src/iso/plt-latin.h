/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spells Latin letters with fewer: A–Z for a machine-readable zone (ICAO Doc 9303-3, section 6)
 * or ISO 8859-1 for a data group. Private to this folder. */
#pragma once

#include "plt-iso-error.h"

G_BEGIN_DECLS

const char *plt_latin_spell        (gunichar      letter,
                                    char          buffer[2]);
const char *plt_latin_find_rare    (gunichar      letter);
gunichar    plt_latin_get_plain    (gunichar      character);
GBytes     *plt_latin_to_iso8859_1 (const char   *text,
                                    const char   *field,
                                    GError      **error);
void        plt_latin_refuse       (const char   *field,
                                    const char   *text,
                                    gunichar      character,
                                    GError      **error);

G_END_DECLS
