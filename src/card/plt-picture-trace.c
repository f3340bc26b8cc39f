/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows the middle of lines: thins them to one pixel (Zhang and Suen), walks from end to end and from
 * crossing to crossing, leaves the stubs out that a thick pen's edge gives, and smooths the steps. */
#include "plt-picture-ink-private.h"

#include <math.h>
#include <string.h>

/* The eight neighbours, clockwise from the one above. */
static const int steps[8][2] = { { 0, -1 }, { 1, -1 }, { 1, 0 },  { 1, 1 },
                                 { 0, 1 },  { -1, 1 }, { -1, 0 }, { -1, -1 } };

static gboolean
is_set (const PltInk *ink,
        int           x,
        int           y)
{
  return x >= 0 && y >= 0 && x < ink->width && y < ink->height && *plt_ink_at (ink, x, y) != 0;
}

/* Bit i: neighbour i is ink. */
static guint
look_around (const PltInk *ink,
             int           x,
             int           y)
{
  guint around = 0;

  for (int i = 0; i < 8; i++)
    if (is_set (ink, x + steps[i][0], y + steps[i][1]))
      around |= 1u << i;
  return around;
}

static int
count (guint around)
{
  return __builtin_popcount (around);
}

/* How many lines meet in the pixel: changes from paper to ink on the way around it. */
static int
count_changes (guint around)
{
  guint turned = ((around << 1) | (around >> 7)) & 0xff;

  return count (around & ~turned);
}

static gboolean
may_go (guint around,
        int   pass)
{
  gboolean up = around & 1, right = around & 4, down = around & 16, left = around & 64;

  if (count (around) < 2 || count (around) > 6 || count_changes (around) != 1)
    return FALSE;
  return pass == 0 ? !(up && right && down) && !(right && down && left)
                   : !(up && right && left) && !(up && down && left);
}

/* Looked at once more: of two that hold each other one stays, or a dot would vanish. */
static gboolean
drop (PltInk *mask,
      guint8 *pixel)
{
  gsize at = (gsize) (pixel - mask->pixels);
  guint around = look_around (mask, (int) (at % (gsize) mask->width), (int) (at / (gsize) mask->width));

  if (count (around) < 2 || count_changes (around) != 1)
    return FALSE;
  *pixel = 0;
  return TRUE;
}

static void
thin (PltInk *mask)
{
  g_autoptr (GArray) going = g_array_new (FALSE, FALSE, sizeof (guint8 *));
  gboolean changed = TRUE;

  while (changed)
    {
      changed = FALSE;
      for (int pass = 0; pass < 2; pass++)
        {
          g_array_set_size (going, 0);
          for (int y = 0; y < mask->height; y++)
            for (int x = 0; x < mask->width; x++)
              {
                guint8 *pixel = plt_ink_at (mask, x, y);

                if (*pixel != 0 && may_go (look_around (mask, x, y), pass))
                  g_array_append_val (going, pixel);
              }
          for (guint i = 0; i < going->len; i++)
            changed = drop (mask, g_array_index (going, guint8 *, i)) || changed;
        }
    }
}

/* Thinning leaves corners of stairs, which look like crossings: one pixel of each goes. */
static void
drop_corners (PltInk *mask)
{
  static const guint corners[][2] = { { 1 | 4, 32 }, { 4 | 16, 128 }, { 16 | 64, 2 }, { 64 | 1, 8 } };

  for (int y = 0; y < mask->height; y++)
    for (int x = 0; x < mask->width; x++)
      for (gsize i = 0; *plt_ink_at (mask, x, y) != 0 && i < G_N_ELEMENTS (corners); i++)
        {
          guint around = look_around (mask, x, y);

          if ((around & corners[i][0]) == corners[i][0] && (around & corners[i][1]) == 0
              && count_changes (around) == 2 && count (around & 0x55) == 2)
            *plt_ink_at (mask, x, y) = 0;
        }
}

/* How far it is from each pixel of ink to paper, in pixels, to a few hundredths (3-4 chamfer). */
static float *
measure_depth (const PltInk *mask)
{
  int width = mask->width, height = mask->height;
  gsize n = (gsize) width * (gsize) height;
  float *depth = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    depth[i] = mask->pixels[i] != 0 ? 1e6f : 0;
  for (int turn = 0; turn < 2; turn++)
    for (gsize k = 0; k < n; k++)
      {
        gsize i = turn == 0 ? k : n - 1 - k;
        int x = (int) (i % (gsize) width), y = (int) (i / (gsize) width), sign = turn == 0 ? 1 : -1;
        static const int before[4][2] = { { -1, 0 }, { -1, -1 }, { 0, -1 }, { 1, -1 } };

        for (int s = 0; s < 4 && depth[i] > 0; s++)
          {
            int nx = x + sign * before[s][0], ny = y + sign * before[s][1];
            gboolean is_inside = nx >= 0 && ny >= 0 && nx < width && ny < height;
            float from = is_inside ? depth[(gsize) ny * (gsize) width + (gsize) nx] : 0;

            depth[i] = MIN (depth[i], from + (s % 2 == 0 ? 1.0f : 1.4142f));
          }
      }
  return depth;
}

/* ---- walking ---- */

typedef struct
{
  const PltInk *mask;
  guint8       *walked; /* of pixels within a line */
  const float  *depth;  /* of the ink before it was thinned */
  PltStrokes   *strokes;
} Walk;

