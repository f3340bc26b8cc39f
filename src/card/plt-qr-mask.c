/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses the mask of a QR code as the standard says: the one of eight that scores the fewest points
 * for long runs, blocks, what looks like a finder and an uneven share of dark (ISO/IEC 18004:2015,
 * 7.8.3). Libraries go through the modules one by one, which took longer than all else of a code; here
 * a row is three words, and columns are rows of the code turned over its diagonal. */
#include "plt-qr-mask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_MASKS 8
#define PERIOD 12 /* after which each mask repeats itself, down and across */
#define N_WORDS 3
#define FORMAT_OF_LEVEL_M 0x00

/* Points (table 11). */
#define N1 3
#define N2 3
#define N3 40
#define N4 10
#define FALSE_START (1 << 20) /* ours: more than all others together */

typedef struct
{
  PltQrRow rows[PLT_QR_MOST_MODULES];
} Grid;

/* A grid and the same with rows for columns. */
typedef struct
{
  int  width;
  Grid across, down;
} Code;

static void
set_module (Grid    *grid,
            int      x,
            int      y,
            gboolean is_dark)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (x % 64);

  if (is_dark)
    grid->rows[y].words[x / 64] |= bit;
  else
    grid->rows[y].words[x / 64] &= ~bit;
}

static gboolean
get_module (const Grid *grid,
            int         x,
            int         y)
{
  return (grid->rows[y].words[x / 64] >> (x % 64) & 1) != 0;
}

static void
set_both (Code     *code,
          int       x,
          int       y,
          gboolean  is_dark)
{
  set_module (&code->across, x, y, is_dark);
  set_module (&code->down, y, x, is_dark);
}

/* Whether mask @mask turns the module over (7.8.2, table 10). */
static gboolean
is_turned (int mask,
           int x,
           int y)
{
  switch (mask)
    {
    case 0: return (y + x) % 2 == 0;
    case 1: return y % 2 == 0;
    case 2: return x % 3 == 0;
    case 3: return (y + x) % 3 == 0;
    case 4: return (y / 2 + x / 3) % 2 == 0;
    case 5: return y * x % 2 + y * x % 3 == 0;
    case 6: return (y * x % 2 + y * x % 3) % 2 == 0;
    case 7:
    default: return ((y + x) % 2 + y * x % 3) % 2 == 0;
    }
}

typedef struct
{
  PltQrRow across[N_MASKS][PERIOD], down[N_MASKS][PERIOD];
} Patterns;

static gpointer
make_patterns (gpointer data)
{
  Patterns *patterns = g_new0 (Patterns, 1);

  for (int mask = 0; mask < N_MASKS; mask++)
    for (int i = 0; i < PERIOD; i++)
      for (int k = 0; k < N_WORDS * 64; k++)
        {
          guint64 bit = G_GUINT64_CONSTANT (1) << (k % 64);

          if (is_turned (mask, k, i))
            patterns->across[mask][i].words[k / 64] |= bit;
          if (is_turned (mask, i, k))
            patterns->down[mask][i].words[k / 64] |= bit;
        }
  return patterns;
}

static void
fill_area (Grid *grid,
           int   x0,
           int   y0,
           int   width,
           int   height)
{
  for (int y = y0; y < y0 + height; y++)
    for (int x = x0; x < x0 + width; x++)
      set_module (grid, x, y, FALSE);
}

/* The centres of the alignment patterns in either direction (annex E). Returns: how many */
static int
list_centres (int width,
              int centres[7])
{
  int version = (width - 17) / 4;
  int n = version > 1 ? version / 7 + 2 : 0;
  int step = version == 32 ? 26 : n > 0 ? (version * 4 + n * 2 + 1) / (n * 2 - 2) * 2 : 0;

  for (int i = n - 1, at = width - 7; i > 0; i--, at -= step)
    centres[i] = at;
  centres[0] = 6;
  return n;
}

/* Sets what a mask is laid on: all but finders, timing, alignment, format and version. It is the same
 * when it is turned over. */
