/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns what libpq reports into errors of ours: SQLSTATE (PostgreSQL manual, appendix A) to code,
 * and a sentence for people. */
#include "plt-pg-error-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *sqlstate;
  char *constraint;
  char *rule;
  char *detail;
} PltPgErrorPrivate;

static void
plt_pg_error_private_init (PltPgErrorPrivate *self)
{
}

static void
plt_pg_error_private_copy (const PltPgErrorPrivate *source,
                           PltPgErrorPrivate       *copy)
{
  copy->sqlstate = g_strdup (source->sqlstate);
  copy->constraint = g_strdup (source->constraint);
  copy->rule = g_strdup (source->rule);
  copy->detail = g_strdup (source->detail);
}

static void
plt_pg_error_private_clear (PltPgErrorPrivate *self)
{
  g_free (self->sqlstate);
  g_free (self->constraint);
  g_free (self->rule);
  g_free (self->detail);
}

G_DEFINE_EXTENDED_ERROR (PltPgError, plt_pg_error)

/* A whole state, or the first characters of it. The first match counts. */
static const struct
{
  const char *sqlstate;
  PltPgError  code;
} code_by_sqlstate[] = {
  { "PL401", PLT_PG_ERROR_SESSION },
  { "PL409", PLT_PG_ERROR_CONFLICT },
  { "PL426", PLT_PG_ERROR_TOO_NEW },
  { "42501", PLT_PG_ERROR_FORBIDDEN },
  { "40001", PLT_PG_ERROR_CONFLICT },  /* serialization_failure */
  { "40P01", PLT_PG_ERROR_CONFLICT },  /* deadlock_detected */
  { "55P03", PLT_PG_ERROR_CONFLICT },  /* lock_not_available */
  { "57014", PLT_PG_ERROR_TIMED_OUT }, /* query_canceled */
  { "57P0", PLT_PG_ERROR_OFFLINE },    /* shutting down, crashed, starting up */
  { "53300", PLT_PG_ERROR_OFFLINE },   /* too_many_connections */
  { "08", PLT_PG_ERROR_OFFLINE },
  { "28", PLT_PG_ERROR_REFUSED },
  { "P0", PLT_PG_ERROR_RULE },
  { "23", PLT_PG_ERROR_RULE },
};

static PltPgError
find_code (const char *sqlstate)
{
  for (guint i = 0; sqlstate != NULL && i < G_N_ELEMENTS (code_by_sqlstate); i++)
    if (g_str_has_prefix (sqlstate, code_by_sqlstate[i].sqlstate))
      return code_by_sqlstate[i].code;
  return PLT_PG_ERROR_FAILED;
}

static const char *
get_sentence (PltPgError code)
{
  switch (code)
    {
    case PLT_PG_ERROR_OFFLINE:
      return _("There is no connection to the database. Nothing was sent; try again when the "
               "connection is back.");
    case PLT_PG_ERROR_UNKNOWN_FATE:
      return _("The connection to the database broke before it answered. Look up whether the "
               "change was made before you repeat it.");
    case PLT_PG_ERROR_TIMED_OUT:
      return _("The database did not finish in time and the request was stopped. Nothing was "
               "changed; try again.");
    case PLT_PG_ERROR_REFUSED:
      return _("The database refused the login. Check the name and the password and sign in "
               "again.");
    case PLT_PG_ERROR_FORBIDDEN:
      return _("You do not have the right to do this. Nothing was changed; ask a colleague who "
               "has it, or the administrator.");
    case PLT_PG_ERROR_RULE:
      return _("The database refused the change because it breaks one of its rules. Nothing was "
               "changed; correct the entry and try again.");
    case PLT_PG_ERROR_CONFLICT:
      return _("Somebody else was changing the same record. Nothing was changed; read it again "
               "and repeat your change.");
    case PLT_PG_ERROR_SESSION:
      return _("Your session has ended. Nothing was changed; sign in again.");
    case PLT_PG_ERROR_TOO_NEW:
      return _("The database and this program are of different versions. Ask the administrator "
               "to upgrade.");
    case PLT_PG_ERROR_FAILED:
    default:
      return _("The database could not do this because of a fault in the program or the server. "
               "Nothing was changed; tell the administrator.");
    }
}

/* @detail: (nullable): for the log and a Details expander. */
GError *
plt_pg_error_new (PltPgError  code,
                  const char *detail)
{
  GError *error = g_error_new_literal (PLT_PG_ERROR, code, get_sentence (code));

  plt_pg_error_get_private (error)->detail = g_strdup (detail);
  return error;
}

/* Rules carry their name as HINT, in capitals: README of data/schema, “Errors”. A hint of the
 * server itself is a sentence. */
