/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One registry's answer about a citizen, with its time and state. Reference counted; it is
 * filled by the one who makes it and never changed once it has been handed on. */
#pragma once

#include <glib-object.h>

#include "plt-prepared-application.h"
#include "plt-source.h"

G_BEGIN_DECLS

#define PLT_TYPE_SOURCE_ANSWER (plt_source_answer_get_type ())
typedef struct _PltSourceAnswer PltSourceAnswer;

GType            plt_source_answer_get_type        (void);
PltSourceAnswer *plt_source_answer_new             (PltSource        source,
                                                    PltSourceState   state,
                                                    GDateTime       *answered_at);
PltSourceAnswer *plt_source_answer_ref             (PltSourceAnswer *self);
void             plt_source_answer_unref           (PltSourceAnswer *self);

void             plt_source_answer_set_field       (PltSourceAnswer *self,
                                                    PltField         field,
                                                    const char      *value);
void             plt_source_answer_set_message     (PltSourceAnswer *self,
                                                    const char      *message);
void             plt_source_answer_set_portrait    (PltSourceAnswer *self,
                                                    GBytes          *portrait);
void             plt_source_answer_set_prepared    (PltSourceAnswer *self,
                                                    PltPreparedApplication *prepared);
void             plt_source_answer_set_elapsed_ms  (PltSourceAnswer *self,
                                                    int              elapsed_ms);

PltSource        plt_source_answer_get_source      (PltSourceAnswer *self);
PltSourceState   plt_source_answer_get_state       (PltSourceAnswer *self);
GDateTime       *plt_source_answer_get_answered_at (PltSourceAnswer *self);
int              plt_source_answer_get_elapsed_ms  (PltSourceAnswer *self);
const char      *plt_source_answer_get_field       (PltSourceAnswer *self,
                                                    PltField         field);
const char      *plt_source_answer_get_message     (PltSourceAnswer *self);
GBytes          *plt_source_answer_get_portrait    (PltSourceAnswer *self);
PltPreparedApplication *plt_source_answer_get_prepared (PltSourceAnswer *self);

/* What the registry said when it could be asked last, beside how it failed now; shown with its age,
 * and no part of what it says now. */
PltSourceAnswer *plt_source_answer_new_with_last   (PltSourceAnswer *failure,
                                                    PltSourceAnswer *last_known);
PltSourceAnswer *plt_source_answer_get_last_known  (PltSourceAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltSourceAnswer, plt_source_answer_unref)

G_END_DECLS
