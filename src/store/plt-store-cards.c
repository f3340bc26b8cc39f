/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads cards and what is kept of them, and writes every step of a card's life. */
#include "plt-store-cards.h"

#include <glib/gi18n-lib.h>

#include "plt-store-private.h"
#include "plt-store-readers.h"

static const char * const step_statements[] = {
  [PLT_STORE_CARD_RELEASED] = "card-released",
  [PLT_STORE_CARD_ON_DEVICE] = "card-on-device",
  [PLT_STORE_CARD_OUT] = "card-out",
  [PLT_STORE_CARD_FORGOTTEN] = "card-forgotten",
  [PLT_STORE_CARD_DOUBTFUL] = "card-doubtful",
  [PLT_STORE_CARD_CAME_OUT] = "card-came-out",
  [PLT_STORE_CARD_SPOIL] = "card-spoil",
  [PLT_STORE_CARD_CANCEL] = "card-cancel",
  [PLT_STORE_CARD_ISSUE] = "card-issue",
};

void
plt_store_card_data_free (PltStoreCardData *self)
{
  for (int i = 0; i < PLT_N_FIELDS; i++)
    g_free (self->person[i]);
  g_free (self->licence_number);
  g_free (self->issue_date);
  g_free (self->expiry_date);
  g_free (self->categories);
  g_free (self->authority);
  g_free (self->application_number);
  g_free (self->card_number);
  g_free (self->card_serial);
  g_free (self->layout);
  g_free (self->layout_digest);
  g_free (self->portrait_taken_at);
  g_free (self->approved_sha256);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_clear_pointer (&self->chip_portrait, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self);
}

/* Returns: (transfer full): @self once more, for another thread; pictures are shared */
PltStoreCardData *
plt_store_card_data_copy (const PltStoreCardData *self)
{
  PltStoreCardData *copy = g_memdup2 (self, sizeof *self);

  for (int i = 0; i < PLT_N_FIELDS; i++)
    copy->person[i] = g_strdup (self->person[i]);
  copy->licence_number = g_strdup (self->licence_number);
  copy->issue_date = g_strdup (self->issue_date);
  copy->expiry_date = g_strdup (self->expiry_date);
  copy->categories = g_strdup (self->categories);
  copy->authority = g_strdup (self->authority);
  copy->application_number = g_strdup (self->application_number);
  copy->card_number = g_strdup (self->card_number);
  copy->card_serial = g_strdup (self->card_serial);
  copy->layout = g_strdup (self->layout);
  copy->layout_digest = g_strdup (self->layout_digest);
  copy->portrait_taken_at = g_strdup (self->portrait_taken_at);
  copy->approved_sha256 = g_strdup (self->approved_sha256);
  copy->portrait = self->portrait != NULL ? g_bytes_ref (self->portrait) : NULL;
  copy->chip_portrait = self->chip_portrait != NULL ? g_bytes_ref (self->chip_portrait) : NULL;
  copy->signature = self->signature != NULL ? g_bytes_ref (self->signature) : NULL;
  return copy;
}

void
plt_store_card_file_free (PltStoreCardFile *self)
{
  g_free (self->layout);
  g_free (self->layout_digest);
  g_free (self->front_sha256);
  g_free (self->back_sha256);
  g_free (self->file_sha256);
  g_free (self->unsigned_sha256);
  g_free (self->keys);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self->qr_text);
  g_clear_pointer (&self->pdf417, g_bytes_unref);
  g_free (self->mrz);
  g_free (self->inputs);
  g_free (self);
}

static GBytes *
dup_bytes (PltPgResult *rows,
           const char  *column)
{
  int index = plt_pg_result_column (rows, column);
  return plt_pg_result_is_null (rows, 0, index) ? NULL : plt_pg_result_dup_bytes (rows, 0, index);
}

static PltPgParams *
new_card_params (gint64 card)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, card);
  return params;
}

static PltPgParams *
new_number_params (const char *number)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, number);
  return params;
}

void
plt_store_list_cards_async (PltStore            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  plt_store_run_async (self, "card-list-room", NULL, cancellable, callback, user_data);
}

void
plt_store_list_application_cards_async (PltStore            *self,
                                        const char          *application_number,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  plt_store_run_async (self, "application-cards", new_number_params (application_number), cancellable,
                       callback, user_data);
}

GPtrArray *
plt_store_list_cards_finish (PltStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  return rows != NULL ? plt_store_read_cards (rows, error) : NULL;
}

void
plt_store_get_card_async (PltStore            *self,
                          const char          *number,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  plt_store_run_async (self, "card-get", new_number_params (number), cancellable, callback, user_data);
}

