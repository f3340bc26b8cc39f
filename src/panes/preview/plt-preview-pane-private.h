/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of PltPreviewPane. */
#pragma once

#include "plt-card-board.h"
#include "plt-card-panel.h"
#include "plt-case.h"
#include "plt-notice.h"
#include "plt-preview-pane.h"
#include "plt-production.h"

G_BEGIN_DECLS

struct _PltPreviewPane
{
  AdwBin          parent_instance;

  GtkStack       *stack;
  AdwStatusPage  *failed;
  PltNotice      *notice;
  GtkLabel       *title;
  GtkLabel       *zoom;
  PltCardBoard   *board;
  PltCardPanel   *panel;
  GtkWidget      *panel_frame;
  GtkDropDown    *printer;
  GtkLabel       *printer_state;

  PltOffice      *office;
  PltPrinterList *printers; /* NULL until first shown */
  char           *number;   /* of the application */
  GSettings      *settings; /* NULL when the schema is not installed */
  GCancellable   *cancellable;
  GCancellable   *preview_cancellable;
  PltPreview     *preview;  /* what is stored; NULL until it was read */
  PltCase        *kase;     /* what may be done with it; NULL until it was opened */

  /* What is looked at, and how. */
  gboolean        both;
  gboolean        panel_shown;
  guint           layers;
  gboolean        outlines;
  gboolean        guides;
  gint64          opened_at; /* monotonic; 0 once the card was seen */

  gboolean        printing;
  gboolean        begun_online;   /* the printing */
  gboolean        lost;           /* its answer: what became of the card is looked up */
  gboolean        printer_chosen; /* the last one was found, or another has been used */
};

void plt_preview_pane_load           (PltPreviewPane      *self);
void plt_preview_pane_drop_case      (PltPreviewPane      *self);
void plt_preview_pane_update_print   (PltPreviewPane      *self);
void plt_preview_pane_load_printers  (PltPreviewPane      *self);
void plt_preview_pane_tell_fate      (PltPreviewPane      *self);
void plt_preview_pane_install_print  (GtkWidgetClass      *widget_class);
void plt_preview_pane_install_look   (PltPreviewPaneClass *klass);
void plt_preview_pane_init_look      (PltPreviewPane      *self);
void plt_preview_pane_restore_look   (PltPreviewPane      *self);
void plt_preview_pane_update_look    (PltPreviewPane      *self);

G_END_DECLS
