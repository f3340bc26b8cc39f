/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages to the pre-enrolment service, for people to look at and to decide on. */
#pragma once

#include "plt-office.h"
#include "plt-outbox-message.h"

G_BEGIN_DECLS

/* @all: also those that were sent or discarded. @number: (nullable): of one application alone.
 * Finish gives a GListModel of PltOutboxMessage, the oldest first. */
void        plt_outbox_list_async    (PltOffice            *office,
                                      gboolean              all,
                                      const char           *number,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GListModel *plt_outbox_list_finish   (GAsyncResult         *result,
                                      GError              **error);

/* What to do with a message that was set aside; a supervisor or an administrator, with a reason. */
typedef enum
{
  PLT_OUTBOX_RETRY,
  PLT_OUTBOX_DISCARD,
} PltOutboxDecision;
void        plt_outbox_decide_async  (PltOffice            *office,
                                      gint64                message,
                                      PltOutboxDecision     decision,
                                      const char           *reason,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean    plt_outbox_decide_finish (GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
