/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions of layouts that people propose and let in, with their proof sheets. What is only
 * words is read and changed by plt_store_ask_json_async(): the statements layout-… . */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

/* @valid_from, @valid_to: YYYY-MM-DD or NULL; @proof: a PDF that names @digest. */
void      plt_store_propose_layout_async  (PltStore             *self,
                                           const char           *layout,
                                           int                   version,
                                           const char           *digest,
                                           const char           *valid_from,
                                           const char           *valid_to,
                                           GBytes               *proof,
                                           const char           *reason,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* The record number of the version; -1 on failure. */
gint64    plt_store_propose_layout_finish (PltStore             *self,
                                           GAsyncResult         *result,
                                           GError              **error);

/* The database notes who was given a proof sheet. */
void      plt_store_layout_proof_async    (PltStore             *self,
                                           gint64                id,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* (transfer full) */
GBytes   *plt_store_layout_proof_finish   (PltStore             *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
