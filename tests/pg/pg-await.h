/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The waiting that goes with a PltPgConnection. */
#pragma once

#include "plt-pg-connection.h"
#include "plt-test-cluster.h"

G_BEGIN_DECLS

/* Runs the main context until *@flag; fails the test after 30 s. */
void             pg_await              (gboolean        *flag);
void             pg_await_state        (PltPgConnection *connection,
                                        PltPgState       state);
PltPgConnection *pg_open               (PltTestCluster  *cluster);
PltPgResult     *pg_query              (PltPgConnection *connection,
                                        const char      *name,
                                        const char      *sql,
                                        PltPgParams     *params,
                                        guint            deadline_ms,
                                        GError         **error);
char            *pg_query_text         (PltPgConnection *connection,
                                        const char      *sql);

G_END_DECLS
