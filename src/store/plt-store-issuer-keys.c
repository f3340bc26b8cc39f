/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-store-issuer-keys.h"

#include "plt-store-private.h"

void
plt_store_issuer_key_free (PltStoreIssuerKey *self)
{
  g_free (self->key);
  g_free (self->certificate_sha256);
  g_free (self->last_expiry);
  g_free (self);
}

void
plt_store_list_issuer_keys_async (PltStore            *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  plt_store_run_async (self, "issuer-key-list", plt_pg_params_new (), cancellable, callback, user_data);
}

GPtrArray *
plt_store_list_issuer_keys_finish (PltStore      *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  GPtrArray *keys;

  if (rows == NULL)
    return NULL;
  keys = g_ptr_array_new_with_free_func ((GDestroyNotify) plt_store_issuer_key_free);
  for (int row = 0; row < plt_pg_result_get_n_rows (rows); row++)
    {
      PltStoreIssuerKey *key = g_new0 (PltStoreIssuerKey, 1);

      key->key = g_strdup (plt_store_text (rows, row, "key"));
      key->certificate_sha256 = g_strdup (plt_store_text (rows, row, "certificate_sha256"));
      key->last_expiry = g_strdup (plt_store_text (rows, row, "last_expiry"));
      key->in_use = plt_pg_result_get_bool (rows, row, plt_pg_result_column (rows, "in_use"));
      g_ptr_array_add (keys, key);
    }

  return keys;
}

void
plt_store_payload_signed_async (PltStore            *self,
                                const char          *application_number,
                                const char          *kind,
                                const char          *key,
                                const char          *certificate_sha256,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, application_number);
  plt_pg_params_text (params, kind);
  plt_pg_params_text (params, key);
  plt_pg_params_text (params, certificate_sha256);
  plt_store_run_async (self, "payload-signed", params, cancellable, callback, user_data);
}

gboolean
plt_store_payload_signed_finish (PltStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  return rows != NULL;
}
