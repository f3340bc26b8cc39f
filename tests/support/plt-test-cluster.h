/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A private PostgreSQL 15 on a unix socket in a temporary folder. One cluster per test program (a copy
 * of the first one of this build, a third of a second), one database with the office's schema per test
 * (some 50 ms). Without it the test program ends with a message; nothing here returns an error. It goes
 * away with the process that made it, however that ends.
 *
 *   cluster = plt_test_cluster_new ();
 *   g_autofree char *db = plt_test_cluster_create_database (cluster);
 *   plt_test_cluster_add_staff (cluster, db, "anna", "clerk", "UC");
 *   plt_test_cluster_run_as (cluster, db, "anna", "SELECT number FROM api.application", &out, &err);
 */
#pragma once

#include <gio/gio.h>

#include "plt-test-totp.h"

G_BEGIN_DECLS

typedef struct _PltTestCluster PltTestCluster;

PltTestCluster *plt_test_cluster_new                (void);
void            plt_test_cluster_free               (PltTestCluster  *self);

/* The folder of the socket: the "host" for libpq. */
const char     *plt_test_cluster_get_folder         (PltTestCluster  *self);

/* Both return the new database's name. The empty one has no schema. */
char           *plt_test_cluster_create_database    (PltTestCluster  *self);
char           *plt_test_cluster_create_empty_database (PltTestCluster *self);

/* A copy of one of them, to which nobody may be connected, with its sessions. */
char           *plt_test_cluster_copy_database      (PltTestCluster  *self,
                                                     const char      *from);

/* libpq keywords; any @user is let in without a password. */
char           *plt_test_cluster_dup_conninfo       (PltTestCluster  *self,
                                                     const char      *database,
                                                     const char      *user);

/* @mode: "fast", or "immediate" as by a power cut. A new cluster is started already. */
void            plt_test_cluster_stop               (PltTestCluster  *self,
                                                     const char      *mode);
void            plt_test_cluster_start              (PltTestCluster  *self);

/* To all processes of the server: SIGSTOP freezes it, SIGCONT thaws it. */
void            plt_test_cluster_signal             (PltTestCluster  *self,
                                                     int              signal_number);

/* Runs SQL (any number of statements, each its own transaction, up to the first error) as psql does, on
 * a connection of its own as @user. @out has one line per row, columns separated by '|'; @err has
 * "ERROR:  SQLSTATE: sentence" and "HINT:  RULE". Returns psql's exit status: 0, or 3 after an error. */
int             plt_test_cluster_psql               (PltTestCluster  *self,
                                                     const char      *database,
                                                     const char      *user,
                                                     const char      *sql,
                                                     char           **out,
                                                     char           **err);

/* The same as @login with that person's session bound first; it is opened at the first call. The
 * connection is kept for that person's next call, unless @sql left something in it (SET, BEGIN, …). */
int             plt_test_cluster_run_as             (PltTestCluster  *self,
                                                     const char      *database,
                                                     const char      *login,
                                                     const char      *sql,
                                                     char           **out,
                                                     char           **err);

/* What is kept is closed. */
void            plt_test_cluster_disconnect         (PltTestCluster  *self);

/* The same in psql itself, for what only psql has (\gset). */
int             plt_test_cluster_run_script_as      (PltTestCluster  *self,
                                                     const char      *database,
                                                     const char      *login,
                                                     const char      *script,
                                                     char           **err);

/* As the superuser; asserts success. Returns the output without the last line break. */
char           *plt_test_cluster_query              (PltTestCluster  *self,
                                                     const char      *database,
                                                     const char      *sql);

/* Adds a member of staff, and the office if it is new. @roles: "clerk,supervisor". Returns the
 * base32 secret of the second factor. */
char           *plt_test_cluster_add_staff          (PltTestCluster  *self,
                                                     const char      *database,
                                                     const char      *login,
                                                     const char      *roles,
                                                     const char      *office_code);

/* A code that api.open_session() will take now: the memory of used codes is cleared first, so that
 * tests need not wait for the next half minute. */
char           *plt_test_cluster_fresh_totp         (PltTestCluster  *self,
                                                     const char      *database,
                                                     const char      *login);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltTestCluster, plt_test_cluster_free)

G_END_DECLS
