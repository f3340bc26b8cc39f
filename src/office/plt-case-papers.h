/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers of an application: what no registry knows and a paper proves. What is recorded is judged
 * by the rules at once. */
#pragma once

#include "plt-case.h"

G_BEGIN_DECLS

/* One that was recorded. */
typedef struct
{
  char     *id;
  char     *title;  /* “Medical certificate, 1 November 2026” */
  char     *detail; /* what it says, who made it, who recorded it or took it back */
  gboolean  stands; /* it was not taken back */
} PltPaper;

/* What can be recorded, and what such a paper says. */
typedef struct
{
  char  *kind;
  char  *title;
  char **members;  /* "category", "until" … */
  char **demanded; /* those that it must say */
} PltPaperKind;

/* Both: (transfer full) (nullable) (element-type PltPaper or PltPaperKind) */
GPtrArray  *plt_papers_parse              (const char           *json,
                                           GError              **error);
GPtrArray  *plt_paper_kinds_parse         (const char           *json,
                                           GError              **error);
/* @member: within a paper; Returns: what it is called, with a mnemonic */
const char *plt_paper_member_get_title    (const char           *member);
/* (nullable): the words that a member can be, in pairs: as stored, as shown; NULL: it is typed */
const char * const *plt_paper_member_get_words (const PltPaperKind *kind,
                                                const char         *member);

void        plt_case_read_papers_async    (PltCase *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray  *plt_case_read_papers_finish   (PltCase *self, GAsyncResult *result, GError **error);
/* @values: of the members of @kind, in their order; "" where the paper does not say it */
void        plt_case_record_paper_async   (PltCase *self, const PltPaperKind *kind,
                                           const char *dated, const char *authority,
                                           const char *reference, const char * const *values,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
void        plt_case_take_back_paper_async (PltCase *self, const char *id, const char *reason,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
/* Of both. */
gboolean    plt_case_paper_finish         (PltCase *self, GAsyncResult *result, GError **error);

void        plt_paper_free                (PltPaper     *self);
void        plt_paper_kind_free           (PltPaperKind *self);

G_END_DECLS
