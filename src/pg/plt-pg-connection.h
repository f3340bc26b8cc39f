/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PostgreSQL in the GLib main loop. One PltPgConnection drives one PGconn with one GSource, keeps
 * a queue of requests, reconnects by itself with growing pauses, listens again, and never resends
 * a request of unknown fate. It knows nothing of licences. Nothing here blocks. */
#pragma once

#include <gio/gio.h>

#include "plt-pg-error.h"
#include "plt-pg-params.h"
#include "plt-pg-result.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_PG_STATE_CLOSED,     /* never opened, or closed on purpose */
  PLT_PG_STATE_CONNECTING,
  PLT_PG_STATE_READY,
  PLT_PG_STATE_LOST,       /* waits before it tries again */
  PLT_PG_STATE_FAILED,     /* will not try again by itself: wrong password, refused certificate */
} PltPgState;

#define PLT_TYPE_PG_STATE (plt_pg_state_get_type ())
GType            plt_pg_state_get_type            (void);

#define PLT_TYPE_PG_CONNECTION (plt_pg_connection_get_type ())
G_DECLARE_FINAL_TYPE (PltPgConnection, plt_pg_connection, PLT, PG_CONNECTION, GObject)

/* Property "state" (PltPgState, notifies), "last-error" (GError, nullable).
 * Signal "notification" (const char *channel, const char *payload).
 * Signal "restored": ready again after a loss; what listens must read the truth again. */

/* @conninfo: keywords or URI of libpq, or NULL/"" for its own means (service, environment).
 * @user, @password: override those of @conninfo when not NULL. The password is kept only in
 * memory, for reconnecting. */
PltPgConnection *plt_pg_connection_new            (const char           *conninfo,
                                                   const char           *user,
                                                   const char           *password);

/* A statement sent first on every new connection (e.g. to resume a session); may be NULL. If it
 * fails the connection is FAILED. */
void             plt_pg_connection_set_greeting   (PltPgConnection      *self,
                                                   const char           *sql,
                                                   PltPgParams          *params);
/* A setting of the server (GUC) for this connection and every one after it. */
void             plt_pg_connection_set_setting    (PltPgConnection      *self,
                                                   const char           *name,
                                                   const char           *value);
void             plt_pg_connection_listen         (PltPgConnection      *self,
                                                   const char           *channel);
PltPgState       plt_pg_connection_get_state      (PltPgConnection      *self);
const char      *plt_pg_connection_get_user       (PltPgConnection      *self);

void             plt_pg_connection_open_async     (PltPgConnection      *self,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean         plt_pg_connection_open_finish    (PltPgConnection      *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void             plt_pg_connection_close          (PltPgConnection      *self);

/* @sql is prepared once per connection under @name, or sent as it is when @name is NULL.
 * @params (transfer full) may be NULL. @deadline_ms 0 means the default (10 s). Fails with
 * PLT_PG_ERROR_OFFLINE at once when there is no connection. */
void             plt_pg_connection_query_async    (PltPgConnection      *self,
                                                   const char           *name,
                                                   const char           *sql,
                                                   PltPgParams          *params,
                                                   guint                 deadline_ms,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
PltPgResult     *plt_pg_connection_query_finish   (PltPgConnection      *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

/* Several statements in one round trip (libpq pipeline). As one transaction when @atomic (BEGIN
 * and COMMIT are added). Results come in order (element-type PltPgResult); the first error fails
 * the whole. @statements: (element-type PltPgStatement) (transfer full). */
typedef struct
{
  char        *name; /* NULL: not prepared */
  char        *sql;
  PltPgParams *params; /* may be NULL */
} PltPgStatement;

PltPgStatement  *plt_pg_statement_new             (const char           *name,
                                                   const char           *sql,
                                                   PltPgParams          *params);
void             plt_pg_statement_free            (PltPgStatement       *self);

void             plt_pg_connection_pipeline_async (PltPgConnection      *self,
                                                   GPtrArray            *statements,
                                                   gboolean              atomic,
                                                   guint                 deadline_ms,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
GPtrArray       *plt_pg_connection_pipeline_finish(PltPgConnection      *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

/* The SCRAM-SHA-256 verifier of @password, so that no password travels in a statement. */
char            *plt_pg_connection_scram_verifier (PltPgConnection      *self,
                                                   const char           *user,
                                                   const char           *password,
                                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPgStatement, plt_pg_statement_free)

G_END_DECLS
