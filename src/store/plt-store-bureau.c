/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and writes bureaus, their batches and receipts. */
#include "plt-store-bureau.h"

#include <glib/gi18n-lib.h>

#include "plt-store-private.h"

void
plt_store_batch_free (PltStoreBatch *self)
{
  g_free (self->number);
  g_free (self->office_code);
  g_free (self->bureau);
  g_free (self->manifest);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self->package_sha256);
  g_free (self);
}

void
plt_store_batch_card_free (PltStoreBatchCard *self)
{
  g_free (self->number);
  g_free (self->application_number);
  g_free (self);
}

void
plt_store_receipt_free (PltStoreReceipt *self)
{
  g_free (self->batch);
  g_free (self->bureau);
  g_free (self->signer_sha256);
  g_free (self->manifest_sha256);
  g_strfreev (self->cards);
  g_strfreev (self->serials);
  g_strfreev (self->sha256s);
  g_strfreev (self->outcomes);
  g_strfreev (self->reasons);
  g_free (self);
}

/* The text of one column of the only row. NULL without an error where there is no row. */
static char *
finish_text (PltStore      *self,
             GAsyncResult  *result,
             const char    *column,
             GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  return rows != NULL && plt_pg_result_get_n_rows (rows) > 0
           ? g_strdup (plt_store_text (rows, 0, column))
           : NULL;
}

void
plt_store_list_bureaus_async (PltStore            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  plt_store_run_async (self, "bureau-list", NULL, cancellable, callback, user_data);
}

char *
plt_store_list_bureaus_finish (PltStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return finish_text (self, result, "json", error);
}

void
plt_store_propose_bureau_async (PltStore            *self,
                                const char          *code,
                                const char          *name,
                                GBytes              *certificate,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, code);
  plt_pg_params_text (params, name);
  plt_pg_params_bytes (params, certificate);
  plt_store_run_async (self, "bureau-propose", params, NULL, callback, user_data);
}

gint64
plt_store_propose_bureau_finish (PltStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return plt_store_run_finish_int (self, result, "id", error);
}

void
plt_store_decide_bureau_async (PltStore            *self,
                               gint64               bureau,
                               const char          *sha256,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, bureau);
  if (sha256 != NULL)
    plt_pg_params_text (params, sha256);
  plt_store_run_async (self, sha256 != NULL ? "bureau-approve" : "bureau-retire", params, NULL,
                       callback, user_data);
}

gboolean
plt_store_bureau_finish (PltStore      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return plt_store_run_finish_done (self, result, error);
}

void
plt_store_bureau_certificate_async (PltStore            *self,
                                    const char          *code,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, code);
  plt_store_run_async (self, "bureau-certificate", params, NULL, callback, user_data);
}

GBytes *
plt_store_bureau_certificate_finish (PltStore      *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;
  if (plt_pg_result_get_n_rows (rows) > 0)
    return plt_pg_result_dup_bytes (rows, 0, plt_pg_result_column (rows, "certificate"));
  g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                       _("The receipt was not taken, because the bureau that it names is not approved here. Ask a supervisor."));
  return NULL;
}

void
plt_store_open_batch_async (PltStore            *self,
                            const char          *key,
                            const char          *bureau,
                            const char *const   *applications,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, key);
  plt_pg_params_text (params, bureau);
  plt_pg_params_text_array (params, applications);
  plt_store_run_async (self, "batch-open", params, NULL, callback, user_data);
}

char *
plt_store_open_batch_finish (PltStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return finish_text (self, result, "batch", error);
}

void
plt_store_seal_batch_async (PltStore            *self,
                            const char          *batch,
                            const char          *manifest,
                            GBytes              *signature,
                            const char          *package_sha256,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, batch);
  plt_pg_params_text (params, manifest);
  plt_pg_params_bytes (params, signature);
  plt_pg_params_text (params, package_sha256);
  plt_store_run_async (self, "batch-seal", params, NULL, callback, user_data);
}

void
plt_store_cancel_batch_async (PltStore            *self,
                              const char          *batch,
                              const char          *reason,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, batch);
  plt_pg_params_text (params, reason);
  plt_store_run_async (self, "batch-cancel", params, NULL, callback, user_data);
}

void
plt_store_get_batch_async (PltStore            *self,
                           const char          *batch,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, batch);
  plt_store_run_async (self, "batch-get", params, NULL, callback, user_data);
}

PltStoreBatch *
plt_store_get_batch_finish (PltStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  g_autoptr (PltStoreBatch) batch = NULL;

  if (rows == NULL)
    return NULL;
  if (plt_pg_result_get_n_rows (rows) == 0)
    {
      g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                           _("This office has no batch of this number. “platenctl bureau list” has them."));
      return NULL;
    }
  batch = g_new0 (PltStoreBatch, 1);
  batch->number = g_strdup (plt_store_text (rows, 0, "number"));
  batch->office_code = g_strdup (plt_store_text (rows, 0, "office_code"));
  batch->bureau = g_strdup (plt_store_text (rows, 0, "bureau"));
  batch->is_open = g_strcmp0 (plt_store_text (rows, 0, "state"), "open") == 0;
  batch->manifest = g_strdup (plt_store_text (rows, 0, "manifest"));
  if (batch->manifest != NULL)
    batch->signature = plt_pg_result_dup_bytes (rows, 0, plt_pg_result_column (rows, "signature"));
  batch->package_sha256 = g_strdup (plt_store_text (rows, 0, "package_sha256"));
  return g_steal_pointer (&batch);
}

void
plt_store_list_batch_cards_async (PltStore            *self,
                                  const char          *batch,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, batch);
  plt_store_run_async (self, "batch-cards", params, NULL, callback, user_data);
}

GPtrArray *
plt_store_list_batch_cards_finish (PltStore      *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_store_batch_card_free);

  if (rows == NULL)
    return NULL;
  for (int i = 0; i < plt_pg_result_get_n_rows (rows); i++)
    {
      PltStoreBatchCard *card = g_new0 (PltStoreBatchCard, 1);
      const char *state = plt_store_text (rows, i, "state");

      g_ptr_array_add (cards, card);
      card->id = plt_store_int (rows, i, "id");
      card->number = g_strdup (plt_store_text (rows, i, "number"));
      card->application_number = g_strdup (plt_store_text (rows, i, "application_number"));
      if (!plt_card_state_from_nick (state, &card->state))
        {
          plt_store_set_word_error (error, "state", state);
          return NULL;
        }
    }
  return g_steal_pointer (&cards);
}

void
plt_store_receive_batch_async (PltStore              *self,
                               const PltStoreReceipt *receipt,
                               GBytes                *bytes,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  PltPgParams *params = plt_pg_params_new ();
  char **const arrays[] = { receipt->cards, receipt->serials, receipt->sha256s, receipt->outcomes,
                            receipt->reasons };

  plt_pg_params_text (params, receipt->batch);
  plt_pg_params_text (params, receipt->bureau);
  plt_pg_params_text (params, receipt->signer_sha256);
  plt_pg_params_bytes (params, bytes);
  plt_pg_params_text (params, receipt->manifest_sha256);
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    plt_pg_params_text_array (params, (const char *const *) arrays[i]);
  plt_store_run_async (self, "batch-receive", params, NULL, callback, user_data);
}

gboolean
plt_store_receive_batch_finish (PltStore      *self,
                                GAsyncResult  *result,
                                int           *made,
                                int           *failed,
                                GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return FALSE;
  *made = (int) plt_store_int (rows, 0, "made");
  *failed = (int) plt_store_int (rows, 0, "failed");
  return TRUE;
}
