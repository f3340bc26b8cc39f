/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text of the layout with the values of one card put in: pieces that know which value they show
 * and how they are styled, and that can be shortened by the rules of the layout. */
#pragma once

#include "plt-layout-private.h"

G_BEGIN_DECLS

/* Bytes of the text of PltCardRuns. */
typedef struct
{
  gsize               start, end;
  const char         *field; /* the first value; NULL: the layout's own words */
  PltExpression      *expression;
  const PltTextStyle *style;
} PltCardSpan;

typedef struct
{
  char       *text;
  GArray     *spans;    /* of PltCardSpan */
  const char *field;    /* the first value; NULL: none */
  char       *words;    /* what a message calls it: of several values the longest */
  gboolean    is_styled;
  GPtrArray  *pieces;   /* private, as the next; borrowed: the inputs live as long as the drawing */
  PltCardInputs *inputs;
} PltCardRuns;

gboolean    plt_card_runs_expand     (const PltElement   *element,
                                      PltTemplate        *source,
                                      PltCardInputs      *inputs,
                                      PltCardRuns       **runs,
                                      GError            **error);
void        plt_card_runs_free       (PltCardRuns        *self);
gboolean    plt_card_runs_abbreviate (PltCardRuns        *self,
                                      PltLayout          *layout,
                                      const char *const  *rules);
const char *plt_card_runs_get_words  (const PltCardRuns  *self,
                                      gsize               at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltCardRuns, plt_card_runs_free)

G_END_DECLS
