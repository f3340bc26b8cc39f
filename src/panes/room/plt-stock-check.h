/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of the stock's form: which act has which, and what is wrong with what was typed. The
 * database decides; this is so that a slip is told before it is asked. */
#pragma once

#include "plt-stock.h"

G_BEGIN_DECLS

/* In the order in which they are shown. */
typedef enum
{
  PLT_STOCK_FIELD_PRINTER,
  PLT_STOCK_FIELD_PLACE,
  PLT_STOCK_FIELD_RIGHT,
  PLT_STOCK_FIELD_FIRST,
  PLT_STOCK_FIELD_LAST,
  PLT_STOCK_FIELD_CARDS,
  PLT_STOCK_FIELD_LOT,
  PLT_STOCK_FIELD_NOTE,
  PLT_STOCK_FIELD_TARGET,
  PLT_STOCK_FIELD_FOUND,
  PLT_STOCK_FIELD_REASON,
  PLT_N_STOCK_FIELDS,
} PltStockField;

typedef struct
{
  const char *first;
  const char *last;
  const char *cards;
  const char *reason;
  gboolean    needs_reason; /* where the act has one at all */
} PltStockTyped;

const char *plt_stock_check_get_caption (PltStockField        field);
gboolean    plt_stock_check_has_field   (PltStockAct          act,
                                         PltStockField        field);
char       *plt_stock_check_run         (const char          *text);
char       *plt_stock_check_typed       (PltStockAct          act,
                                         const PltStockTyped *typed,
                                         PltStockField       *wrong);
char       *plt_stock_check_describe    (PltStockAct          act,
                                         const char          *json);

G_END_DECLS
