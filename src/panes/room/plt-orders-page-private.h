/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the print queue's page share. */
#pragma once

#include "plt-orders-page.h"

#include "plt-batch-list.h"
#include "plt-notice.h"
#include "plt-print-acts.h"
#include "plt-print-line.h"
#include "plt-spool-bar.h"

G_BEGIN_DECLS

struct _PltOrdersPage
{
  AdwBin              parent_instance;

  PltOffice          *office;
  GListModel         *printers;  /* NULL while nobody looks */
  PltPrintLine       *line;      /* NULL until first shown */
  GtkMultiSelection  *selection; /* NULL until first shown */
  GHashTable         *kept;      /* selected orders while the line moves */
  PltPrintAct         act;       /* what the open dialog is about */
  GArray             *ids;       /* with which orders; NULL: with none */
  GPtrArray          *choices;   /* what the dialog offers, as the database calls it */

  PltNotice          *notice;
  PltNotice          *paused;
  PltSpoolBar        *spool;
  PltBatchList       *batches;
  GtkEditable        *entry;
  GtkDropDown        *filter;
  GtkLabel           *summary;
  GtkStack           *stack;
  AdwStatusPage      *failed;
  GtkListView        *list;
  GtkWidget          *outcome;
  GtkLabel           *outcome_title;
  GtkLabel           *outcome_text;
  GtkWidget          *tools;
  GtkWidget          *allow;
};

GArray *plt_orders_page_dup_selected    (PltOrdersPage  *self);
void    plt_orders_page_install_acts    (GtkWidgetClass *widget_class);
void    plt_orders_page_install_allow   (GtkWidgetClass *widget_class);
void    plt_orders_page_update_acts     (PltOrdersPage  *self);

G_END_DECLS
