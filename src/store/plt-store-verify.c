/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns the row of api.verify_card into what is known of a card. */
#include "plt-store-verify.h"

#include "plt-store-private.h"

static const struct
{
  const char *column;
  gsize offset;
} texts[] = {
#define TEXT(name) { #name, G_STRUCT_OFFSET (PltStoreKnownCard, name) }
  TEXT (card_number),     TEXT (standing),       TEXT (office_name),     TEXT (current_card),
  TEXT (id_number),       TEXT (licence_number), TEXT (holder_name),     TEXT (family_name),
  TEXT (given_names),     TEXT (birth_date),     TEXT (birth_place),     TEXT (sex),
  TEXT (nationality),     TEXT (address),        TEXT (issue_date),      TEXT (expiry_date),
  TEXT (categories),      TEXT (file_sha256),    TEXT (portrait_sha256), TEXT (licence_status),
  TEXT (suspended_until), TEXT (file_approved_by), TEXT (approved_sha256),
#undef TEXT
};

static char **
get_text (PltStoreKnownCard *self,
          gsize              i)
{
  return G_STRUCT_MEMBER_P (self, texts[i].offset);
}

void
plt_store_known_card_free (PltStoreKnownCard *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*get_text (self, i));
  g_clear_pointer (&self->changed_at, g_date_time_unref);
  g_clear_pointer (&self->answered_at, g_date_time_unref);
  g_free (self);
}

void
plt_store_verify_card_async (PltStore            *self,
                             const char          *card,
                             const char          *licence,
                             const char          *issue_date,
                             const char          *form,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  PltPgParams *params = plt_pg_params_new ();

  plt_pg_params_text (params, card);
  plt_pg_params_text (params, licence);
  plt_pg_params_text (params, issue_date);
  plt_pg_params_text (params, form);
  plt_store_run_async (self, "card-verify", params, cancellable, callback, user_data);
}

/**
 * plt_store_verify_card_finish:
 * @card: (out) (transfer full) (nullable): %NULL where nobody knows such a card
 */
gboolean
plt_store_verify_card_finish (PltStore           *self,
                              GAsyncResult       *result,
                              PltStoreKnownCard **card,
                              GError            **error)
{
  g_autoptr (PltPgResult) rows = plt_store_run_finish (self, result, error);
  g_autoptr (PltStoreKnownCard) known = NULL;

  if (rows == NULL)
    return FALSE;
  if (plt_pg_result_get_n_rows (rows) > 0)
    {
      known = g_new0 (PltStoreKnownCard, 1);
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        *get_text (known, i) = g_strdup (plt_store_text (rows, 0, texts[i].column));
      known->changed_at = plt_store_dup_time (rows, 0, "changed_at");
      known->answered_at = plt_store_dup_time (rows, 0, "answered_at");
    }
  *card = g_steal_pointer (&known);
  return TRUE;
}
