/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Member `search` of an adapter file: how a registry is searched, and where in its page the found
 * persons stand. Never changed once it was read. */
#pragma once

#include "plt-adapter-reader.h"
#include "plt-search-line.h"

G_BEGIN_DECLS

typedef struct _PltSearchMapping
{
  char       *url;
  GHashTable *query;   /* (nullable) */
  char       *hits;    /* JSON Pointers: the array of persons, … */
  char       *next;    /* (nullable): … the token of the next page, … */
  char       *id_path; /* … and in each person */
  char       *score;   /* (nullable) */
  char       *matched; /* (nullable) */
  GHashTable *matched_map; /* (nullable) */
  GPtrArray  *fields;  /* PltFieldMapping */
} PltSearchMapping;

PltSearchMapping *plt_search_mapping_new      (PltAdapterObject *object,
                                                GHashTable       *codes);
void              plt_search_mapping_free     (PltSearchMapping *self);
char             *plt_search_mapping_make_uri (PltSearchMapping *self,
                                               PltSearchLine    *line,
                                               guint             limit,
                                               const char       *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltSearchMapping, plt_search_mapping_free)

G_END_DECLS
