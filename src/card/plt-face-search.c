/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluates a cascade over a picture: the picture is made smaller step by step, and in each size every
 * window is asked stage by stage whether it can still hold a face. */
#include "plt-face-cascade-private.h"

#include <math.h>
#include <string.h>

#define STEP 1.1           /* from one size to the next */
#define MIN_DEVIATION 10.0 /* grey levels: less is a bare wall */
#define STAGE_SLACK 1e-5f  /* as OpenCV's evaluation has it */
#define SAME_PLACE 0.2     /* share of the size by which squares of one face differ */
#define COARSE 2           /* pixels from window to window where windows are small */

/* Sums over all above and left of a place, one row and column larger than the picture. */
typedef struct
{
  int      stride;
  guint32 *sums;
  guint64 *squares;
} Integral;

static void
integral_init (Integral      *self,
               const PltGrey *grey)
{
  gsize n = (gsize) (grey->width + 1) * (gsize) (grey->height + 1);

  self->stride = grey->width + 1;
  self->sums = g_new0 (guint32, n);
  self->squares = g_new0 (guint64, n);
  for (int y = 0; y < grey->height; y++)
    {
      guint32 sum = 0;
      guint64 square = 0;
      gsize at = (gsize) (y + 1) * (gsize) self->stride + 1;

      for (int x = 0; x < grey->width; x++, at++)
        {
          guint level = grey->levels[(gsize) y * (gsize) grey->width + (gsize) x];

          sum += level;
          square += (guint64) level * level;
          self->sums[at] = self->sums[at - (gsize) self->stride] + sum;
          self->squares[at] = self->squares[at - (gsize) self->stride] + square;
        }
    }
}

static void
integral_clear (Integral *self)
{
  g_free (self->sums);
  g_free (self->squares);
}

/* The mean of the pixels that each new one covers: no aliasing, whatever the step. */
static PltGrey
shrink (const PltGrey *grey,
        int            width,
        int            height)
{
  PltGrey small = { width, height, g_malloc ((gsize) width * (gsize) height) };
  double fx = (double) grey->width / width, fy = (double) grey->height / height;

  for (int y = 0; y < height; y++)
    {
      int top = (int) (y * fy), bottom = MAX (top + 1, MIN (grey->height, (int) lround ((y + 1) * fy)));

      for (int x = 0; x < width; x++)
        {
          int left = (int) (x * fx);
          int right = MAX (left + 1, MIN (grey->width, (int) lround ((x + 1) * fx)));
          guint sum = 0;

          for (int v = top; v < bottom; v++)
            for (int u = left; u < right; u++)
              sum += grey->levels[(gsize) v * (gsize) grey->width + (gsize) u];
          small.levels[(gsize) y * (gsize) width + (gsize) x]
            = (guint8) (sum / (guint) ((bottom - top) * (right - left)));
        }
    }
  return small;
}

static float
get_value (const PltCascadeFeature *feature,
           const guint32           *sums,
           int                      stride)
{
  float value = 0;

  for (int i = 0; i < feature->n_rects; i++)
    {
      const PltCascadeRect *r = &feature->rects[i];
      const guint32 *top = sums + r->y * stride + r->x, *bottom = top + r->height * stride;

      value += r->weight * (float) (bottom[r->width] - bottom[0] - top[r->width] + top[0]);
    }
  return value;
}

static float
walk_tree (const PltFaceCascade *self,
           const PltCascadeTree *tree,
           const guint32        *sums,
           int                   stride,
           float                 deviation)
{
  const PltCascadeNode *nodes = &g_array_index (self->nodes, PltCascadeNode, tree->first_node);
  int at = 0;

  do
    {
      const PltCascadeNode *node = nodes + at;
      float value = get_value (&g_array_index (self->features, PltCascadeFeature, node->feature), sums,
                               stride);

      at = value < node->threshold * deviation ? node->left : node->right;
    }
  while (at > 0);
  return g_array_index (self->leaves, float, tree->first_leaf + (guint) -at);
}

/* The window's spread of grey times its area, by which thresholds are multiplied; 0: a bare wall. */
static float
get_deviation (const PltFaceCascade *self,
               const Integral       *integral,
               gsize                 at)
{
  gsize top = at + (gsize) integral->stride + 1;
  gsize bottom = top + (gsize) (self->height - 2) * (gsize) integral->stride;
  gsize width = (gsize) self->width - 2;
  double area = (double) width * (self->height - 2);
  double sum = (double) (integral->sums[bottom + width] - integral->sums[bottom]
                         - integral->sums[top + width] + integral->sums[top]);
  double square = (double) (integral->squares[bottom + width] - integral->squares[bottom]
                            - integral->squares[top + width] + integral->squares[top]);
  double spread = area * square - sum * sum;
  double deviation = spread > 0 ? sqrt (spread) : 0;

  return deviation > MIN_DEVIATION * area ? (float) deviation : 0;
}

