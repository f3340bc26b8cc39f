/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person sees of the fee of an application: the lines of its quote, and what is due. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char    *text;
  char    *detail; /* the law, or which proof it would need */
  char    *money;
  gboolean counts;
} PltFeeLine;

typedef struct
{
  GPtrArray *lines; /* of PltFeeLine */
  char      *total; /* in words, as the rest */
  char      *paid;
  char      *due;
  gint64     open;  /* what is due, in the smallest unit */
} PltFeeQuote;

/* @json: what PLT_FEE_QUOTE answers. Returns: (transfer full) */
PltFeeQuote *plt_fee_quote_parse  (const char   *json,
                                   GError      **error);
void         plt_fee_quote_free   (PltFeeQuote  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltFeeQuote, plt_fee_quote_free)

/* @json: what PLT_FEE_PAY answers; @receipt: (out): its number. Returns: (transfer full): what was taken, as a sentence */
char        *plt_fee_paid_words   (const char   *json,
                                   char        **receipt);

G_END_DECLS
