/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes and reads the last answer of each registry about a person. */
#include "plt-store-answers.h"

#include "plt-store-private.h"
#include "plt-store-readers.h"

void
plt_store_add_values (PltPgParams     *params,
                      PltSourceAnswer *answer)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  for (PltField field = 0; field < PLT_N_FIELDS; field++)
    {
      const char *value = plt_source_answer_get_field (answer, field);
      if (value != NULL)
        {
          g_ptr_array_add (fields, (char *) plt_field_to_nick (field));
          g_ptr_array_add (values, (char *) value);
        }
    }
  g_ptr_array_add (fields, NULL);
  g_ptr_array_add (values, NULL);
  plt_pg_params_text_array (params, (const char * const *) fields->pdata);
  plt_pg_params_text_array (params, (const char * const *) values->pdata);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* The look-up itself has its answer; only a time without that registry will miss this. */
  if (!plt_store_run_finish_done (PLT_STORE (source), result, &error))
    g_debug ("A registry's answer was not kept: %s", error->message);
}

void
plt_store_note_answer (PltStore        *self,
                       const char      *id_number,
                       PltSourceAnswer *answer,
                       int              keep_s)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, id_number);
  plt_pg_params_text (params, plt_source_to_nick (plt_source_answer_get_source (answer)));
  plt_pg_params_text (params, plt_source_state_to_nick (plt_source_answer_get_state (answer)));
  plt_pg_params_time (params, plt_source_answer_get_answered_at (answer));
  plt_store_add_values (params, answer);
  plt_pg_params_int (params, keep_s);
  plt_store_run_async (self, "answer-note", params, NULL, noted_cb, NULL);
}

void
plt_store_last_answers_async (PltStore            *self,
                              const char          *id_number,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, id_number);
  plt_store_run_async (self, "answer-list", params, cancellable, callback, user_data);
}

GPtrArray *
plt_store_last_answers_finish (PltStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  return rows != NULL ? plt_store_read_answers (rows, error) : NULL;
}
