/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How pg/ itself makes a PltPgResult. */
#pragma once

#include <libpq-fe.h>

#include "plt-pg-result.h"

G_BEGIN_DECLS

PltPgResult *plt_pg_result_new_take (PGresult *rows);

G_END_DECLS
