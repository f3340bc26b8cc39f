/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The office's own half of a search. */
#pragma once

#include "plt-search-line.h"
#include "plt-search-page.h"
#include "plt-store.h"

G_BEGIN_DECLS

void           plt_store_search_async         (PltStore             *self,
                                               PltSearchLine        *line,
                                               const char * const   *sources,
                                               const char           *purpose,
                                               guint                 limit,
                                               const char           *after,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
PltSearchPage *plt_store_search_finish        (PltStore             *self,
                                               GAsyncResult         *result,
                                               GError              **error);

void           plt_store_recent_async         (PltStore             *self,
                                               guint                 limit,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
/* (element-type PltPersonHit) (transfer full), the last one first. */
GPtrArray     *plt_store_recent_finish        (PltStore             *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
