/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pg/ itself needs of PltPgParams: the arrays that libpq takes. */
#pragma once

#include <libpq-fe.h>

#include "plt-pg-params.h"

G_BEGIN_DECLS

PltPgParams        *plt_pg_params_ref     (PltPgParams *self);
int                 plt_pg_params_length  (PltPgParams *self);
const char * const *plt_pg_params_values  (PltPgParams *self);
const int          *plt_pg_params_lengths (PltPgParams *self);
const int          *plt_pg_params_formats (PltPgParams *self);
const Oid          *plt_pg_params_types   (PltPgParams *self);

G_END_DECLS
