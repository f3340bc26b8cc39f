/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing to ask of the server: some statements, how long it may take, and who is told. */
#pragma once

#include "plt-pg-connection.h"

G_BEGIN_DECLS

#define PLT_PG_DEFAULT_DEADLINE_MS 10000
/* How long after its deadline a server that was told to stop may still keep silent. */
#define PLT_PG_GRACE_MS 1000

typedef struct _PltPgRequest PltPgRequest;

/* Exactly one of @results (transfer full, one PltPgResult per statement) and @error (transfer
 * full) is not NULL. */
typedef void (*PltPgRequestDone) (PltPgConnection *connection,
                                  PltPgRequest    *request,
                                  GPtrArray       *results,
                                  GError          *error);

typedef enum
{
  PLT_PG_STEP_BEGIN,
  PLT_PG_STEP_PREPARE,
  PLT_PG_STEP_RUN,
  PLT_PG_STEP_COMMIT,
} PltPgStepKind;

/* What one answer in a pipeline belongs to. */
typedef struct
{
  PltPgStepKind   kind;
  PltPgStatement *statement;
} PltPgStep;

struct _PltPgRequest
{
  PltPgRequestDone  done;
  GTask            *task;          /* NULL for requests of pg/ itself */
  GPtrArray        *statements;    /* PltPgStatement */
  gboolean          atomic;        /* between BEGIN and COMMIT */
  gboolean          simple;        /* one statement by the simple protocol */
  gboolean          keeps_timeout; /* runs under whatever statement_timeout is set */
  guint             deadline_ms;
  GSource          *deadline;
  GSource          *cancelled;

  /* while it is the current one */
  GArray           *steps;         /* PltPgStep */
  guint             step;          /* the one whose answer is awaited */
  GPtrArray        *results;
  GError           *error;         /* the first */
  gboolean          stopping;      /* the server has been told to cancel it */
  gboolean          forget_plans;  /* a prepared statement has become invalid */
};

PltPgRequest *plt_pg_request_new         (GPtrArray        *statements,
                                          PltPgRequestDone  done);
PltPgRequest *plt_pg_request_new_command (const char       *sql);
void          plt_pg_request_free        (PltPgRequest     *self);
void          plt_pg_request_finish      (PltPgRequest     *self,
                                          PltPgConnection  *connection,
                                          GPtrArray        *results,
                                          GError           *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPgRequest, plt_pg_request_free)

G_END_DECLS
