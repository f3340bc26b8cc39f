/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What starting an application takes from a look-up. */
#pragma once

#include "plt-lookup.h"

G_BEGIN_DECLS

/* Made once per look-up, so that starting from it twice starts once. */
const char *plt_lookup_get_key (PltLookup *self);

G_END_DECLS