PltCard *
plt_store_get_card_finish (PltStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr (GPtrArray) cards = plt_store_list_cards_finish (self, result, error);

  if (cards == NULL)
    return NULL;
  if (cards->len > 0)
    return g_object_ref (g_ptr_array_index (cards, 0));
  g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                       _("This office has no card of this number. Look at the number again."));
  return NULL;
}

void
plt_store_card_data_async (PltStore            *self,
                           const char          *application_number,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  plt_store_run_async (self, "card-data", new_number_params (application_number), cancellable,
                       callback, user_data);
}

static PltStoreCardData *
read_card_data (PltPgResult *rows)
{
  static const PltField shown[] = {
    PLT_FIELD_FAMILY_NAME, PLT_FIELD_GIVEN_NAMES, PLT_FIELD_FAMILY_NAME_NATIVE,
    PLT_FIELD_GIVEN_NAMES_NATIVE, PLT_FIELD_BIRTH_DATE, PLT_FIELD_BIRTH_PLACE, PLT_FIELD_SEX,
    PLT_FIELD_NATIONALITY, PLT_FIELD_ADDRESS,
  };
  PltStoreCardData *data = g_new0 (PltStoreCardData, 1);

  data->application = plt_store_int (rows, 0, "application_id");
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    data->person[shown[i]] = g_strdup (plt_store_text (rows, 0, plt_field_to_nick (shown[i])));
  data->licence_number = g_strdup (plt_store_text (rows, 0, "licence_number"));
  data->issue_date = g_strdup (plt_store_text (rows, 0, "issue_date"));
  data->expiry_date = g_strdup (plt_store_text (rows, 0, "expiry_date"));
  data->categories = g_strdup (plt_store_text (rows, 0, "categories"));
  data->authority = g_strdup (plt_store_text (rows, 0, "authority"));
  data->application_number = g_strdup (plt_store_text (rows, 0, "application_number"));
  data->card_number = g_strdup (plt_store_text (rows, 0, "card_number"));
  data->card_serial = g_strdup (plt_store_text (rows, 0, "card_serial"));
  data->layout = g_strdup (plt_store_text (rows, 0, "layout"));
  data->layout_version = (int) plt_store_int (rows, 0, "layout_version");
  data->layout_digest = g_strdup (plt_store_text (rows, 0, "layout_digest"));
  data->portrait = dup_bytes (rows, "portrait");
  data->portrait_taken_at = g_strdup (plt_store_text (rows, 0, "portrait_taken_at"));
  data->chip_portrait = dup_bytes (rows, "chip_portrait");
  data->signature = dup_bytes (rows, "signature");
  return data;
}

PltStoreCardData *
plt_store_card_data_finish (PltStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;
  if (plt_pg_result_get_n_rows (rows) > 0)
    return read_card_data (rows);
  g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                       _("This office has no application of this number that could become a card."
                         " Look at the number again."));
  return NULL;
}

void
plt_store_previous_card_async (PltStore            *self,
                               const char          *application_number,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  plt_store_run_async (self, "card-previous", new_number_params (application_number), cancellable,
                       callback, user_data);
}

char *
plt_store_previous_card_finish (PltStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL || plt_pg_result_get_n_rows (rows) == 0)
    return NULL;
  return g_strdup (plt_store_text (rows, 0, "number"));
}

void
plt_store_card_file_async (PltStore            *self,
                           gint64               card,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  plt_store_run_async (self, "card-file", new_card_params (card), cancellable, callback, user_data);
}

PltStoreCardFile *
plt_store_card_file_finish (PltStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;
  if (plt_pg_result_get_n_rows (rows) == 0)
    {
      g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                           _("Nothing is kept of this card yet, because it has not been drawn."));
      return NULL;
    }
  PltStoreCardFile *file = g_new0 (PltStoreCardFile, 1);
  file->file = dup_bytes (rows, "file");
  file->qr_text = g_strdup (plt_store_text (rows, 0, "qr_text"));
  file->pdf417 = dup_bytes (rows, "pdf417");
  file->mrz = g_strdup (plt_store_text (rows, 0, "mrz"));
  return file;
}

void
plt_store_reserve_card_async (PltStore            *self,
                              gint64               application,
                              const char          *print_key,
                              const char          *printer,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = new_card_params (application);

  plt_pg_params_text (params, print_key);
  plt_pg_params_text (params, printer);
  plt_store_run_async (self, "card-reserve", params, cancellable, callback, user_data);
}

char *
plt_store_reserve_card_finish (PltStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  return rows != NULL ? g_strdup (plt_store_text (rows, 0, "card_number")) : NULL;
}

