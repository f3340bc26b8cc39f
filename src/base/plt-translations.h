/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language in which the programs speak. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     plt_translations_start  (void);
gboolean plt_translations_choose (const char *language);

G_END_DECLS
