/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long ago something was, in as few letters as possible. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *plt_age_to_display (GDateTime *since);

G_END_DECLS
