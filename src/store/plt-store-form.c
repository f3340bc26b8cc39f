/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and writes what is typed into an application. */
#include "plt-store-form.h"

#include "plt-store-private.h"

static PltFormField *
read_field (PltPgResult  *rows,
            int           row,
            GError      **error)
{
  g_autoptr (PltFormField) field = g_new0 (PltFormField, 1);
  const char *input = plt_store_text (rows, row, "input");

  if (!plt_form_input_from_nick (input, &field->input))
    {
      plt_store_set_word_error (error, "input", input);
      return NULL;
    }
  field->code = g_strdup (plt_store_text (rows, row, "field"));
  field->required = plt_pg_result_get_bool (rows, row, plt_pg_result_column (rows, "required"));
  field->past = plt_pg_result_get_bool (rows, row, plt_pg_result_column (rows, "past"));
  field->max_length = (int) plt_store_int (rows, row, "max_length");
  field->title = g_strdup (plt_store_text (rows, row, "title"));
  field->hint = g_strdup (plt_store_text (rows, row, "hint"));
  field->value = g_strdup (plt_store_text (rows, row, "value"));
  field->version = (int) plt_store_int (rows, row, "version");
  field->who = g_strdup (plt_store_text (rows, row, "who"));
  field->changed_at = plt_store_dup_time (rows, row, "changed_at");
  field->workstation = g_strdup (plt_store_text (rows, row, "workstation"));
  return g_steal_pointer (&field);
}

GPtrArray *
plt_store_read_form_rows (PltPgResult  *rows,
                          GError      **error)
{
  g_autoptr (GPtrArray) form = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_form_field_free);

  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      PltFormField *field = read_field (rows, row, error);

      if (field == NULL)
        return NULL;
      g_ptr_array_add (form, field);
    }
  return g_steal_pointer (&form);
}

void
plt_store_read_form_async (PltStore            *self,
                           const char          *number,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, number);
  plt_store_run_async (self, "form-read", params, cancellable, callback, user_data);
}

GPtrArray *
plt_store_read_form_finish (PltStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  return rows != NULL ? plt_store_read_form_rows (rows, error) : NULL;
}

void
plt_store_save_form_async (PltStore            *self,
                           gint64               application,
                           const char * const  *fields,
                           const char * const  *values,
                           const char * const  *versions,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, application);
  plt_pg_params_text_array (params, fields);
  plt_pg_params_text_array (params, values);
  plt_pg_params_text_array (params, versions);
  plt_store_run_async (self, "form-save", params, cancellable, callback, user_data);
}

GHashTable *
plt_store_save_form_finish (PltStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  GHashTable *versions;

  if (rows == NULL)
    return NULL;
  versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    g_hash_table_insert (versions, g_strdup (plt_store_text (rows, row, "field")),
                         GINT_TO_POINTER ((int) plt_store_int (rows, row, "version")));
  return versions;
}

void
plt_store_journal_key_async (PltStore            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  plt_store_run_async (self, "journal-key", plt_pg_params_new (), cancellable, callback, user_data);
}

GBytes *
plt_store_journal_key_finish (PltStore      *self,
                              GAsyncResult  *result,
                              char         **id,
                              GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;
  *id = g_strdup (plt_store_text (rows, 0, "id"));
  return plt_pg_result_dup_bytes (rows, 0, plt_pg_result_column (rows, "key"));
}
