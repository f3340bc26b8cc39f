/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capitals as the driver register writes them: letter by letter, in place, ß as it is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void plt_demo_capitals_write (char       *to,
                              const char *from,
                              gsize       n_bytes);

G_END_DECLS
