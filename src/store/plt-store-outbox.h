/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages to the pre-enrolment service, and the sending of them. */
#pragma once

#include "plt-outbox-message.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* @all: also those that were sent or discarded. @number: (nullable): of this application alone. */
void       plt_store_list_outbox_async   (PltStore             *self,
                                          gboolean              all,
                                          const char           *number,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* Returns: (element-type PltOutboxMessage) (transfer full): the oldest first, at most 1000 */
GPtrArray *plt_store_list_outbox_finish  (PltStore             *self,
                                          GAsyncResult         *result,
                                          GError              **error);

/* The database's clock. */
void       plt_store_get_now_async       (PltStore             *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GDateTime *plt_store_get_now_finish      (PltStore             *self,
                                          GAsyncResult         *result,
                                          GError              **error);

/* One message, lent to this connection. */
typedef struct
{
  gint64             id;
  char              *message_id;
  char              *code;
  PltPreparedStatus  status;
  GDateTime         *happened_at;
  char              *lease; /* said again with the outcome */
} PltStoreMessage;
void       plt_store_message_free        (PltStoreMessage      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreMessage, plt_store_message_free)

/* @not_since: (nullable): those not tried since then are due, whatever pause they are in. */
void       plt_store_take_message_async  (PltStore             *self,
                                          GDateTime            *not_since,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* @taken: (out) (nullable): NULL when nothing is due */
gboolean   plt_store_take_message_finish (PltStore             *self,
                                          GAsyncResult         *result,
                                          PltStoreMessage     **taken,
                                          GError              **error);

void       plt_store_message_sent_async  (PltStore             *self,
                                          const PltStoreMessage *message,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* @refused: it is about the message; else the service could not be reached. */
void       plt_store_message_failed_async (PltStore            *self,
                                          const PltStoreMessage *message,
                                          gboolean              refused,
                                          const char           *trouble,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* @how: "retry" or "discard". */
void       plt_store_decide_message_async (PltStore            *self,
                                          gint64                message,
                                          const char           *how,
                                          const char           *reason,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* Of each of these three. */
gboolean   plt_store_message_finish      (PltStore             *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
