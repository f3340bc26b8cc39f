/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line of search means: numbers, birth dates, names and fragments of an address in any
 * order, e.g. "müller 12.03.1980 hauptstr". Never changed after it was read; shared by reference. */
#pragma once

#include <glib.h>

#include "plt-search-date.h"

G_BEGIN_DECLS

typedef struct _PltSearchLine PltSearchLine;

PltSearchLine      *plt_search_line_parse              (const char    *typed,
                                                        PltDate        today);
PltSearchLine      *plt_search_line_new_person         (const char    *names,
                                                        const PltDate *births,
                                                        guint          n_births);
PltSearchLine      *plt_search_line_new_mistyped       (const char    *id_number);
PltSearchLine      *plt_search_line_ref                (PltSearchLine *self);
void                plt_search_line_unref              (PltSearchLine *self);

gboolean            plt_search_line_is_empty           (PltSearchLine *self);
const char         *plt_search_line_get_text           (PltSearchLine *self);
/* Strings and lists are lent, lists end with NULL and may be empty. */
const char * const *plt_search_line_get_id_numbers     (PltSearchLine *self);
gboolean            plt_search_line_is_id_mistyped     (PltSearchLine *self);
const char         *plt_search_line_get_id_prefix      (PltSearchLine *self);
const char         *plt_search_line_get_licence_number (PltSearchLine *self);
const char         *plt_search_line_get_record_number  (PltSearchLine *self);
const char * const *plt_search_line_get_names          (PltSearchLine *self);
const char * const *plt_search_line_get_address        (PltSearchLine *self);
const PltDateSpan  *plt_search_line_get_births         (PltSearchLine *self,
                                                        guint         *n_births);
char               *plt_search_line_births_to_text     (PltSearchLine *self);
/* In plt-search-line-words.c. */
char               *plt_search_line_describe           (PltSearchLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltSearchLine, plt_search_line_unref)

G_END_DECLS
