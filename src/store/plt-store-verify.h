/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the record says of a card that is verified. Asking is written to the log of who read whom. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

/* Texts are as the record has them, dates YYYY-MM-DD; NULL: not known, or another office's. */
typedef struct
{
  char      *card_number;
  char      *standing; /* issued, replaced, suspended, withdrawn, expired, recalled, spoiled, cancelled, not_handed_out */
  GDateTime *changed_at;
  char      *office_name;
  char      *current_card;
  char      *id_number;
  char      *licence_number, *holder_name, *family_name, *given_names, *birth_date, *birth_place, *sex, *nationality;
  char      *address, *issue_date, *expiry_date, *categories;
  char      *file_sha256, *portrait_sha256;
  char      *file_approved_by, *approved_sha256; /* who approved the file that is kept; the hash with that approval */
  char      *licence_status, *suspended_until; /* of the driver register's last answer that is kept */
  GDateTime *answered_at;
} PltStoreKnownCard;

void               plt_store_known_card_free    (PltStoreKnownCard    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreKnownCard, plt_store_known_card_free)

/* @card, @licence, @issue_date: (nullable) */
void               plt_store_verify_card_async  (PltStore             *self,
                                                 const char           *card,
                                                 const char           *licence,
                                                 const char           *issue_date,
                                                 const char           *form,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean           plt_store_verify_card_finish (PltStore             *self,
                                                 GAsyncResult         *result,
                                                 PltStoreKnownCard   **card,
                                                 GError              **error);

G_END_DECLS
