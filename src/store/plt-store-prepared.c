/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds applications that were prepared at home, and makes drafts of them. */
#include "plt-store-prepared.h"

#include "plt-store-private.h"

void
plt_store_find_prepared_async (PltStore            *self,
                               const char          *code,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, code);
  plt_store_run_async (self, "prepared-find", params, cancellable, callback, user_data);
}

gboolean
plt_store_find_prepared_finish (PltStore      *self,
                                GAsyncResult  *result,
                                char         **number,
                                GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return FALSE;
  *number = plt_pg_result_get_n_rows (rows) > 0 ? g_strdup (plt_store_text (rows, 0, "number")) : NULL;
  return TRUE;
}

static PltPgStatement *
new_check_in (PltSourceAnswer *stated,
              GBytes          *portrait,
              const char      *media_type,
              const char      *check,
              GBytes          *chip)
{
  PltPreparedApplication *prepared = plt_source_answer_get_prepared (stated);
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, prepared->code);
  plt_pg_params_text (params, prepared->office_code);
  plt_pg_params_text (params, prepared->id_number);
  plt_pg_params_text (params, plt_application_type_to_nick (prepared->type));
  plt_pg_params_text_array (params, (const char * const *) prepared->categories);
  plt_pg_params_text (params, prepared->prepared_on);
  plt_pg_params_text (params, prepared->expires_on);
  plt_pg_params_text (params, prepared->language);
  plt_pg_params_text (params, prepared->email);
  plt_pg_params_text (params, prepared->phone);
  plt_store_add_values (params, stated);
  plt_pg_params_bytes (params, portrait);
  plt_pg_params_text (params, media_type);
  plt_pg_params_text (params, check);
  plt_pg_params_bytes (params, chip);
  return plt_store_statement_new ("prepared-check-in", params);
}

static PltPgStatement *
new_record (const char      *code,
            PltSourceAnswer *answer)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, code);
  plt_pg_params_text (params, plt_source_to_nick (plt_source_answer_get_source (answer)));
  plt_pg_params_text (params, plt_source_state_to_nick (plt_source_answer_get_state (answer)));
  plt_pg_params_time (params, plt_source_answer_get_answered_at (answer));
  plt_pg_params_text (params, plt_source_answer_get_message (answer));
  plt_store_add_values (params, answer);
  return plt_store_statement_new ("prepared-record-source", params);
}

/* Only what has ended is a fact worth keeping. */
static gboolean
is_recordable (PltSourceAnswer *answer)
{
  return answer != NULL && plt_source_state_is_final (plt_source_answer_get_state (answer))
         && plt_source_answer_get_state (answer) != PLT_SOURCE_STATE_CANCELLED;
}

void
plt_store_check_in_async (PltStore            *self,
                          PltSourceAnswer     *stated,
                          GBytes              *portrait,
                          const char          *media_type,
                          const char          *check,
                          GBytes              *chip,
                          PltSourceAnswer     *answers[PLT_N_SOURCES],
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  const char *code = plt_source_answer_get_prepared (stated)->code;
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_pg_statement_free);
  PltPgParams *params = plt_pg_params_new ();

  g_ptr_array_add (batch, new_check_in (stated, portrait, media_type, check, chip));
  for (int i = 0; i < PLT_N_SOURCES; i++)
    if (is_recordable (answers[i]))
      g_ptr_array_add (batch, new_record (code, answers[i]));
  plt_pg_params_text (params, code);
  g_ptr_array_add (batch, plt_store_statement_new ("prepared-choose", params));
  plt_store_batch_async (self, g_steal_pointer (&batch), TRUE, cancellable, callback, user_data);
}

char *
plt_store_check_in_finish (PltStore      *self,
                           GAsyncResult  *result,
                           gboolean      *is_new,
                           GError       **error)
{
  g_autoptr (GPtrArray) results = plt_store_batch_finish (self, result, error);

  if (results == NULL)
    return NULL;
  *is_new = g_strcmp0 (plt_store_text (results->pdata[0], 0, "is_new"), "t") == 0;
  return g_strdup (plt_store_text (results->pdata[0], 0, "number"));
}
