/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How pg/ itself makes its errors. */
#pragma once

#include <libpq-fe.h>

#include "plt-pg-error.h"

G_BEGIN_DECLS

GError   *plt_pg_error_new               (PltPgError      code,
                                          const char     *detail);
GError   *plt_pg_error_new_from_result   (const PGresult *result);
GError   *plt_pg_error_new_from_connect  (PGconn         *conn);
gboolean  plt_pg_error_result_is_fatal   (const PGresult *result);
gboolean  plt_pg_error_will_pass         (const GError   *error);

G_END_DECLS
