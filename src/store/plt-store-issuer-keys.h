/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the issuer's keys signed cards, and what is written by itself, that are still good. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

typedef struct
{
  char     *key;                /* its name; NULL: those of cards for which no key was noted */
  char     *certificate_sha256; /* hex; NULL: it has none */
  char     *last_expiry;        /* YYYY-MM-DD, of the cards that it signed */
  gboolean  in_use;             /* one of them is good today */
} PltStoreIssuerKey;

void       plt_store_issuer_key_free         (PltStoreIssuerKey    *self);

/* (element-type PltStoreIssuerKey) (transfer full): of the cards of all offices. */
void       plt_store_list_issuer_keys_async  (PltStore             *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray *plt_store_list_issuer_keys_finish (PltStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Notes that the key signed what is written by itself, of @kind, for the application. @certificate_sha256: (nullable) */
void       plt_store_payload_signed_async    (PltStore             *self,
                                              const char           *application_number,
                                              const char           *kind,
                                              const char           *key,
                                              const char           *certificate_sha256,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   plt_store_payload_signed_finish   (PltStore             *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
