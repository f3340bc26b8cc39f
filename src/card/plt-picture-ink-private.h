/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps from the scan of a signature to lines: what is ink, what is a ruled line, where the middle
 * of each line runs. */
#pragma once

#include "plt-picture-strokes.h"

G_BEGIN_DECLS

/* One byte for each pixel; in a mask, 1 is ink. */
typedef struct
{
  int     width, height;
  guint8 *pixels;
} PltInk;

static inline guint8 *
plt_ink_at (const PltInk *ink,
            int           x,
            int           y)
{
  return ink->pixels + (gsize) y * (gsize) ink->width + (gsize) x;
}

/* plt-picture-paper.c: how much darker than the paper around it each pixel is, in 255ths of the paper's
 * brightness, in one @channel of @rgb (0, 1, 2): lamps, shadows and the paper's colour drop out, as they are
 * wider than @widest pixels. (transfer full): free pixels */
PltInk      plt_ink_measure    (const guint8 *rgb,
                                int           channel,
                                int           width,
                                int           height,
                                int           widest);

/* plt-picture-rules.c: takes straight lines out that go across: those of a form, upright or level, not
 * those that somebody drew. What crosses them stays. */
void        plt_ink_drop_rules (PltInk       *mask);

/* plt-picture-trace.c: the lines along the middle of what is ink; @mask is thinned by it. */
PltStrokes *plt_ink_trace      (PltInk       *mask);

G_END_DECLS
