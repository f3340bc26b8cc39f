/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions of layouts that people propose and let in, with their proof sheets. */
#include "plt-store-layouts.h"

#include <glib/gi18n-lib.h>

#include "plt-store-private.h"

void
plt_store_propose_layout_async (PltStore            *self,
                                const char          *layout,
                                int                  version,
                                const char          *digest,
                                const char          *valid_from,
                                const char          *valid_to,
                                GBytes              *proof,
                                const char          *reason,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, layout);
  plt_pg_params_int (params, version);
  plt_pg_params_text (params, digest);
  plt_pg_params_text (params, valid_from);
  plt_pg_params_text (params, valid_to);
  plt_pg_params_bytes (params, proof);
  plt_pg_params_text (params, reason);
  plt_store_run_async (self, "layout-propose", params, cancellable, callback, user_data);
}

gint64
plt_store_propose_layout_finish (PltStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return plt_store_run_finish_int (self, result, "id", error);
}

void
plt_store_layout_proof_async (PltStore            *self,
                              gint64               id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_int (params, id);
  plt_store_run_async (self, "layout-proof", params, cancellable, callback, user_data);
}

GBytes *
plt_store_layout_proof_finish (PltStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;
  if (plt_pg_result_get_n_rows (rows) > 0)
    return plt_pg_result_dup_bytes (rows, 0, plt_pg_result_column (rows, "file"));
  g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                       _("There is no layout version with this record number. List the versions again."));
  return NULL;
}
