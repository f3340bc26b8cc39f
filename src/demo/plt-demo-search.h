/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search of a registry: made ready in its database, and served beside the look-up. */
#pragma once

#include <libsoup/soup.h>

#include "plt-demo-answer.h"
#include "plt-demo-box.h"
#include "plt-demo-sql.h"

G_BEGIN_DECLS

typedef struct _PltDemoSearch PltDemoSearch;

gboolean       plt_demo_search_prepare  (PGconn            *connection,
                                         PltDemoRegistry    registry,
                                         GError           **error);

const char    *plt_demo_search_get_path (PltDemoRegistry    registry);
PltDemoSearch *plt_demo_search_new      (PltDemoBox        *box,
                                         PltDemoRegistry    registry);
void           plt_demo_search_free     (PltDemoSearch     *self);
void           plt_demo_search_reply    (PltDemoSearch     *self,
                                         SoupServerMessage *message,
                                         GHashTable        *query,
                                         guint              delay_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoSearch, plt_demo_search_free)

G_END_DECLS