static gboolean
is_hit (const PltFaceCascade *self,
        const Integral       *integral,
        int                   x,
        int                   y)
{
  gsize at = (gsize) y * (gsize) integral->stride + (gsize) x;
  float deviation = get_deviation (self, integral, at);

  if (deviation <= 0)
    return FALSE;
  for (guint i = 0; i < self->stages->len; i++)
    {
      const PltCascadeStage *stage = &g_array_index (self->stages, PltCascadeStage, i);
      float sum = 0;

      for (guint k = 0; k < stage->n_trees; k++)
        sum += walk_tree (self, &g_array_index (self->trees, PltCascadeTree, stage->first_tree + k),
                          integral->sums + at, integral->stride, deviation);
      if (sum < stage->threshold - STAGE_SLACK)
        return FALSE;
    }
  return TRUE;
}

static void
search_size (PltFaceCascade *self,
             const PltGrey  *grey,
             double          factor,
             GArray         *hits)
{
  int width = (int) lround (grey->width / factor), height = (int) lround (grey->height / factor);
  int step = factor > 2 ? 1 : COARSE;
  Integral integral;
  PltGrey small;

  if (width < self->width || height < self->height)
    return;
  small = shrink (grey, width, height);
  integral_init (&integral, &small);
  for (int y = 0; y + self->height <= height; y += step)
    for (int x = 0; x + self->width <= width; x += step)
      if (is_hit (self, &integral, x, y))
        {
          PltFaceHit hit = { x * factor, y * factor, self->width * factor, 1 };

          g_array_append_val (hits, hit);
        }
  integral_clear (&integral);
  g_free (small.levels);
}

static gboolean
is_same_place (const PltFaceHit *a,
               const PltFaceHit *b)
{
  double slack = SAME_PLACE * MIN (a->size, b->size);

  return fabs (a->x - b->x) <= slack && fabs (a->y - b->y) <= slack
         && fabs (a->x + a->size - b->x - b->size) <= slack
         && fabs (a->y + a->size - b->y - b->size) <= slack;
}

/* Hits that are the same place as one of a group belong to it. */
static int *
group_hits (GArray *hits)
{
  int *groups = g_new (int, MAX (hits->len, 1));

  for (guint i = 0; i < hits->len; i++)
    groups[i] = (int) i;
  for (guint i = 0; i < hits->len; i++)
    for (guint k = 0; k < i; k++)
      if (groups[k] != groups[i] && is_same_place (&g_array_index (hits, PltFaceHit, i),
                                                   &g_array_index (hits, PltFaceHit, k)))
        {
          int from = groups[i], to = groups[k];

          for (guint m = 0; m <= i; m++)
            if (groups[m] == from)
              groups[m] = to;
        }
  return groups;
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const PltFaceHit *first = a, *second = b;

  if (first->n_neighbours != second->n_neighbours)
    return second->n_neighbours - first->n_neighbours;
  return first->size < second->size ? 1 : first->size > second->size ? -1 : 0;
}

GArray *
plt_face_hits_merge (GArray *hits,
                     int     min_neighbours)
{
  GArray *merged = g_array_new (FALSE, FALSE, sizeof (PltFaceHit));
  g_autofree int *groups = group_hits (hits);

  for (guint i = 0; i < hits->len; i++)
    {
      PltFaceHit mean = { 0 };

      for (guint k = 0; k < hits->len; k++)
        if (groups[k] == (int) i)
          {
            const PltFaceHit *hit = &g_array_index (hits, PltFaceHit, k);

            mean.x += hit->x;
            mean.y += hit->y;
            mean.size += hit->size;
            mean.n_neighbours++;
          }
      if (mean.n_neighbours < MAX (1, min_neighbours))
        continue;
      mean.x /= mean.n_neighbours;
      mean.y /= mean.n_neighbours;
      mean.size /= mean.n_neighbours;
      g_array_append_val (merged, mean);
    }
  g_array_sort (merged, compare_hits);
  return merged;
}

void
plt_face_cascade_collect (PltFaceCascade *self,
                          const PltGrey  *grey,
                          double          min_size,
                          double          max_size,
                          GArray         *hits)
{
  for (double size = MAX (min_size, self->width); size <= max_size; size *= STEP)
    search_size (self, grey, size / self->width, hits);
}
