/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits an SQL script into its statements, since the extended protocol takes one at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (element-type utf8) (transfer full): the statements without their semicolons, in order. Knows
 * comments, quoted names and texts, E'' escapes and dollar quotes; not BEGIN ATOMIC bodies. */
GPtrArray *plt_store_script_split (const char *script);

G_END_DECLS
