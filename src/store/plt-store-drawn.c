/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plt-store-drawn.h"

#include <glib/gi18n-lib.h>

#include "plt-store-private.h"
#include "plt-store-readers.h"

void
plt_store_drawn_card_free (PltStoreDrawnCard *self)
{
  g_free (self->number);
  g_free (self->layout);
  g_free (self->layout_digest);
  g_free (self->front_sha256);
  g_free (self->back_sha256);
  g_free (self->inputs);
  g_clear_pointer (&self->pdf417, g_bytes_unref);
  g_clear_pointer (&self->portrait, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_clear_pointer (&self->fitted_in, g_bytes_unref);
  g_free (self);
}

void
plt_store_drawn_card_async (PltStore            *self,
                            const char          *card_number,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, card_number);
  plt_store_run_async (self, "card-drawn", params, cancellable, callback, user_data);
}

static GBytes *
dup_bytes (PltPgResult *rows,
           int          row,
           const char  *column)
{
  int index = plt_pg_result_column (rows, column);

  return plt_pg_result_is_null (rows, row, index) ? NULL : plt_pg_result_dup_bytes (rows, row, index);
}

PltStoreDrawnCard *
plt_store_read_drawn_card (PltPgResult *rows,
                           int          row)
{
  PltStoreDrawnCard *self = g_new0 (PltStoreDrawnCard, 1);

  self->number = g_strdup (plt_store_text (rows, row, "number"));
  self->layout = g_strdup (plt_store_text (rows, row, "layout"));
  self->layout_version = (int) plt_store_int (rows, row, "layout_version");
  self->layout_digest = g_strdup (plt_store_text (rows, row, "layout_digest"));
  self->front_sha256 = g_strdup (plt_store_text (rows, row, "front_sha256"));
  self->back_sha256 = g_strdup (plt_store_text (rows, row, "back_sha256"));
  self->inputs = g_strdup (plt_store_text (rows, row, "inputs"));
  self->pdf417 = dup_bytes (rows, row, "pdf417");
  self->portrait = dup_bytes (rows, row, "portrait");
  self->signature = dup_bytes (rows, row, "signature");
  self->fitted_in = dup_bytes (rows, row, "fitted_in");
  return self;
}

PltStoreDrawnCard *
plt_store_drawn_card_finish (PltStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);

  if (rows == NULL)
    return NULL;
  if (plt_pg_result_get_n_rows (rows) > 0)
    return plt_store_read_drawn_card (rows, 0);
  g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                       _("This office has no card of this number that was drawn. Look at the number "
                         "again."));
  return NULL;
}
