/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photograph of an application: checked before it is stored, noted with what was measured, and
 * the exceptions that two people make together. */
#pragma once

#include "plt-case.h"
#include "plt-photo-check.h"

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

/* What is asked of portraits here: the administrator's photo/checks.json, else the program's own.
 * (transfer full): NULL with PLT_OFFICE_ERROR_SETUP */
PltPhotoLimits *plt_case_load_photo_limits   (GError              **error);

/* Cuts @photo in @crop, checks it, notes the checks and stores it. One that fails its checks is refused
 * with PLT_OFFICE_ERROR_INVALID, the rule PHOTO and sentences that say why, unless a supervisor allowed
 * it; the third opens the exception. */
void            plt_case_set_photo_async     (PltCase              *self,
                                              PltPhoto             *photo,
                                              const PltPhotoCrop   *crop,
                                              PltPhotoOrigin        origin,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        plt_case_set_photo_finish    (PltCase              *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Notes a shot that failed without storing it: it counts as a try. @waits: (out): a supervisor must
 * decide now. */
void            plt_case_note_photo_async    (PltCase              *self,
                                              PltPhoto             *photo,
                                              const PltPhotoCrop   *crop,
                                              PltPhotoOrigin        origin,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        plt_case_note_photo_finish   (PltCase              *self,
                                              GAsyncResult         *result,
                                              int                  *n_failed,
                                              gboolean             *waits,
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
