/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts two pages side by side or one under the other, whichever lets them be larger. */
#include "plt-card-plan.h"

#include <math.h>

/* Application pixels round the pages and between them. */
#define BORDER 24.0
#define GAP 24.0
/* What fits may be larger than the card, but not the size of a poster. */
#define MOST_FIT 6.0
#define LEAST_SCALE 0.1

static double
fit (double room_width,
     double room_height,
     double width,
     double height)
{
  return MAX (LEAST_SCALE, MIN (room_width / width, room_height / height));
}

/* What all pages take, in millimetres. */
static void
add_up (const PltCardPages *pages,
        gboolean            across,
        double             *width,
        double             *height)
{
  *width = 0;
  *height = 0;
  for (guint i = 0; i < pages->n; i++)
    {
      *width = across ? *width + pages->width[i] : MAX (*width, pages->width[i]);
      *height = across ? MAX (*height, pages->height[i]) : *height + pages->height[i];
    }
}

static void
place (PltCardPlan        *self,
       const PltCardPages *pages,
       gboolean            across)
{
  double gap = pages->n > 1 ? GAP : 0;
  double x = BORDER, y = BORDER;

  add_up (pages, across, &self->width, &self->height);
  self->width = self->width * self->scale + 2 * BORDER + (across ? gap : 0);
  self->height = self->height * self->scale + 2 * BORDER + (across ? 0 : gap);
  for (guint i = 0; i < pages->n; i++)
    {
      double width = floor (pages->width[i] * self->scale);
      double height = floor (pages->height[i] * self->scale);

      graphene_rect_init (&self->pages[i],
                          (float) (across ? x : (self->width - width) / 2),
                          (float) (across ? (self->height - height) / 2 : y), (float) width,
                          (float) height);
      x += width + gap;
      y += height + gap;
    }
}

/**
 * plt_card_plan_make:
 * @width: of the board, in application pixels
 * @height: likewise
 * @zoom: 1 is the pages' own size; 0: as large as fits
 * @real: application pixels per millimetre of the screen
 *
 * The plan may be larger than the board; it is not centred in one that is larger.
 */
void
plt_card_plan_make (PltCardPlan        *self,
                    const PltCardPages *pages,
                    int                 width,
                    int                 height,
                    double              zoom,
                    double              real)
{
  double gap = pages->n > 1 ? GAP : 0;
  double room_width = MAX (1, width - 2 * BORDER), room_height = MAX (1, height - 2 * BORDER);
  double across_width, across_height, down_width, down_height, across, down;

  add_up (pages, TRUE, &across_width, &across_height);
  add_up (pages, FALSE, &down_width, &down_height);
  across = fit (room_width - gap, room_height, across_width, across_height);
  down = fit (room_width, room_height - gap, down_width, down_height);
  self->scale = zoom > 0 ? zoom * real : MIN (MAX (across, down), MOST_FIT * real);
  place (self, pages, across >= down);
}
