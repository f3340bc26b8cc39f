/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists applications and writes every change of one. */
#include "plt-store-applications.h"

#include <glib/gi18n-lib.h>

#include "plt-store-private.h"
#include "plt-store-readers.h"

void
plt_store_list_applications_async (PltStore             *self,
                                   const PltStoreFilter *filter,
                                   GDateTime            *after_changed_at,
                                   gint64                after_id,
                                   int                   limit,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text_array (params, filter->states);
  plt_pg_params_text (params, filter->text);
  plt_pg_params_time (params, after_changed_at);
  plt_pg_params_int (params, after_id);
  plt_pg_params_int (params, limit);
  plt_store_run_async (self, "application-list", params, cancellable, callback, user_data);
}

void
plt_store_list_changed_async (PltStore             *self,
                              const PltStoreFilter *filter,
                              const char * const   *ids,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text_array (params, ids);
  plt_pg_params_text_array (params, filter->states);
  plt_pg_params_text (params, filter->text);
  plt_store_run_async (self, "application-list-changed", params, cancellable, callback, user_data);
}

void
plt_store_list_citizen_async (PltStore            *self,
                              const char          *id_number,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, id_number);
  plt_store_run_async (self, "application-list-citizen", params, cancellable, callback, user_data);
}

GPtrArray *
plt_store_list_applications_finish (PltStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  return rows != NULL ? plt_store_read_applications (rows, error) : NULL;
}

void
plt_store_get_application_async (PltStore            *self,
                                 const char          *number,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, number);
  plt_store_run_async (self, "application-get", params, cancellable, callback, user_data);
}

PltLicenceApplication *
plt_store_get_application_finish (PltStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_autoptr (GPtrArray) read = plt_store_list_applications_finish (self, result, error);

  if (read == NULL)
    return NULL;
  if (read->len > 0)
    return g_object_ref (g_ptr_array_index (read, 0));
  g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                       _("This office has no application of this number. Look at the number"
                         " again, or search by the ID number."));
  return NULL;
}

/* The first four parameters of every application-start-… statement. */
static PltPgParams *
new_start_params (const char         *key,
                  const char         *id_number,
                  PltApplicationType  type,
                  const char * const *categories)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, key);
  plt_pg_params_text (params, id_number);
  plt_pg_params_text (params, plt_application_type_to_nick (type));
  plt_pg_params_text_array (params, categories);
  return params;
}

static void
add_answer (PltPgParams     *params,
            PltSourceAnswer *answer)
{
  plt_pg_params_text (params, plt_source_to_nick (plt_source_answer_get_source (answer)));
  plt_pg_params_text (params, plt_source_state_to_nick (plt_source_answer_get_state (answer)));
  plt_pg_params_time (params, plt_source_answer_get_answered_at (answer));
  plt_pg_params_text (params, plt_source_answer_get_message (answer));
  plt_store_add_values (params, answer);
}

/* Only what has ended is a fact worth keeping. */
static gboolean
is_recordable (PltSourceAnswer *answer)
{
  return answer != NULL && plt_source_state_is_final (plt_source_answer_get_state (answer))
         && plt_source_answer_get_state (answer) != PLT_SOURCE_STATE_CANCELLED;
}

void
plt_store_start_application_async (PltStore            *self,
                                   const char          *key,
                                   const char          *id_number,
                                   PltApplicationType   type,
                                   const char * const  *categories,
                                   const char          *origin,
                                   PltSourceAnswer     *answers[PLT_N_SOURCES],
                                   GPtrArray           *fields,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_pg_statement_free);
  PltPgParams *params = new_start_params (key, id_number, type, categories);

  plt_pg_params_text (params, origin);
  g_ptr_array_add (batch, plt_store_statement_new ("application-start", params));
  for (int i = 0; i < PLT_N_SOURCES; i++)
    if (is_recordable (answers[i]))
      {
        params = new_start_params (key, id_number, type, categories);
        add_answer (params, answers[i]);
        g_ptr_array_add (batch, plt_store_statement_new ("application-start-source", params));
      }
  for (guint i = 0; i < fields->len; i++)
    {
      PltReconciledField *field = g_ptr_array_index (fields, i);
      if (plt_reconciled_field_get_choice (field) == PLT_CHOICE_NONE)
        continue;
      params = new_start_params (key, id_number, type, categories);
      plt_pg_params_text (params, plt_field_to_nick (plt_reconciled_field_get_field (field)));
      plt_pg_params_text (params, plt_reconciled_field_get_value (field));
      plt_pg_params_text (params, plt_choice_to_nick (plt_reconciled_field_get_choice (field)));
      plt_pg_params_text (params, plt_reconciled_field_get_rule (field));
      g_ptr_array_add (batch, plt_store_statement_new ("application-start-field", params));
    }
  params = new_start_params (key, id_number, type, categories);
  g_ptr_array_add (batch, plt_store_statement_new ("application-start-evaluate", params));
  plt_store_batch_async (self, g_steal_pointer (&batch), TRUE, cancellable, callback, user_data);
}

