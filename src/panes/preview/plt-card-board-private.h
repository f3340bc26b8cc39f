/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of PltCardBoard. */
#pragma once

#include "plt-card-board.h"

G_BEGIN_DECLS

struct _PltCardBoard
{
  GtkWidget         parent_instance;

  GtkAdjustment    *adjustments[2]; /* by GtkOrientation */
  guint             policies[2];
  gboolean          configuring; /* the adjustments change because we were laid out */

  GPtrArray        *views; /* PltCardView, one for each page; our children */
  PltLayout        *layout;
  PltCardInputs    *inputs;
  PltLayout        *old_layout;
  PltCardInputs    *old_inputs;
  GSettings        *settings;

  double            zoom;  /* 0: as large as fits */
  double            scale; /* application pixels per millimetre, as laid out */
  gboolean          both;
  guint             page; /* the first that is shown */
  guint             layers;
  gboolean          guides;
  gboolean          shows_old;
  guint             looked_id;

  /* The place that must stay where it is while the size changes. */
  gboolean          anchored;
  guint             anchor_page;
  graphene_point_t  anchor_mm;
  graphene_point_t  anchor_px;

  double            pinch_zoom; /* when two fingers went down */
  graphene_point_t  pointer;
  graphene_point_t  drag_start;
};

PltCardView *plt_card_board_get_view     (PltCardBoard   *self,
                                          guint           page);
guint        plt_card_board_get_n_shown  (PltCardBoard   *self);
double       plt_card_board_get_value    (PltCardBoard   *self,
                                          GtkOrientation  orientation);
void         plt_card_board_tell_look    (PltCardBoard   *self);
void         plt_card_board_update_views (PltCardBoard   *self);
void         plt_card_board_connect_view (PltCardBoard   *self,
                                          PltCardView    *view);
gboolean     plt_card_board_is_near      (PltCardBoard   *self,
                                          guint           page);
void         plt_card_board_add_keys     (GtkWidgetClass *widget_class);
void         plt_card_board_add_gestures (PltCardBoard   *self);

G_END_DECLS
