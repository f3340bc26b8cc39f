/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements to the box's databases, one after the other; for commands and pool threads, not for
 * a main loop. */
#pragma once

#include <libpq-fe.h>

#include "plt-demo-error.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

PGconn     *plt_demo_sql_connect   (const char          *host,
                                    const char          *dbname,
                                    const char          *user,
                                    GError             **error);
gboolean    plt_demo_sql_run       (PGconn              *connection,
                                    const char          *script,
                                    GError             **error);
gboolean    plt_demo_sql_run_resource (PGconn           *connection,
                                    const char          *name,
                                    GError             **error);
PGresult   *plt_demo_sql_query     (PGconn              *connection,
                                    const char          *statement,
                                    int                  n_values,
                                    const char * const  *values,
                                    GError             **error);
gboolean    plt_demo_sql_prepare   (PGconn              *connection,
                                    const char          *name,
                                    const char          *statement,
                                    GError             **error);
PGresult   *plt_demo_sql_execute   (PGconn              *connection,
                                    const char          *name,
                                    int                  n_values,
                                    const char * const  *values,
                                    GError             **error);
const char *plt_demo_sql_get       (PGresult            *result,
                                    int                  row,
                                    const char          *column);

/* One COPY … FROM STDIN: begin, put bytes as often as there are some, end. */
gboolean    plt_demo_sql_copy_begin (PGconn             *connection,
                                    const char          *statement,
                                    GError             **error);
gboolean    plt_demo_sql_copy_put  (PGconn              *connection,
                                    const char          *data,
                                    gsize                n_bytes,
                                    GError             **error);
gboolean    plt_demo_sql_copy_end  (PGconn              *connection,
                                    GError             **error);

G_END_DECLS