char *
plt_store_start_application_finish (PltStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_autoptr (GPtrArray) results = plt_store_batch_finish (self, result, error);

  return results != NULL ? g_strdup (plt_store_text (g_ptr_array_index (results, 0), 0, "number"))
                         : NULL;
}

void
plt_store_record_sources_async (PltStore            *self,
                                gint64               application,
                                PltSourceAnswer     *answers[PLT_N_SOURCES],
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_pg_statement_free);

  for (int i = 0; i < PLT_N_SOURCES; i++)
    if (is_recordable (answers[i]))
      {
        PltPgParams *params = plt_pg_params_new ();
        plt_pg_params_int (params, application);
        add_answer (params, answers[i]);
        g_ptr_array_add (batch, plt_store_statement_new ("application-record-source", params));
      }
  plt_store_batch_async (self, g_steal_pointer (&batch), TRUE, cancellable, callback, user_data);
}

gboolean
plt_store_record_sources_finish (PltStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_autoptr (GPtrArray) results = plt_store_batch_finish (self, result, error);
  return results != NULL;
}

static PltPgParams *
new_change_params (gint64 application,
                   int    row_version)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, application);
  plt_pg_params_int (params, row_version);
  return params;
}

void
plt_store_set_field_async (PltStore            *self,
                           gint64               application,
                           int                  row_version,
                           PltField             field,
                           const char          *value,
                           const char          *reason,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  PltPgParams *params = new_change_params (application, row_version);

  plt_pg_params_text (params, plt_field_to_nick (field));
  plt_pg_params_text (params, value);
  plt_pg_params_text (params, reason);
  plt_store_run_async (self, "application-set-field", params, cancellable, callback, user_data);
}

void
plt_store_set_categories_async (PltStore            *self,
                                gint64               application,
                                int                  row_version,
                                const char * const  *categories,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  PltPgParams *params = new_change_params (application, row_version);

  plt_pg_params_text_array (params, categories);
  plt_store_run_async (self, "application-set-categories", params, cancellable, callback, user_data);
}

void
plt_store_set_image_async (PltStore            *self,
                           gint64               application,
                           int                  row_version,
                           const char          *kind,
                           GBytes              *image,
                           const char          *media_type,
                           GBytes              *chip,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  PltPgParams *params = new_change_params (application, row_version);

  plt_pg_params_text (params, kind);
  plt_pg_params_bytes (params, image);
  plt_pg_params_text (params, media_type);
  plt_pg_params_bytes (params, chip);
  plt_store_run_async (self, "application-set-image", params, cancellable, callback, user_data);
}

void
plt_store_step_application_async (PltStore            *self,
                                  gint64               application,
                                  int                  row_version,
                                  const char          *step,
                                  const char          *reason,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  PltPgParams *params = new_change_params (application, row_version);
  g_autofree char *statement = g_strconcat ("application-", step, NULL);

  plt_pg_params_text (params, reason);
  plt_store_run_async (self, statement, params, cancellable, callback, user_data);
}

int
plt_store_change_finish (PltStore      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return (int) plt_store_run_finish_int (self, result, "row_version", error);
}

void
plt_store_waiting_free (PltStoreWaiting *self)
{
  g_free (self->number);
  g_free (self->id_number);
  g_free (self->source);
  g_free (self->lease);
  g_free (self);
}

void
plt_store_take_waiting_async (PltStore            *self,
                              const char          *source,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, source);
  plt_store_run_async (self, "waiting-take", params, cancellable, callback, user_data);
}

gboolean
plt_store_take_waiting_finish (PltStore         *self,
                               GAsyncResult     *result,
                               PltStoreWaiting **taken,
                               GError          **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  *taken = NULL;
  if (rows == NULL)
    return FALSE;
  if (plt_pg_result_get_n_rows (rows) == 0)
    return TRUE;
  *taken = g_new0 (PltStoreWaiting, 1);
  (*taken)->application = plt_store_int (rows, 0, "application_id");
  (*taken)->number = g_strdup (plt_store_text (rows, 0, "number"));
  (*taken)->id_number = g_strdup (plt_store_text (rows, 0, "id_number"));
  (*taken)->source = g_strdup (plt_store_text (rows, 0, "source"));
  (*taken)->lease = g_strdup (plt_store_text (rows, 0, "lease"));
  return TRUE;
}

void
plt_store_answer_waiting_async (PltStore              *self,
                                const PltStoreWaiting *taken,
                                PltSourceAnswer       *answer,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, taken->application);
  plt_pg_params_text (params, taken->lease);
  add_answer (params, answer);
  plt_store_run_async (self, "waiting-answer", params, cancellable, callback, user_data);
}

gboolean
plt_store_answer_waiting_finish (PltStore             *self,
                                 GAsyncResult         *result,
                                 PltApplicationState  *state,
                                 GError              **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  const char *word = rows != NULL ? plt_store_text (rows, 0, "state") : NULL;

  if (rows == NULL)
    return FALSE;
  if (word != NULL && plt_application_state_from_nick (word, state))
    return TRUE;
  plt_store_set_word_error (error, "state", word);
  return FALSE;
}
