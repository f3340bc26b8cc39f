/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bureaus that make cards elsewhere, the batches that were sent to them, and their receipts. */
#pragma once

#include "plt-card.h"
#include "plt-store.h"

G_BEGIN_DECLS

typedef struct
{
  char     *number;
  char     *office_code;
  char     *bureau;
  gboolean  is_open;
  char     *manifest;       /* NULL while it is open, as the rest */
  GBytes   *signature;
  char     *package_sha256;
} PltStoreBatch;

typedef struct
{
  gint64        id;
  char         *number;
  char         *application_number;
  PltCardState  state;
} PltStoreBatchCard;

/* What a receipt says; the arrays have a text for each card, reasons may be "". */
typedef struct
{
  char  *batch;
  char  *bureau;
  char  *signer_sha256;
  char  *manifest_sha256;
  char **cards, **serials, **sha256s, **outcomes, **reasons;
} PltStoreReceipt;

void           plt_store_batch_free              (PltStoreBatch        *self);
void           plt_store_batch_card_free         (PltStoreBatchCard    *self);
void           plt_store_receipt_free            (PltStoreReceipt      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreBatch, plt_store_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreReceipt, plt_store_receipt_free)

/* JSON of bureaus and batches, for people. */
void           plt_store_list_bureaus_async      (PltStore             *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
char          *plt_store_list_bureaus_finish     (PltStore             *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void           plt_store_propose_bureau_async    (PltStore             *self,
                                                  const char           *code,
                                                  const char           *name,
                                                  GBytes               *certificate,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
/* Returns: its number; -1 on failure */
gint64         plt_store_propose_bureau_finish   (PltStore             *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* @sha256: (nullable): to approve it; NULL: to retire it. Ends with plt_store_bureau_finish(). */
void           plt_store_decide_bureau_async     (PltStore             *self,
                                                  gint64                bureau,
                                                  const char           *sha256,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
/* Returns: (transfer full): DER; NULL with PLT_STORE_ERROR_NOT_FOUND where none is approved */
void           plt_store_bureau_certificate_async  (PltStore            *self,
                                                    const char          *code,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GBytes        *plt_store_bureau_certificate_finish (PltStore            *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* @applications: their record numbers, as text; all of them are in the batch, or there is none. */
void           plt_store_open_batch_async        (PltStore             *self,
                                                  const char           *key,
                                                  const char           *bureau,
                                                  const char *const    *applications,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
char          *plt_store_open_batch_finish       (PltStore             *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* Ends with plt_store_bureau_finish(), as that below it. */
void           plt_store_seal_batch_async        (PltStore             *self,
                                                  const char           *batch,
                                                  const char           *manifest,
                                                  GBytes               *signature,
                                                  const char           *package_sha256,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
void           plt_store_cancel_batch_async      (PltStore             *self,
                                                  const char           *batch,
                                                  const char           *reason,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean       plt_store_bureau_finish           (PltStore             *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void           plt_store_get_batch_async         (PltStore             *self,
                                                  const char           *batch,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
PltStoreBatch *plt_store_get_batch_finish        (PltStore             *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* (element-type PltStoreBatchCard) (transfer full) */
void           plt_store_list_batch_cards_async  (PltStore             *self,
                                                  const char           *batch,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GPtrArray     *plt_store_list_batch_cards_finish (PltStore             *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* @bytes: the receipt as it came */
void           plt_store_receive_batch_async     (PltStore              *self,
                                                  const PltStoreReceipt *receipt,
                                                  GBytes                *bytes,
                                                  GAsyncReadyCallback    callback,
                                                  gpointer               user_data);
gboolean       plt_store_receive_batch_finish    (PltStore              *self,
                                                  GAsyncResult          *result,
                                                  int                   *made,
                                                  int                   *failed,
                                                  GError               **error);

G_END_DECLS
