/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which desk edits an application, and which one asks for it. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean   mine;
  char      *who;
  char      *workstation;
  GDateTime *since;
  char      *was;               /* (nullable): who edited it until now and is gone */
  char      *asked_by;          /* (nullable) */
  char      *asked_workstation; /* (nullable) */
  gboolean   refused;
  gboolean   asked_by_me;
} PltStoreHold;

void          plt_store_hold_free         (PltStoreHold         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltStoreHold, plt_store_hold_free)

/* @statement: "hold-edit" or "hold-read" */
void          plt_store_hold_async        (PltStore             *self,
                                           const char           *statement,
                                           gint64                application,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
/* NULL without an error: nobody edits it. */
PltStoreHold *plt_store_hold_finish       (PltStore             *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* @statement: "hold-leave", "hold-take" or "hold-ask" */
void          plt_store_hold_do_async     (PltStore             *self,
                                           const char           *statement,
                                           gint64                application,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean      plt_store_hold_do_finish    (PltStore             *self,
                                           GAsyncResult         *result,
                                           GError              **error);
/* How many seconds may pass before it can be taken; -1 on failure. */
int           plt_store_hold_ask_finish   (PltStore             *self,
                                           GAsyncResult         *result,
                                           GError              **error);
void          plt_store_hold_answer_async (PltStore             *self,
                                           gint64                application,
                                           gboolean              give,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);

G_END_DECLS
