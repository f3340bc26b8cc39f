/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds among any number of records those that may be of one person. It keeps some hundred bytes for
 * each; the records themselves it asks for when two of them are worth comparing. */
#pragma once

#include "plt-duplicate.h"
#include "plt-duplicate-keys.h"

G_BEGIN_DECLS

typedef struct _PltDuplicateIndex PltDuplicateIndex;

/* (transfer full) (nullable): the record that was the @position th to be added; %NULL ends the
 * search. */
typedef PltPersonRecord *(* PltRecordFetch) (guint    position,
                                             gpointer user_data);

typedef struct
{
  guint        a; /* positions */
  guint        b;
  PltDuplicate duplicate;
} PltDuplicatePair;

/* What the search cost. */
typedef struct
{
  guint64  n_met;      /* pairs that met under a key, once for each key */
  guint64  n_compared; /* of them: were read and compared */
  guint    n_crowds;   /* keys under which so many meet that the key says nothing */
  gboolean too_many;   /* pairs: the search has been given up */
} PltDuplicateEffort;

PltDuplicateIndex *plt_duplicate_index_new   (void);
void               plt_duplicate_index_free  (PltDuplicateIndex  *self);
void               plt_duplicate_index_add   (PltDuplicateIndex  *self,
                                              PltPersonRecord    *record);
GArray            *plt_duplicate_index_find  (PltDuplicateIndex  *self,
                                              PltRecordFetch      fetch,
                                              gpointer            user_data,
                                              PltDuplicateEffort *effort);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDuplicateIndex, plt_duplicate_index_free)

G_END_DECLS