void
plt_store_card_rendered_async (PltStore               *self,
                               gint64                  card,
                               const PltStoreCardFile *file,
                               GCancellable           *cancellable,
                               GAsyncReadyCallback     callback,
                               gpointer                user_data)
{
  PltPgParams *params = new_card_params (card);

  plt_pg_params_text (params, file->layout);
  plt_pg_params_int (params, file->layout_version);
  plt_pg_params_text (params, file->layout_digest);
  plt_pg_params_text (params, file->front_sha256);
  plt_pg_params_text (params, file->back_sha256);
  plt_pg_params_text (params, file->file_sha256);
  plt_pg_params_bytes (params, file->file);
  plt_pg_params_text (params, file->qr_text);
  plt_pg_params_bytes (params, file->pdf417);
  plt_pg_params_text (params, file->mrz);
  plt_pg_params_text (params, file->inputs);
  plt_pg_params_text (params, file->unsigned_sha256);
  plt_pg_params_text (params, file->keys);
  plt_store_run_async (self, "card-rendered", params, cancellable, callback, user_data);
}

void
plt_store_card_sent_async (PltStore            *self,
                           gint64               card,
                           int                  job_id,
                           const char          *job_uuid,
                           gboolean             printer_forgets,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  PltPgParams *params = new_card_params (card);

  plt_pg_params_int (params, job_id);
  plt_pg_params_text (params, job_uuid);
  plt_pg_params_bool (params, printer_forgets);
  plt_store_run_async (self, "card-sent", params, cancellable, callback, user_data);
}

void
plt_store_card_sending_async (PltStore            *self,
                              gint64               card,
                              const char          *witness,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = new_card_params (card);

  plt_pg_params_text (params, witness);
  plt_store_run_async (self, "card-sending", params, cancellable, callback, user_data);
}

void
plt_store_card_witness_async (PltStore            *self,
                              gint64               card,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  plt_store_run_async (self, "card-witness", new_card_params (card), cancellable, callback, user_data);
}

gboolean
plt_store_card_witness_finish (PltStore      *self,
                               GAsyncResult  *result,
                               char         **witness,
                               PltStoreJobEnd *end,
                               GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return FALSE;
  const char *ended = plt_store_text (rows, 0, "ended");

  *witness = g_strdup (plt_store_text (rows, 0, "witness"));
  *end = ended == NULL ? PLT_STORE_JOB_NOT_SEEN
         : g_str_equal (ended, "out") ? PLT_STORE_JOB_OUT : PLT_STORE_JOB_FORGOTTEN;
  return TRUE;
}

void
plt_store_card_job_ended_async (PltStore            *self,
                                gint64               card,
                                gboolean             forgotten,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  PltPgParams *params = new_card_params (card);

  plt_pg_params_bool (params, forgotten);
  plt_store_run_async (self, "card-job-ended", params, NULL, callback, user_data);
}

void
plt_store_card_step_async (PltStore            *self,
                           gint64               card,
                           PltStoreCardStep     step,
                           const char          *text,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  PltPgParams *params = new_card_params (card);

  if (step >= PLT_STORE_CARD_DOUBTFUL)
    plt_pg_params_text (params, text);
  plt_store_run_async (self, step_statements[step], params, cancellable, callback, user_data);
}

gboolean
plt_store_card_step_finish (PltStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return plt_store_run_finish_done (self, result, error);
}

void
plt_store_check_card_async (PltStore            *self,
                            gint64               card,
                            const char          *scanned,
                            const char          *serial,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  PltPgParams *params = new_card_params (card);

  plt_pg_params_text (params, scanned);
  plt_pg_params_text (params, serial);
  plt_store_run_async (self, "card-check", params, cancellable, callback, user_data);
}

char *
plt_store_check_card_finish (PltStore      *self,
                             GAsyncResult  *result,
                             gboolean      *matched,
                             GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;
  *matched = plt_pg_result_get_bool (rows, 0, plt_pg_result_column (rows, "matched"));
  return g_strdup (plt_store_text (rows, 0, "text"));
}

void
plt_store_lock_printing_async (PltStore            *self,
                               gint64               application,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  plt_store_run_async (self, "card-lock", new_card_params (application), cancellable, callback,
                       user_data);
}

gboolean
plt_store_lock_printing_finish (PltStore      *self,
                                GAsyncResult  *result,
                                gboolean      *taken,
                                GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return FALSE;
  *taken = plt_pg_result_get_bool (rows, 0, plt_pg_result_column (rows, "taken"));
  return TRUE;
}

void
plt_store_unlock_printing (PltStore *self,
                           gint64    application)
{
  plt_store_run_async (self, "card-unlock", new_card_params (application), NULL, NULL, NULL);
}