static gboolean
is_rule_name (const char *hint)
{
  return hint != NULL && hint[0] != '\0'
         && strspn (hint, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen (hint);
}

static char *
join_detail (const PGresult *result,
             gboolean        with_message)
{
  const char *message = with_message ? PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  const char *detail = PQresultErrorField (result, PG_DIAG_MESSAGE_DETAIL);

  if (message == NULL)
    return g_strdup (detail);
  if (detail == NULL)
    return g_strdup (message);
  return g_strconcat (message, "\n", detail, NULL);
}

/* The server's own message is for people when one of our rules raised it: its state is ours or
 * P0, or it carries a rule's name. */
GError *
plt_pg_error_new_from_result (const PGresult *result)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  const char *hint = PQresultErrorField (result, PG_DIAG_MESSAGE_HINT);
  PltPgError code = find_code (sqlstate);
  gboolean for_people = message != NULL && sqlstate != NULL
                        && (is_rule_name (hint) || g_str_has_prefix (sqlstate, "P0")
                            || g_str_has_prefix (sqlstate, "PL"));
  GError *error = g_error_new_literal (PLT_PG_ERROR, code,
                                       for_people ? message : get_sentence (code));
  PltPgErrorPrivate *private = plt_pg_error_get_private (error);

  private->sqlstate = g_strdup (sqlstate);
  private->constraint = g_strdup (PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME));
  private->rule = is_rule_name (hint) ? g_strdup (hint) : NULL;
  private->detail = join_detail (result, !for_people);
  if (private->detail == NULL && sqlstate == NULL)
    private->detail = g_strdup (PQresultErrorMessage (result));
  return error;
}

/* libpq 15 gives no SQLSTATE for a failed connect but inside the verbose message: "FATAL:  28P01:
 * …". The last one counts: it belongs to the host that was tried last. */
static char *
find_connect_sqlstate (const char *message)
{
  g_autoptr (GRegex) regex = g_regex_new (":  ([0-9A-Z]{5})(: |\\s|$)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  char *sqlstate = NULL;

  for (g_regex_match (regex, message, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_free (sqlstate);
      sqlstate = g_match_info_fetch (match, 1);
    }
  return sqlstate;
}

/* What is said by this side before or instead of a login. The words after "SSL error:" are
 * OpenSSL's and never translated. */
static gboolean
is_refused_certificate (const char *message)
{
  return strstr (message, "certificate") != NULL || strstr (message, " alert ") != NULL;
}

/* Why PQconnectPoll() failed. OFFLINE is worth trying again; all else is not. */
GError *
plt_pg_error_new_from_connect (PGconn *conn)
{
  const char *message = PQerrorMessage (conn);
  g_autofree char *sqlstate = find_connect_sqlstate (message);
  PltPgError code = PLT_PG_ERROR_OFFLINE;
  GError *error;

  if (sqlstate != NULL)
    code = find_code (sqlstate);
  else if (PQconnectionNeedsPassword (conn))
    code = PLT_PG_ERROR_REFUSED;
  else if (is_refused_certificate (message))
    code = PLT_PG_ERROR_REFUSED;
  error = plt_pg_error_new (code, message);
  plt_pg_error_get_private (error)->sqlstate = g_steal_pointer (&sqlstate);
  return error;
}

/* After FATAL and PANIC the server closes the connection. */
gboolean
plt_pg_error_result_is_fatal (const PGresult *result)
{
  const char *severity = PQresultErrorField (result, PG_DIAG_SEVERITY_NONLOCALIZED);

  return g_strcmp0 (severity, "FATAL") == 0 || g_strcmp0 (severity, "PANIC") == 0;
}

/* Whether a later attempt to connect can succeed without anybody doing anything. */
gboolean
plt_pg_error_will_pass (const GError *error)
{
  return g_error_matches (error, PLT_PG_ERROR, PLT_PG_ERROR_OFFLINE)
         || g_error_matches (error, PLT_PG_ERROR, PLT_PG_ERROR_UNKNOWN_FATE)
         || g_error_matches (error, PLT_PG_ERROR, PLT_PG_ERROR_TIMED_OUT)
         || g_error_matches (error, PLT_PG_ERROR, PLT_PG_ERROR_CONFLICT);
}

static const PltPgErrorPrivate *
peek_private (const GError *error)
{
  return error != NULL && error->domain == PLT_PG_ERROR ? plt_pg_error_get_private (error) : NULL;
}

/**
 * plt_pg_error_get_sqlstate:
 * @error: (nullable): any error
 *
 * Returns: (nullable): the five characters, NULL if the server gave none or it is no error of ours
 */
const char *
plt_pg_error_get_sqlstate (const GError *error)
{
  const PltPgErrorPrivate *private = peek_private (error);

  return private != NULL ? private->sqlstate : NULL;
}

/* Returns: (nullable): the name of the constraint that refused */
const char *
plt_pg_error_get_constraint (const GError *error)
{
  const PltPgErrorPrivate *private = peek_private (error);

  return private != NULL ? private->constraint : NULL;
}

/* Returns: (nullable): the name of the rule that refused, e.g. "FOUR_EYES" */
const char *
plt_pg_error_get_rule (const GError *error)
{
  const PltPgErrorPrivate *private = peek_private (error);

  return private != NULL ? private->rule : NULL;
}

/* Returns: (nullable): technical text for the log and a Details expander; may be English */
const char *
plt_pg_error_get_detail (const GError *error)
{
  const PltPgErrorPrivate *private = peek_private (error);

  return private != NULL ? private->detail : NULL;
}