static void
make_data_area (Grid *area,
                int   width)
{
  int centres[7];
  int n = list_centres (width, centres);

  for (int y = 0; y < width; y++)
    for (int x = 0; x < N_WORDS; x++)
      area->rows[y].words[x] = width >= (x + 1) * 64 ? G_MAXUINT64
                               : width <= x * 64     ? 0
                                       : (G_GUINT64_CONSTANT (1) << (width - x * 64)) - 1;
  fill_area (area, 0, 0, 9, 9);
  fill_area (area, width - 8, 0, 8, 9);
  fill_area (area, 0, width - 8, 9, 8);
  fill_area (area, 0, 6, width, 1);
  fill_area (area, 6, 0, 1, width);
  for (int i = 0; i < n; i++)
    for (int k = 0; k < n; k++)
      if (!(i == 0 && k == 0) && !(i == 0 && k == n - 1) && !(i == n - 1 && k == 0))
        fill_area (area, centres[i] - 2, centres[k] - 2, 5, 5);
  if (width >= 45)
    {
      fill_area (area, width - 11, 0, 3, 6);
      fill_area (area, 0, width - 11, 6, 3);
    }
}

/* Both times it stands there (7.9). */
static void
write_format (Code *code,
              int   mask)
{
  guint data = FORMAT_OF_LEVEL_M << 3 | (guint) mask, rest = data, bits;
  int width = code->width;

  for (int i = 0; i < 10; i++)
    rest = rest << 1 ^ (rest >> 9) * 0x537;
  bits = (data << 10 | rest) ^ 0x5412;
  for (int i = 0; i < 15; i++)
    {
      gboolean is_dark = (bits >> i & 1) != 0;
      int near = i < 6 ? i : i < 8 ? i + 1 : i == 8 ? 7 : 14 - i;

      set_both (code, i < 8 ? 8 : near, i < 8 ? near : 8, is_dark);
      set_both (code, i < 8 ? width - 1 - i : 8, i < 8 ? 8 : width - 15 + i, is_dark);
    }
}

static void
lay_mask (Code           *code,
          const Patterns *patterns,
          const Grid     *area,
          int             mask)
{
  for (int i = 0; i < code->width; i++)
    for (int k = 0; k < N_WORDS; k++)
      {
        guint64 data = area->rows[i].words[k];

        code->across.rows[i].words[k] ^= patterns->across[mask][i % PERIOD].words[k] & data;
        code->down.rows[i].words[k] ^= patterns->down[mask][i % PERIOD].words[k] & data;
      }
}

/* The lengths of the runs of one colour, dark ones at the odd places; the first may be -1, which is
 * none. Returns: how many */
static int
list_runs (const PltQrRow *row,
           int             width,
           int             runs[PLT_QR_MOST_MODULES + 1])
{
  gboolean is_dark = (row->words[0] & 1) != 0;
  int n = 0, begun = 0;

  if (is_dark)
    runs[n++] = -1;
  for (int k = 0; k * 64 < width; k++)
    {
      guint64 before = row->words[k] << 1 | (k > 0 ? row->words[k - 1] >> 63 : (guint64) is_dark);
      guint64 changes = row->words[k] ^ before;

      if (width < (k + 1) * 64)
        changes &= (G_GUINT64_CONSTANT (1) << (width - k * 64)) - 1;
      for (; changes != 0; changes &= changes - 1)
        {
          int at = k * 64 + __builtin_ctzll (changes);

          runs[n++] = at - begun;
          begun = at;
        }
    }
  runs[n++] = width - begun;
  return n;
}

/* Dark, light, dark, light, dark as 1:1:3:1:1, with four light ones on either side. */
static gboolean
looks_like_finder (const int *runs,
                   int        n,
                   int        middle)
{
  int one = runs[middle] / 3;

  if (middle < 3 || middle >= n - 2 || runs[middle] % 3 != 0 || runs[middle - 2] != one
      || runs[middle - 1] != one || runs[middle + 1] != one || runs[middle + 2] != one)
    return FALSE;
  return middle == 3 || runs[middle - 3] >= 4 * one
         || middle + 4 >= n || runs[middle + 3] >= 4 * one;
}

static int
score_lines (const Grid *grid,
             int         width)
{
  int runs[PLT_QR_MOST_MODULES + 1];
  int points = 0;

  for (int y = 0; y < width; y++)
    {
      int n = list_runs (&grid->rows[y], width, runs);

      for (int i = 0; i < n; i++)
        if (runs[i] >= 5)
          points += N1 + runs[i] - 5;
      for (int i = 3; i < n - 2; i += 2)
        if (looks_like_finder (runs, n, i))
          points += N3;
    }
  return points;
}

