/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What starting an application, and looking for a second record, take from a look-up. */
#pragma once

#include "plt-lookup.h"

G_BEGIN_DECLS

/* Made once per look-up, so that starting from it twice starts once. */
const char *plt_lookup_get_key    (PltLookup *self);
PltOffice  *plt_lookup_get_office (PltLookup *self);

G_END_DECLS
