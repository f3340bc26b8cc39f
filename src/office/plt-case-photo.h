/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photograph of an application: checked before it is stored, noted with what was measured, and
 * the exceptions that two people make together. */
#pragma once

#include "plt-case-photo-state.h"
#include "plt-photo-check.h"
#include "plt-picture-budgets.h"
#include "plt-picture-strokes.h"

G_BEGIN_DECLS

/* What is asked of portraits here: the administrator's photo/checks.json, else the program's own.
 * (transfer full): NULL with PLT_OFFICE_ERROR_SETUP */
PltPhotoLimits *plt_case_load_photo_limits   (GError              **error);

/* How large portraits may be: photo/budgets.json, likewise. */
PltPortraitBudgets *plt_case_load_portrait_budgets (GError        **error);
/* Who allowed a covered head, of what plt_case_read_exceptions_async() reads. */
PltPhotoCover   plt_case_read_cover          (const char           *json);

/* Cuts @photo in @crop, checks it, notes the checks and stores it. One that fails its checks is refused
 * with PLT_OFFICE_ERROR_INVALID, the rule PHOTO and sentences that say why, unless a supervisor allowed
 * it; the third opens the exception. @is_covered: the person at the counter says that the head is. */
void            plt_case_set_photo_async     (PltCase              *self,
                                              PltPhoto             *photo,
                                              const PltPhotoCrop   *crop,
                                              PltPhotoOrigin        origin,
                                              gboolean              is_covered,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        plt_case_set_photo_finish    (PltCase              *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Draws the signature that somebody wrote with a pen, a finger or the mouse, and stores it. Ended by
 * plt_case_set_strokes_finish(). */
void            plt_case_set_strokes_async   (PltCase              *self,
                                              const PltStrokes     *strokes,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        plt_case_set_strokes_finish  (PltCase              *self,
                                              GAsyncResult         *result,
                                              GError              **error);

/* Notes a shot that failed without storing it: it counts as a try. @waits: (out): a supervisor must
 * decide now. */
void            plt_case_note_photo_async    (PltCase              *self,
                                              PltPhoto             *photo,
                                              const PltPhotoCrop   *crop,
                                              PltPhotoOrigin        origin,
                                              gboolean              is_covered,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean        plt_case_note_photo_finish   (PltCase              *self,
                                              GAsyncResult         *result,
                                              int                  *n_failed,
                                              gboolean             *waits,
                                              GError              **error);

G_END_DECLS
