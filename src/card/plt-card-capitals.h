/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capitals, small letters and initials of names, the same on every machine: the C library's and
 * GLib's depend on the locale (a Turkish one makes İ of i). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *plt_card_to_capitals (const char *text);
char *plt_card_to_small    (const char *text);
char *plt_card_to_initials (const char *text,
                            guint       keep);

G_END_DECLS
