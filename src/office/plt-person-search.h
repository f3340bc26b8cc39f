/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of search over this office's records and the registries. Each place's finds arrive by
 * themselves; what several say of one ID number is one row. */
#pragma once

#include "plt-office.h"
#include "plt-person-hit.h"
#include "plt-search-line.h"

G_BEGIN_DECLS

typedef enum
{
  PLT_PERSON_SEARCH_STATE_RECENT,    /* nothing is typed: the rows are whom this person looked up last */
  PLT_PERSON_SEARCH_STATE_SEARCHING, /* some place has not answered yet; rows may be there */
  PLT_PERSON_SEARCH_STATE_DONE,
} PltPersonSearchState;

#define PLT_TYPE_PERSON_SEARCH (plt_person_search_get_type ())
G_DECLARE_FINAL_TYPE (PltPersonSearch, plt_person_search, PLT, PERSON_SEARCH, GObject)

/* GListModel of PltPersonHit, the best first. Signal "changed": state, troubles or more. */
PltPersonSearch      *plt_person_search_new          (PltOffice           *office);
void                  plt_person_search_set_page_size(PltPersonSearch     *self,
                                                      guint                page_size);
void                  plt_person_search_set_text     (PltPersonSearch     *self,
                                                      const char          *text);
void                  plt_person_search_load_more    (PltPersonSearch     *self);
void                  plt_person_search_cancel       (PltPersonSearch     *self);

PltPersonSearchState  plt_person_search_get_state    (PltPersonSearch     *self);
gboolean              plt_person_search_has_more     (PltPersonSearch     *self);
/* (nullable) (transfer none): what was understood; NULL before the first text. */
PltSearchLine        *plt_person_search_get_line     (PltPersonSearch     *self);
/* (element-type utf8) (transfer none): a sentence for each place that could not be searched. */
GPtrArray            *plt_person_search_get_troubles (PltPersonSearch     *self);

/* For commands: @after is a key of before, or NULL. */
void                  plt_person_search_run_async    (PltPersonSearch     *self,
                                                      const char          *text,
                                                      const char          *after,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
gboolean              plt_person_search_run_finish   (PltPersonSearch     *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
/* (transfer full) (nullable): asks for the rows after those that are there. */
char                 *plt_person_search_dup_key      (PltPersonSearch     *self);

G_END_DECLS
