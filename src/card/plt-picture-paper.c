/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells ink from paper under any lamp. A grey closing fills everything dark that is narrower than the
 * widest pen and leaves slopes and edges of shadows as they are: it is the paper without the ink. */
#include "plt-picture-ink-private.h"

#include <string.h>

/* The largest (or smallest) of @n_window neighbours, in one pass whatever their number (van Herk). */
static void
slide (const guint8 *in,
       guint8       *out,
       int           n,
       gsize         step,
       int           window,
       gboolean      is_max,
       guint8       *work)
{
  int half = window / 2, padded = n + 2 * half;
  guint8 fill = is_max ? 0 : 255;
  guint8 *line = work, *ahead = work + padded, *behind = work + 2 * padded;

  for (int i = 0; i < padded; i++)
    line[i] = i < half || i >= n + half ? fill : in[(gsize) (i - half) * step];
  for (int i = 0; i < padded; i++)
    {
      guint8 before = i % window == 0 ? fill : ahead[i - 1];

      ahead[i] = is_max ? MAX (before, line[i]) : MIN (before, line[i]);
    }
  for (int i = padded - 1; i >= 0; i--)
    {
      guint8 after = i == padded - 1 || (i + 1) % window == 0 ? fill : behind[i + 1];

      behind[i] = is_max ? MAX (after, line[i]) : MIN (after, line[i]);
    }
  for (int i = 0; i < n; i++)
    {
      guint8 a = behind[i], b = ahead[i + 2 * half];

      out[(gsize) i * step] = is_max ? MAX (a, b) : MIN (a, b);
    }
}

static void
spread (PltInk   *plane,
        int       window,
        gboolean  is_max)
{
  int longest = MAX (plane->width, plane->height) + 2 * window;
  g_autofree guint8 *work = g_malloc ((gsize) longest * 3);

  for (int y = 0; y < plane->height; y++)
    slide (plt_ink_at (plane, 0, y), plt_ink_at (plane, 0, y), plane->width, 1, window, is_max, work);
  for (int x = 0; x < plane->width; x++)
    slide (plt_ink_at (plane, x, 0), plt_ink_at (plane, x, 0), plane->height, (gsize) plane->width,
           window, is_max, work);
}

/* 1 2 1 along and across: single grains weigh less. */
static void
soften (PltInk *plane)
{
  g_autofree guint8 *copy = g_memdup2 (plane->pixels, (gsize) plane->width * (gsize) plane->height);
  PltInk from = { plane->width, plane->height, copy };

  for (int y = 0; y < plane->height; y++)
    for (int x = 0; x < plane->width; x++)
      {
        int sum = 0;

        for (int dy = -1; dy <= 1; dy++)
          for (int dx = -1; dx <= 1; dx++)
            sum += *plt_ink_at (&from, CLAMP (x + dx, 0, plane->width - 1),
                                CLAMP (y + dy, 0, plane->height - 1))
                   * (2 - ABS (dx)) * (2 - ABS (dy));
        *plt_ink_at (plane, x, y) = (guint8) ((sum + 8) / 16);
      }
}

/* As if the sheet went on beyond its edges: else its darkest corner would be taken for ink. */
static PltInk
pad (const PltInk *plane,
     int           margin)
{
  PltInk padded = { plane->width + 2 * margin, plane->height + 2 * margin, NULL };

  padded.pixels = g_malloc ((gsize) padded.width * (gsize) padded.height);
  for (int y = 0; y < padded.height; y++)
    for (int x = 0; x < padded.width; x++)
      *plt_ink_at (&padded, x, y) = *plt_ink_at (plane, CLAMP (x - margin, 0, plane->width - 1),
                                                 CLAMP (y - margin, 0, plane->height - 1));
  return padded;
}

PltInk
plt_ink_measure (const guint8 *rgb,
                 int           channel,
                 int           width,
                 int           height,
                 int           widest)
{
  gsize n = (gsize) width * (gsize) height;
  PltInk plane = { width, height, g_malloc (n) }, paper;
  int window = widest | 1;

  for (gsize i = 0; i < n; i++)
    plane.pixels[i] = rgb[i * 3 + (gsize) channel];
  soften (&plane);
  paper = pad (&plane, window);
  spread (&paper, window, TRUE);
  spread (&paper, window, FALSE);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int level = *plt_ink_at (&paper, x + window, y + window);
        int dark = (level - *plt_ink_at (&plane, x, y)) * 255 / MAX (level, 32);

        *plt_ink_at (&plane, x, y) = (guint8) CLAMP (dark, 0, 255);
      }
  g_free (paper.pixels);
  return plane;
}
