/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one or two pages lie on a board, and how large they become. */
#pragma once

#include <graphene.h>

#include <glib.h>

G_BEGIN_DECLS

#define PLT_CARD_PLAN_MAX 2

/* Of each page, in millimetres. */
typedef struct
{
  guint  n; /* 1 or 2 */
  double width[PLT_CARD_PLAN_MAX];
  double height[PLT_CARD_PLAN_MAX];
} PltCardPages;

/* In application pixels, borders included. */
typedef struct
{
  double          scale; /* pixels per millimetre */
  double          width;
  double          height;
  graphene_rect_t pages[PLT_CARD_PLAN_MAX];
} PltCardPlan;

void plt_card_plan_make (PltCardPlan        *self,
                         const PltCardPages *pages,
                         int                 width,
                         int                 height,
                         double              zoom,
                         double              real);

G_END_DECLS
