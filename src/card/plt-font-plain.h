/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts without their hinting programs. Private to this folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *plt_font_make_plain    (GBytes     *font);
char   *plt_font_dup_plain_path (const char *path,
                                 const char *hash);

G_END_DECLS
