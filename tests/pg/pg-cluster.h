/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PostgreSQL server of the test's own that can be stopped, crashed and frozen, and the waiting that
 * goes with a PltPgConnection. */
#pragma once

#include "plt-pg-connection.h"

G_BEGIN_DECLS

typedef struct _PgCluster PgCluster;

PgCluster       *pg_cluster_new        (void);
void             pg_cluster_free       (PgCluster       *self);
void             pg_cluster_start      (PgCluster       *self);
void             pg_cluster_stop       (PgCluster       *self,
                                        const char      *mode);
void             pg_cluster_signal     (PgCluster       *self,
                                        int              signal_number);
char            *pg_cluster_conninfo   (PgCluster       *self);

/* Runs the main context until *@flag; fails the test after 30 s. */
void             pg_await              (gboolean        *flag);
void             pg_await_state        (PltPgConnection *connection,
                                        PltPgState       state);
PltPgConnection *pg_open               (PgCluster       *cluster);
PltPgResult     *pg_query              (PltPgConnection *connection,
                                        const char      *name,
                                        const char      *sql,
                                        PltPgParams     *params,
                                        guint            deadline_ms,
                                        GError         **error);
char            *pg_query_text         (PltPgConnection *connection,
                                        const char      *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PgCluster, pg_cluster_free)

G_END_DECLS
