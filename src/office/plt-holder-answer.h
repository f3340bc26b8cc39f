/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the holder said when the card was shown. An answer holds for what was shown alone: the database
 * compares what the card says, and decides whether it still does. */
#pragma once

#include "plt-preview.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_HOLDER_CONFIRMED,
  PLT_HOLDER_OBJECTED, /* something is wrong */
} PltHolderVerdict;

typedef enum
{
  PLT_HOLDER_AT_SCREEN,  /* pressed it themselves */
  PLT_HOLDER_AT_COUNTER, /* said it to whoever noted it */
} PltHolderPlace;

typedef struct
{
  gboolean         required; /* nothing is approved in this office without it */
  gboolean         is_given; /* the rest is of the last answer; FALSE: there is none */
  gboolean         holds;    /* the card still says what it was given to */
  PltHolderVerdict verdict;
  PltHolderPlace   place;
  GDateTime       *at;
  char            *who;      /* in whose session */
  char            *reason;   /* nullable */
} PltHolderAnswer;

void             plt_holder_answer_free        (PltHolderAnswer      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltHolderAnswer, plt_holder_answer_free)

char            *plt_holder_answer_dup_text    (const PltHolderAnswer *self);

void             plt_holder_answer_read_async  (PltOffice            *office,
                                                const char           *application_number,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
PltHolderAnswer *plt_holder_answer_read_finish (PltOffice            *office,
                                                GAsyncResult         *result,
                                                GError              **error);

void             plt_holder_answer_note_async  (PltPreview           *shown,
                                                PltHolderVerdict      verdict,
                                                PltHolderPlace        place,
                                                const char * const   *changes,
                                                const char           *reason,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean         plt_holder_answer_note_finish (PltPreview           *shown,
                                                GAsyncResult         *result,
                                                GError              **error);

/* The office's rule; an administrator's to set. */
void             plt_office_set_holder_confirms_async
                                               (PltOffice            *office,
                                                gboolean              confirms,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean         plt_office_set_holder_confirms_finish
                                               (PltOffice            *office,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
