/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the registries said last of a person: kept by the database for the time when they are down,
 * and never on a desk. */
#pragma once

#include "plt-source-answer.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* Keeps @answer, which must be ANSWERED or NOT_FOUND, for @keep_s seconds from its time. Nobody waits
 * for it: trouble is logged, without the person. */
void       plt_store_note_answer         (PltStore             *self,
                                          const char           *id_number,
                                          PltSourceAnswer      *answer,
                                          int                   keep_s);

/* (element-type PltSourceAnswer) (transfer full) */
void       plt_store_last_answers_async  (PltStore             *self,
                                          const char           *id_number,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GPtrArray *plt_store_last_answers_finish (PltStore             *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
