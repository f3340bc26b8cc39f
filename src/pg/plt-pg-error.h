/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PltPgError: each code is a different next step.
 * @PLT_PG_ERROR_OFFLINE: no connection, nothing was sent; try when it is back
 * @PLT_PG_ERROR_UNKNOWN_FATE: the connection broke after a request was sent; look up what happened
 * @PLT_PG_ERROR_TIMED_OUT: the deadline or statement_timeout passed; try again
 * @PLT_PG_ERROR_REFUSED: login refused (SQLSTATE class 28); check name, password, second factor
 * @PLT_PG_ERROR_FORBIDDEN: no right to do this (42501); someone else must
 * @PLT_PG_ERROR_RULE: a rule of the database said no (class P0, 23); its message is for people
 * @PLT_PG_ERROR_CONFLICT: somebody else was first (40001, 40P01, PL409); read again
 * @PLT_PG_ERROR_SESSION: no session, or it has ended or is locked (PL401); sign in again
 * @PLT_PG_ERROR_TOO_NEW: the schema is newer or older than the program (PL426); upgrade
 * @PLT_PG_ERROR_FAILED: anything else: a fault of ours or of the server
 */
typedef enum
{
  PLT_PG_ERROR_OFFLINE,
  PLT_PG_ERROR_UNKNOWN_FATE,
  PLT_PG_ERROR_TIMED_OUT,
  PLT_PG_ERROR_REFUSED,
  PLT_PG_ERROR_FORBIDDEN,
  PLT_PG_ERROR_RULE,
  PLT_PG_ERROR_CONFLICT,
  PLT_PG_ERROR_SESSION,
  PLT_PG_ERROR_TOO_NEW,
  PLT_PG_ERROR_FAILED,
} PltPgError;

/* An extended error: SQLSTATE, constraint, the rule's name (the error's HINT, e.g.
 * "FOUR_EYES") and the server's detail travel beside the message. */
#define PLT_PG_ERROR (plt_pg_error_quark ())
GQuark      plt_pg_error_quark          (void);
const char *plt_pg_error_get_sqlstate   (const GError *error);
const char *plt_pg_error_get_constraint (const GError *error);
const char *plt_pg_error_get_rule       (const GError *error);
const char *plt_pg_error_get_detail     (const GError *error);

G_END_DECLS
