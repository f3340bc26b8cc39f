/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs SQL scripts on a connection and writes the outcome as "psql -qAt" does. */
#include "plt-test-sql.h"

#include <poll.h>

#include "plt-store-script.h"

static void
append_notice_cb (void       *user_data,
                  const char *message)
{
  g_string_append (user_data, message);
}

static void
append_rows (GString  *out,
             PGresult *result)
{
  /* Rows without columns are no lines. */
  for (int row = 0; row < PQntuples (result) && PQnfields (result) > 0; row++)
    {
      for (int column = 0; column < PQnfields (result); column++)
        g_string_append_printf (out, "%s%s", column > 0 ? "|" : "",
                                PQgetvalue (result, row, column));
      g_string_append_c (out, '\n');
    }
}

static void
append_copy (GString *out,
             PGconn  *connection)
{
  char *line = NULL;

  for (int length; (length = PQgetCopyData (connection, &line, 0)) > 0; PQfreemem (line))
    g_string_append_len (out, line, length);
}

static int
take_result (PGconn   *connection,
             PGresult *result,
             GString  *out,
             GString  *err)
{
  switch (PQresultStatus (result))
    {
    case PGRES_TUPLES_OK:
      append_rows (out, result);
      return PLT_TEST_SQL_OK;
    case PGRES_COPY_OUT:
      append_copy (out, connection);
      return PLT_TEST_SQL_OK;
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
      return PLT_TEST_SQL_OK;
    default:
      g_string_append (err, PQresultErrorMessage (result));
      return PQstatus (connection) == CONNECTION_OK ? PLT_TEST_SQL_REFUSED : PLT_TEST_SQL_OFFLINE;
    }
}

static int
run_statement (PGconn     *connection,
               const char *statement,
               GString    *out,
               GString    *err)
{
  int status = PLT_TEST_SQL_OK;

  if (PQsendQuery (connection, statement) == 0)
    {
      g_string_append (err, PQerrorMessage (connection));
      return PLT_TEST_SQL_OFFLINE;
    }
  while (TRUE)
    {
      g_autoptr (PGresult) result = PQgetResult (connection);

      if (result == NULL)
        return status;

      int new_status = take_result (connection, result, out, err);

      status = status == PLT_TEST_SQL_OK ? new_status : status;
    }
}

int
plt_test_sql_run (PGconn     *connection,
                  const char *script,
                  GString    *out,
                  GString    *err)
{
  g_autoptr (GPtrArray) statements = plt_store_script_split (script);
  int status = PQstatus (connection) == CONNECTION_OK ? PLT_TEST_SQL_OK : PLT_TEST_SQL_OFFLINE;

  if (status != PLT_TEST_SQL_OK)
    g_string_append (err, PQerrorMessage (connection));
  PQsetErrorVerbosity (connection, PQERRORS_VERBOSE);
  PQsetErrorContextVisibility (connection, PQSHOW_CONTEXT_NEVER);
  PQsetNoticeProcessor (connection, append_notice_cb, err);
  for (guint i = 0; i < statements->len && status == PLT_TEST_SQL_OK; i++)
    status = run_statement (connection, g_ptr_array_index (statements, i), out, err);
  PQsetNoticeProcessor (connection, NULL, NULL);

  return status;
}

gboolean
plt_test_sql_is_felt (const char *script)
{
  return g_regex_match_simple ("(^|;)\\s*(SET|RESET|LISTEN|PREPARE|BEGIN|START|DECLARE|LOAD|DISCARD|LOCK)\\b"
                               "|\\bTEMP(ORARY)?\\b|set_config|pg_advisory_lock", script,
                               G_REGEX_CASELESS, 0);
}

gboolean
plt_test_sql_is_alive (PGconn *connection)
{
  struct pollfd end = { .fd = PQsocket (connection), .events = POLLIN };

  /* Nothing is on its way to an idle connection but a notice or the server's farewell. */
  if (PQstatus (connection) == CONNECTION_OK && poll (&end, 1, 0) > 0)
    return PQconsumeInput (connection) == 1 && PQstatus (connection) == CONNECTION_OK;

  return PQstatus (connection) == CONNECTION_OK;
}
