/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The press in worker threads. */
#pragma once

#include <gio/gio.h>

#include "plt-press.h"

G_BEGIN_DECLS

/* @data: (transfer full) in all three */
void              plt_press_draw_proof_async  (PltPress             *self,
                                               PltStoreCardData     *data,
                                               int                   dpi,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PltProof         *plt_press_draw_proof_finish (GAsyncResult         *result,
                                               GError              **error);
/* Any number at once: those that have no thread yet wait in turn. */
void              plt_press_make_file_async   (PltPress             *self,
                                               PltStoreCardData     *data,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PltStoreCardFile *plt_press_make_file_finish  (GAsyncResult         *result,
                                               GError              **error);

void              plt_press_make_payload_async
                                              (PltPress             *self,
                                               PltStoreCardData     *data,
                                               PltPayload            payload,
                                               GBytes               *device_key,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GBytes           *plt_press_make_payload_finish
                                              (GAsyncResult         *result,
                                               PltIssuerKey        **signer,
                                               GError              **error);

/* What the record says against what the plastic says: (element-type PltReadbackField) (transfer
 * full). Fails only where the record itself cannot be read. @pdf417: (nullable): for the scan of a
 * North American card's PDF417 */
void              plt_press_compare_async     (PltPress             *self,
                                               const char           *recorded,
                                               GBytes               *pdf417,
                                               const char           *scanned,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray        *plt_press_compare_finish    (GAsyncResult         *result,
                                               GError              **error);

/* "layout" or "keys"; the sentence of a health report. */
void              plt_press_check_async       (PltPress             *self,
                                               gboolean              keys,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
char             *plt_press_check_finish      (GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
