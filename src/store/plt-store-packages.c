/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what the package of a card is made of. */
#include "plt-store-packages.h"

#include <glib/gi18n-lib.h>

#include "plt-store-private.h"
#include "plt-store-readers.h"

void
plt_store_package_card_free (PltStorePackageCard *self)
{
  g_clear_pointer (&self->drawn, plt_store_drawn_card_free);
  g_free (self->serial);
  g_free (self->application_number);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

void
plt_store_package_card_async (PltStore            *self,
                              const char          *card_number,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, card_number);
  plt_store_run_async (self, "package-card", params, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): PLT_STORE_ERROR_NOT_FOUND for a card that was not drawn */
PltStorePackageCard *
plt_store_package_card_finish (PltStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  g_autoptr (PltStorePackageCard) card = NULL;
  const char *state;

  if (rows == NULL)
    return NULL;
  if (plt_pg_result_get_n_rows (rows) == 0)
    {
      g_set_error_literal (error, PLT_STORE_ERROR, PLT_STORE_ERROR_NOT_FOUND,
                           _("This office has no card of this number that was drawn. Look at the number "
                             "again."));
      return NULL;
    }
  card = g_new0 (PltStorePackageCard, 1);
  card->drawn = plt_store_read_drawn_card (rows, 0);
  card->serial = g_strdup (plt_store_text (rows, 0, "serial"));
  card->application_number = g_strdup (plt_store_text (rows, 0, "application_number"));
  card->file = plt_pg_result_dup_bytes (rows, 0, plt_pg_result_column (rows, "file"));
  state = plt_store_text (rows, 0, "state");
  if (plt_card_state_from_nick (state, &card->state))
    return g_steal_pointer (&card);
  plt_store_set_word_error (error, "state", state);
  return NULL;
}
