/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the card desk share. */
#pragma once

#include "plt-card-desk.h"

#include "plt-card-advice.h"
#include "plt-card-fate.h"
#include "plt-card-verdict.h"
#include "plt-facts.h"
#include "plt-handover-form.h"
#include "plt-notice.h"
#include "plt-production.h"

G_BEGIN_DECLS

struct _PltCardDesk
{
  AdwBin         parent_instance;

  PltOffice     *office;
  GListModel    *printers; /* NULL while nobody looks */
  GCancellable  *cancellable;
  PltCard       *card;     /* the one that is shown, or NULL */
  PltCardStep    step;     /* what is under way */
  gboolean       busy;
  gboolean       asking;   /* one card after the other is asked about */
  gboolean       begun_online; /* what is under way */
  PltCardFate   *fate;     /* looks what became of the last one; NULL: that is known */
  GListStore    *readback; /* PltReadbackField */

  PltNotice     *notice;
  PltCardVerdict *verdict;
  GtkStack      *stack;
  GtkLabel      *title;
  GtkLabel      *state;
  GtkLabel      *advice;
  PltFacts      *facts;
  GtkWidget     *scan_group;
  PltHandoverForm *handover;
  GtkEditable   *scan;
  GtkWidget     *serial_row;
  GtkEditable   *serial;
  GtkWidget     *bar;
  GtkWidget     *read;
  GtkWidget     *hand_over;
  GtkWidget     *came_out;
  GtkWidget     *spoil;
  GtkWidget     *cancel;
  GtkWidget     *twin;
  GtkWidget     *spinner;
  GtkWidget     *result_group;
  GtkListBox    *result;
};

void     plt_card_desk_update_actions (PltCardDesk    *self);
void     plt_card_desk_take_card      (PltCardDesk    *self,
                                       PltCard        *card);
void     plt_card_desk_begin_deed     (PltCardDesk    *self);
gboolean plt_card_desk_lose_deed      (PltCardDesk    *self,
                                       PltCardDeed     deed,
                                       const GError   *error);
void     plt_card_desk_install_steps  (GtkWidgetClass *widget_class);
void     plt_card_desk_end_step       (PltCardDesk    *self,
                                       PltCard        *card,
                                       const GError   *error);
gboolean plt_card_desk_hand_over      (PltCardDesk    *self);
void     plt_card_desk_show_handover  (PltCardDesk    *self);
void     plt_card_desk_install_handover (GtkWidgetClass *widget_class);

G_END_DECLS
