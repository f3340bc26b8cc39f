/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people decide where the registries differ, the rules that came of it, and linked numbers. */
#pragma once

#include "plt-reconcile-rules.h"
#include "plt-source.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* @how: "park", "decide" or "undo". Ended by plt_store_change_finish(). */
void               plt_store_settle_field_async  (PltStore             *self,
                                                  gint64                application,
                                                  int                   row_version,
                                                  const char           *how,
                                                  PltField              field,
                                                  const char           *value,
                                                  const char           *reason,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);

/* Runs one of the statements that answer in JSON. @arguments: its parameters in order; NULL is SQL's
 * NULL. */
void               plt_store_ask_json_async      (PltStore             *self,
                                                  const char           *statement,
                                                  const char * const   *arguments,
                                                  int                   n_arguments,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
char              *plt_store_ask_json_finish     (PltStore             *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* With which numbers one is linked, or was to be. */
void               plt_store_read_links_async    (PltStore             *self,
                                                  const char           *id_number,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
/* (transfer full) (element-type utf8 utf8): the other number → state of the last link of the two */
GHashTable        *plt_store_read_links_finish   (PltStore             *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

void               plt_store_read_rules_async    (PltStore             *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
PltReconcileRules *plt_store_read_rules_finish   (PltStore             *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
