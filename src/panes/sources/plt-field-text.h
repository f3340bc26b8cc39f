/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values of fields as people read them. */
#pragma once

#include "plt-source.h"

G_BEGIN_DECLS

char *plt_field_to_display (PltField    field,
                            const char *value);
char *plt_time_to_display  (GDateTime  *at);

G_END_DECLS
