/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs scripts, queries and COPY on the box's databases and turns failures into sentences. */
#include "plt-demo-sql.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Small enough for the database to begin with while the rest is on its way. */
#define COPY_PIECE 65536u

/* libpq's messages end in a newline and may have more lines of detail. */
static void
set_error (GError     **error,
           const char  *message)
{
  g_autofree char *said = g_strchomp (g_strdup (message));

  g_set_error (error, PLT_DEMO_ERROR, PLT_DEMO_ERROR_FAILED,
               _("The box's database refused: %s"), said);
}

/* @host: the folder of the socket. */
PGconn *
plt_demo_sql_connect (const char  *host,
                      const char  *dbname,
                      const char  *user,
                      GError     **error)
{
  const char *keywords[] = { "host", "dbname", "user", "application_name", "client_encoding",
                             "connect_timeout", NULL };
  const char *values[] = { host, dbname, user, "platen-demo", "UTF8", "10", NULL };
  g_autoptr (PGconn) connection = PQconnectdbParams (keywords, values, 0);

  if (PQstatus (connection) == CONNECTION_OK)
    return g_steal_pointer (&connection);

  set_error (error, PQerrorMessage (connection));

  return NULL;
}

/* Scripts speak to the log of psql, not to our caller. */
static void
ignore_notice_cb (void       *user_data,
                  const char *message)
{
}

/* Runs a script of one or more statements. */
gboolean
plt_demo_sql_run (PGconn      *connection,
                  const char  *script,
                  GError     **error)
{
  PQsetNoticeProcessor (connection, ignore_notice_cb, NULL);

  g_autoptr (PGresult) result = PQexec (connection, script);
  ExecStatusType status = PQresultStatus (result);

  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
    return TRUE;

  set_error (error, PQerrorMessage (connection));

  return FALSE;
}

/* Runs a script that is part of the program: @name below data/demo. */
gboolean
plt_demo_sql_run_resource (PGconn      *connection,
                           const char  *name,
                           GError     **error)
{
  g_autofree char *path = g_strconcat ("/org/platen/demo/", name, NULL);
  g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (script == NULL)
    return FALSE;

  return plt_demo_sql_run (connection, g_bytes_get_data (script, NULL), error);
}

/* Takes the result. */
static PGresult *
check_result (PGconn    *connection,
              PGresult  *result,
              GError   **error)
{
  ExecStatusType status = PQresultStatus (result);

  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
    return result;

  PQclear (result);
  set_error (error, PQerrorMessage (connection));

  return NULL;
}

/* Values as text parameters; NULL is SQL's NULL. */
PGresult *
plt_demo_sql_query (PGconn              *connection,
                    const char          *statement,
                    int                  n_values,
                    const char * const  *values,
                    GError             **error)
{
  return check_result (connection,
                       PQexecParams (connection, statement, n_values, NULL, values, NULL, NULL, 0),
                       error);
}

/* For what one connection asks many times: where an answer is put together from many small tables,
 * planning takes ten times as long as answering. */
gboolean
plt_demo_sql_prepare (PGconn      *connection,
                      const char  *name,
                      const char  *statement,
                      GError     **error)
{
  g_autoptr (PGresult) result =
    check_result (connection, PQprepare (connection, name, statement, 0, NULL), error);

  return result != NULL;
}

/* As plt_demo_sql_query(), by the name under which the statement was prepared. */
PGresult *
plt_demo_sql_execute (PGconn              *connection,
                      const char          *name,
                      int                  n_values,
                      const char * const  *values,
                      GError             **error)
{
  return check_result (connection,
                       PQexecPrepared (connection, name, n_values, values, NULL, NULL, 0), error);
}

/* Returns: (nullable): the value as text, %NULL for SQL's NULL. */
const char *
plt_demo_sql_get (PGresult   *result,
                  int         row,
                  const char *column)
{
  int field = PQfnumber (result, column);

  g_assert (field >= 0);

  return PQgetisnull (result, row, field) ? NULL : PQgetvalue (result, row, field);
}

gboolean
plt_demo_sql_copy_begin (PGconn      *connection,
                         const char  *statement,
                         GError     **error)
{
  g_autoptr (PGresult) result = PQexec (connection, statement);

  if (PQresultStatus (result) == PGRES_COPY_IN)
    return TRUE;

  set_error (error, PQerrorMessage (connection));

  return FALSE;
}

/* Sends it; blocks while the database is busy with what it got before. */
gboolean
plt_demo_sql_copy_put (PGconn      *connection,
                       const char  *data,
                       gsize        n_bytes,
                       GError     **error)
{
  for (gsize at = 0; at < n_bytes; at += COPY_PIECE)
    if (PQputCopyData (connection, data + at, (int) MIN (n_bytes - at, COPY_PIECE)) != 1)
      {
        set_error (error, PQerrorMessage (connection));
        return FALSE;
      }

  return TRUE;
}

gboolean
plt_demo_sql_copy_end (PGconn  *connection,
                       GError **error)
{
  gboolean done = PQputCopyEnd (connection, NULL) == 1;
  PGresult *result;

  while (done && (result = PQgetResult (connection)) != NULL)
    {
      done = PQresultStatus (result) == PGRES_COMMAND_OK;
      PQclear (result);
    }
  if (!done)
    set_error (error, PQerrorMessage (connection));

  return done;
}
