/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed into an application, and the key of the journals in which it is kept meanwhile. */
#pragma once

#include "plt-form-field.h"
#include "plt-pg-result.h"
#include "plt-store.h"

G_BEGIN_DECLS

/* (transfer full) (element-type PltFormField) */
GPtrArray *plt_store_read_form_rows    (PltPgResult          *rows,
                                        GError              **error);
void       plt_store_read_form_async   (PltStore             *self,
                                        const char           *number,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GPtrArray *plt_store_read_form_finish  (PltStore             *self,
                                        GAsyncResult         *result,
                                        GError              **error);
/* Three arrays of one length, NULL-terminated; @versions as text. */
void       plt_store_save_form_async   (PltStore             *self,
                                        gint64                application,
                                        const char * const   *fields,
                                        const char * const   *values,
                                        const char * const   *versions,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* (transfer full): field → version (GINT_TO_POINTER); NULL on failure */
GHashTable *plt_store_save_form_finish (PltStore             *self,
                                        GAsyncResult         *result,
                                        GError              **error);

void       plt_store_journal_key_async (PltStore             *self,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* (transfer full): the key, a secret. @id: (out) (transfer full) */
GBytes    *plt_store_journal_key_finish (PltStore            *self,
                                        GAsyncResult         *result,
                                        char                **id,
                                        GError              **error);

G_END_DECLS
