/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of PltPreviewPane. */
#pragma once

#include "plt-card-board.h"
#include "plt-card-panel.h"
#include "plt-card-window.h"
#include "plt-case.h"
#include "plt-holder-answer.h"
#include "plt-notice.h"
#include "plt-preview-pane.h"
#include "plt-production.h"
#include "plt-reconciliation.h"

G_BEGIN_DECLS

struct _PltPreviewPane
{
  AdwBin          parent_instance;

  GtkStack       *stack;
  AdwStatusPage  *failed;
  PltNotice      *notice;
  GtkLabel       *title;
  GtkLabel       *which;
  GtkLabel       *layers_said; /* what is shown, where that is not what is printed */
  GtkLabel       *place; /* in a booklet */
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
  PltPreview     *shown;    /* that, or with what is being typed */
  PltPreview     *before;   /* the card that the holder has; NULL: none is kept here */
  GPtrArray      *changes;  /* PltCardChange; NULL: nothing to compare with */
  PltCardWindow  *window;   /* for the citizen; NULL: not open */
  PltCase        *kase;     /* what may be done with it; NULL until it was opened */

  gboolean        before_known; /* the card before was looked for */
  char           *before_error; /* why it cannot be shown; NULL: it can, or there is none */
  PltHolderAnswer *answer;      /* NULL: not read yet */
  PltPreview     *asked;        /* of what the holder is being asked; NULL: nobody asks */
  gboolean        answering;

  /* What is looked at, and how. */
  gboolean        both;
  gboolean        panel_shown;
  guint           layers;
  gboolean        outlines;
  gboolean        guides;
  gint64          opened_at; /* monotonic; 0 once the card was seen */

  /* What is being typed elsewhere; the field is NULL when that is over. */
  char           *proposed_field;
  char           *proposed_value;
  gboolean        proposal_waits;
  gboolean        proposing;

  gboolean        refused; /* what is shown as failed is that the card cannot be drawn */

  gboolean        shows_old;
  gboolean        blinks;
  guint           blink_id; /* 0: does not blink */

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
void plt_preview_pane_update_layers  (PltPreviewPane      *self);

void plt_preview_pane_install_compare (GtkWidgetClass    *widget_class);
void plt_preview_pane_show_preview   (PltPreviewPane      *self,
                                      PltPreview          *preview);
void plt_preview_pane_find_before    (PltPreviewPane      *self);
void plt_preview_pane_forget_card    (PltPreviewPane      *self);
void plt_preview_pane_case_changed   (PltPreviewPane      *self);
void plt_preview_pane_close_window   (PltPreviewPane      *self);
void plt_preview_pane_install_answer (GtkWidgetClass     *widget_class);
void plt_preview_pane_read_answer    (PltPreviewPane      *self);
void plt_preview_pane_forget_answer  (PltPreviewPane      *self);
void plt_preview_pane_update_answer  (PltPreviewPane      *self);
void plt_preview_pane_window_answered (PltPreviewPane     *self,
                                      gboolean             confirmed);
void plt_preview_pane_blink          (PltPreviewPane      *self,
                                      gboolean             on);

G_END_DECLS
