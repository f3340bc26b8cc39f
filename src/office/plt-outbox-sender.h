/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sends the messages to the pre-enrolment service. Each program that has one takes the oldest that
 * is due from the database, posts it and says there what came of it; several share the work. Who is
 * killed between posting and saying so leaves a message that is posted again, under the same id, and
 * acts once. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

#define PLT_TYPE_OUTBOX_SENDER (plt_outbox_sender_get_type ())
G_DECLARE_FINAL_TYPE (PltOutboxSender, plt_outbox_sender, PLT, OUTBOX_SENDER, GObject)

/* What a run came to. */
typedef struct
{
  guint n_sent;
  guint n_failed;  /* posted without success; each is tried again later, or was set aside */
  char *trouble;   /* (nullable): the last one */
} PltOutboxRun;
void             plt_outbox_run_free          (PltOutboxRun         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltOutboxRun, plt_outbox_run_free)

/* Looks every ten to fifteen seconds while somebody who may send is signed in, and at once when a
 * message was written or the service answers again, until it is freed. */
PltOutboxSender *plt_outbox_sender_new        (PltOffice            *office);

/* Sends now until nothing more is due, or the service cannot be reached. @by_hand: whatever pause a
 * message is in, each once. */
void             plt_outbox_sender_run_async  (PltOutboxSender      *self,
                                               gboolean              by_hand,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PltOutboxRun    *plt_outbox_sender_run_finish (PltOutboxSender      *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
