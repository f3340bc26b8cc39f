/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second person's approval of a card's file. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

/* Whether the caller may approve the file of @card, and whether it may go to a printer: both refuse with their
 * reason and end with plt_store_card_step_finish(). */
void  plt_store_may_approve_card_async    (PltStore             *self,
                                           gint64                card,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
void  plt_store_card_may_be_sent_async    (PltStore             *self,
                                           gint64                card,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);

/* @base_sha256: of the file that was approved; @file: that with the signature behind it. */
void  plt_store_approve_card_file_async   (PltStore             *self,
                                           gint64                card,
                                           const char           *base_sha256,
                                           GBytes               *file,
                                           const char           *key_id,
                                           const char           *certificate_sha256,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* (transfer full) (nullable): hash of the approved file, as the database made it */
char *plt_store_approve_card_file_finish  (PltStore             *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
