/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The books of the stock in words, for a screen: each printer's account, what lies where, what a count
 * found different and what waits for a second person. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In the order in which they are listed. */
typedef enum
{
  PLT_STOCK_ENTRY_PROPOSAL,   /* waits for a second person */
  PLT_STOCK_ENTRY_DIFFERENCE, /* of a count, not explained yet */
  PLT_STOCK_ENTRY_PRINTER,    /* the account of a printer */
  PLT_STOCK_ENTRY_PLACE,      /* what of one kind lies at one place */
  PLT_N_STOCK_ENTRIES,
} PltStockEntryKind;

typedef struct
{
  PltStockEntryKind  kind;
  char              *title;
  char              *subtitle;
  char              *number;     /* of a proposal or a count; NULL otherwise */
  char              *stock_kind; /* "blank", "ribbon", "film"; of what lies at a place */
  char              *place;      /* of what lies at a place; NULL otherwise */
  char              *holder;     /* the printer or the login; NULL: none */
  char              *first;      /* of its first run of serials, or NULL */
  char              *last;
  gboolean           pressing;   /* something is used up, missing, or waits for a decision */
} PltStockEntry;

/* For how many of those who wait for a card there is one. */
typedef struct
{
  int   cards;   /* blanks that are not printed yet, without what was not put into the safe */
  int   ribbon;  /* cards that the ribbons still make; -1: this office counts none */
  int   film;
  int   waiting; /* people */
  int   makes;
  char *warning; /* of the database, NULL while there is enough */
} PltStockLeft;

GPtrArray *plt_stock_book_parse     (const char          *json,
                                     GError             **error);
char      *plt_stock_place_dup_name (const PltStockEntry *place);
gboolean   plt_stock_left_parse     (const char          *json,
                                     PltStockLeft        *left,
                                     GError             **error);
void       plt_stock_left_clear     (PltStockLeft        *left);
char      *plt_stock_left_describe  (const PltStockLeft  *left);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PltStockLeft, plt_stock_left_clear)

G_END_DECLS
