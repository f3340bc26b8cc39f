/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells of keys that end soon, or sign no more: the people who can do something about it in the
 * window, and the journal when cards are signed, once a day. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

/* See iso/. */
typedef struct _PltKeyRing PltKeyRing;

/* For administrators, supervisors and print operators. Returns: (transfer full) (nullable): a
 * sentence a line; NULL without an error: there is nothing to tell, or not to this person.
 * @stops: something cannot be signed. */
void  plt_key_news_read_async  (PltOffice            *office,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
char *plt_key_news_read_finish (GAsyncResult         *result,
                                gboolean             *stops,
                                GError              **error);

/* Warns in the journal, if there is something to warn of and nobody on this computer was warned
 * today. @warned: (inout): the last day, in days since 1970; of this program. */
void  plt_key_news_tell        (PltKeyRing           *ring,
                                gint64                now,
                                gint64               *warned);

G_END_DECLS
