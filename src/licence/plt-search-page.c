/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of what a place has found. */
#include "plt-search-page.h"

PltSearchPage *
plt_search_page_new (void)
{
  PltSearchPage *self = g_new0 (PltSearchPage, 1);

  self->hits = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
plt_search_page_free (PltSearchPage *self)
{
  g_ptr_array_unref (self->hits);
  g_free (self->next);
  g_free (self);
}
