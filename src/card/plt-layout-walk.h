/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over the JSON of a layout file (RFC 8259, to the letter) and notes down on which line every
 * value of it stands. json-glib knows lines of syntax errors only, takes comments and unknown escapes,
 * and keeps the last of two members of one name. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * plt_layout_walk:
 * @text: UTF-8
 * @lines: path of a value, such as "front[3].width" → its line, added here
 * @path: (out) (transfer full) (nullable): of the member that is wrong; %NULL where it is the syntax
 * @line: (out): of what is wrong
 *
 * Returns: (transfer full) (nullable): what is wrong, in words; %NULL where nothing is
 */
char *plt_layout_walk (const char  *text,
                       GHashTable  *lines,
                       char       **path,
                       int         *line);

G_END_DECLS