/* Two by two of one colour. */
static int
score_blocks (const Grid *grid,
              int         width)
{
  int n = 0;

  for (int y = 1; y < width; y++)
    for (int k = 0; k * 64 < width; k++)
      {
        guint64 upper = grid->rows[y - 1].words[k], lower = grid->rows[y].words[k];
        guint64 next_upper = k + 1 < N_WORDS ? grid->rows[y - 1].words[k + 1] : 0;
        guint64 next_lower = k + 1 < N_WORDS ? grid->rows[y].words[k + 1] : 0;
        guint64 upper_right = upper >> 1 | next_upper << 63;
        guint64 lower_right = lower >> 1 | next_lower << 63;
        guint64 same = ~(upper ^ lower) & ~(upper ^ upper_right) & ~(upper ^ lower_right);

        if (width - 1 < (k + 1) * 64)
          same &= (G_GUINT64_CONSTANT (1) << (width - 1 - k * 64)) - 1;
        n += __builtin_popcountll (same);
      }
  return N2 * n;
}

static int
score_share (const Grid *grid,
             int         width)
{
  int all = width * width, dark = 0;

  for (int y = 0; y < width; y++)
    for (int k = 0; k < N_WORDS; k++)
      dark += __builtin_popcountll (grid->rows[y].words[k]);
  return abs ((200 * dark + all) / all / 2 - 50) / 5 * N4;
}

/* What readers take for the first eight runs of a PDF417, 8:1:1:1:1:1:1:3 (ISO/IEC 15438): each may be
 * wrong by 0.8 of a module, and by 0.42 on the average. */
static gboolean
looks_like_pdf417 (const int *runs)
{
  static const int pattern[] = { 8, 1, 1, 1, 1, 1, 1, 3 };
  int sum = 0;
  double module, wrong = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (pattern); i++)
    sum += runs[i];
  module = sum / 17.0;
  for (gsize i = 0; i < G_N_ELEMENTS (pattern); i++)
    {
      double by = fabs (runs[i] - pattern[i] * module);

      if (by > 0.8 * module)
        return FALSE;
      wrong += by;
    }
  return wrong < 0.42 * sum;
}

static int
count_false_starts (const Grid *grid,
                    int         width)
{
  int runs[PLT_QR_MOST_MODULES + 1];
  int count = 0;

  for (int y = 0; y < width; y++)
    {
      int n = list_runs (&grid->rows[y], width, runs);

      for (int i = 1; i + 8 <= n; i += 2)
        if (runs[i] > 5 && looks_like_pdf417 (runs + i))
          count++;
    }
  return count;
}

static int
score (const Code *code)
{
  return score_lines (&code->across, code->width) + score_lines (&code->down, code->width)
         + score_blocks (&code->across, code->width) + score_share (&code->across, code->width);
}

/* @rows: a whole code of level M with mask 0, @width modules wide; gets the mask with the fewest
 * points, of several the first.
 * @is_near_pdf417: a PDF417 stands on the same side. Its readers look for the first run of bars that
 *   begins as one does, and many give up when it was something else, so a mask without is chosen where
 *   there is one; a reader of QR codes takes any.
 */
void
plt_qr_mask_choose (PltQrRow *rows,
                    int       width,
                    gboolean  is_near_pdf417)
{
  static GOnce once = G_ONCE_INIT;
  const Patterns *patterns = g_once (&once, make_patterns, NULL);
  Code bare = { .width = width }, best = { 0 };
  Grid area = { 0 };
  int fewest = G_MAXINT;

  g_return_if_fail (width >= 21 && width <= PLT_QR_MOST_MODULES && width % 4 == 1);

  make_data_area (&area, width);
  memcpy (bare.across.rows, rows, sizeof *rows * (gsize) width);
  for (int y = 0; y < width; y++)
    for (int x = 0; x < width; x++)
      if (get_module (&bare.across, x, y))
        set_module (&bare.down, y, x, TRUE);
  lay_mask (&bare, patterns, &area, 0);
  for (int mask = 0; mask < N_MASKS; mask++)
    {
      Code code = bare;
      int points;

      lay_mask (&code, patterns, &area, mask);
      write_format (&code, mask);
      points = score (&code);
      if (is_near_pdf417)
        points += FALSE_START * count_false_starts (&code.across, width);
      if (points < fewest)
        {
          fewest = points;
          best = code;
        }
    }
  memcpy (rows, best.across.rows, sizeof *rows * (gsize) width);
}
