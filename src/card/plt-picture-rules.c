/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the printed lines of a form in a mask of ink: straighter than a hand draws, and half as long as
 * the sheet is wide, whole, dashed or dotted, level or upright, up to three degrees askew. */
#include "plt-picture-ink-private.h"

#include <math.h>
#include <string.h>

#define MAX_SLOPE 0.055     /* 3 degrees */
#define MIN_LENGTH 0.5      /* of the sheet */
#define MAX_UNEVENNESS 0.75 /* pixels, root mean square */
#define MIN_WHOLE 0.85      /* of its columns are there */
#define MIN_DASHED 0.35
#define MIN_GAPS 8          /* of a dashed one */
#define MAX_RULES 8         /* in each direction */

typedef struct
{
  int x, top, height; /* ink in one column, no higher than a rule is thick */
} Run;

static GArray *
collect_runs (const PltInk *mask,
              int           highest)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));

  for (int x = 0; x < mask->width; x++)
    for (int y = 0; y < mask->height; y++)
      {
        Run run = { x, y, 0 };

        while (y < mask->height && *plt_ink_at (mask, x, y) != 0)
          {
            run.height++;
            y++;
          }
        if (run.height > 0 && run.height <= highest)
          g_array_append_val (runs, run);
      }
  return runs;
}

static double
get_middle (const Run *run)
{
  return run->top + (run->height - 1) / 2.0;
}

/* Where most runs lie: y = @at + @slope · x. Returns how many. */
static guint
find_line (const PltInk *mask,
           GArray       *runs,
           double       *slope,
           double       *at)
{
  int margin = (int) (mask->width * MAX_SLOPE) + 2, n_bins = mask->height + 2 * margin;
  g_autofree guint *bins = g_new (guint, n_bins);
  double step = 1.5 / mask->width;
  guint best = 0;

  for (double s = -MAX_SLOPE; s <= MAX_SLOPE; s += step)
    {
      memset (bins, 0, sizeof *bins * (gsize) n_bins);
      for (guint i = 0; i < runs->len; i++)
        {
          const Run *run = &g_array_index (runs, Run, i);

          bins[CLAMP ((int) lround (get_middle (run) - s * run->x) + margin, 0, n_bins - 1)]++;
        }
      for (int b = 1; b + 1 < n_bins; b++)
        if (bins[b - 1] + bins[b] + bins[b + 1] > best)
          {
            best = bins[b - 1] + bins[b] + bins[b + 1];
            *slope = s;
            *at = b - margin;
          }
    }
  return best;
}

/* Makes the line fit its own runs (least squares); those farther off than two pixels are others'. */
static void
refine (GArray *runs,
        double *slope,
        double *at,
        double *unevenness)
{
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, sum = 0;

  for (int turn = 0; turn < 2; turn++)
    for (guint i = 0; i < runs->len; i++)
      {
        const Run *run = &g_array_index (runs, Run, i);
        double off = get_middle (run) - *at - *slope * run->x;

        if (fabs (off) > 2)
          continue;
        if (turn == 0)
          {
            n++;
            sx += run->x;
            sy += off;
            sxx += (double) run->x * run->x;
            sxy += run->x * off;
          }
        else
          {
            double fit = n * sxx > sx * sx ? (n * sxy - sx * sy) / (n * sxx - sx * sx) : 0;

            off -= fit * run->x + (sy - fit * sx) / n;
            sum += off * off;
          }
      }
  if (n * sxx > sx * sx)
    {
      double fit = (n * sxy - sx * sy) / (n * sxx - sx * sx);

      *slope += fit;
      *at += (sy - fit * sx) / n;
    }
  *unevenness = n > 0 ? sqrt (sum / n) : INFINITY;
}

/* Is what lies along the line printed? Ink that crosses it neither helps nor harms. */
static gboolean
is_rule (const PltInk *mask,
         GArray       *runs,
         double        slope,
         double        at)
{
  g_autofree guint8 *here = g_malloc0 ((gsize) mask->width);
  int first = mask->width, last = -1, n = 0, n_crossed = 0, n_gaps = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      if (fabs (get_middle (run) - at - slope * run->x) > 2)
        continue;
      n += here[run->x] == 0;
      here[run->x] = 1;
      first = MIN (first, run->x);
      last = MAX (last, run->x);
    }
  for (int x = first; x <= last; x++)
    {
      int y = (int) lround (at + slope * x);

      if (here[x] == 0 && y >= 0 && y < mask->height && *plt_ink_at (mask, x, y) != 0)
        n_crossed++;
      n_gaps += here[x] == 0 && x > first && here[x - 1] != 0;
    }
  if (last - first + 1 < MIN_LENGTH * mask->width)
    return FALSE;
  return n >= MIN_WHOLE * (last - first + 1 - n_crossed)
         || (n_gaps >= MIN_GAPS && n >= MIN_DASHED * (last - first + 1 - n_crossed));
}

static void
erase (PltInk *mask,
       GArray *runs,
       double  slope,
       double  at)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      if (fabs (get_middle (run) - at - slope * run->x) <= 2)
        for (int y = run->top; y < run->top + run->height; y++)
          *plt_ink_at (mask, run->x, y) = 0;
    }
}

static void
drop_level (PltInk *mask)
{
  int highest = CLAMP (mask->width / 120, 3, 10);

  for (int i = 0; i < MAX_RULES; i++)
    {
      g_autoptr (GArray) runs = collect_runs (mask, highest);
      double slope = 0, at = 0, unevenness;

      if (find_line (mask, runs, &slope, &at) < MIN_DASHED * MIN_LENGTH * mask->width)
        return;
      refine (runs, &slope, &at, &unevenness);
      if (unevenness > MAX_UNEVENNESS || !is_rule (mask, runs, slope, at))
        return;
      erase (mask, runs, slope, at);
    }
}

static PltInk
turn_over (const PltInk *mask)
{
  PltInk turned = { mask->height, mask->width,
                    g_malloc ((gsize) mask->width * (gsize) mask->height) };

  for (int y = 0; y < mask->height; y++)
    for (int x = 0; x < mask->width; x++)
      *plt_ink_at (&turned, y, x) = *plt_ink_at (mask, x, y);
  return turned;
}

void
plt_ink_drop_rules (PltInk *mask)
{
  PltInk turned;

  drop_level (mask);
  turned = turn_over (mask);
  drop_level (&turned);
  g_free (mask->pixels);
  *mask = turn_over (&turned);
  g_free (turned.pixels);
}
