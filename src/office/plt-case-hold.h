/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which desk edits an application. It is written down in the database for as long as that desk is there; it
 * goes to another one when it is given, when nobody answers for half a minute, or when nobody is there.
 * Signal "hold-changed" of the case: look again. */
#pragma once

#include "plt-case.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_CASE_EDITOR_UNKNOWN, /* nobody was asked, or the answer is not there yet */
  PLT_CASE_EDITOR_HERE,
  PLT_CASE_EDITOR_OTHER,   /* nothing can be changed here */
} PltCaseEditor;

PltCaseEditor plt_case_get_editor       (PltCase      *self);
/* Who edits it, where and for how long, in a sentence; NULL when it is edited here. */
char         *plt_case_dup_editor_text  (PltCase      *self);
/* Who edited it until this desk did and is gone, in a sentence, once; NULL: nobody */
char         *plt_case_take_was_text    (PltCase      *self);
/* Who asks for what is edited here; NULL: nobody. @workstation: (out) (transfer none) */
const char   *plt_case_get_asker        (PltCase      *self,
                                         const char  **workstation);
/* This desk asked, and was refused. */
gboolean      plt_case_was_refused      (PltCase      *self);

/* Begins to edit; does nothing where nothing can be edited. Told by "hold-changed". */
void          plt_case_edit             (PltCase      *self);
/* Ends to edit. */
void          plt_case_leave            (PltCase      *self);
/* Asks whoever edits it; when nobody is there, or nobody answers, it is taken over by itself. */
void          plt_case_ask_for_async    (PltCase *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
/* TRUE: it was taken over already; else the answer comes by "hold-changed". */
gboolean      plt_case_ask_for_finish   (PltCase *self, GAsyncResult *result, gboolean *taken,
                                         GError **error);
void          plt_case_answer_asker     (PltCase      *self,
                                         gboolean      give);

G_END_DECLS
