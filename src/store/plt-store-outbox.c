/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists, takes and ends messages to the pre-enrolment service. */
#include "plt-store-outbox.h"

#include "plt-store-private.h"

void
plt_store_message_free (PltStoreMessage *self)
{
  g_free (self->message_id);
  g_free (self->code);
  g_clear_pointer (&self->happened_at, g_date_time_unref);
  g_free (self->lease);
  g_free (self);
}

void
plt_store_list_outbox_async (PltStore            *self,
                             gboolean             all,
                             const char          *number,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_bool (params, all);
  plt_pg_params_text (params, number);
  plt_store_run_async (self, "outbox-list", params, cancellable, callback, user_data);
}

static PltOutboxMessage *
read_message (PltPgResult  *rows,
              int           row,
              GError      **error)
{
  g_autoptr (PltOutboxMessage) message = plt_outbox_message_new ();
  PltOutboxRow *read = plt_outbox_message_get_row (message);
  const char *status = plt_store_text (rows, row, "status");
  const char *state = plt_store_text (rows, row, "state");

  if (!plt_prepared_status_from_nick (status, &read->status))
    {
      plt_store_set_word_error (error, "status", status);
      return NULL;
    }
  if (!plt_outbox_state_from_nick (state, &read->state))
    {
      plt_store_set_word_error (error, "state", state);
      return NULL;
    }
  read->id = plt_store_int (rows, row, "id");
  read->message_id = g_strdup (plt_store_text (rows, row, "message_id"));
  read->application_number = g_strdup (plt_store_text (rows, row, "application_number"));
  read->code = g_strdup (plt_store_text (rows, row, "code"));
  read->happened_at = plt_store_dup_time (rows, row, "happened_at");
  read->tries = (int) plt_store_int (rows, row, "tries");
  read->refusals = (int) plt_store_int (rows, row, "refusals");
  read->next_at = plt_store_dup_time (rows, row, "next_at");
  read->trouble = g_strdup (plt_store_text (rows, row, "trouble"));
  read->ended_at = plt_store_dup_time (rows, row, "ended_at");
  read->ended_by = g_strdup (plt_store_text (rows, row, "ended_by"));
  read->reason = g_strdup (plt_store_text (rows, row, "reason"));
  return g_steal_pointer (&message);
}

GPtrArray *
plt_store_list_outbox_finish (PltStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  if (rows == NULL)
    return NULL;
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      PltOutboxMessage *message = read_message (rows, row, error);

      if (message == NULL)
        return NULL;
      g_ptr_array_add (messages, message);
    }
  return g_steal_pointer (&messages);
}

void
plt_store_get_now_async (PltStore            *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  plt_store_run_async (self, "outbox-now", NULL, cancellable, callback, user_data);
}

GDateTime *
plt_store_get_now_finish (PltStore      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  return rows != NULL ? plt_store_dup_time (rows, 0, "now") : NULL;
}

void
plt_store_take_message_async (PltStore            *self,
                              GDateTime           *not_since,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_time (params, not_since);
  plt_store_run_async (self, "outbox-take", params, cancellable, callback, user_data);
}

gboolean
plt_store_take_message_finish (PltStore         *self,
                               GAsyncResult     *result,
                               PltStoreMessage **taken,
                               GError          **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  g_autoptr (PltStoreMessage) message = NULL;
  const char *status;

  if (rows == NULL)
    return FALSE;
  *taken = NULL;
  if (plt_pg_result_get_n_rows (rows) == 0)
    return TRUE;
  message = g_new0 (PltStoreMessage, 1);
  status = plt_store_text (rows, 0, "status");
  if (!plt_prepared_status_from_nick (status, &message->status))
    {
      plt_store_set_word_error (error, "status", status);
      return FALSE;
    }
  message->id = plt_store_int (rows, 0, "id");
  message->message_id = g_strdup (plt_store_text (rows, 0, "message_id"));
  message->code = g_strdup (plt_store_text (rows, 0, "code"));
  message->happened_at = plt_store_dup_time (rows, 0, "happened_at");
  message->lease = g_strdup (plt_store_text (rows, 0, "lease"));
  *taken = g_steal_pointer (&message);
  return TRUE;
}

void
plt_store_message_sent_async (PltStore              *self,
                              const PltStoreMessage *message,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, message->id);
  plt_pg_params_text (params, message->lease);
  plt_store_run_async (self, "outbox-sent", params, cancellable, callback, user_data);
}

void
plt_store_message_failed_async (PltStore              *self,
                                const PltStoreMessage *message,
                                gboolean               refused,
                                const char            *trouble,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, message->id);
  plt_pg_params_text (params, message->lease);
  plt_pg_params_text (params, refused ? "refused" : "unreachable");
  plt_pg_params_text (params, trouble);
  plt_store_run_async (self, "outbox-failed", params, cancellable, callback, user_data);
}

void
plt_store_decide_message_async (PltStore            *self,
                                gint64               message,
                                const char          *how,
                                const char          *reason,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();
  g_autofree char *statement = g_strconcat ("outbox-", how, NULL);

  plt_pg_params_int (params, message);
  plt_pg_params_text (params, reason);
  plt_store_run_async (self, statement, params, cancellable, callback, user_data);
}

gboolean
plt_store_message_finish (PltStore      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return plt_store_run_finish_done (self, result, error);
}
