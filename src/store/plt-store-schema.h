/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The version of the database's schema, and the runner of the upgrades NNNN-title.sql. They are
 * read from PLATEN_SCHEMA_DIR, else from the installed program. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

typedef struct
{
  int database; /* 0: no schema yet; -1: there is one, and this login is none of its staff */
  int program;  /* of the last upgrade that this program brings */
} PltStoreSchemaStatus;

void      plt_store_schema_status_async   (PltStore              *self,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
gboolean  plt_store_schema_status_finish  (PltStore              *self,
                                           GAsyncResult          *result,
                                           PltStoreSchemaStatus  *status,
                                           GError               **error);

/* Runs what is missing, each file in a transaction of its own: after an error the database is at
 * the last whole version. Refuses a newer database (PLT_STORE_ERROR_SCHEMA_NEWER). */
void      plt_store_schema_upgrade_async  (PltStore              *self,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
gboolean  plt_store_schema_upgrade_finish (PltStore              *self,
                                           GAsyncResult          *result,
                                           PltStoreSchemaStatus  *status,
                                           GError               **error);

G_END_DECLS
