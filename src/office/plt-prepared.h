/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetches an application that was prepared at home, by its code. */
#pragma once

#include "plt-office.h"

G_BEGIN_DECLS

typedef struct
{
  char     *number; /* of the application that was made of it, now or before */
  gboolean  is_new;
  char     *remark; /* (nullable): what could not be taken over, in a sentence */
} PltPreparedFetched;
void                plt_prepared_fetched_free  (PltPreparedFetched   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPreparedFetched, plt_prepared_fetched_free)

/* @typed: the code as typed or scanned. What was fetched before is found without the service; else
 * the service is asked, then all registries about the citizen, and a draft is made of it all. What
 * is refused (a wrong code, one that is over, used, cancelled or for another office, a service that
 * does not answer) is refused in words, and nothing is made. */
void                plt_prepared_fetch_async   (PltOffice            *office,
                                                const char           *typed,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
PltPreparedFetched *plt_prepared_fetch_finish  (GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
