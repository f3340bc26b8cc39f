/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-store-approvals.h"

#include "plt-store-private.h"

static PltPgParams *
new_params (gint64 card)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, card);
  return params;
}

void
plt_store_may_approve_card_async (PltStore            *self,
                                  gint64               card,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  plt_store_run_async (self, "card-may-approve", new_params (card), cancellable, callback, user_data);
}

void
plt_store_card_may_be_sent_async (PltStore            *self,
                                  gint64               card,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  plt_store_run_async (self, "card-may-be-sent", new_params (card), cancellable, callback, user_data);
}

void
plt_store_approve_card_file_async (PltStore            *self,
                                   gint64               card,
                                   const char          *base_sha256,
                                   GBytes              *file,
                                   const char          *key_id,
                                   const char          *certificate_sha256,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  PltPgParams *params = new_params (card);

  plt_pg_params_text (params, base_sha256);
  plt_pg_params_bytes (params, file);
  plt_pg_params_text (params, key_id);
  plt_pg_params_text (params, certificate_sha256);
  plt_store_run_async (self, "card-approve", params, cancellable, callback, user_data);
}

char *
plt_store_approve_card_file_finish (PltStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  return rows != NULL ? g_strdup (plt_store_text (rows, 0, "approved_sha256")) : NULL;
}
