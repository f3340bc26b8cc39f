/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of an application's photograph needs no pixels: where it came from, a file to be stored, and the
 * exceptions that two people make together. */
#pragma once

#include "plt-case.h"

G_BEGIN_DECLS

/* Where a photograph came from; kept with its checks. */
typedef enum
{
  PLT_PHOTO_FROM_FILE,
  PLT_PHOTO_FROM_CAMERA,
  PLT_PHOTO_FROM_CLIPBOARD,
  PLT_PHOTO_FROM_DROP,
  PLT_PHOTO_FROM_REGISTRY,
  PLT_PHOTO_FROM_COMMAND,
} PltPhotoOrigin;

/* Stores a photograph that is a file still, in the frame that the face suggests, checked as by
 * plt_case_set_photo_async(). @is_covered: the person at the counter says that the head is. */
void            plt_case_import_photo_async  (PltCase              *self,
                                              GBytes               *bytes,
                                              const char           *name,
                                              PltPhotoOrigin        origin,
                                              gboolean              is_covered,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        plt_case_import_photo_finish (PltCase              *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* {"exceptions": [{id, kind, reason, asked_by, state, decided_by, decision}], "check": {…} or null} */
void            plt_case_read_exceptions_async (PltCase             *self,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
/* [{number, at, image (base64)}], at most three. */
void            plt_case_read_history_async  (PltCase              *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
/* @kind: "cannot_sign" or "head_cover" */
void            plt_case_ask_exception_async (PltCase              *self,
                                              const char           *kind,
                                              const char           *reason,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
void            plt_case_decide_exception_async (PltCase             *self,
                                                 const char          *id,
                                                 gboolean             allow,
                                                 const char          *reason,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
/* Ends the four above. (transfer full): JSON, or NULL */
char           *plt_case_answer_finish       (PltCase              *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
