/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs named statements: the text comes from the resource sql/NAME.sql, and is prepared once per
 * connection under NAME. */
#include "plt-store-private.h"

#include <glib/gi18n-lib.h>

#include "plt-store-resources.h"

#define SQL_PATH "/org/platen/store/sql/"

struct _PltStore
{
  GObject parent_instance;
  PltPgConnection *connection;
};

G_DEFINE_QUARK (plt-store-error-quark, plt_store_error)
G_DEFINE_FINAL_TYPE (PltStore, plt_store, G_TYPE_OBJECT)

static void
query_done_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PltPgResult *rows = plt_pg_connection_query_finish (PLT_PG_CONNECTION (source), result, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) plt_pg_result_unref);
  else
    g_task_return_error (task, error);
}

static void
pipeline_done_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *results = plt_pg_connection_pipeline_finish (PLT_PG_CONNECTION (source), result, &error);

  if (results != NULL)
    g_task_return_pointer (task, results, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
plt_store_dispose (GObject *object)
{
  PltStore *self = PLT_STORE (object);

  g_clear_object (&self->connection);
  G_OBJECT_CLASS (plt_store_parent_class)->dispose (object);
}

static void
plt_store_class_init (PltStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plt_store_dispose;
}

static void
plt_store_init (PltStore *self)
{
}

PltStore *
plt_store_new (PltPgConnection *connection)
{
  g_return_val_if_fail (PLT_IS_PG_CONNECTION (connection), NULL);

  PltStore *self = g_object_new (PLT_TYPE_STORE, NULL);
  self->connection = g_object_ref (connection);
  return self;
}

PltPgConnection *
plt_store_get_connection (PltStore *self)
{
  g_return_val_if_fail (PLT_IS_STORE (self), NULL);
  return self->connection;
}

/**
 * plt_store_list_statements:
 *
 * Returns: (transfer full): the names of all statements, sorted, for tests that prepare each.
 */
char **
plt_store_list_statements (void)
{
  g_auto (GStrv) files = g_resource_enumerate_children (plt_store_get_resource (), SQL_PATH,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    g_ptr_array_add (names, g_strndup (files[i], strlen (files[i]) - strlen (".sql")));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * plt_store_get_statement:
 * @name: the file's name without ".sql"
 *
 * Returns: (transfer none): the statement; it lives as long as the program
 */
const char *
plt_store_get_statement (const char *name)
{
  g_autofree char *path = g_strconcat (SQL_PATH, name, ".sql", NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (plt_store_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    g_error ("There is no statement “%s”.", name);
  /* The bytes lie uncompressed in the program itself, and GResource ends each file with a zero. */
  return g_bytes_get_data (bytes, NULL);
}

void
plt_store_run_async (PltStore            *self,
                     const char          *statement,
                     PltPgParams         *params,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (PLT_IS_STORE (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (task, statement);
  plt_pg_connection_query_async (self->connection, statement, plt_store_get_statement (statement),
                                 params, 0, cancellable, query_done_cb, task);
}

PltPgResult *
plt_store_run_finish (PltStore      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
plt_store_run_finish_done (PltStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  return rows != NULL;
}

gint64
plt_store_run_finish_int (PltStore      *self,
                          GAsyncResult  *result,
                          const char    *column,
                          GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return -1;
  if (plt_pg_result_get_n_rows (rows) == 0)
    {
      g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                           _("There is no such record in this office. Look at the number again."));
      return -1;
    }
  return plt_store_int (rows, 0, column);
}

PltPgStatement *
plt_store_statement_new (const char  *statement,
                         PltPgParams *params)
{
  return plt_pg_statement_new (statement, plt_store_get_statement (statement), params);
}

/* @statements: (transfer full) (element-type PltPgStatement) */
void
plt_store_batch_async (PltStore            *self,
                       GPtrArray           *statements,
                       gboolean             atomic,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (PLT_IS_STORE (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  plt_pg_connection_pipeline_async (self->connection, statements, atomic, 0, cancellable,
                                    pipeline_done_cb, task);
}

/* Returns: (transfer full) (element-type PltPgResult) */
GPtrArray *
plt_store_batch_finish (PltStore      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
plt_store_text (PltPgResult *result,
                int          row,
                const char  *column)
{
  int index = plt_pg_result_column (result, column);
  return plt_pg_result_is_null (result, row, index) ? NULL
                                                    : plt_pg_result_get_text (result, row, index);
}

GDateTime *
plt_store_dup_time (PltPgResult *result,
                    int          row,
                    const char  *column)
{
  int index = plt_pg_result_column (result, column);
  return plt_pg_result_is_null (result, row, index) ? NULL
                                                    : plt_pg_result_dup_time (result, row, index);
}

gint64
plt_store_int (PltPgResult *result,
               int          row,
               const char  *column)
{
  int index = plt_pg_result_column (result, column);
  return plt_pg_result_is_null (result, row, index) ? 0 : plt_pg_result_get_int (result, row, index);
}

void
plt_store_set_word_error (GError     **error,
                          const char  *column,
                          const char  *word)
{
  /* Translators: first the name of a database column, then the unknown word in it. */
  g_set_error (error, PLT_STORE_ERROR, PLT_STORE_ERROR_ROW,
               _("The record was not read because its “%s” is “%s”, which this version of Platen"
                 " does not know. Ask the administrator to update Platen on this machine."),
               column, word != NULL ? word : "");
}
