/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of PltPgConnection, shared by the files that make it up: plt-pg-connection.c (the public
 * object and its states), -connect.c (opening and reconnecting), -exchange.c (sending and reading
 * answers), -cancel.c (stopping a running statement). */
#pragma once

#include <libpq-fe.h>

#include "plt-pg-connection.h"
#include "plt-pg-request.h"

G_BEGIN_DECLS

struct _PltPgConnection
{
  GObject       parent;

  GMainContext *context;
  char         *conninfo;
  char         *user;
  char         *password;
  char         *greeting_sql;
  PltPgParams  *greeting_params;
  GHashTable   *settings;        /* char * → char * */
  GPtrArray    *channels;        /* char * */

  PltPgState    state;
  GError       *last_error;
  GPtrArray    *openers;         /* GTask of open_async() */
  gboolean      was_lost;        /* since it was ready, or since it was first opened */

  PGconn       *conn;
  GSource      *source;
  GHashTable   *prepared;        /* name → SQL, of this conn */
  guint         server_timeout_ms;
  GQueue        requests;        /* PltPgRequest that wait */
  PltPgRequest *current;         /* sent, not answered */
  guint         n_cancels;       /* PQcancel()s still under way for this conn */

  GPtrArray    *hosts;           /* PltPgHost, while connecting */
  guint         first_host;
  guint         timeout_s;
  GCancellable *resolving;
  GSource      *timer;           /* of the attempt, or of the pause before the next */
  guint         pause_ms;
  gint64        ready_since;     /* monotonic */
  guint         generation;      /* of conn; tells late answers of workers apart */
};

/* plt-pg-connection.c: every change of state goes through these four. */
void     plt_pg_connection_become_connecting (PltPgConnection *self);
void     plt_pg_connection_become_ready      (PltPgConnection *self);
void     plt_pg_connection_become_lost       (PltPgConnection *self,
                                              GError          *error);
void     plt_pg_connection_become_failed     (PltPgConnection *self,
                                              GError          *error);

/* plt-pg-connect.c */
void     plt_pg_connect_begin                (PltPgConnection *self);
void     plt_pg_connect_schedule             (PltPgConnection *self);
void     plt_pg_connect_drop                 (PltPgConnection *self);

/* plt-pg-exchange.c */
void     plt_pg_exchange_push                (PltPgConnection *self,
                                              PltPgRequest    *request);
void     plt_pg_exchange_start_next          (PltPgConnection *self);
void     plt_pg_exchange_wake                (PltPgConnection *self,
                                              GIOCondition     condition);
char    *plt_pg_exchange_listen_command      (PltPgConnection *self,
                                              const char      *channel);

/* plt-pg-cancel.c */
void     plt_pg_cancel_watch                 (PltPgConnection *self,
                                              PltPgRequest    *request);
void     plt_pg_cancel_send                  (PltPgConnection *self);

G_END_DECLS
