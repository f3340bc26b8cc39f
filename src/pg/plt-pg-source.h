/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A GSource on one descriptor that may change while it lives. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*PltPgSourceFunc) (GIOCondition condition,
                                 gpointer     user_data);

GSource *plt_pg_source_new   (PltPgSourceFunc  func,
                              gpointer         user_data);
void     plt_pg_source_watch (GSource         *source,
                              int              fd,
                              GIOCondition     condition);

G_END_DECLS
