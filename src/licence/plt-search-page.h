/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of what a place has found. */
#pragma once

#include "plt-person-hit.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *hits;       /* PltPersonHit, the best first */
  char      *next;       /* (nullable): asks for the next page */
  guint      n_unusable; /* persons that were left out, for they could not be read */
} PltSearchPage;

PltSearchPage *plt_search_page_new  (void);
void           plt_search_page_free (PltSearchPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltSearchPage, plt_search_page_free)

G_END_DECLS