static gboolean
is_node (const PltInk *mask,
         int           x,
         int           y)
{
  guint around = look_around (mask, x, y);

  return count (around) != 2 || count_changes (around) != 2;
}

/* Level and upright neighbours first: the way does not cut a corner. */
static int
find_next (Walk *walk,
           int   x,
           int   y,
           int   from)
{
  static const int order[] = { 0, 2, 4, 6, 1, 3, 5, 7 };

  for (int i = 0; i < 8; i++)
    {
      int nx = x + steps[order[i]][0], ny = y + steps[order[i]][1];

      if (order[i] == from || !is_set (walk->mask, nx, ny))
        continue;
      if (is_node (walk->mask, nx, ny) ||
          !walk->walked[(gsize) ny * (gsize) walk->mask->width + (gsize) nx])
        return order[i];
    }
  return -1;
}

static void
add_point (GArray *points,
           int     x,
           int     y)
{
  PltStrokePoint point = { x + 0.5, y + 0.5 };

  g_array_append_val (points, point);
}

/* A line that ends in paper and is no longer than the pen was thick is a bump of its edge. */
static gboolean
is_stub (Walk   *walk,
         GArray *points)
{
  const PltStrokePoint *first = &g_array_index (points, PltStrokePoint, 0);
  const PltStrokePoint *last = &g_array_index (points, PltStrokePoint, points->len - 1);
  int around_first = count (look_around (walk->mask, (int) first->x, (int) first->y));
  int around_last = count (look_around (walk->mask, (int) last->x, (int) last->y));
  const PltStrokePoint *crossing = around_first == 1 ? last : first;

  if ((around_first == 1) == (around_last == 1))
    return FALSE;
  return points->len <=
         1.3f * walk->depth[(gsize) crossing->y * (gsize) walk->mask->width + (gsize) crossing->x] +
           1;
}

/* The mean of some neighbours on the way; ends stay, so that lines go on meeting there. */
static void
add_smooth (Walk   *walk,
            GArray *points)
{
  const PltStrokePoint *p = (const PltStrokePoint *) (gpointer) points->data;
  const PltStrokePoint *middle = &p[points->len / 2];
  float depth = walk->depth[(gsize) middle->y * (gsize) walk->mask->width + (gsize) middle->x];
  int n = (int) points->len, reach = CLAMP ((int) lroundf (depth), 2, 6);

  plt_strokes_begin (walk->strokes);
  for (int i = 0; i < n; i++)
    {
      int half = MIN (reach, MIN (i, n - 1 - i));
      double x = 0, y = 0;

      if (i % 2 != 0 && i != n - 1)
        continue;
      for (int k = i - half; k <= i + half; k++)
        {
          x += p[k].x;
          y += p[k].y;
        }
      plt_strokes_add (walk->strokes, x / (2 * half + 1), y / (2 * half + 1));
    }
}

/* From @x, @y into direction @to, up to the next end or crossing, or around to where it began. */
static void
follow (Walk *walk,
        int   x,
        int   y,
        int   to)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (PltStrokePoint));
  int start_x = x, start_y = y;

  add_point (points, x, y);
  while (to >= 0)
    {
      x += steps[to][0];
      y += steps[to][1];
      add_point (points, x, y);
      if (is_node (walk->mask, x, y) || (x == start_x && y == start_y))
        break;
      walk->walked[(gsize) y * (gsize) walk->mask->width + (gsize) x] = 1;
      to = find_next (walk, x, y, (to + 4) % 8);
    }
  if (!is_stub (walk, points))
    add_smooth (walk, points);
}

static void
follow_from_nodes (Walk *walk)
{
  for (int y = 0; y < walk->mask->height; y++)
    for (int x = 0; x < walk->mask->width; x++)
      {
        if (!is_set (walk->mask, x, y) || !is_node (walk->mask, x, y))
          continue;
        if (look_around (walk->mask, x, y) == 0)
          {
            plt_strokes_begin (walk->strokes); /* the dot of an i */
            plt_strokes_add (walk->strokes, x + 0.5, y + 0.5);
            continue;
          }
        for (int i = 0; i < 8; i++)
          {
            int nx = x + steps[i][0], ny = y + steps[i][1];
            gboolean is_back = is_set (walk->mask, nx, ny) && is_node (walk->mask, nx, ny)
                               && (ny < y || (ny == y && nx < x));

            if (is_set (walk->mask, nx, ny) && !is_back
                && !walk->walked[(gsize) ny * (gsize) walk->mask->width + (gsize) nx])
              follow (walk, x, y, i);
          }
      }
}

static void
follow_rings (Walk *walk)
{
  for (int y = 0; y < walk->mask->height; y++)
    for (int x = 0; x < walk->mask->width; x++)
      if (is_set (walk->mask, x, y) && !is_node (walk->mask, x, y)
          && !walk->walked[(gsize) y * (gsize) walk->mask->width + (gsize) x])
        follow (walk, x, y, find_next (walk, x, y, -1));
}

PltStrokes *
plt_ink_trace (PltInk *mask)
{
  g_autofree float *depth = measure_depth (mask);
  g_autofree guint8 *walked = g_malloc0 ((gsize) mask->width * (gsize) mask->height);
  Walk walk = { mask, walked, depth, plt_strokes_new () };

  thin (mask);
  drop_corners (mask);
  follow_from_nodes (&walk);
  follow_rings (&walk);
  return walk.strokes;
}
