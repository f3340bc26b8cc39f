/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed into an application. Signal "form-changed" of the case: it was read anew because another
 * desk typed something. */
#pragma once

#include "plt-case.h"
#include "plt-form-field.h"

G_BEGIN_DECLS

/* (element-type PltFormField): as it was read or saved last. */
GPtrArray  *plt_case_get_form          (PltCase              *self);

/* Three arrays of one length, NULL-terminated. @versions, as text: those that the person saw; where one is
 * not the newest, nothing is saved and it fails with PLT_OFFICE_ERROR_CONFLICT. Does not make the case
 * busy: who types does not wait. */
void        plt_case_save_form_async   (PltCase              *self,
                                        const char * const   *fields,
                                        const char * const   *values,
                                        const char * const   *versions,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* (transfer full): field → new version (GINT_TO_POINTER) */
GHashTable *plt_case_save_form_finish  (PltCase              *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/* Reads it again. */
void        plt_case_read_form_async   (PltCase              *self,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean    plt_case_read_form_finish  (PltCase              *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
