/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the stock's form share. */
#pragma once

#include "plt-stock-form.h"

#include "plt-stock-check.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *box;   /* with caption, control and trouble */
  GtkWidget *input; /* GtkEntry or GtkDropDown */
  GtkLabel  *trouble;
} Field;

struct _PltStockForm
{
  AdwBin        parent_instance;

  PltOffice    *office;
  GCancellable *cancellable;
  PltStockAct   act;
  char         *number;   /* of the count that is explained */
  GPtrArray    *found;    /* serials and runs of a count */
  gboolean      none;     /* it was asked whether nothing lies there */
  gboolean      busy;
  GPtrArray    *places;   /* PltStockEntry that can be counted; not owned */
  GPtrArray    *printers; /* their queues, in the order of the list */

  GtkStack     *stack;
  GtkLabel     *title;
  GtkLabel     *advice;
  GtkBox       *fields;
  GtkLabel     *counted;
  GtkWidget    *do_button;
  Field         field[PLT_N_STOCK_FIELDS];
};

const char *plt_stock_form_get_text      (PltStockForm       *self,
                                          PltStockField       field);
guint       plt_stock_form_get_choice    (PltStockForm       *self,
                                          PltStockField       field);
void        plt_stock_form_clear_trouble (PltStockForm       *self);
void        plt_stock_form_show_trouble  (PltStockForm       *self,
                                          PltStockField       field,
                                          const char         *sentence);
void        plt_stock_form_act           (PltStockForm       *self,
                                          const char *const  *words);
void        plt_stock_form_show_found    (PltStockForm       *self);
gboolean    plt_stock_form_take_found    (PltStockForm       *self);
void        plt_stock_form_count         (PltStockForm       *self);

G_END_DECLS
