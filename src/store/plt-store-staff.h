/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff and offices. */
#pragma once

#include "plt-store.h"

G_BEGIN_DECLS

typedef struct
{
  char     *login;
  char     *name;
  char     *office_code;
  char    **roles; /* nicks */
  gboolean  active;
} PltStoreStaff;

void        plt_store_staff_free           (PltStoreStaff         *self);

/* (element-type PltStoreStaff) (transfer full) */
void        plt_store_list_staff_async     (PltStore              *self,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
GPtrArray  *plt_store_list_staff_finish    (PltStore              *self,
                                            GAsyncResult          *result,
                                            GError               **error);
/* @verifier: SCRAM-SHA-256, as plt_pg_connection_scram_verifier() makes it. */
void        plt_store_add_staff_async      (PltStore              *self,
                                            const char            *login,
                                            const char            *name,
                                            const char            *office_code,
                                            const char * const    *roles,
                                            const char            *verifier,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
/* Returns: (transfer full): the otpauth:// address of the second factor */
char       *plt_store_add_staff_finish     (PltStore              *self,
                                            GAsyncResult          *result,
                                            GError               **error);
/* After how many minutes a card is asked about in the caller's office. */
void        plt_store_set_ask_after_async  (PltStore              *self,
                                            int                    minutes,
                                            GCancellable          *cancellable,
                                            GAsyncReadyCallback    callback,
                                            gpointer               user_data);
gboolean    plt_store_set_ask_after_finish (PltStore              *self,
                                            GAsyncResult          *result,
                                            GError               **error);

G_END_DECLS
