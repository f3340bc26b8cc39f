/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawing that becomes a card file: its objects as text, with members set and objects added, written
 * once. libqpdf would make objects of every word of it and take longer than cairo took to draw; it checks
 * what was written. Private to this folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PltPdfDraft PltPdfDraft;

PltPdfDraft *plt_pdf_draft_new         (GBytes       *source,
                                        GError      **error);
void         plt_pdf_draft_free        (PltPdfDraft  *self);
guint        plt_pdf_draft_get_root    (PltPdfDraft  *self);
guint        plt_pdf_draft_get_n_pages (PltPdfDraft  *self);
guint        plt_pdf_draft_get_page    (PltPdfDraft  *self,
                                        guint         number);
char        *plt_pdf_draft_dup_member  (PltPdfDraft  *self,
                                        guint         id,
                                        const char   *key);
void         plt_pdf_draft_set_member  (PltPdfDraft  *self,
                                        guint         id,
                                        const char   *key,
                                        const char   *value);
gboolean     plt_pdf_draft_mentions    (PltPdfDraft  *self,
                                        guint         id,
                                        const char   *word);
guint        plt_pdf_draft_get_size    (PltPdfDraft  *self);
guint        plt_pdf_draft_add         (PltPdfDraft  *self,
                                        const char   *text);
guint        plt_pdf_draft_add_stream  (PltPdfDraft  *self,
                                        const char   *members,
                                        GBytes       *data);
void         plt_pdf_draft_set_info    (PltPdfDraft  *self,
                                        const char   *text);
GBytes      *plt_pdf_draft_write       (PltPdfDraft  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltPdfDraft, plt_pdf_draft_free)

G_END_DECLS
