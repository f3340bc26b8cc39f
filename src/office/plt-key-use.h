/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decides which keys that sign no more have run out: the last card that they signed has expired. */
#pragma once

#include "plt-key-ring.h"

G_BEGIN_DECLS

/* @uses: (element-type PltStoreIssuerKey) (nullable): what the database says; NULL: it was not
 * asked, and nothing has run out. Returns: (element-type PltKeyInfo) (transfer container): those
 * of @ring. */
GPtrArray  *plt_key_use_list_run_out (PltKeyRing       *ring,
                                      GPtrArray        *uses,
                                      gint64            now);
/* Returns: (nullable) (transfer none): the last day of the last card that the key may have
 * signed, YYYY-MM-DD */
const char *plt_key_use_get_last_day (PltKeyRing       *ring,
                                      GPtrArray        *uses,
                                      const PltKeyInfo *info);

G_END_DECLS
