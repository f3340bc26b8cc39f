/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs SQL scripts on a connection and writes the outcome as "psql -qAt" does, which takes ten times
 * as long because each call is a process and a connection of its own. */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

/* What psql ends with. */
#define PLT_TEST_SQL_OK      0
#define PLT_TEST_SQL_OFFLINE 2
#define PLT_TEST_SQL_REFUSED 3

/* Each statement of @script is its own transaction where it begins none; the first error ends it. @out
 * gets one line per row, columns separated by '|'; @err errors and notices with their SQLSTATE. */
int      plt_test_sql_run      (PGconn     *connection,
                                const char *script,
                                GString    *out,
                                GString    *err);

/* Whether a connection on which @script ran differs from a new one: settings, an open transaction,
 * temporary tables, locks of the session. */
gboolean plt_test_sql_is_felt  (const char *script);

/* Whether the server has hung up meanwhile. */
gboolean plt_test_sql_is_alive (PGconn     *connection);

G_END_DECLS
